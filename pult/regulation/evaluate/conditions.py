"""Whether a condition holds for subjects at instants, and over which stretches of time it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import and_, or_

import numpy as np

from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Amount, Card, Condition, Holds, Word
from pult.regulation.evaluate.cells import NO_SPANS, Cells, Spans, expand, runs
from pult.regulation.evaluate.columns import AGENCY, EMPTY, ROOT, Index, Steps
from pult.regulation.evaluate.deadline import due_of_instant
from pult.regulation.evaluate.lower import Lower
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import reads
from pult.regulation.evaluate.table import NEVER, Ints, filled


@dataclass(frozen=True)
class Reader:
    """One card over one index: everything a condition may be answered from."""

    index: Index
    card: Card
    parameters: Parameters
    calendars: Calendars
    now: int
    lower: Mapping[str, Lower]
    kept: dict[tuple, tuple] = field(default_factory=dict)
    shared: dict[tuple, tuple] = field(default_factory=dict)
    """What was found already, by what it was found from: for this card, and for all of a run."""

    def column(self, word: Word) -> str:
        """The ref by which the word's facts are joined to a row of the card.

        The correlated ref, else the client when the word is the client's, else the subject itself:
        facts of a finer level name their subject too.
        """
        if word.level in (self.card.each, self.card.subject, AGENCY):
            return word.level
        return ROOT if word.level == ROOT else self.card.subject

    def steps(self, word: Word) -> Steps:
        return self.index.steps(word, self.column(word))

    def ids(self, cells: Cells, word: Word) -> Ints:
        """The ids by which the word's steps are looked up for each cell."""
        column = self.column(word)
        if column == self.card.subject:
            return cells.subject
        if column == ROOT:
            return cells.root
        if column == AGENCY:
            return np.zeros(len(cells), np.int64)
        return cells.each

    def holds(self, condition: Condition, cells: Cells, at: Ints) -> np.ndarray:
        """Whether the condition holds for each cell at its instant."""
        if not len(cells) or not condition.any_of:
            return np.zeros(len(cells), bool)
        groups = (
            reduce(and_, (self.one(hold, cells, at) for hold in group), np.ones(len(cells), bool))
            for group in condition.any_of
        )
        return reduce(or_, groups)

    def one(self, hold: Holds, cells: Cells, at: Ints) -> np.ndarray:
        """One `Holds` for each cell at its instant."""
        if hold.clause:
            lower = self.lower.get(hold.clause)
            found = lower.holds(self.card, hold, cells, at) if lower else np.zeros(len(at), bool)
        elif hold.quantifier:
            found = self._counted(hold, cells, at)
        else:
            found = self._plain(hold, self.steps(hold.word), self.ids(cells, hold.word), cells, at)
        return ~found if hold.negated else found

    def _plain(self, hold: Holds, steps: Steps, ids: Ints, cells: Cells, at: Ints) -> np.ndarray:
        if not len(steps.owner):
            return np.zeros(len(at), bool)
        found, place = steps.newest(ids, at)
        found &= steps.on[place]
        if hold.within is not None:
            found &= self.reach(steps.at[place], hold.within, cells) >= at
        return found

    def reach(self, at: Ints, amount: Amount, cells: Cells) -> Ints:
        """The last instant that lies within `amount` after `at`."""
        value, _ = self.parameters.amount(amount, at, self.card.subject, cells.subject, cells.root)
        return self.calendars.map(
            cells.root,
            lambda calendar, rows: due_of_instant(
                calendar, at[rows], value[rows], amount.unit, "after"
            ),
        )

    def _counted(self, hold: Holds, cells: Cells, at: Ints) -> np.ndarray:
        pair, child, born = self.children(hold.word, cells)
        alive = born <= at[pair]
        pair, child = pair[alive], child[alive]
        steps = self.index.steps(hold.word, hold.word.level)
        inner = cells.take(pair)
        true = self._plain(hold, steps, child, inner, at[pair])
        children = np.bincount(pair, minlength=len(cells))
        held = np.bincount(pair[true], minlength=len(cells))
        if hold.quantifier == "all":
            return (children > 0) & (held == children)
        count = hold.count or Amount(1, "count")
        need, _ = self.parameters.amount(count, at, self.card.subject, cells.subject, cells.root)
        return held >= need

    def children(self, word: Word, cells: Cells) -> tuple[Ints, Ints, Ints]:
        """(cell, child, since when) of every child of type `word.level` that facts tell of."""
        above, below, born = self.index.relation(self.card.subject, word.level, reads(self.card))
        low = above.searchsorted(cells.subject, "left")
        count = above.searchsorted(cells.subject, "right") - low
        pair, place = expand(low, count)
        return pair, below[place], born[place]

    def spans(self, condition: Condition, cells: Cells) -> Spans:
        """The stretches, up to now, during which the condition holds for each cell.

        Time stands still between change points, so asking at each of them is enough. A stretch
        still true at the last point has no end. Asked again of the same cells (three deadlines of
        one trigger, three cards about active clients), the answer is kept.
        """
        card, kept = self.card, self.shared if cells.common else self.kept
        key = (condition, id(cells), card.subject, card.each, self._whose(condition))
        if key not in kept:
            row, at = self._change_points(condition, cells)
            true = self.holds(condition, cells.take(row), at)
            kept[key] = (runs(row, at, true), cells)
        return kept[key][0]

    def _whose(self, condition: Condition) -> str:
        """The clause when the answer depends on more of the card than its subject: on its facts,
        through which children are found, or on rows of other clauses."""
        holds = (hold for group in condition.any_of for hold in group)
        return self.card.clause if any(hold.clause or hold.quantifier for hold in holds) else ""

    def changes_next(self, condition: Condition, cells: Cells) -> Ints:
        """For each cell the first instant after now at which time alone may change the answer."""
        row, at = self._change_points(condition, cells, future=True)
        later = at > self.now
        result = filled(len(cells), NEVER)
        np.minimum.at(result, row[later], at[later])
        return result

    def _change_points(
        self, condition: Condition, cells: Cells, future: bool = False
    ) -> tuple[Ints, Ints]:
        rows, instants = [np.arange(len(cells))], [np.zeros(len(cells), np.int64)]
        for group in condition.any_of:
            for hold in group:
                for row, at in self._points(hold, cells):
                    rows.append(row)
                    instants.append(at)
        row, at = np.concatenate(rows), np.concatenate(instants)
        known = at >= 0 if future else (at >= 0) & (at <= self.now)
        mark = np.sort((row[known] << 41) | at[known])
        mark = mark[np.concatenate([mark[:1] >= 0, mark[1:] != mark[:-1]])]
        return mark >> 41, mark & (2**41 - 1)

    def _points(self, hold: Holds, cells: Cells) -> list[tuple[Ints, Ints]]:
        if hold.clause:
            lower = self.lower.get(hold.clause)
            return lower.points(self.card, cells) if lower else []
        if hold.quantifier:
            row, child, born = self.children(hold.word, cells)
            steps = self.index.steps(hold.word, hold.word.level)
            pair, at = _times(steps, child)
            points = [(row, born), (row[pair], at)]
        else:
            points = [_times(self.steps(hold.word), self.ids(cells, hold.word))]
        if hold.within is not None:
            row, at = points[-1]
            points.append((row, self.reach(at, hold.within, cells.take(row)) + 1))
        return points

    def word_spans(self, words: tuple[Word, ...], cells: Cells) -> Spans:
        """The stretches during which at least one of the state words holds."""
        words = tuple(word for word in words if len(self.steps(word).owner))
        if not words or not len(cells):
            return NO_SPANS
        return self.spans(_any_of(words), cells)


@lru_cache(maxsize=256)
def _any_of(words: tuple[Word, ...]) -> Condition:
    return Condition(tuple((Holds(word),) for word in words))


def _times(steps: Steps, ids: Ints) -> tuple[Ints, Ints]:
    if not len(steps.owner):
        return EMPTY, EMPTY
    low = steps.owner.searchsorted(ids, "left")
    row, place = expand(low, steps.owner.searchsorted(ids, "right") - low)
    return row, steps.at[place]
