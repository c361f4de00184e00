"""What a decision would change: the ledger evaluated with and without it.

The past is not rewritten: facts and what was signed stay. A retroactive value is one more signature
with its own date and reason, and each row it changes gets a transition that names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from django.utils.timezone import localdate

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.calendars import calendars_with, midnight
from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.parameters import FOLLOWS
from pult.regulation.evaluate.table import Flag, Ledger, ParameterValue, State
from pult.regulation.models import Obligation
from pult.regulation.parameters import AGENCY, Scope
from pult.regulation.queries.rows import LedgerRow, moment, rows_from
from pult.regulation.sweep import current_facts

IDENTITY = ("card", "root", "subject", "part", "key")
JUDGEMENT = ("state", "due")
ASKED = (State.FORECAST, State.OPEN, State.OVERDUE)


@dataclass(frozen=True)
class Changed:
    """A row as the ledger has it and how it would stand (None: it would not be there)."""

    row: LedgerRow
    state: State | None
    due: datetime | None

    @property
    def is_same_day(self) -> bool:
        """Whether only the hour moves."""
        both = self.row.due and self.due
        return bool(both and localdate(self.row.due) == localdate(self.due))


@dataclass(frozen=True)
class Retro:
    """`rows`: how many would change in all, rows that would appear or go among them; `changed`:
    some of those the ledger has, the latest due first."""

    rows: int
    appear: int
    changed: tuple[Changed, ...]


def retro_changes(
    *,
    name: str,
    value: int | None,
    effective_from: date,
    scope: Scope = AGENCY,
    limit: int = 20,
) -> Retro:
    """What signing this value for a past day would change in the ledger, over all facts."""
    regulation = registry.current()
    clauses = regulation.needed_for(regulation.using(name))
    if not clauses:
        return Retro(0, 0, ())
    cards, now = regulation.cards_of(clauses), clock.to_minute(clock.now())
    index = Index(current_facts().everything(regulation.kinds_of(clauses)), now)
    parameters = regulation.parameters(clauses)
    said = ParameterValue(
        id=0,
        name=name,
        value=FOLLOWS if value is None else value,
        effective=midnight(effective_from),
        recorded=now,
        scope=scope,
    )
    then = regulation.with_values(said).parameters(clauses)
    ledgers = (
        evaluate(cards, index, each, regulation.calendars, now) for each in (parameters, then)
    )
    return _compared(cards, *ledgers, limit)


def calendar_changes(*, unit: str, day: date, kind: str, limit: int = 50) -> Retro:
    """Which rows that are still asked would be due at another time, or not be there, if `day` of
    the unit were `kind` from now on. Rows that would appear are counted in `appear` alone."""
    regulation = registry.current()
    clauses = regulation.clauses
    cards, now = regulation.cards_of(clauses), clock.to_minute(clock.now())
    index = Index(current_facts().everything(regulation.kinds_of(clauses)), now)
    parameters = regulation.parameters(clauses)
    edited = calendars_with(unit=unit, day=day, kind=kind, at=clock.now())
    ledgers = (
        evaluate(cards, index, parameters, each, now) for each in (regulation.calendars, edited)
    )
    was, now = (ledger.rows for ledger in ledgers)
    asked = was[np.isin(was["state"], ASKED) & ((was["flags"] & Flag.CLOSED) == 0)]
    moved = now[among(now, asked, IDENTITY) & ~among(now, was, (*IDENTITY, "due"))]
    gone = asked[~among(asked, now, IDENTITY)]
    appear = int((~among(now, was, IDENTITY)).sum())
    return _told(cards, moved, gone, appear, limit)


def _compared(cards: Sequence[Card], before: Ledger, after: Ledger, limit: int) -> Retro:
    was, now = before.rows, after.rows
    other = now[~among(now, was, (*IDENTITY, *JUDGEMENT))]
    gone = was[~among(was, now, IDENTITY)]
    known = among(other, was, IDENTITY)
    appear = int((~known).sum())
    told = _told(cards, other[known], gone, appear, limit)
    return replace(told, rows=told.rows + appear)


def _told(
    cards: Sequence[Card], moved: np.ndarray, gone: np.ndarray, appear: int, limit: int
) -> Retro:
    some = np.concatenate([moved, gone])
    some = some[np.argsort(-some["due"], kind="stable")][:limit]
    still = among(some, moved, IDENTITY)
    wanted = {
        (cards[row["card"]].clause, int(row["part"]), int(row["subject"]), int(row["key"])): (
            (State(row["state"]), moment(int(row["due"]))) if stays else (None, None)
        )
        for row, stays in zip(some, still, strict=True)
    }
    return Retro(rows=len(moved) + len(gone), appear=appear, changed=_stored(some, wanted))


def _stored(some: np.ndarray, wanted: dict) -> tuple[Changed, ...]:
    rows = Obligation.objects.filter(
        root_id__in=sorted(set(some["root"].tolist())),
        subject_id__in=sorted(set(some["subject"].tolist())),
    )
    found = (
        (row, wanted.get((row.clause, row.part, row.subject_id, row.row_key)))
        for row in rows_from(rows.order_by("-due", "id"))
    )
    return tuple(Changed(row, *then) for row, then in found if then)


def among(rows: np.ndarray, others: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Whether each row's columns stand so in some row of `others`."""
    columns = [np.concatenate([rows[name], others[name]]) for name in names]
    order = np.lexsort(columns[::-1])
    fresh = np.ones(len(order), bool)
    if len(order):
        fresh[1:] = np.any([c[order][1:] != c[order][:-1] for c in columns], axis=0)
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(fresh)
    return np.isin(number[: len(rows)], number[len(rows) :])
