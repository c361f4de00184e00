"""Counting the rows and breaches of a cadence for many values of its number."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate.active import living, subjects
from pult.regulation.evaluate.cadence import count_acts
from pult.regulation.evaluate.columns import marks
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.periods import Asked, asked_periods
from pult.regulation.evaluate.table import NEVER, Ints
from pult.regulation.evaluate.waivers import remissions

Count = Callable[[int], tuple[int, int]]


def nothing(value: int) -> tuple[int, int]:
    """The count of a card that asks for no rows."""
    return 0, 0


@dataclass(frozen=True)
class _Bins:
    """Periods alike in open days, usual days and acts done in time and at all, with their number.
    `late` is the count of all acts where an unmet period is excused, else a number none reaches."""

    days: Ints
    usual: Ints
    in_time: Ints
    late: Ints
    over: Ints
    pardoned: Ints
    count: Ints


def of_cadence(reader: Reader) -> Count:
    """value → (rows, breaches) for N acts a period."""
    cells = subjects(reader)
    if not len(cells):
        return nothing
    pauses = reader.word_spans(reader.card.pauses, cells)
    asked = asked_periods(reader, cells, living(reader, cells), pauses, NEVER)
    if asked is None or not len(asked.number):
        return nothing
    bins = _bins(reader, asked)

    def count(value: int) -> tuple[int, int]:
        need = np.minimum(value, -(-value * bins.days // bins.usual))
        missed = (need > 0) & (bins.over > 0) & (bins.in_time < need) & (bins.pardoned == 0)
        missed &= bins.late >= need
        return int(bins.count[need > 0].sum()), int(bins.count[missed].sum())

    return count


def _bins(reader: Reader, asked: Asked) -> _Bins:
    steps = reader.steps(reader.card.cadence.act).only_on
    ids = reader.ids(asked.who, reader.card.cadence.act)
    low, done = count_acts(steps, ids, asked.start, asked.end)
    in_time = np.zeros_like(done)
    if len(steps.owner):
        in_time = steps.mark.searchsorted(marks(ids, asked.due), "right") - low
    judged = np.minimum(reader.now, asked.due)
    silent, _ = silent_feed(reader, asked.who, judged)
    excused = silent | waiting(reader, asked.who, judged)
    late = np.where(excused, done, 2**15)
    pardons = remissions(reader, asked.who, asked.number)
    latest = np.maximum(judged, np.minimum(reader.now, asked.end - 1))
    pardoned = pardons.waived_within(judged, latest) | pardons.upheld
    on = reader.parameters.mode(reader.card.clause, judged, asked.who.root) > 0
    over = reader.now > asked.due
    columns = (asked.days, asked.usual, np.maximum(in_time, 0), late, over, pardoned)
    code = np.zeros(len(done), np.int64)
    for column, size in zip(columns, (7, 7, 16, 17, 1, 1), strict=True):
        code = (code << size) | np.minimum(column.astype(np.int64), 2**size - 1)
    _, first_of, count = np.unique(code[on], return_index=True, return_counts=True)
    chosen = on.nonzero()[0][first_of]
    return _Bins(*(column[chosen].astype(np.int64) for column in columns), count)
