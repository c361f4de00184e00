"""Comparing a sweep's rows with the stored ones as columns; only differing rows become tuples."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from pult.regulation.difference import (
    IDENTITY,
    VALUES,
    Cell,
    Difference,
    Identity,
    Values,
    compare,
    wakes,
    wanted_rows,
)
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import Ledger, Wake
from pult.regulation.models import Timer

# Columns whose equality makes two rows equal; role and act belong to the edition.
NUMBERS = tuple(name for name in VALUES if name not in ("role", "act", "wake_at", "root_id"))
OF_LEDGER = {
    "trigger_fact": "trigger",
    "opened_at": "opened",
    "soft_due": "soft",
    "evidence_fact": "evidence",
    "parameter_value": "parameter",
    "calendar_version": "calendar",
}


@dataclass(frozen=True)
class RootChange:
    """What must change for one client: rows, timers, and what the ledger had."""

    root: int
    now: int
    difference: Difference
    have: dict[Identity, Values]
    first_seen: dict[Identity, int]
    timers: dict[Cell, int]
    stale_timers: list[str]


@dataclass(frozen=True)
class Chunk:
    """Stored rows of a range of clients: raw tuples, and their timers."""

    rows: list[tuple[Any, ...]]
    timers: dict[Cell, int]

    @classmethod
    def read(cls, first: int, last: int, clauses: Collection[str]) -> "Chunk":
        """The rows and timers of clients first..last for these clauses."""
        names = sorted(clauses)
        marks = ", ".join(["%s"] * len(names))
        where = f"WHERE root_id BETWEEN %s AND %s AND clause IN ({marks})"
        columns = ", ".join((*IDENTITY, *VALUES, "first_seen"))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM regulation_obligation {where}", [first, last, *names]
            )
            rows = cursor.fetchall()
        timers = Timer.objects.filter(root_id__range=(first, last), clause__in=names)
        found = timers.values_list("root_id", "clause", "wake_at")
        return cls(rows, {(root, clause): wake for root, clause, wake in found})


def changes(
    ledger: Ledger, cards: Sequence[Card], have: Chunk, now: int, roots: tuple[int, int]
) -> list[RootChange]:
    """What differs, by client, for the clients of the range."""
    first, last = roots
    inside = (ledger.rows["root"] >= first) & (ledger.rows["root"] <= last)
    rows = ledger.rows[inside]
    wanted_wakes = {
        cell: wake for cell, wake in wakes(ledger, cards, now).items() if first <= cell[0] <= last
    }
    timer_roots = {
        cell[0]
        for cell in wanted_wakes.keys() | have.timers.keys()
        if wanted_wakes.get(cell) != have.timers.get(cell)
    }
    row_roots = _differing_roots(rows, cards, have.rows)
    concerned = sorted(timer_roots | row_roots)
    return [
        _change(root, now, cards, new, old, wanted_wakes, have.timers)
        for root, new, old in _by_root(concerned, rows, have.rows)
    ]


def _differing_roots(
    rows: np.ndarray, cards: Sequence[Card], stored: list[tuple[Any, ...]]
) -> set[int]:
    """Clients of rows that only one side has or whose numbers differ."""
    new = _new_columns(rows, cards)
    old = _old_columns(stored, cards)
    names = list(new)
    new_order, old_order = _order(new), _order(old)
    if len(new_order) == len(old_order):
        same = np.ones(len(new_order), bool)
        for name in names:
            same &= new[name][new_order] == old[name][old_order]
        if same.all():
            return set()
    return _odd_roots(new, old)


def _odd_roots(new: dict[str, np.ndarray], old: dict[str, np.ndarray]) -> set[int]:
    """Clients whose rows, taken together from both sides, do not come in equal pairs."""
    both = {name: np.concatenate([new[name], old[name]]) for name in new}
    order = np.lexsort(list(both.values()))
    ordered = {name: column[order] for name, column in both.items()}
    equal = np.ones(max(len(order) - 1, 0), bool)
    for column in ordered.values():
        equal &= column[1:] == column[:-1]
    paired = np.zeros(len(order), bool)
    paired[1:] |= equal
    paired[:-1] |= equal
    return set(np.unique(ordered["root"][~paired]).tolist())


def _order(columns: dict[str, np.ndarray]) -> np.ndarray:
    return np.lexsort([columns[name] for name in ("key", "part", "subject", "clause", "root")])


def _new_columns(rows: np.ndarray, cards: Sequence[Card]) -> dict[str, np.ndarray]:
    codes = _clause_codes(cards)
    clause = np.array([codes[card.clause] for card in cards], np.int64)
    edition = np.array([card.edition_id for card in cards], np.int64)
    index = rows["card"].astype(np.int64)
    columns = {
        "root": rows["root"],
        "clause": clause[index] if len(rows) else np.zeros(0, np.int64),
        "part": rows["part"],
        "subject": rows["subject"],
        "key": rows["key"],
        "edition_id": edition[index] if len(rows) else np.zeros(0, np.int64),
    }
    for name in NUMBERS:
        if name != "edition_id":
            columns[name] = rows[OF_LEDGER.get(name, name)]
    return {name: column.astype(np.int64) for name, column in columns.items()}


def _old_columns(stored: list[tuple[Any, ...]], cards: Sequence[Card]) -> dict[str, np.ndarray]:
    codes = _clause_codes(cards)
    names = (*IDENTITY, *VALUES)
    if stored:
        columns = dict(zip(names, zip(*(row[:-1] for row in stored), strict=True), strict=True))
    else:
        columns = dict.fromkeys(names, ())
    clause = [codes.get(name, -1) for name in columns["clause"]]
    found = {
        "root": columns["root_id"],
        "clause": clause,
        "part": columns["part"],
        "subject": columns["subject_id"],
        "key": columns["row_key"],
        "edition_id": columns["edition_id"],
    } | {name: columns[name] for name in NUMBERS}
    return {name: np.array(column, np.int64) for name, column in found.items()}


def _clause_codes(cards: Sequence[Card]) -> dict[str, int]:
    return {clause: code for code, clause in enumerate(sorted({card.clause for card in cards}))}


def _by_root(
    roots: list[int], rows: np.ndarray, stored: list[tuple[Any, ...]]
) -> list[tuple[int, np.ndarray, list[tuple[Any, ...]]]]:
    order = np.argsort(rows["root"], kind="stable")
    ordered = rows["root"][order]
    place = len(IDENTITY) + VALUES.index("root_id")
    old: dict[int, list[tuple[Any, ...]]] = {root: [] for root in roots}
    for row in stored:
        if row[place] in old:
            old[row[place]].append(row)
    lows, highs = np.searchsorted(ordered, roots), np.searchsorted(ordered, roots, "right")
    return [
        (root, rows[order[low:high]], old[root])
        for root, low, high in zip(roots, lows.tolist(), highs.tolist(), strict=True)
    ]


def _change(
    root: int,
    now: int,
    cards: Sequence[Card],
    rows: np.ndarray,
    stored: list[tuple[Any, ...]],
    wanted_wakes: dict[Cell, int],
    timers: dict[Cell, int],
) -> RootChange:
    size = len(IDENTITY)
    have = {row[:size]: row[size:-1] for row in stored}
    empty = np.zeros(0, np.int64)
    ledger = Ledger(rows, Wake(empty, empty, empty, empty))
    clauses = {card.clause for card in cards}
    wanted = {(root, c): wanted_wakes[root, c] for c in clauses if (root, c) in wanted_wakes}
    return RootChange(
        root=root,
        now=now,
        difference=compare(wanted_rows(ledger, cards), have),
        have=have,
        first_seen={row[:size]: row[-1] for row in stored},
        timers={cell: wake for cell, wake in wanted.items() if timers.get(cell) != wake},
        stale_timers=[c for c in clauses if (root, c) in timers and (root, c) not in wanted],
    )
