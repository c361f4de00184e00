"""What if the number were another? Rows and breaches of one card for each of many values.

A back-test assumes that people would have done what they did; the screen says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Amount, Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.counting import Count, Judged, short_way
from pult.regulation.evaluate.layers import EVERY
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import depends_on
from pult.regulation.evaluate.run import evaluate
from pult.regulation.evaluate.table import Facts, Ints

IDENTITY = ("card", "root", "subject", "part", "key")


class Point(NamedTuple):
    """One value of the number and what the ledger would hold under it."""

    value: int
    rows: int
    breaches: int


def breaches(rows: np.ndarray) -> np.ndarray:
    """Rows that are breaches, whether or not anybody is to blame (see the flags)."""
    state = rows["state"]
    return (state == codes.OVERDUE) | (state == codes.LATE) | (state == codes.VIOLATED)


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
    below: Sequence[Card] = (),
) -> list[Point]:
    """For each value of the card's number (or of another `amount` of it) the rows and breaches.

    The value replaces every dated value of that name, over all the facts given. `below` are the
    cards of the clauses that the card reads, with all they read; ValueError when one is missing.
    """
    index = facts if isinstance(facts, Index) else Index(facts, now)
    amount = amount or main_amount(card)
    count = _counted(card, amount, index, parameters, calendars, below)
    return [Point(value, *count(value)) for value in values]


def judged(
    card: Card,
    value: int | None,
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
    amount: Amount,
    below: Sequence[Card] = (),
) -> np.ndarray:
    """The rows under a value of the number (None: as signed) as `difference` and `turned_overdue`
    read them: identities, breaches, what is open. No more than those columns need be filled."""
    count = _counted(card, amount, index, parameters, calendars, below)
    if isinstance(count, Judged):
        return count.rows(value)
    return _rows_of(card, amount, value, below, index, parameters, calendars)


def _counted(
    card: Card,
    amount: Amount,
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
    below: Sequence[Card],
) -> Count:
    """The count of a card's number, prepared once for one index, values and calendars."""
    key = (id(card), amount, id(parameters), id(calendars))
    if key not in index.kept:
        known = (parameters.known(index.now), calendars.known(index.now))
        count = None
        if not depends_on(card):
            count = short_way(Reader(index, card, *known, index.now, {}), amount)
        count = count or _by_evaluation(card, amount, below, index, parameters, calendars)
        index.kept[key] = (count, card, parameters, calendars)
    return index.kept[key][0]


def _by_evaluation(
    card: Card,
    amount: Amount,
    below: Sequence[Card],
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
) -> Count:
    def count(value: int) -> tuple[int, int]:
        rows = _rows_of(card, amount, value, below, index, parameters, calendars)
        return len(rows), int(breaches(rows).sum())

    return count


def _rows_of(
    card: Card,
    amount: Amount,
    value: int | None,
    below: Sequence[Card],
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
) -> np.ndarray:
    """The card's rows, evaluated with the clauses it reads."""
    missing = depends_on(card) - {one.clause for one in below} - {EVERY}
    if missing:
        raise ValueError(f"clause {card.clause} reads {', '.join(sorted(missing))}: give its card")
    if value is not None:
        card = with_value(card, amount, value)
        if amount.name:  # signed by its name: the clauses below that name it get it too
            below = [with_value(one, amount, value) for one in below]
    rows = evaluate([card, *below], index, parameters, calendars, index.now).rows
    return rows[rows["card"] == 0]


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
    old, new = _numbered(before, after)
    was, now = breaches(before), breaches(after)
    parts = {
        "rows_gained": after[_absent(new, old)],
        "rows_lost": before[_absent(old, new)],
        "breaches_gained": after[now][_absent(new[now], old[was])],
        "breaches_lost": before[was][_absent(old[was], new[now])],
    }
    groups: dict[int, dict[str, int]] = {}
    for name, rows in parts.items():
        for root, count in zip(*np.unique(rows["root"], return_counts=True), strict=True):
            group = groups.setdefault(by.get(int(root), 0), {})
            group[name] = group.get(name, 0) + int(count)
    return {group: Change(**counts) for group, counts in sorted(groups.items())}


def turned_overdue(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Rows open today that would be overdue, as they would then stand."""
    old, new = _numbered(before, after)
    open_now = (before["state"] == codes.OPEN) | (before["state"] == codes.FORECAST)
    overdue = (after["state"] == codes.OVERDUE) & (after["flags"] & codes.CLOSED == 0)
    return after[overdue][~_absent(new[overdue], old[open_now])]


def _absent(numbers: Ints, others: Ints) -> np.ndarray:
    """Which of the numbers are not among the others."""
    there = np.zeros(max(numbers.max(initial=0), others.max(initial=0)) + 1, bool)
    there[others] = True
    return ~there[numbers]


def _numbered(rows: np.ndarray, others: np.ndarray) -> tuple[Ints, Ints]:
    """A number for each row, the same for the same identity in both."""
    if len(rows) == len(others) and all((rows[name] == others[name]).all() for name in IDENTITY):
        return np.arange(len(rows)), np.arange(len(rows))
    both = np.concatenate([rows, others])
    order = np.lexsort([both[name] for name in reversed(IDENTITY)])
    ranked = both[order]
    fresh = np.ones(len(both), bool)
    if len(both):
        fresh[1:] = np.any([ranked[name][1:] != ranked[name][:-1] for name in IDENTITY], axis=0)
    number = np.empty(len(both), np.int64)
    number[order] = np.cumsum(fresh)
    return number[: len(rows)], number[len(rows) :]
