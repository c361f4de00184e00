"""Between managers everything is told item by item, then signed by both."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.moving import move_batch, unsigned, waiting_for_hands
from pult.clients.actions.handover.steps import OPEN, must_be, save, tell, tell_state
from pult.clients.handover_access import between_for, side
from pult.clients.handover_words import item_word
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Handover, HandoverItem
from pult.clients.queries.handover.between import missing_of
from pult.kernel import clock
from pult.kernel.errors import Conflict, Refusal
from pult.kernel.facts import acting
from pult.regulation.gates import gated, guard

if TYPE_CHECKING:
    from pult.people.models import User


def accept_items(
    *,
    by: "User",
    handover_id: int,
    codes: tuple[str, ...] = (),
    seen: Mapping[str, int] | None = None,
) -> None:
    """The receiver takes items: these, or all that are told of.

    `seen` are the versions read (0 of an item Pult alone knows). Raises Conflict for one that was
    told anew meanwhile.
    """
    row = between_for(by, handover_id)
    role = side(by, row, giving=False)
    with acting(row.client_id):
        must_be_open(row)
        missing = missing_of(row)
        wanted = codes or tuple(code for code in ITEMS if code not in missing)
        if untold := [code for code in wanted if code in missing or code not in ITEMS]:
            raise Refusal(
                _("Nobody has told of this yet: %(item)s") % {"item": item_word(untold[0])},
                clause=ITEMS.get(untold[0], "2.1"),
                who=str(row.giver),
                subject=row.client,
            )
        if seen is not None:
            _refuse_unread(row, wanted, seen)
        now = clock.now()
        known = set(row.items.values_list("code", flat=True))
        new = [HandoverItem(handover=row, code=code) for code in wanted if code not in known]
        HandoverItem.objects.bulk_create(new)
        row.items.filter(code__in=wanted, accepted_at=None).update(accepted_at=now)
        tell("handover.edited", row, by, role, payload={"fields": sorted(wanted)})


def sign_giving(*, by: "User", handover_id: int) -> Handover:
    """The giver signs: everything is told. The head signs for whoever cannot."""
    row = between_for(by, handover_id)
    role = side(by, row, giving=True)
    with acting(row.client_id):
        must_be(row, *OPEN)
        tell_items(row, by, role)
        if missing := missing_of(row):
            raise Refusal(
                _("Not told yet: %(items)s") % {"items": ", ".join(map(item_word, missing))},
                clause=ITEMS[missing[0]] if len(missing) == 1 else "2.1",
                cure=_("Tell of them; “nothing” is an answer too"),
                subject=row.client,
            )
        now = clock.now()
        save(
            row,
            state=Handover.State.OFFERED,
            offered_at=now,
            giver_signed_at=now,
            giver_signed_by=by,
        )
        tell("handover.between", row, by, role, state="signed")
    return row


def take_over(*, by: "User", handover_id: int) -> Handover:
    """The receiver signs; with the last signature of the batch all its clients move at once.

    Gate 2.1 refuses while an item is not told of; a Refusal while one is not taken.
    """
    row = between_for(by, handover_id)
    role = side(by, row, giving=False)
    batch = row.batch
    roots = batch.handovers.values_list("client", flat=True)
    with gated(), acting(*roots):
        must_be(row, Handover.State.OFFERED)
        if row.giver_signed_at is None:
            raise unsigned(row, row.giver)
        tell_items(row, by, role)
        refs = {"client": row.client_id, "handover": row.pk}
        guard("handover.take", root_id=row.client_id, refs=refs, by=by, role=role)
        _refuse_untaken(row)
        tell("handover.take", row, by, role)
        save(row, receiver_signed_at=clock.now())
        if not waiting_for_hands(batch).exists():
            move_batch(batch, by, role)
            row.refresh_from_db()
    return row


def cancel_between(*, by: "User", handover_id: int) -> Handover:
    """The head calls the handover of one client off; the rest of the batch goes on, and moves when
    this was the last signature it waited for."""
    role = require(by, "head", "director", act=_("cancel handovers"))
    row = between_for(by, handover_id)
    batch = row.batch
    with acting(*batch.handovers.values_list("client", flat=True)):
        must_be(row, *OPEN)
        save(row, state=Handover.State.CANCELLED)
        tell("handover.between", row, by, role, state="cancelled")
        open_rows = batch.handovers.filter(state__in=OPEN)
        if not open_rows.exists():
            batch.cancelled_at = clock.now()
            batch.save(update_fields=["cancelled_at"])
        elif not waiting_for_hands(batch).exists():
            move_batch(batch, by, role)
    return row


def note_told(*, by: "User", handover_id: int) -> Handover:
    """The client was told of the new manager."""
    row = between_for(by, handover_id)
    role = side(by, row, giving=False)
    with acting(row.client_id):
        must_be(row, Handover.State.ACCEPTED)
        if row.told_at is None:
            save(row, told_at=clock.now(), told_by=by)
            tell("handover.told", row, by, role)
    return row


def tell_items(row: Handover, by: "User", role: str) -> None:
    """Say whether every item is told of, for gate 2.1."""
    missing = len(missing_of(row))
    state = "lacking" if missing else "full"
    tell_state("handover.items", row, by, role, state, value=missing)


def must_be_open(row: Handover) -> None:
    """Open, or moved at once: then its items are found out afterwards."""
    if row.batch and row.batch.is_urgent:
        must_be(row, *OPEN, Handover.State.ACCEPTED)
    else:
        must_be(row, *OPEN)


def _refuse_unread(row: Handover, wanted: Collection[str], seen: Mapping[str, int]) -> None:
    items = {one.code: one for one in row.items.select_related("filled_by")}
    for code in wanted:
        item = items.get(code)
        if item and item.version != seen.get(code):
            raise Conflict(
                _("%(who)s told of “%(item)s” anew while you were reading")
                % {"who": item.filled_by or row.giver, "item": item_word(code)},
                cure=_("Read it again, then take it"),
            )


def _refuse_untaken(row: Handover) -> None:
    taken = set(row.items.exclude(accepted_at=None).values_list("code", flat=True))
    if untaken := [code for code in ITEMS if code not in taken]:
        raise Refusal(
            _("Not taken yet: %(items)s") % {"items": ", ".join(map(item_word, untaken))},
            clause="2.1",
            cure=_("Take each item, or ask about it"),
            subject=row.client,
        )
