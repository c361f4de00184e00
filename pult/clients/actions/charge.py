"""Who looks after a client: dated, handed over, never with two managers at once."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require, roles_of
from pult.clients.actions.managed import refuse_managed
from pult.clients.actions.room import check_room
from pult.clients.actions.sold import refuse_sold
from pult.clients.actions.vacancies import tell_vacancy
from pult.clients.models import Assignment, Client
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User

# Who may put whom in charge: a head hands out clients, heads of production their specialists.
ASSIGNERS = {
    "am": ("head", "director"),
    "sales": ("head", "director"),
    "client": ("am", "head", "director"),
    "executor": ("production_head", "production_director", "head", "director", "am"),
}
# In these roles the next person takes over from the one before.
SINGLE = frozenset(["am", "sales"])


def assign(
    *,
    by: "User",
    client_id: int,
    user: "User",
    role: str,
    since: datetime | None = None,
    over_limit: str = "",
) -> Assignment:
    """Put a person in charge from a moment on (by default now: after whoever was quicker).

    A new sales person, or manager of a lead, relieves the one before at the same moment. The past
    is not rewritten: `since` may lie ahead, not behind what is already recorded. A manager whose
    limit of clients is full gets one more by a head's reason, `over_limit`. Refusal for a lead
    that sales brought and for a client at work that has a manager: both change hands by a handover.
    """
    own_role = require(by, *ASSIGNERS[role], act=_("put people in charge of clients"))
    client = client_for(by, client_id)
    if role not in roles_of(user, since or clock.now()):
        raise BadInput(
            _("%(name)s does not have this role") % {"name": user},
            field="user",
            cure=_("Give the role first, or choose somebody else"),
        )
    with acting(client.pk):
        if role == Assignment.Role.AM:
            refuse_sold(client)
            refuse_managed(client, user)
            check_room(user, client_ids=[client.pk], by=by, reason=over_limit)
        rows = Assignment.objects.filter(client=client, role=role)
        if role not in SINGLE:
            rows = rows.filter(user=user)
        is_chosen, since = since is not None, since or clock.now()
        _nobody_later(rows, since, is_chosen=is_chosen)
        kept = make_room(rows, client, user, since, by, own_role)
        if kept:
            return kept
        made = Assignment.objects.create(client=client, user=user, role=role, since=since)
        tell_charge("client.assigned", made, since, by, own_role)
        if role == Assignment.Role.AM:
            tell_vacancy(client, by, own_role)
    return made


def release(
    *, by: "User", client_id: int, user: "User", role: str, at: datetime | None = None
) -> None:
    """Take a person off a client from a moment on (now by default); nobody takes their place."""
    own_role = require(by, *ASSIGNERS[role], act=_("put people in charge of clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        at = at or clock.now()
        held = Assignment.objects.filter(client=client, role=role, user=user)
        for row in held.filter(Q(until=None) | Q(until__gt=at), since__lte=at):
            end_charge(row, at, by, own_role)
        if role == Assignment.Role.AM:
            tell_vacancy(client, by, own_role)


def _nobody_later(rows: "Assignment.objects", since: datetime, *, is_chosen: bool) -> None:
    """BadInput where a hand-over is planned after `since`; a later moment is a cure only for
    whoever could choose one."""
    later = rows.filter(since__gt=since).order_by("since").first()
    if later is None:
        return
    raise BadInput(
        _("From %(day)s somebody is already in charge") % {"day": short_day(later.since)},
        field="since" if is_chosen else "",
        cure=_("Choose a later moment") if is_chosen else "",
    )


def make_room(
    rows: "Assignment.objects", client: Client, user: "User", since: datetime, by: "User", role: str
) -> Assignment | None:
    """End whoever holds the place at `since`; returns the row when it is this person already."""
    for row in rows.filter(Q(until=None) | Q(until__gt=since)).select_related("user"):
        if row.user_id == user.pk and row.until is None:
            return row
        end_charge(row, since, by, role)
    return None


def end_charge(row: Assignment, at: datetime, by: "User", role: str) -> None:
    """The person answers for the client no more from that moment on; inside an action."""
    row.until = at
    row.save(update_fields=["until"])
    tell_charge("client.released", row, at, by, role)


def tell_charge(kind: str, row: Assignment, at: datetime, by: "User", role: str) -> None:
    """Record that somebody was put in charge or taken off at that moment; inside an action."""
    record(
        kind,
        root_id=row.client_id,
        refs={"client": row.client_id},
        by=by,
        role=role,
        at=at,
        payload={"user": row.user_id, "role": row.role},
    )
