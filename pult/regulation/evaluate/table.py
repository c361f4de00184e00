"""Columns in, columns out: the facts `evaluate` reads and the ledger it returns.

Instants are whole minutes since 1970-01-01 UTC; days are local days since 1970-01-01.
NONE marks "no instant"; NEVER lies beyond every instant.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NONE = -1
NEVER = 2**40

Ints = NDArray[np.int64]


def filled(count: int, value: int) -> Ints:
    """A column that says one thing throughout; over a short one np.full takes thrice as long."""
    column = np.empty(count, np.int64)
    column.fill(value)
    return column


class State(IntEnum):
    """States of a ledger row. Breaches are OVERDUE, LATE and VIOLATED."""

    FORECAST = 0
    OPEN = 1
    MET = 2
    OVERDUE = 3
    LATE = 4
    WAIVED = 5
    VOID = 6
    ALLOWED = 7
    DENIED = 8
    VIOLATED = 9


BREACHES = (State.OVERDUE, State.LATE, State.VIOLATED)


class Flag(IntEnum):
    """Bits of the `flags` column. CLOSED: nothing can discharge the row any more (its period is
    over, its trigger was superseded after the due): a breach for the record, not for anyone's day.
    """

    LOGGED_LATE = 1
    PROVISIONAL = 2
    SHORT_NOTICE = 4
    NO_DATA = 8
    WAITS_CLIENT = 16
    PAUSED = 32
    WARNED = 64
    DISPUTED = 128
    CLOSED = 256


class Mode(IntEnum):
    """How loud a clause is for a team on a date."""

    OFF = 0
    SHADOW = 1
    VISIBLE = 2
    ESCALATING = 3


class FactRow(NamedTuple):
    """One fact as Python values; `refs` maps subject types to ids (the root is its client)."""

    id: int
    kind: str
    root: int
    at: int
    recorded: int
    refs: dict[str, int]
    key: str = ""
    day: int = NONE
    state: str = ""
    value: int = 0
    role: str = ""
    voids: int = 0


@dataclass(frozen=True)
class Facts:
    """Facts as columns of equal length, sorted by (root, at, id), nothing voided or unknown left
    out until `cut`. `kind`, `state`, `role` index the name tuples; `key` is a stable 63-bit hash of
    the key text (0 = none); `refs[type]` holds ids, 0 where the fact does not name that type.
    """

    kinds: tuple[str, ...]
    states: tuple[str, ...]
    roles: tuple[str, ...]
    id: Ints
    kind: Ints
    root: Ints
    at: Ints
    recorded: Ints
    key: Ints
    day: Ints
    state: Ints
    value: Ints
    role: Ints
    voids: Ints
    refs: dict[str, Ints]


LEDGER_DTYPE = np.dtype(
    [
        ("card", "i2"),  # index into the cards given to evaluate
        ("part", "i1"),  # which of several deadlines of one trigger
        ("root", "i8"),
        ("subject", "i8"),
        ("key", "i8"),  # identity within (card clause, subject, part)
        ("state", "i1"),
        ("flags", "i2"),
        ("mode", "i1"),
        ("trigger", "i8"),  # fact id behind the trigger, 0 for periods
        ("opened", "i8"),  # instant of the trigger (key's first appearance)
        ("soft", "i8"),  # NONE when the card has no aim
        ("due", "i8"),
        ("evidence", "i8"),  # fact id that discharged it, 0
        ("evidence_at", "i8"),
        ("need", "i2"),  # cadence: required after holidays and pauses
        ("done", "i2"),  # cadence: counted
        ("parameter", "i8"),  # id of the parameter value that fixed the due, 0 = the card's
        ("calendar", "i4"),  # calendar version
        ("wake", "i8"),  # next instant at which time alone may change this row
    ]
)


class Wake(NamedTuple):
    """Cells to look at again though no row of theirs says so (future-dated facts, next periods)."""

    card: Ints
    subject: Ints
    root: Ints
    at: Ints


@dataclass(frozen=True)
class Ledger:
    """`parts`: for each card that asks for something its rows (LEDGER_DTYPE), in the order of the
    cards; within a card deadline by deadline, the rows of a subject as they arose; `wakes`: see
    Wake."""

    parts: tuple[np.ndarray, ...]
    wakes: Wake

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    @cached_property
    def rows(self) -> np.ndarray:
        """All rows in one array: a copy, which a sweep of millions does without."""
        if len(self.parts) == 1:
            return self.parts[0]
        rows, done = np.empty(len(self), LEDGER_DTYPE), 0
        for part in self.parts:
            rows[done : done + len(part)] = part
            done += len(part)
        return rows


class ParameterValue(NamedTuple):
    """One dated value: `scope` is ("agency", 0), ("team", id), ("client", id) or (subject, id).

    The narrowest scope wins, then the latest `effective`, then the latest `recorded`.
    """

    id: int
    name: str
    value: int
    effective: int
    recorded: int
    scope: tuple[str, int] = ("agency", 0)
