"""Waivers and disputes: facts that name a clause by key and perhaps one row by value."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate.build import stable_key
from pult.regulation.evaluate.cells import Cells, expand, renumbered
from pult.regulation.evaluate.columns import EMPTY, ROOT
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.reads import DEADLINE, DISPUTE, WAIVER
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled


@dataclass(frozen=True)
class Remissions:
    """For each row the stretches (row, start, end, waiver's position) it is waived in, with whether
    the waiver was taken back; whether it is disputed now, and whether a dispute was decided in the
    person's favour. `concern_nobody`: there is neither a waiver nor a dispute to look at."""

    row: Ints
    start: Ints
    end: Ints
    place: Ints
    taken_back: np.ndarray
    disputed: np.ndarray
    upheld: np.ndarray
    concern_nobody: bool

    def take(self, places: Ints) -> "Remissions":
        """Only the rows at ascending `places`."""
        kept, row = renumbered(self.row, places, len(self.disputed))
        return Remissions(
            row,
            self.start[kept],
            self.end[kept],
            self.place[kept],
            self.taken_back[kept],
            self.disputed[places],
            self.upheld[places],
            self.concern_nobody,
        )

    def waived(self, at: Ints) -> np.ndarray:
        """Whether a waiver covers each row at its instant."""
        result = np.zeros(len(self.disputed), bool)
        if len(self.row):
            covers = (self.start <= at[self.row]) & (at[self.row] < self.end)
            result[self.row[covers]] = True
        return result

    def waived_within(self, first: Ints, last: Ints) -> np.ndarray:
        """Whether a waiver covered each row at some moment of [first, last]; one that was taken
        back counts only at the ends, so that a mistake leaves nothing behind."""
        result = self.waived(first) | self.waived(last)
        if len(self.row):
            meets = (self.start <= last[self.row]) & (first[self.row] < self.end)
            result[self.row[meets & ~self.taken_back]] = True
        return result

    def expiry(self, now: int) -> Ints:
        """The first instant after now at which a waiver of the row ends."""
        result = filled(len(self.disputed), NEVER)
        if len(self.row):
            later = self.end > now
            np.minimum.at(result, self.row[later], self.end[later])
        return result


def remissions(reader: Reader, cells: Cells, key: Ints, part: int = 0) -> Remissions:
    """Waivers and disputes of the rows of one deadline.

    A fact that names the card's subject speaks of that subject alone, one that does not of every
    row of the client; its value, unless 0, is the key of one row. A waiver lasts to the end of its
    day, or until the same is taken back. A dispute is about every deadline unless it names one.
    """
    row, place = _covering(reader, WAIVER, cells, key)
    start = end = EMPTY
    taken_back = np.zeros(0, bool)
    if len(row):
        row, start, end, place, taken_back = _stretches(reader, row, place)
    disputed, upheld = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    rows, places = _covering(reader, DISPUTE, cells, key)
    concern_nobody = not len(row) and not len(rows)
    if len(rows):
        named = reader.index.owners(DEADLINE, places)
        mine = (named == 0) | (named == part + 1)
        rows, places = rows[mine], places[mine]
        disputed, upheld = _decided(reader, rows, places, len(cells))
    return Remissions(row, start, end, place, taken_back, disputed, upheld, concern_nobody)


def _covering(reader: Reader, kind: str, cells: Cells, key: Ints) -> tuple[Ints, Ints]:
    """(row, position) of every fact of `kind` about this clause that covers the row."""
    index, card = reader.index, reader.card
    places = index.places((kind,))
    if not len(places) or not len(cells):
        return EMPTY, EMPTY
    facts = index.facts
    places = places[facts.key[places] == stable_key(card.clause)]
    root = facts.root[places].astype(np.int64, copy=False)
    order = np.argsort(root, kind="stable")
    places, root = places[order], root[order]
    low = root.searchsorted(cells.root, "left")
    row, at = expand(low, root.searchsorted(cells.root, "right") - low)
    place = places[at]
    if card.subject != ROOT:
        named = index.owners(card.subject, place)
        fits = (named == 0) | (named == cells.subject[row])
        row, place = row[fits], place[fits]
    value = facts.value[place]
    fits = (value == 0) | (value == key[row])
    return row[fits], place[fits]


def _stretches(reader: Reader, row: Ints, place: Ints) -> tuple[Ints, Ints, Ints, Ints, np.ndarray]:
    facts = reader.index.facts
    on = np.isin(facts.state[place], _codes(facts.states, "on"))
    same = np.lexsort((place, facts.value[place], row))
    row, place, on = row[same], place[same], on[same]
    value, at, day = facts.value[place], facts.at[place], facts.day[place]
    end = filled(len(row), NEVER)
    dated = (day != NONE).nonzero()[0]
    root = facts.root[place[dated]].astype(np.int64, copy=False)
    end[dated] = reader.calendars.map(
        root, lambda calendar, some: calendar.midnight(day[dated][some].astype(np.int64) + 1)
    )
    follows = ((row[1:] == row[:-1]) & (value[1:] == value[:-1])).nonzero()[0]
    taken_back = np.zeros(len(row), bool)
    taken_back[follows] = ~on[follows + 1] & (at[follows + 1] < end[follows])
    end[follows] = np.minimum(end[follows], at[follows + 1])
    return row[on], at[on].astype(np.int64, copy=False), end[on], place[on], taken_back[on]


def _decided(reader: Reader, row: Ints, place: Ints, count: int) -> tuple[np.ndarray, np.ndarray]:
    facts = reader.index.facts
    order = np.lexsort((place, row))
    row, place = row[order], place[order]
    last = np.ones(len(row), bool)
    last[:-1] = row[1:] != row[:-1]
    row, state = row[last], facts.state[place[last]]
    disputed, upheld = np.zeros(count, bool), np.zeros(count, bool)
    disputed[row] = np.isin(state, _codes(facts.states, "open"))
    upheld[row] = np.isin(state, _codes(facts.states, "upheld"))
    return disputed, upheld


def _codes(states: tuple[str, ...], name: str) -> list[int]:
    return [code for code, text in enumerate(states) if text == name]
