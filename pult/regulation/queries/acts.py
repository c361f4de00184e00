"""Rows as acts: what one act discharges together, and what people put off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation, Postponement
from pult.regulation.queries.near import stays
from pult.regulation.queries.rows import (
    LONGEST,
    Known,
    LedgerRow,
    act_key,
    live,
    obligation,
    rows_from,
)

Roots = Collection[int] | None


@dataclass(frozen=True)
class PutOff:
    """An act hidden from one's day until a date, by whom and why; `row` is its most urgent one."""

    row: LedgerRow
    until: date
    reason: str
    by: str
    clauses: tuple[tuple[str, str], ...]


def same_act(obligation_id: int) -> list[LedgerRow]:
    """The row, then the live rows that the same act of the same role discharges for the client."""
    row = obligation(obligation_id)
    return [row, *beside(row)]


def beside(row: LedgerRow) -> list[LedgerRow]:
    """The other live rows that the act of this one discharges."""
    if not row.act:
        return []
    others = Obligation.objects.filter(
        root_id=row.root_id, role=row.role, act=row.act, mode__gte=row.mode
    )
    others = live(others).exclude(pk=row.id).exclude(state=State.FORECAST)
    known = {("client", row.root_id): row.client, (row.subject_type, row.subject_id): row.subject}
    return rows_from(others.order_by("due", "id"), known)


def rows_of_act(
    root_id: int, act: str, subject_type: str, known: Known = MappingProxyType({})
) -> list[LedgerRow]:
    """Every row of a client that an act on such subjects discharges, done ones too, by due date;
    `known` are names the caller has at hand."""
    rows = Obligation.objects.filter(
        root_id=root_id, act=act, subject_type=subject_type, mode__gte=Mode.VISIBLE
    )
    return rows_from(rows.order_by("due", "id")[:LONGEST], known)


def put_off(
    roots: Roots,
    roles: Collection[str],
    today: date,
    *,
    limit: int | None = None,
    overseer: int = 0,
) -> list[PutOff]:
    """Live rows of these clients and roles that are hidden now, from this `overseer` when there is
    one, an act a line, the first to return on top."""
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
    acts: dict[tuple[Any, ...], tuple[Postponement, list[LedgerRow]]] = {}
    for key, one in said.items():
        row = rows.get(key)
        if row and not stays(row.state, one.by_id, overseer):
            same = (*act_key(row), one.until, one.reason, one.by_id)
            acts.setdefault(same, (one, []))[1].append(row)
    return [_put_off(one, hidden) for one, hidden in acts.values()]


def _put_off(one: Postponement, rows: list[LedgerRow]) -> PutOff:
    first = min(rows, key=lambda row: (row.due is None, row.due, row.id))
    clauses = tuple(dict.fromkeys((row.clause, row.title) for row in rows))
    return PutOff(first, one.until, one.reason, str(one.by), clauses)
