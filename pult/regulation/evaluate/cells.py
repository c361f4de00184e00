"""Rows a condition is asked about, and stretches of time by row."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate.columns import EMPTY
from pult.regulation.evaluate.table import NEVER, Ints, filled


@dataclass(frozen=True)
class Cells:
    """Who a condition is asked about: `each` is the id of the card's correlated ref, 0 if none.

    `common` when several cards may ask about these very cells.
    """

    root: Ints
    subject: Ints
    each: Ints
    common: bool = False

    def __len__(self) -> int:
        return len(self.root)

    def take(self, places: Ints) -> "Cells":
        return Cells(self.root[places], self.subject[places], self.each[places])


@dataclass(frozen=True)
class Spans:
    """Stretches [start, end) of time by row, sorted by (row, start), disjoint; end may be NEVER."""

    row: Ints
    start: Ints
    end: Ints


NO_SPANS = Spans(EMPTY, EMPTY, EMPTY)


def expand(low: Ints, count: Ints) -> tuple[Ints, Ints]:
    """(row, place) for `count` places from `low` on, row by row."""
    row = np.repeat(np.arange(len(low)), count)
    start = np.cumsum(count) - count
    return row, np.arange(len(row)) - start[row] + low[row]


def renumbered(row: Ints, places: Ints, count: int) -> tuple[Ints, Ints]:
    """(positions of `row` that name one of the rows at `places`, their new numbers)."""
    new = filled(count, -1)
    new[places] = np.arange(len(places))
    kept = (new[row] >= 0).nonzero()[0]
    return kept, new[row[kept]]


def runs(row: Ints, at: Ints, true: np.ndarray) -> Spans:
    """Stretches of truth of points sorted by (row, at)."""
    if not len(row):
        return NO_SPANS
    before = np.zeros(len(row), bool)
    before[1:] = true[:-1] & (row[1:] == row[:-1])
    opens = (true > before).nonzero()[0]
    shuts = (true < before).nonzero()[0]
    # Each opening is ended by the first shutting after it, unless its row ends before.
    place = shuts.searchsorted(opens)
    end = filled(len(opens), NEVER)
    if len(shuts):
        safe = np.minimum(place, len(shuts) - 1)
        same = (place < len(shuts)) & (row[shuts[safe]] == row[opens])
        end[same] = at[shuts[safe[same]]]
    return Spans(row[opens], at[opens], end)


def covers(spans: Spans, at: Ints) -> np.ndarray:
    """Whether a stretch of each row (0 … len(at) − 1) covers the row's instant."""
    return covering(spans, np.arange(len(at)), at)


def covering(spans: Spans, row: Ints, at: Ints) -> np.ndarray:
    """Whether a stretch of the row covers the instant, for (row, instant) pairs."""
    if not len(spans.row):
        return np.zeros(len(at), bool)
    place = ((spans.row << 41) | spans.start).searchsorted((row << 41) | at, "right") - 1
    safe = np.maximum(place, 0)
    return (place >= 0) & (spans.row[safe] == row) & (at < spans.end[safe])


def minus(spans: Spans, holes: Spans) -> Spans:
    """The stretches without the parts that lie in a hole of the same row."""
    if not len(spans.row) or not len(holes.row):
        return spans
    row = np.concatenate([spans.row, spans.row, holes.row, holes.row])
    at = np.concatenate([spans.start, spans.end, holes.start, holes.end])
    inside = np.repeat([1, -1, 0, 0], [len(spans.row)] * 2 + [len(holes.row)] * 2)
    hole = np.repeat([0, 0, 1, -1], [len(spans.row)] * 2 + [len(holes.row)] * 2)
    order = np.lexsort((at, row))
    row, at = row[order], at[order]
    true = (np.cumsum(inside[order]) > 0) & (np.cumsum(hole[order]) == 0)
    last = np.ones(len(row), bool)
    last[:-1] = (row[1:] != row[:-1]) | (at[1:] != at[:-1])
    return runs(row[last], at[last], true[last])
