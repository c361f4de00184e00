"""Counting rows and breaches for many values of one number without making the rows.

All that does not depend on the number is prepared once; the verdict is that of the ledger, and
tests compare the two.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.active import living, subjects
from pult.regulation.evaluate.cadence import count_acts
from pult.regulation.evaluate.card import Amount, Deadline
from pult.regulation.evaluate.columns import marks
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.deadline import BH_MINUTES, due_of_day
from pult.regulation.evaluate.due import due_of, graced, settle_predictions
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.gap import asked_waits
from pult.regulation.evaluate.moments import Moments, first
from pult.regulation.evaluate.obligation import Prepared, pauses_after, prepared
from pult.regulation.evaluate.periods import Asked, asked_periods, paused_days, working_days
from pult.regulation.evaluate.reads import mode_name
from pult.regulation.evaluate.scope import in_force
from pult.regulation.evaluate.table import NEVER, Ints
from pult.regulation.evaluate.triggers import born
from pult.regulation.evaluate.waivers import remissions

Count = Callable[[int], tuple[int, int]]
Missed = Callable[[int], np.ndarray]


def short_way(reader: Reader, amount: Amount) -> Count | None:
    """value → (rows, breaches) for the main number of an obligation of one deadline or of a
    cadence; None when only an evaluation can tell."""
    card = reader.card
    if card.kind == "obligation" and len(card.deadlines) == 1 and not _aged(reader):
        return _of_obligation(reader) if card.deadlines[0].amount == amount else None
    if card.kind != "cadence" or card.cadence is None or card.effective_from:
        return None
    if amount == card.cadence.gap:
        return _of_gap(reader)
    return _of_cadence(reader) if amount == card.cadence.times else None


def _aged(reader: Reader) -> bool:
    trigger = reader.card.trigger
    return trigger is None or trigger.missing is not None or bool(trigger.clause)


def _nothing(value: int) -> tuple[int, int]:
    return 0, 0


def _of_obligation(reader: Reader) -> Count:
    rows = in_force(reader, born(reader), NEVER)
    if not len(rows):
        return _nothing
    evidence = first(reader, reader.card.evidence, rows.cells, rows.opened, rows.place)
    return _judged(reader, prepared(reader, rows), evidence, reader.card.deadlines[0])


def _of_gap(reader: Reader) -> Count:
    cells = subjects(reader)
    if not len(cells):
        return _nothing
    rows, evidence = asked_waits(reader, cells, NEVER, 0)
    if not len(rows):
        return _nothing
    known = Prepared(
        rows,
        pauses_after(reader, rows),
        rows.close,
        rows.closer,
        remissions(reader, rows.cells, rows.key),
    )
    return _judged(reader, known, evidence, Deadline(reader.card.cadence.gap, "after"))


def _judged(reader: Reader, known: Prepared, evidence: Moments, deadline: Deadline) -> Count:
    """Rows that a pause, waiver or dispute touches are judged the long way, the rest shortly."""
    touched = np.zeros(len(known.rows), bool)
    closed = np.minimum(evidence.at, known.close)[known.pauses.row]
    touched[known.pauses.row[known.pauses.start < closed]] = True
    touched[known.pardons.row] = True
    touched |= known.pardons.upheld
    judges = [
        _Judge(reader, known.take(some), evidence.take(some), deadline)
        for some in (np.flatnonzero(touched), np.flatnonzero(~touched))
        if len(some)
    ]

    def count(value: int) -> tuple[int, int]:
        rows, breaches = zip(*(judge.count(value) for judge in judges), strict=True)
        return sum(rows), sum(breaches)

    return count


class _Judge:
    """Breaches of prepared rows under a due."""

    def __init__(
        self, reader: Reader, known: Prepared, evidence: Moments, deadline: Deadline
    ) -> None:
        self.reader, self.known, self.rows = reader, known, known.rows
        self.evidence, self.deadline = evidence, deadline
        now, rows = reader.now, known.rows
        self.proved = (evidence.at < NEVER) & (evidence.at <= known.close)
        self.closed = ~self.proved & (known.close < NEVER)
        self.alive = ~self.proved & ~self.closed
        at = np.full(len(rows), now, np.int64)
        silent, _ = silent_feed(reader, rows.cells, at)
        excused = self.alive & (silent | waiting(reader, rows.cells, at))
        # The instant that must not lie after the due: evidence, closing, or now.
        self.last = np.where(self.proved, evidence.at, np.where(self.closed, known.close, now))
        self.last[excused] = 0
        self.only_missed = reader.card.kind == "cadence"
        self.plain = self._plainly()

    def count(self, value: int) -> tuple[int, int]:
        if self.plain is not None:
            missed = self.plain(value)
            breaches = int(np.count_nonzero(missed))
            if not self.only_missed:
                return len(self.rows), breaches
            return int(np.count_nonzero(missed | self.alive)), breaches
        return self._long_count(value)

    def _long_count(self, value: int) -> tuple[int, int]:
        fixed = replace(self.deadline, amount=Amount(value, self.deadline.amount.unit), soft=None)
        closed = np.minimum(self.evidence.at, self.known.close)
        due = due_of(self.reader, self.rows, fixed, self.known.pauses, closed)
        now, pardons = self.reader.now, self.known.pardons
        when = np.where(self.closed, due.at, np.where(self.proved, self.last, now))
        missed = (self.last > due.at) & ~due.held
        missed &= ~(pardons.waived(when) | pardons.upheld)
        clause, root = self.reader.card.clause, self.rows.cells.root
        asked = self.reader.parameters.mode(clause, np.minimum(now, due.at), root) > 0
        shown = asked & (missed | self.alive) if self.only_missed else asked
        return int(shown.sum()), int((missed & asked).sum())

    def _plainly(self) -> Missed | None:
        """value → missed, when one calendar, no pause, no waiver and no dated mode has a say."""
        parameters, known = self.reader.parameters, self.known
        dated = any(v.name == mode_name(self.reader.card.clause) for v in parameters.values)
        if dated or parameters.default_mode == 0:
            return None
        if len(known.pardons.row) or known.pardons.upheld.any():
            return None
        parts = list(self.reader.calendars.parts(self.rows.cells.root))
        if len(parts) != 1 or len(parts[0][1]) != 1:
            return None
        calendar = parts[0][1][0].calendar
        in_days = (self.deadline.amount.unit, self.deadline.side) == ("wd", "after")
        if in_days and self.rows.revisions is None:
            return self._in_working_days(calendar)
        closed = np.minimum(self.evidence.at, known.close)
        if np.any(known.pauses.start < closed[known.pauses.row]):
            return None
        if self.rows.revisions is not None:
            return self._predicted(calendar)
        if self.deadline.side == "at":
            return lambda value: self.last > self.rows.opened
        if self.deadline.amount.unit in ("bh", "bmin"):
            return self._in_working_minutes(calendar) if self.deadline.side == "after" else None
        day = calendar.day_of(self.rows.opened)
        unit, side = self.deadline.amount.unit, self.deadline.side
        return lambda value: self.last > due_of_day(calendar, day, np.int64(value), unit, side)

    def _predicted(self, calendar: BusinessCalendar) -> Missed:
        revisions, many = self.rows.revisions, len(self.rows)
        unit, side = self.deadline.amount.unit, self.deadline.side
        floor = graced(self.reader, calendar, revisions, self.rows, revisions.row)

        def missed(value: int) -> np.ndarray:
            naive = due_of_day(calendar, revisions.day, np.int64(value), unit, side)
            due, _ = settle_predictions(revisions, naive, floor, many, side == "before")
            return self.last > due

        return missed

    def _in_working_days(self, calendar: BusinessCalendar) -> Missed:
        """On the line of working days: those ended before `last`, after the day of opening, less
        the paused ones. A pause without an end holds the due from its beginning on."""
        closes = working_days(calendar)[1]
        pauses, last = self.known.pauses, self.last.copy()
        held = (pauses.end == NEVER) & self.alive[pauses.row]
        np.minimum.at(last, pauses.row[held], pauses.start[held])
        night = calendar.midnight(calendar.day_of(self.rows.opened) + 1)
        low, high = np.searchsorted(closes, night), np.searchsorted(closes, last)
        row, first, past = paused_days(calendar, pauses.row, pauses.start, pauses.end)
        stood = np.maximum(np.minimum(past, high[row]) - np.maximum(first, low[row]), 0)
        still = np.bincount(row, stood, minlength=len(last)).astype(np.int64)
        passed = high - low + 1 - still
        return lambda value: passed > value

    def _in_working_minutes(self, calendar: BusinessCalendar) -> Missed:
        """On the line of working minutes no due is needed: b(last) against b(opened) + amount."""
        minutes = BH_MINUTES if self.deadline.amount.unit == "bh" else 1
        passed = calendar.elapsed(self.last) - calendar.elapsed(self.rows.opened)
        # At equality the due is the first instant by which that many minutes have passed.
        after = self.last > calendar.at(calendar.elapsed(self.last))

        def missed(value: int) -> np.ndarray:
            if value == 0:
                return self.last > self.rows.opened
            return (passed > value * minutes) | ((passed == value * minutes) & after)

        return missed


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


def _of_cadence(reader: Reader) -> Count:
    cells = subjects(reader)
    if not len(cells):
        return _nothing
    pauses = reader.word_spans(reader.card.pauses, cells)
    asked = asked_periods(reader, cells, living(reader, cells), pauses, NEVER)
    if asked is None or not len(asked.number):
        return _nothing
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
        in_time = np.searchsorted(steps.mark, marks(ids, asked.due), "right") - low
    judged = np.minimum(reader.now, asked.due)
    silent, _ = silent_feed(reader, asked.who, judged)
    excused = silent | waiting(reader, asked.who, judged)
    late = np.where(excused, done, 2**15)
    pardons = remissions(reader, asked.who, asked.number)
    pardoned = pardons.waived(judged) | pardons.upheld
    on = reader.parameters.mode(reader.card.clause, judged, asked.who.root) > 0
    over = reader.now > asked.due
    columns = (asked.days, asked.usual, np.maximum(in_time, 0), late, over, pardoned)
    code = np.zeros(len(done), np.int64)
    for column, size in zip(columns, (7, 7, 16, 17, 1, 1), strict=True):
        code = (code << size) | np.minimum(column.astype(np.int64), 2**size - 1)
    _, first_of, count = np.unique(code[on], return_index=True, return_counts=True)
    chosen = np.flatnonzero(on)[first_of]
    return _Bins(*(column[chosen].astype(np.int64) for column in columns), count)
