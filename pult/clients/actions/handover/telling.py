"""What is told of a client, item by item: any number at once, and then all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.actions.handover.between import must_be_open, tell_items
from pult.clients.actions.handover.steps import OPEN, save, tell
from pult.clients.handover_access import between_for, side, takes
from pult.clients.handover_words import item_word
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Handover, HandoverItem
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.facts import acting
from pult.kernel.words import text_of

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class Told:
    """What is told of an item, or that there is nothing; `version` is that of the item as it was
    read (0 before anybody told of it)."""

    code: str
    version: int
    text: str = ""
    is_none: bool = False


def fill_item(
    *,
    by: "User",
    handover_id: int,
    code: str,
    version: int,
    text: str = "",
    is_none: bool = False,
) -> None:
    """Tell of one item; see `fill_items`."""
    fill_items(by=by, handover_id=handover_id, told=[Told(code, version, text, is_none)])


def fill_items(*, by: "User", handover_id: int, told: Sequence[Told]) -> None:
    """Tell of items, each with its own fact; the receiver takes them anew.

    One that cannot be taken is named, and then none is written: BadInput for an item that is no
    word of a person's or that says nothing, Conflict with what somebody else wrote meanwhile.
    """
    row, role = _teller(by, handover_id)
    if not told:
        raise BadInput(_("Tell of it, or say that there is nothing"), field="text")
    read = [_read(one) for one in told]
    with acting(row.client_id):
        must_be_open(row)
        kept = {one.code: one for one in row.items.select_related("filled_by")}
        for one in read:
            _write(row, kept.get(one.code), one, by)
            tell("handover.edited", row, by, role, payload={"fields": [one.code]})
        if row.state in OPEN:
            _unsign(row)
        tell_items(row, by, role)


def _read(told: Told) -> Told:
    if told.code not in ITEMS or told.code == "access":
        raise BadInput(_("Choose one of what is offered"), field="code")
    text, item = text_of(told.text).strip(), item_word(told.code)
    if not text and not told.is_none:
        raise BadInput(
            _("“%(item)s”: tell of it, or say that there is nothing") % {"item": item}, field="text"
        )
    if text and told.is_none:
        raise BadInput(
            _("“%(item)s”: it is told of, and “nothing” is ticked") % {"item": item},
            field="text",
            cure=_("Leave one of the two"),
        )
    return Told(told.code, told.version, text, told.is_none)


def _write(row: Handover, kept: HandoverItem | None, told: Told, by: "User") -> None:
    item = kept or HandoverItem(handover=row, code=told.code, version=0)
    if item.version != told.version:
        said = {"who": item.filled_by, "item": item_word(told.code)}
        raise Conflict(
            _("%(who)s wrote of “%(item)s” meanwhile: %(text)s")
            % {**said, "text": item.text[:200] or _("nothing")},
            cure=_("What you typed is still in the form: save again to replace it"),
        )
    item.text, item.is_none = told.text, told.is_none
    item.filled_by, item.filled_at = by, clock.now()
    item.accepted_at, item.version = None, told.version + 1
    item.save()


def _teller(by: "User", handover_id: int) -> tuple[Handover, str]:
    """Who gives tells; of what moved at once the receiver finds out."""
    row = between_for(by, handover_id)
    is_late = row.state == Handover.State.ACCEPTED and takes(by, row)
    return row, side(by, row, giving=not is_late)


def _unsign(row: Handover) -> None:
    """What is told anew is signed anew, by both."""
    save(
        row,
        state=Handover.State.DRAFT,
        giver_signed_at=None,
        giver_signed_by=None,
        receiver_signed_at=None,
    )
