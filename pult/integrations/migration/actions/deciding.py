"""A person's word about a difference: take theirs, keep ours, ask later; and about late records."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.integrations.migration.actions.comparing import GONE
from pult.integrations.migration.cards import card_of
from pult.integrations.migration.marks import marks_of
from pult.integrations.migration.models import Difference, Item
from pult.integrations.migration.sides import SIDES, Names
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.facts import acting, record
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

DECIDERS = ("am", "head", "director")
LATER = timedelta(days=7)


def decide(
    *, by: "User", difference_id: int, decision: str, mark: str = "", until: date | None = None
) -> Difference:
    """`decision`: theirs, ours or later (in a week, or on `until`). `mark` is what the person saw:
    Conflict when theirs has changed meanwhile. Theirs is written by the actions of its domain, so
    their refusals hold here too."""
    role = require(by, *DECIDERS, act=_("decide on differences"))
    row = _visible(by, difference_id)
    if decision not in ("theirs", "ours", "later"):
        raise BadInput(_("Choose one that is offered"), field="decision")
    with acting(row.client_id):
        row = _visible(by, difference_id)
        if row.state not in ("open", "later"):
            raise Conflict(_("This was decided already"))
        if mark and row.mark != mark:
            raise Conflict(_("It has changed there meanwhile"), cure=_("Look again"))
        if decision == "later":
            row.state, row.later_until = "later", until or business_day() + LATER
        else:
            if decision == "theirs":
                _take(by, row)
            _agree(row, decision)
            row.state, row.theirs, row.ours = decision, "", ""
        row.by, row.decided_at = by, clock.now()
        row.save()
        record(
            "migration.decided",
            root_id=row.client_id,
            refs={
                "source": row.item.source_id,
                "client": row.client_id,
                "difference": row.pk,
            },
            by=by,
            role=role,
            payload={"field": row.field, "decision": decision},
        )
    return row


def want_late(*, by: "User", item_id: int, wanted: bool) -> None:
    """Bring in what came after its team's cut-over, or leave it there for good."""
    require(by, "head", "director", act=_("bring clients in from another system"))
    item = Item.objects.filter(pk=item_id, state=Item.State.LATE).first()
    if item is None:
        raise NotVisible(_("There is no such record"))
    if wanted:
        item.state, item.is_wanted = Item.State.WAITING, True
    else:
        item.state, item.data, item.why = Item.State.LEFT, {}, "late"
    item.save(update_fields=["state", "is_wanted", "data", "why"])


def _take(by: "User", row: Difference) -> None:
    item = row.item
    side = SIDES[item.kind]
    ours = side.find(by, item)
    if ours is None:
        raise Conflict(_("It is not here any more"), cure=_("Keep ours: nothing is to be done"))
    is_untouched = getattr(ours, "version", 0) == item.version
    if row.field == GONE:
        side.take_gone(by, ours)
    else:
        side.take(by, ours, {row.field: row.theirs}, Names(item.source))
    if item.kind == "task":
        task = side.find(by, item)
        if is_untouched:  # what somebody has edited here stays at an undo
            item.version = task.version
        if row.field == GONE:  # met again there, it is open there and closed here
            item.marks["state"] = marks_of(item.kind, side.ours(task))["state"]


def _agree(row: Difference, decision: str) -> None:
    """Theirs as it is now is what was decided on: only a new change there asks again."""
    item = row.item
    if row.field == GONE:
        item.state = Item.State.GONE
    else:
        item.marks[row.field] = row.mark
    item.save(update_fields=["marks", "state", "version"])


def _visible(by: "User", difference_id: int) -> Difference:
    row = Difference.objects.select_related("item__source").filter(pk=difference_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    card_of(by, row.client_id)
    return row
