"""Comparing a sweep with the stored ledger without reading the ledger: checksums of cells.

The database sums a number over the rows of each (client, clause) and numpy sums the same over the
evaluated ones; only clients whose sums differ are read row by row. Each row adds h · v, h made of
what names it and v of what it says, so that two rows that swapped states do not cancel out.
"""

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
}

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
    rows = ledger.rows[(ledger.rows["root"] >= first) & (ledger.rows["root"] <= last)]
    wanted_wakes = {
        cell: wake for cell, wake in wakes(ledger, cards, now).items() if first <= cell[0] <= last
    }
    cells = _odd(sums_of(rows, cards), have.sums) | _odd(wanted_wakes, have.timers)
    concerned = sorted({root for root, _clause in cells})
    stored = _stored(concerned, have.clauses)
    order = np.argsort(rows["root"], kind="stable")
    ordered = rows["root"][order]
    low, high = (np.searchsorted(ordered, concerned, side).tolist() for side in ("left", "right"))
    return [
        _change(root, now, cards, rows[order[a:b]], stored[root], wanted_wakes, have.timers)
        for root, a, b in zip(concerned, low, high, strict=True)
    ]


def sums_of(rows: np.ndarray, cards: Sequence[Card]) -> Sums:
    """(rows, checksum) of each cell of evaluated rows."""
    if not len(rows):
        return {}
    index = rows["card"].astype(np.int64)
    names = sorted({card.clause for card in cards})
    clause = np.array([names.index(card.clause) for card in cards], np.int64)[index]
    edition = np.array([card.edition_id for card in cards], np.int64)[index]
    named = _weighed({name: rows[name] for name, _ in NAMED_BY.values()}, NAMED_BY) + 1
    columns = {name: rows[name] for name, _ in SAID_BY.values() if name != "edition"}
    said = _weighed(columns | {"edition": edition}, SAID_BY)
    cell = rows["root"] * len(names) + clause
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    totals = np.add.reduceat((named * said)[order], starts)
    counts = np.diff(np.r_[starts, len(ordered)])
    found = ordered[starts]
    return {
        (root, names[code]): (count, total)
        for root, code, count, total in zip(
            (found // len(names)).tolist(),
            (found % len(names)).tolist(),
            counts.tolist(),
            totals.tolist(),
            strict=True,
        )
    }


def _weighed(columns: dict[str, np.ndarray], weights: Weights) -> np.ndarray:
    whole = {name: column.astype(np.int64) for name, column in columns.items()}
    if "key" in whole:
        whole["key"] %= LARGE
    return sum(whole[name] * weight for name, weight in weights.values()) % PRIME


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
