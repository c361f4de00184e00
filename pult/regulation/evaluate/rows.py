"""Ledger rows of one card: assembled from columns, with the instants that look again."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.table import LEDGER_DTYPE, NEVER, NONE, Ints, filled

NO_ROWS = np.zeros(0, LEDGER_DTYPE)
DEFAULTS = {"soft": NONE, "evidence_at": NONE, "wake": NONE}


@dataclass(frozen=True)
class Outcome:
    """Rows of a card and (root, instant) pairs to look at again though no row says so."""

    rows: np.ndarray
    wake_root: Ints
    wake_at: Ints


def ledger_rows(cells: Cells, key: Ints, **columns: Ints | int) -> np.ndarray:
    """Rows of LEDGER_DTYPE; columns left out are 0, or NONE where no instant means none."""
    rows = np.zeros(len(key), LEDGER_DTYPE)
    rows["root"], rows["subject"], rows["key"] = cells.root, cells.subject, key
    for name, value in {**DEFAULTS, **columns}.items():
        rows[name] = value
    return rows


def joined(parts: list[np.ndarray]) -> np.ndarray:
    """Rows of one card, deadline by deadline."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return NO_ROWS
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def asked_for(rows: np.ndarray, mode: Ints) -> np.ndarray:
    """Rows but for those of a clause that was off."""
    return rows if mode.all() else rows[mode > 0]


def earliest(now: int, count: int, *instants: Ints) -> Ints:
    """For each row the first of the instants that lies after now; NONE when none does."""
    result = filled(count, NEVER)
    for at in instants:
        np.minimum(result, np.where(at > now, at, NEVER), out=result)
    return np.where(result < NEVER, result, NONE)


def ids_at(ids: Ints, place: Ints) -> Ints:
    """Fact ids at positions, 0 where the position is NONE."""
    if not len(ids):
        return np.zeros(len(place), np.int64)
    return np.where(place == NONE, 0, ids[np.maximum(place, 0)])
