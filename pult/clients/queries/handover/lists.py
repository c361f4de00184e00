"""Handovers in lists: all that one sees, what waits for one, the open one of a client."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from pult.clients.handover_access import handovers_of
from pult.clients.models import Handover
from pult.clients.models.handover import OPEN, PREPARED
from pult.clients.queries.handover.shapes import HandoverRow

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 100
DONE_SHOWN = 20


def handover_list(user: "User", state: str = "") -> tuple[HandoverRow, ...]:
    """Open handovers this person has to do with, the oldest first, or the last ones finished."""
    rows = handovers_of(user).select_related("client", "giver", "receiver", "batch")
    waiting = Count("points", filter=Q(points__resolved_at=None))
    rows = rows.annotate(waiting=waiting)
    if state == "done":
        done = rows.exclude(state__in=OPEN).order_by("-pk")[:DONE_SHOWN]
        return tuple(row_of(row) for row in done)
    return tuple(row_of(row) for row in rows.filter(state__in=OPEN).order_by("started_at")[:SHOWN])


def handovers_waiting(user: "User") -> tuple[HandoverRow, ...]:
    """Open handovers that wait for this person, those sent back first; one query."""
    mine = Q(giver=user, state__in=PREPARED) | Q(receiver=user, state=Handover.State.OFFERED)
    rows = Handover.objects.filter(mine).select_related("client", "giver", "receiver", "batch")
    rows = rows.annotate(waiting=Count("points", filter=Q(points__resolved_at=None)))
    found = sorted(rows.order_by("started_at")[:SHOWN], key=lambda row: row.state != "returned")
    return tuple(row_of(row) for row in found)


def handover_of_client(client_id: int) -> int | None:
    """The open handover of a client, if there is one; its reader was checked already."""
    open_one = Handover.objects.filter(client=client_id, state__in=OPEN)
    return open_one.values_list("pk", flat=True).first()


def row_of(row: Handover) -> HandoverRow:
    """A row of a list; `waiting` counts its open points."""
    waits = {"draft": "giver", "returned": "giver", "offered": "receiver"}.get(row.state, "nobody")
    return HandoverRow(
        id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        kind=row.kind,
        kind_label=str(Handover.Kind(row.kind).label),
        state=row.state,
        state_label=str(Handover.State(row.state).label),
        giver=row.giver.full_name,
        receiver=row.receiver.full_name,
        since=row.started_at,
        points=row.waiting,
        waits=waits,
        batch_id=row.batch_id,
        is_urgent=bool(row.batch and row.batch.is_urgent),
    )
