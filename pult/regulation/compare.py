"""Comparing a sweep with the stored ledger without reading the ledger: checksums of cells.

The database sums a number over the rows of each (client, clause) and numpy sums the same over the
evaluated ones; only clients whose sums differ are read row by row. Each row adds h · v, h made of
what names it and v of what it says, so that two rows that swapped states do not cancel out.
"""

from collections.abc import Collection, Iterable, Sequence
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

# Beyond 2**20 rows a cell the sum of products below 2**40 could leave 63 bits; cells have hundreds.
PRIME = 1_048_573
LARGE = 2_147_483_647
NAMED_BY = {"subject_id": ("subject", 31), "row_key": ("key", 1), "part": ("part", 7)}
SAID_BY = {
    "state": ("state", 3),
    "flags": ("flags", 5),
    "mode": ("mode", 11),
    "trigger_fact": ("trigger", 13),
    "opened_at": ("opened", 17),
    "soft_due": ("soft", 19),
    "due": ("due", 23),
    "evidence_fact": ("evidence", 29),
    "evidence_at": ("evidence_at", 31),
    "need": ("need", 37),
    "done": ("done", 41),
    "parameter_value": ("parameter", 43),
    "calendar_version": ("calendar", 47),
    "edition_id": ("edition", 53),
    # Names have no number both databases agree on; their lengths tell most of them apart.
    "LENGTH(role)": ("role", 59),
    "LENGTH(act)": ("act", 61),
}

CONSTANT = ("edition", "role", "act")  # the same for every row of a card

Sums = dict[Cell, tuple[int, int]]
Weights = dict[str, tuple[str, int]]


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
    """What is stored of a range of clients: (rows, checksum) and the timer of each cell."""

    sums: Sums
    timers: dict[Cell, int]
    clauses: tuple[str, ...]

    @classmethod
    def read(cls, first: int, last: int, clauses: Collection[str]) -> "Chunk":
        """Clients first..last, these clauses."""
        names = tuple(sorted(clauses))
        where, roots = "WHERE root_id BETWEEN %s AND %s", [first, last]
        sums = _fetched(
            f"SELECT root_id, clause, COUNT(*), SUM({_product()}) FROM regulation_obligation "
            f"{where} GROUP BY root_id, clause",
            roots,
        )
        timers = _fetched(f"SELECT root_id, clause, wake_at FROM regulation_timer {where}", roots)
        return cls(
            {(root, name): (count, int(sum_)) for root, name, count, sum_ in sums if name in names},
            {(root, name): wake for root, name, wake in timers if name in names},
            names,
        )


def changes(
    ledger: Ledger, cards: Sequence[Card], have: Chunk, now: int, roots: tuple[int, int]
) -> list[RootChange]:
    """What differs, by client, for the clients of the range."""
    first, last = roots
    parts = [_within(part, first, last) for part in ledger.parts]
    wanted_wakes = {
        cell: wake for cell, wake in wakes(ledger, cards, now).items() if first <= cell[0] <= last
    }
    cells = _odd(sums_of(parts, cards), have.sums) | _odd(wanted_wakes, have.timers)
    concerned = sorted({root for root, _clause in cells})
    stored = _stored(concerned, have.clauses)
    by_root = [_rows_by_root(part, concerned) for part in parts] if concerned else []
    return [
        _change(root, now, cards, [own[place] for own in by_root], stored[root], wanted_wakes, have)
        for place, root in enumerate(concerned)
    ]


def _within(rows: np.ndarray, first: int, last: int) -> np.ndarray:
    inside = (rows["root"] >= first) & (rows["root"] <= last)
    return rows if inside.all() else rows[inside]


def _rows_by_root(rows: np.ndarray, roots: Sequence[int]) -> list[np.ndarray]:
    """A card's rows of each client."""
    order = np.argsort(rows["root"], kind="stable")
    ranked = rows["root"][order]
    low, high = (np.searchsorted(ranked, roots, side).tolist() for side in ("left", "right"))
    return [rows[order[a:b]] for a, b in zip(low, high, strict=True)]


def sums_of(parts: Iterable[np.ndarray], cards: Sequence[Card]) -> Sums:
    """(rows, checksum) of each cell of evaluated rows, given by card."""
    found: Sums = {}
    for rows in parts:
        if not len(rows):
            continue
        card = cards[rows["card"][0]]
        named = _weighed(rows, NAMED_BY)
        said = _weighed(rows, SAID_BY, _said_by_each(card))
        roots, counts, totals = _by_root(rows["root"], (named + 1) * said)
        for root, count, total in zip(
            roots.tolist(), counts.tolist(), totals.tolist(), strict=True
        ):
            cell = (root, card.clause)
            before = found.get(cell, (0, 0))  # another edition of the clause
            found[cell] = (before[0] + count, before[1] + total)
    return found


def _said_by_each(card: Card) -> int:
    said = {"edition": card.edition_id, "role": len(card.role), "act": len(card.act)}
    return sum(said[name] * weight for name, weight in SAID_BY.values() if name in CONSTANT)


def _by_root(roots: np.ndarray, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(client, how many numbers, their sum), exact."""
    if np.any(roots[1:] < roots[:-1]):
        order = np.argsort(roots, kind="stable")
        roots, numbers = roots[order], numbers[order]
    starts = np.flatnonzero(np.concatenate([[True], roots[1:] != roots[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(roots)]]))
    return roots[starts], counts, np.add.reduceat(numbers, starts)


def _weighed(rows: np.ndarray, weights: Weights, constant: int = 0) -> np.ndarray:
    total = np.full(len(rows), constant, np.int64)
    for name, weight in weights.values():
        if name in CONSTANT:
            continue
        column = rows[name] % LARGE if name == "key" else rows[name]
        total += np.multiply(column, weight, dtype=np.int64)
    total %= PRIME
    return total


def _product() -> str:
    """The SQL twin of what `sums_of` adds up for a row."""
    return f"({_sql(NAMED_BY)} + 1) * {_sql(SAID_BY)}"


def _sql(weights: Weights) -> str:
    # Only keys are large; -1 may stand for "none", and SQL's remainder of a negative is negative.
    parts = (
        f"({name} %% {LARGE} + {LARGE}) %% {LARGE} * {weight}"
        if name == "row_key"
        else f"{name} * {weight}"
        for name, (_column, weight) in weights.items()
    )
    return f"(((CAST({' + '.join(parts)} AS BIGINT)) %% {PRIME} + {PRIME}) %% {PRIME})"


def _odd(new: dict[Cell, Any], old: dict[Cell, Any]) -> set[Cell]:
    if new == old:
        return set()
    return {cell for cell in new.keys() | old.keys() if new.get(cell) != old.get(cell)}


def _stored(roots: Sequence[int], clauses: Sequence[str]) -> dict[int, list[tuple[Any, ...]]]:
    """Whole rows of some clients."""
    found: dict[int, list[tuple[Any, ...]]] = {root: [] for root in roots}
    columns = ", ".join((*IDENTITY, *VALUES, "first_seen"))
    place = len(IDENTITY) + VALUES.index("root_id")
    for start in range(0, len(roots), 500):
        some = roots[start : start + 500]
        rows = _fetched(
            f"SELECT {columns} FROM regulation_obligation WHERE root_id IN ({_marks(some)}) "
            f"AND clause IN ({_marks(clauses)})",
            [*some, *clauses],
        )
        for row in rows:
            found[row[place]].append(row)
    return found


def _fetched(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _change(
    root: int,
    now: int,
    cards: Sequence[Card],
    parts: Iterable[np.ndarray],
    stored: list[tuple[Any, ...]],
    wanted_wakes: dict[Cell, int],
    told: Chunk,
) -> RootChange:
    size, timers = len(IDENTITY), told.timers
    have = {row[:size]: row[size:-1] for row in stored}
    empty = np.zeros(0, np.int64)
    own = tuple(part for part in parts if len(part))
    ledger = Ledger(own, Wake(empty, empty, empty, empty))
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
