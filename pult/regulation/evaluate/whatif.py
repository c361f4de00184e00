"""What if the number were another? Rows and breaches of one card for each of many values.

A back-test assumes that people would have done what they did; the screen says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Amount, Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.deadline import due_of_day, due_of_instant
from pult.regulation.evaluate.due import due_of, graced, settle_predictions
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.moments import first
from pult.regulation.evaluate.obligation import Prepared, prepared
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import mode_name
from pult.regulation.evaluate.run import evaluate
from pult.regulation.evaluate.scope import in_force
from pult.regulation.evaluate.table import BREACHES, NEVER, Facts, Flag, Ints, State
from pult.regulation.evaluate.triggers import born

IDENTITY = ("card", "root", "subject", "part", "key")


class Point(NamedTuple):
    """One value of the number and what the ledger would hold under it."""

    value: int
    rows: int
    breaches: int


def breaches(rows: np.ndarray) -> np.ndarray:
    """Rows that are breaches, whether or not anybody is to blame (see the flags)."""
    return np.isin(rows["state"], BREACHES)


def main_amount(card: Card) -> Amount:
    """The number a card is known by. ValueError for a card without one."""
    cadence = card.cadence
    candidates = [cadence.gap or cadence.times or cadence.by] if cadence else []
    candidates += [deadline.amount for deadline in card.deadlines]
    candidates += [card.monitor.tolerance] if card.monitor else []
    for amount in candidates:
        if amount is not None:
            return amount
    raise ValueError(f"clause {card.clause} has no number to change")


def with_value(card: Card, amount: Amount, value: int) -> Card:
    """The card with `amount` (by its name, or the very same number) fixed at `value`."""

    def changed(part: Any) -> Any:
        if isinstance(part, Amount):
            same = part.name == amount.name if amount.name else part == amount
            return Amount(value, part.unit) if same else part
        if isinstance(part, tuple):
            return tuple(changed(item) for item in part)
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{f.name: changed(getattr(part, f.name)) for f in fields(part)})
        return part

    return changed(replace(card, examples=()))


def curve(
    card: Card,
    values: Iterable[int],
    facts: Facts | Index,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
    amount: Amount | None = None,
) -> list[Point]:
    """For each value of the card's number (or of another `amount` of it) the rows and breaches.

    The value replaces every dated value of that name, over all the facts given. A card that reads
    other clauses is judged without them.
    """
    index = facts if isinstance(facts, Index) else Index(facts, now)
    amount = amount or main_amount(card)
    count = _obligation(card, amount, index, parameters.known(now), calendars.known(now))
    if count is None:
        count = _by_evaluation(card, amount, index, parameters, calendars)
    return [Point(value, *count(value)) for value in values]


Count = Callable[[int], tuple[int, int]]


def _by_evaluation(
    card: Card, amount: Amount, index: Index, parameters: Parameters, calendars: Calendars
) -> Count:
    def count(value: int) -> tuple[int, int]:
        ledger = evaluate(
            [with_value(card, amount, value)], index, parameters, calendars, index.now
        )
        return len(ledger.rows), int(breaches(ledger.rows).sum())

    return count


def _obligation(
    card: Card, amount: Amount, index: Index, parameters: Parameters, calendars: Calendars
) -> Count | None:
    """The short way for an obligation of one deadline: only the due depends on the value."""
    if card.kind != "obligation" or len(card.deadlines) != 1:
        return None
    if card.deadlines[0].amount != amount or card.trigger is None or card.trigger.missing:
        return None
    reader = Reader(index, card, parameters, calendars, index.now, {})
    rows = in_force(reader, born(reader), NEVER)
    return _Judge(reader, prepared(reader, rows)).count if len(rows) else lambda value: (0, 0)


class _Judge:
    """Counts breaches of prepared rows under a due; the same verdict as `settled`, no rows made."""

    def __init__(self, reader: Reader, known: Prepared) -> None:
        self.reader, self.known, self.rows = reader, known, known.rows
        rows, now = known.rows, reader.now
        evidence = first(reader, reader.card.evidence, rows.cells, rows.opened, rows.place)
        self.proved = (evidence.at < NEVER) & (evidence.at <= known.close)
        self.evidence, self.closed = evidence, ~self.proved & (known.close < NEVER)
        alive = ~self.proved & ~self.closed
        at = np.full(len(rows), now, np.int64)
        silent, _ = silent_feed(reader, rows.cells, at)
        excused = alive & (silent | waiting(reader, rows.cells, at))
        # The instant that must not lie after the due: evidence, closing, or now.
        self.last = np.where(self.proved, evidence.at, np.where(self.closed, known.close, now))
        self.last[excused] = -1
        self.dues = self._dues()

    def count(self, value: int) -> tuple[int, int]:
        due, held = self.dues(value)
        missed = self.last > due
        if held is not None:
            missed &= ~held
        asked = self._on(due)
        if len(self.known.pardons.row) or self.known.pardons.upheld.any():
            when = np.where(self.closed, due, np.where(self.proved, self.last, self.reader.now))
            pardons = self.known.pardons
            missed &= ~(pardons.waived(when) | pardons.upheld)
        if asked is None:
            return len(self.rows), int(np.count_nonzero(missed))
        return int(asked.sum()), int((missed & asked).sum())

    def _on(self, due: Ints) -> np.ndarray | None:
        clause = self.reader.card.clause
        if not any(v.name == mode_name(clause) for v in self.reader.parameters.values):
            return None
        at = np.minimum(self.reader.now, due)
        return self.reader.parameters.mode(clause, at, self.rows.cells.root) > 0

    def _dues(self) -> Callable[[int], tuple[Ints, np.ndarray | None]]:
        """Value → (due, held): by one calendar without pauses, else the long way."""
        versions = list(self.reader.calendars.parts(self.rows.cells.root))
        if len(versions) == 1 and len(versions[0][1]) == 1 and not len(self.known.pauses.row):
            return self._simple(versions[0][1][0].calendar)
        closed = np.minimum(self.evidence.at, self.known.close)

        def due(value: int) -> tuple[Ints, np.ndarray]:
            deadline = self.reader.card.deadlines[0]
            fixed = replace(deadline, amount=Amount(value, deadline.amount.unit), soft=None)
            found = due_of(self.reader, self.rows, fixed, self.known.pauses, closed)
            return found.at, found.held

        return due

    def _simple(
        self, calendar: BusinessCalendar
    ) -> Callable[[int], tuple[Ints, np.ndarray | None]]:
        deadline, rows = self.reader.card.deadlines[0], self.rows
        unit, side, revisions = deadline.amount.unit, deadline.side, rows.revisions
        if revisions is not None:
            floor = graced(self.reader, calendar, revisions, rows, revisions.row)
            early, many = side == "before", len(rows)

            def predicted(value: int) -> tuple[Ints, None]:
                naive = due_of_day(calendar, revisions.day, np.int64(value), unit, side)
                return settle_predictions(revisions, naive, floor, many, early)[0], None

            return predicted
        by_days = unit not in ("bh", "bmin") and side != "at"
        day = calendar.day_of(rows.opened) if by_days else None

        def plain(value: int) -> tuple[Ints, None]:
            if day is not None:
                return due_of_day(calendar, day, np.int64(value), unit, side), None
            return due_of_instant(calendar, rows.opened, np.int64(value), unit, side), None

        return plain


@dataclass(frozen=True)
class Change:
    """What a group would gain and lose."""

    rows_gained: int = 0
    rows_lost: int = 0
    breaches_gained: int = 0
    breaches_lost: int = 0


def difference(before: np.ndarray, after: np.ndarray, by: Mapping[int, int]) -> dict[int, Change]:
    """Rows and breaches gained and lost by group; `by` maps a root to its group (0 when absent).

    Both are ledger rows evaluated from cards in the same order.
    """
    parts = {
        "rows_gained": _only_in(after, before),
        "rows_lost": _only_in(before, after),
        "breaches_gained": _only_in(after[breaches(after)], before[breaches(before)]),
        "breaches_lost": _only_in(before[breaches(before)], after[breaches(after)]),
    }
    groups: dict[int, dict[str, int]] = {}
    for name, rows in parts.items():
        for root, count in zip(*np.unique(rows["root"], return_counts=True), strict=True):
            group = groups.setdefault(by.get(int(root), 0), {})
            group[name] = group.get(name, 0) + int(count)
    return {group: Change(**counts) for group, counts in sorted(groups.items())}


def turned_overdue(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Rows open today that would be overdue, as they would then stand."""
    open_now = before[np.isin(before["state"], (State.OPEN, State.FORECAST))]
    overdue = after[(after["state"] == State.OVERDUE) & (after["flags"] & Flag.CLOSED == 0)]
    return overdue[_found(overdue, open_now)]


def _only_in(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    return rows[~_found(rows, others)]


def _found(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Whether each row's identity stands among `others`."""
    both = np.concatenate([rows, others])
    order = np.lexsort([both[name] for name in reversed(IDENTITY)])
    ranked = both[order]
    fresh = np.ones(len(both), bool)
    if len(both):
        fresh[1:] = np.any([ranked[name][1:] != ranked[name][:-1] for name in IDENTITY], axis=0)
    number = np.empty(len(both), np.int64)
    number[order] = np.cumsum(fresh)
    return np.isin(number[: len(rows)], number[len(rows) :])
