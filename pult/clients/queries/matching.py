"""Who suits a client: its demands beside each manager's strengths, load and limit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pult.clients.access import client_and_holders
from pult.clients.logic.fit import ANSWERS, Fit, fit_of
from pult.clients.models import Demand, ReplacementAsk
from pult.clients.queries.load import Load, loads
from pult.people.queries import Missing, business_day, missing, strengths_by_person

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from pult.people.models import User

SHOWN = 20


@dataclass(frozen=True)
class Demands:
    """Levels by code (1 low … 3 high, None: nobody said); `version` 0 before anybody said."""

    levels: "Mapping[str, int | None]"
    note: str = ""
    by: str = ""
    on: date | None = None
    version: int = 0


@dataclass(frozen=True)
class Suitor:
    """A manager who might conduct the client; `holds` it now; strengths are codes; `missing` is
    why they are not here now."""

    load: Load
    strengths: tuple[str, ...]
    fit: Fit
    holds: bool
    is_full: bool
    missing: Missing | None = None


@dataclass(frozen=True)
class AskItem:
    """A client's request for another manager, and what came of it."""

    id: int
    client_id: int
    client: str
    manager: str
    asked_on: date
    asked_by: str
    reason: str
    proof: str
    due_on: date
    is_late: bool
    state: str
    state_label: str
    decision: str
    told: str
    decided_by: str
    decided_at: datetime | None
    handover_id: int | None


@dataclass(frozen=True)
class Matching:
    """A client's page of who is to conduct it."""

    client_id: int
    name: str
    demands: Demands
    suitors: tuple[Suitor, ...]
    asks: tuple[AskItem, ...]
    has_manager: bool


def matching_of(user: "User", client_id: int, *, with_managers: bool = False) -> Matching:
    """Raises NotVisible for a client that is not the reader's. At most fourteen queries."""
    client, held = client_and_holders(user, client_id)
    managers = {one.user_id for one in held if one.role == "am"}
    demands = demands_of([client.pk]).get(client.pk, NOTHING)
    return Matching(
        client_id=client.pk,
        name=client.name,
        demands=demands,
        suitors=suitors(demands, managers) if with_managers else (),
        asks=_items(ReplacementAsk.objects.filter(client=client)),
        has_manager=bool(managers),
    )


def open_asks() -> tuple[AskItem, ...]:
    """Requests nobody has decided, the soonest due first; the reader is a head. One query."""
    rows = ReplacementAsk.objects.filter(state=ReplacementAsk.State.OPEN).order_by("due_on", "id")
    return _items(rows)


def demands_of(client_ids: "Collection[int]") -> dict[int, Demands]:
    """Client → what it asks of its manager, of those somebody said it of. One query."""
    rows = Demand.objects.filter(client__in=client_ids).select_related("set_by")
    return {
        row.client_id: Demands(
            {code: getattr(row, code) for code in ANSWERS},
            row.note,
            row.set_by.full_name,
            row.set_on,
            row.version,
        )
        for row in rows
    }


def suitors(demands: Demands, holding: "Collection[int]" = ()) -> tuple[Suitor, ...]:
    """Every manager: those who answer most of the demands and have room come first, then by name.
    Nobody is chosen. Seven queries, nine where somebody has hours of their own."""
    strong, gone = strengths_by_person(), missing()
    found = [
        Suitor(
            load=load,
            strengths=strong.get(load.user_id, ()),
            fit=fit_of(demands.levels, strong.get(load.user_id, ())),
            holds=load.user_id in holding,
            is_full=load.room == 0,
            missing=gone.get(load.user_id),
        )
        for load in loads()
    ]
    return tuple(sorted(found, key=lambda one: (len(one.fit.lacks), one.is_full, one.load.name)))


NOTHING = Demands(dict.fromkeys(ANSWERS))


def _items(rows: "QuerySet[ReplacementAsk]") -> tuple[AskItem, ...]:
    rows = rows.select_related("client", "manager", "decided_by", "batch")
    today = business_day()
    return tuple(_item(row, today) for row in rows.prefetch_related("batch__handovers")[:SHOWN])


def _item(row: ReplacementAsk, today: date) -> AskItem:
    begun = list(row.batch.handovers.all()) if row.batch else []
    is_open = row.state == ReplacementAsk.State.OPEN
    return AskItem(
        id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        manager=row.manager.full_name,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        reason=row.reason,
        proof=row.proof,
        due_on=row.due_on,
        is_late=is_open and row.due_on < today,
        state=row.state,
        state_label=str(ReplacementAsk.State(row.state).label),
        decision=row.decision,
        told=row.told,
        decided_by=row.decided_by.full_name if row.decided_by else "",
        decided_at=row.decided_at,
        handover_id=begun[0].pk if begun else None,
    )
