"""Counting rows and breaches for many values of one number without making the rows.

All that does not depend on the number is prepared once; the verdict is that of the ledger, and
tests compare the two.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate import codes
from pult.regulation.evaluate.active import subjects
from pult.regulation.evaluate.card import Amount, Deadline
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.counting_periods import Count, nothing, of_cadence
from pult.regulation.evaluate.deadline import BH_MINUTES, due_of_day
from pult.regulation.evaluate.due import due_of, graced, settle_predictions
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.gap import asked_waits
from pult.regulation.evaluate.moments import Moments, first
from pult.regulation.evaluate.obligation import Prepared, pauses_after, prepared
from pult.regulation.evaluate.periods import paused_days, working_days
from pult.regulation.evaluate.rows import joined, ledger_rows
from pult.regulation.evaluate.scope import in_force
from pult.regulation.evaluate.table import NEVER, filled
from pult.regulation.evaluate.triggers import born
from pult.regulation.evaluate.waivers import remissions

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
    return of_cadence(reader) if amount == card.cadence.times else None


def _aged(reader: Reader) -> bool:
    trigger = reader.card.trigger
    return trigger is None or trigger.missing is not None or bool(trigger.clause)


def _of_obligation(reader: Reader) -> Count:
    rows = in_force(reader, born(reader), NEVER)
    if not len(rows):
        return nothing
    evidence = first(reader, reader.card.evidence, rows.cells, rows.opened, rows.place)
    return Judged(reader, prepared(reader, rows), evidence, reader.card.deadlines[0])


def _of_gap(reader: Reader) -> Count:
    cells = subjects(reader)
    if not len(cells):
        return nothing
    rows, evidence = asked_waits(reader, cells, NEVER, 0)
    if not len(rows):
        return nothing
    known = Prepared(
        rows,
        pauses_after(reader, rows),
        rows.close,
        rows.closer,
        remissions(reader, rows.cells, rows.key),
    )
    return Judged(reader, known, evidence, Deadline(reader.card.cadence.gap, "after"))


class Judged:
    """The verdicts on prepared rows under any value of the number. Rows that a pause, waiver or
    dispute touches are judged the long way, the rest shortly."""

    def __init__(
        self, reader: Reader, known: Prepared, evidence: Moments, deadline: Deadline
    ) -> None:
        touched = np.zeros(len(known.rows), bool)
        closed = np.minimum(evidence.at, known.close)[known.pauses.row]
        touched[known.pauses.row[known.pauses.start < closed]] = True
        touched[known.pardons.row] = True
        touched |= known.pardons.upheld
        self.judges = [
            _Judge(reader, known.take(some), evidence.take(some), deadline)
            for some in (touched.nonzero()[0], (~touched).nonzero()[0])
            if len(some)
        ]

    def __call__(self, value: int) -> tuple[int, int]:
        rows, breaches = zip(*(judge.count(value) for judge in self.judges), strict=True)
        return sum(rows), sum(breaches)

    def rows(self, value: int | None) -> np.ndarray:
        """The rows under a value (None: as signed), told by identity, state and whether a breach is
        CLOSED; the states of rows that are no breach are only OPEN, while they live, or MET."""
        return joined([judge.rows(value) for judge in self.judges])


class _Judge:
    """Breaches of prepared rows under a due."""

    def __init__(
        self, reader: Reader, known: Prepared, evidence: Moments, deadline: Deadline
    ) -> None:
        self.reader, self.known, self.own = reader, known, known.rows
        self.evidence, self.deadline = evidence, deadline
        now, rows = reader.now, known.rows
        self.proved = (evidence.at < NEVER) & (evidence.at <= known.close)
        self.closed = ~self.proved & (known.close < NEVER)
        self.alive = ~self.proved & ~self.closed
        at = filled(len(rows), now)
        silent, _ = silent_feed(reader, rows.cells, at)
        excused = self.alive & (silent | waiting(reader, rows.cells, at))
        # The instant that must not lie after the due: evidence, closing, or now.
        self.last = np.where(self.proved, evidence.at, np.where(self.closed, known.close, now))
        self.last[excused] = 0
        self.only_missed = reader.card.kind == "cadence"
        self.plain = self._plainly()

    def count(self, value: int) -> tuple[int, int]:
        if self.plain is None:
            missed, shown, _waived = self._long(value)
            return int(shown.sum()), int(missed.sum())
        missed = self.plain(value)
        breaches = int(np.count_nonzero(missed))
        if not self.only_missed:
            return len(self.own), breaches
        return int(np.count_nonzero(missed | self.alive)), breaches

    def rows(self, value: int | None) -> np.ndarray:
        if self.plain is None or value is None:
            missed, shown, waived = self._long(value)
        else:
            missed, waived = self.plain(value), np.zeros(len(self.own), bool)
            shown = missed | self.alive if self.only_missed else np.ones(len(self.own), bool)
        state = np.where(self.alive & ~waived, codes.OPEN, codes.MET)
        state[missed] = np.where(self.proved, codes.LATE, codes.OVERDUE)[missed]
        flags = np.where(missed & self.closed, codes.CLOSED, 0)
        rows = ledger_rows(self.own.cells, self.own.key, state=state, flags=flags)
        return rows if shown.all() else rows[shown]

    def _long(self, value: int | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(breaches, rows that would stand in the ledger, rows waived) by the due itself."""
        signed = self.deadline.amount
        amount = signed if value is None else Amount(value, signed.unit)
        fixed = replace(self.deadline, amount=amount, soft=None)
        closed = np.minimum(self.evidence.at, self.known.close)
        due = due_of(self.reader, self.own, fixed, self.known.pauses, closed)
        now, pardons = self.reader.now, self.known.pardons
        when = np.where(self.closed, due.at, np.where(self.proved, self.last, now))
        waived = pardons.waived(when) | pardons.upheld
        clause, root = self.reader.card.clause, self.own.cells.root
        asked = self.reader.parameters.mode(clause, np.minimum(now, due.at), root) > 0
        missed = (self.last > due.at) & ~due.held & ~waived & asked
        return missed, asked & (missed | self.alive) if self.only_missed else asked, waived

    def _plainly(self) -> Missed | None:
        """value → missed, when one calendar and no pause nor waiver has a say and the clause was
        never off."""
        known = self.known
        if self.reader.parameters.may_be_off(self.reader.card.clause):
            return None
        if len(known.pardons.row) or known.pardons.upheld.any():
            return None
        parts = list(self.reader.calendars.parts(self.own.cells.root))
        if len(parts) != 1 or len(parts[0][1]) != 1:
            return None
        calendar = parts[0][1][0].calendar
        in_days = (self.deadline.amount.unit, self.deadline.side) == ("wd", "after")
        if in_days and self.own.revisions is None:
            return self._in_working_days(calendar)
        closed = np.minimum(self.evidence.at, known.close)
        if np.any(known.pauses.start < closed[known.pauses.row]):
            return None
        if self.own.revisions is not None:
            return self._predicted(calendar)
        if self.deadline.side == "at":
            return lambda value: self.last > self.own.opened
        if self.deadline.amount.unit in ("bh", "bmin"):
            return self._in_working_minutes(calendar) if self.deadline.side == "after" else None
        day = calendar.day_of(self.own.opened)
        unit, side = self.deadline.amount.unit, self.deadline.side
        return lambda value: self.last > due_of_day(calendar, day, np.int64(value), unit, side)

    def _predicted(self, calendar: BusinessCalendar) -> Missed:
        revisions, many = self.own.revisions, len(self.own)
        unit, side = self.deadline.amount.unit, self.deadline.side
        floor = graced(self.reader, calendar, revisions, self.own, revisions.row)

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
        night = calendar.midnight(calendar.day_of(self.own.opened) + 1)
        low, high = closes.searchsorted(night), closes.searchsorted(last)
        row, first, past = paused_days(calendar, pauses.row, pauses.start, pauses.end)
        stood = np.maximum(np.minimum(past, high[row]) - np.maximum(first, low[row]), 0)
        still = np.bincount(row, stood, minlength=len(last)).astype(np.int64)
        passed = high - low + 1 - still
        return lambda value: passed > value

    def _in_working_minutes(self, calendar: BusinessCalendar) -> Missed:
        """On the line of working minutes no due is needed: b(last) against b(opened) + amount."""
        minutes = BH_MINUTES if self.deadline.amount.unit == "bh" else 1
        passed = calendar.elapsed(self.last) - calendar.elapsed(self.own.opened)
        # At equality the due is the first instant by which that many minutes have passed.
        after = self.last > calendar.at(calendar.elapsed(self.last))

        def missed(value: int) -> np.ndarray:
            if value == 0:
                return self.last > self.own.opened
            return (passed > value * minutes) | ((passed == value * minutes) & after)

        return missed
