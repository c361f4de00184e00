"""What must change in the ledger so that it says what `evaluate` says: plain tuples, no database.

A row's identity is (clause, part, subject type, subject, key); its values stand in the order of
VALUES. Two ledgers are equal when every identity has equal values, `wake_at` apart: a wake is only
a promise to look again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import LEDGER_DTYPE, NEVER, Ledger, Wake

Identity = tuple[str, int, str, int, int]
Values = tuple[Any, ...]
Cell = tuple[int, str]

IDENTITY = ("clause", "part", "subject_type", "subject_id", "row_key")
VALUES = (
    "root_id",
    "role",
    "act",
    "edition_id",
    "state",
    "flags",
    "mode",
    "trigger_fact",
    "opened_at",
    "soft_due",
    "due",
    "evidence_fact",
    "evidence_at",
    "need",
    "done",
    "parameter_value",
    "calendar_version",
    "wake_at",
)
STATE, DUE, EVIDENCE, TRIGGER = (
    VALUES.index(name) for name in ("state", "due", "evidence_fact", "trigger_fact")
)
EDITION, PARAMETER, CALENDAR = (
    VALUES.index(name) for name in ("edition_id", "parameter_value", "calendar_version")
)
ROOT, WAKE = 0, len(VALUES) - 1
SIZE = len(IDENTITY)
TOLD = LEDGER_DTYPE.names[1:]  # all but the card


@dataclass(frozen=True)
class Difference:
    """`written`: rows to insert or replace; `gone`: rows no longer wanted; `moved`: those of them
    whose state or due changed, as (identity, old values or None, new values or None)."""

    written: dict[Identity, Values]
    gone: dict[Identity, Values]
    moved: list[tuple[Identity, Values | None, Values | None]]

    def __bool__(self) -> bool:
        return bool(self.written or self.gone)


def of_root(ledger: Ledger, root: int) -> Ledger:
    """The rows and wakes of one client, when the agency's facts were evaluated along."""
    also = ledger.wakes
    if all((part["root"] == root).all() for part in ledger.parts) and (also.root == root).all():
        return ledger
    kept = also.root == root
    parts = tuple(part[part["root"] == root] for part in ledger.parts)
    return Ledger(parts, Wake(*(column[kept] for column in also)))


def wanted_rows(ledger: Ledger, cards: Sequence[Card]) -> dict[Identity, Values]:
    """The evaluated rows by identity."""
    return by_identity(lines(ledger, cards))


def by_identity(told: Iterable[Values]) -> dict[Identity, Values]:
    """Whole lines, as `lines` gives them, by the identity they begin with."""
    return {line[:SIZE]: line[SIZE:] for line in told}


def lines(ledger: Ledger, cards: Sequence[Card]) -> Iterator[Values]:
    """The evaluated rows, identity and values in one."""
    for part in ledger.parts:
        card = cards[part["card"][0]]
        # In every action, and by the million in a sweep: a column at a time, not a row.
        part_no, root, subject, key, *said = (part[name].tolist() for name in TOLD)
        of_card = (card.role, card.act, card.edition_id)
        yield from zip(
            repeat(card.clause),
            part_no,
            repeat(card.subject),
            subject,
            key,
            root,
            *map(repeat, of_card),
            *said,
        )


def compare(wanted: Mapping[Identity, Values], have: Mapping[Identity, Values]) -> Difference:
    """The smallest change from `have` to `wanted`."""
    written = {key: new for key, new in wanted.items() if have.get(key) != new}
    gone = {key: old for key, old in have.items() if key not in wanted}
    moved = [
        (key, have.get(key), new) for key, new in written.items() if _moves(have.get(key), new)
    ]
    moved += [(key, old, None) for key, old in gone.items()]
    return Difference(written, gone, moved)


def differing(difference: Difference, have: Mapping[Identity, Values]) -> list[Identity]:
    """Identities whose rows say something else, a changed wake left aside."""
    changed = [
        key
        for key, new in difference.written.items()
        if key not in have or have[key][:WAKE] != new[:WAKE]
    ]
    return [*changed, *difference.gone]


def _moves(old: Values | None, new: Values) -> bool:
    return old is None or (old[STATE], old[DUE]) != (new[STATE], new[DUE])


def wakes(ledger: Ledger, cards: Sequence[Card], now: int) -> dict[Cell, int]:
    """The next instant after `now` to look at each (client, clause) again."""
    found: dict[Cell, int] = {}
    for part in ledger.parts:
        _earliest(found, cards, now, part["card"], part["root"], part["wake"])
    also = ledger.wakes
    _earliest(found, cards, now, also.card, also.root, also.at)
    return found


def _earliest(
    found: dict[Cell, int],
    cards: Sequence[Card],
    now: int,
    card: np.ndarray,
    root: np.ndarray,
    at: np.ndarray,
) -> None:
    coming = ((at > now) & (at < NEVER)).nonzero()[0]  # NONE lies before every now
    told = (card[coming].tolist(), root[coming].tolist(), at[coming].tolist())
    for index, client, instant in zip(*told, strict=True):
        cell = (client, cards[index].clause)
        found[cell] = min(instant, found.get(cell, NEVER))
