"""Rows of one clause as another clause reads them."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.card import Card, Holds
from pult.regulation.evaluate.cells import Cells, expand
from pult.regulation.evaluate.columns import ROOT
from pult.regulation.evaluate.table import NEVER, NONE, Ints, State

_NAMES = {state.name.lower(): (int(state),) for state in State}
_NAMES["breached"] = (codes.OVERDUE, codes.LATE, codes.VIOLATED)
_FINAL = (codes.WAIVED, codes.VOID, codes.ALLOWED, codes.DENIED, codes.VIOLATED, codes.FORECAST)


def states_named(names: tuple[str, ...]) -> tuple[int, ...]:
    """States by their lower-case names; "breached" is overdue, late or violated. KeyError else."""
    return tuple(state for name in names for state in _NAMES[name])


@dataclass(frozen=True)
class Lower:
    """The ledger rows of a clause (all editions) and the type of subject they are about."""

    rows: np.ndarray
    subject: str

    def entered(self, names: tuple[str, ...]) -> tuple[np.ndarray, Ints]:
        """(rows in one of the states now, the instant at which each came into it).

        A row is breached from the minute after its due, even if the evidence came late.
        """
        wanted = states_named(names)
        rows = self.rows[np.isin(self.rows["state"], wanted)]
        state, at = rows["state"], rows["opened"].copy()
        missed = (state == codes.OVERDUE) | ((state == codes.LATE) & (codes.OVERDUE in wanted))
        at[missed] = rows["due"][missed] + 1
        done = ((state == codes.LATE) & ~missed) | (state == codes.MET)
        at[done] = rows["evidence_at"][done]
        return rows, at

    def identity(self, rows: np.ndarray) -> Ints:
        """One number for (subject, part, key), unique among the clause's rows."""
        with np.errstate(over="ignore"):
            mixed = rows["key"] + rows["part"].astype(np.int64) * np.int64(0x2545F4914F6CDD1D)
        return mixed & np.int64(2**63 - 1)

    def holds(self, card: Card, hold: Holds, cells: Cells, at: Ints) -> np.ndarray:
        """Whether a row of the cell's subject (of its root, when the subjects differ in type) was
        in one of the states at the instant."""
        pair, place = self._of(card, cells)
        rows, t = self.rows[place], at[pair]
        closed = np.where(rows["evidence_at"] == NONE, NEVER, rows["evidence_at"])
        born = (rows["opened"] <= t) & (rows["state"] != codes.FORECAST)
        moving = ~np.isin(rows["state"], _FINAL)
        found = np.zeros(len(pair), bool)
        for state in states_named(hold.clause_states):
            if state == codes.OPEN:
                found |= born & moving & (t <= rows["due"]) & (t < closed)
            elif state == codes.OVERDUE:
                found |= born & moving & (t > rows["due"]) & (t < closed)
            elif state in (codes.MET, codes.LATE):
                found |= (rows["state"] == state) & (t >= closed)
            else:
                found |= (rows["state"] == state) & (rows["opened"] <= t)
        return np.bincount(pair[found], minlength=len(cells)) > 0

    def points(self, card: Card, cells: Cells) -> list[tuple[Ints, Ints]]:
        """(cell, instant) at which a row of the cell may change its state."""
        pair, place = self._of(card, cells)
        rows = self.rows[place]
        return [
            (pair, rows[name] + later)
            for name, later in (("opened", 0), ("due", 1), ("evidence_at", 0))
        ]

    def _of(self, card: Card, cells: Cells) -> tuple[Ints, Ints]:
        same = self.subject == card.subject and card.subject != ROOT
        mine, theirs = (
            (cells.subject, self.rows["subject"]) if same else (cells.root, self.rows["root"])
        )
        order = np.argsort(theirs, kind="stable")
        ranked = theirs[order]
        low = ranked.searchsorted(mine, "left")
        pair, place = expand(low, ranked.searchsorted(mine, "right") - low)
        return pair, order[place]
