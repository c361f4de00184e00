"""Rows as acts: what one act discharges together, and what people put off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation, Postponement
from pult.regulation.queries.rows import LedgerRow, live, obligation, rows_from

Roots = Collection[int] | None


@dataclass(frozen=True)
class PutOff:
    """A row hidden from one's day until a date, by whom and why."""

    row: LedgerRow
    until: date
    reason: str
    by: str


def same_act(obligation_id: int) -> list[LedgerRow]:
    """The row, then the live rows that the same act of the same role discharges for the client."""
    row = obligation(obligation_id)
    if not row.act:
        return [row]
    others = Obligation.objects.filter(
        root_id=row.root_id, role=row.role, act=row.act, mode__gte=row.mode
    )
    others = live(others).exclude(pk=row.id).exclude(state=State.FORECAST)
    return [row, *rows_from(others.order_by("due", "id"))]


def put_off(
    roots: Roots, roles: Collection[str], today: date, *, limit: int | None = None
) -> list[PutOff]:
    """Live rows of these clients and roles that are hidden now, the first to return on top."""
    hidden = Postponement.objects.filter(until__gt=today)
    if roots is not None:
        hidden = hidden.filter(root_id__in=roots)
    said = {
        tuple(getattr(one, name) for name in IDENTITY): one
        for one in hidden.select_related("by").order_by("until", "id")[:limit]
    }
    if not said:
        return []
    wanted = Q(root_id__in={one.root_id for one in said.values()}, role__in=roles)
    found = live(Obligation.objects.filter(wanted, clause__in={key[0] for key in said}))
    rows = {row.identity: row for row in rows_from(found)}
    return [
        PutOff(rows[key], one.until, one.reason, str(one.by))
        for key, one in said.items()
        if key in rows
    ]
