"""Why this date? The steps from a trigger to a due, recomputed for a person to follow."""

from collections.abc import Iterator

import numpy as np

from pult.kernel.calendar import BusinessCalendar, DayRecord, day_index
from pult.regulation.evaluate.calendars import Calendars, Version, notice
from pult.regulation.evaluate.card import Amount, Card, Deadline
from pult.regulation.evaluate.cells import Cells, Spans
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.deadline import BH_MINUTES, SIGNS, due_of_day, due_of_instant
from pult.regulation.evaluate.explanation import (
    CalendarStep,
    CountedDay,
    Explanation,
    Pause,
    Prediction,
)
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import GRACE
from pult.regulation.evaluate.table import NEVER, NONE, Facts


def explain(
    row: np.void,
    card: Card,
    facts: Facts | Index,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
) -> Explanation:
    """The steps behind `row.due`, recomputed from the facts; `due` of the result equals the row's.

    `row` is a ledger row of `card`, evaluated from the same facts, values, calendars and now.
    """
    index = facts if isinstance(facts, Index) else Index(facts, now)
    reader = Reader(index, card, parameters.known(now), calendars.known(now), now, {})
    return _Steps(reader, row).explanation()


class _Steps:
    def __init__(self, reader: Reader, row: np.void) -> None:
        self.reader, self.card, self.row = reader, reader.card, row
        self.opened = int(row["opened"])
        closed = int(row["evidence_at"])
        self.closed = NEVER if closed == NONE else closed
        self.deadline = self._deadline()
        self.amount, self.parameter_id = self._resolved(self.deadline.amount, self.opened)
        stops = self.deadline.side == "after" or self._is_period()
        self.pauses = self._pauses() if stops else ()

    def explanation(self) -> Explanation:
        steps = tuple(self._calendar_steps())
        due = steps[-1].due
        calendar = self._calendar(steps[-1].version)
        return Explanation(
            clause=self.card.clause,
            edition=self.card.edition,
            part=int(self.row["part"]),
            trigger=int(self.row["trigger"]),
            opened=self.opened,
            amount=self.amount,
            unit=self.deadline.amount.unit,
            side=self.deadline.side,
            parameter=self.deadline.amount.name,
            parameter_id=self.parameter_id,
            pauses=self.pauses,
            predictions=tuple(self._predictions(calendar)),
            calendars=steps,
            days=tuple(self._days(calendar, due)),
            due=due,
        )

    def _deadline(self) -> Deadline:
        cadence = self.card.cadence
        if cadence is not None and cadence.gap is not None:
            return Deadline(cadence.gap, "after")
        if cadence is not None:
            return Deadline(cadence.by or cadence.times or Amount(1, "count"), "at")
        if self.card.deadlines:
            return self.card.deadlines[int(self.row["part"])]
        return Deadline(Amount(0, "bmin"), "at")

    def _resolved(self, amount: Amount, at: int) -> tuple[int, int]:
        one = [np.array([int(self.row[name])], np.int64) for name in ("subject", "root")]
        value, source = self.reader.parameters.amount(
            amount, np.array([at], np.int64), self.card.subject, *one
        )
        return int(value[0]), int(source[0])

    def _pauses(self) -> tuple[Pause, ...]:
        each = 0
        places = np.flatnonzero(self.reader.index.facts.id == self.row["trigger"])
        if self.card.each and len(places):
            each = int(self.reader.index.owners(self.card.each, places)[0])
        ids = (int(self.row["root"]), int(self.row["subject"]), each)
        one = Cells(*(np.array([value], np.int64) for value in ids))
        spans = self.reader.word_spans(self.card.pauses, one)
        if self._is_period():
            return self._within_period(spans)
        ends = np.minimum(spans.end, self.closed)
        return tuple(
            (start, end)
            for start, end in zip(spans.start.tolist(), ends.tolist(), strict=True)
            if start < end < NEVER
        )

    def _within_period(self, spans: Spans) -> tuple[Pause, ...]:
        """Of a rhythm all the pauses of its period count, whenever its acts came."""
        start, end = self._period(self._versions()[-1].calendar)
        clipped = (
            (max(one, start), min(other, end))
            for one, other in zip(spans.start.tolist(), spans.end.tolist(), strict=True)
        )
        return tuple((one, other) for one, other in clipped if one < other)

    def _versions(self) -> tuple[Version, ...]:
        root = np.array([int(self.row["root"])], np.int64)
        return next(iter(self.reader.calendars.parts(root)))[1]

    def _calendar(self, number: int) -> BusinessCalendar:
        return next(v.calendar for v in self._versions() if v.number == number)

    def _calendar_steps(self) -> Iterator[CalendarStep]:
        versions = self._versions()
        due = self._due(versions[0].calendar)
        yield CalendarStep(versions[0].number, versions[0].recorded, due)
        period = self.card.cadence is not None and self.card.cadence.gap is None
        closed = NEVER if period else self.closed
        for version in versions[1:]:
            if version.recorded < due and version.recorded < closed:
                due = max(self._due(version.calendar), min(due, notice(version)))
                yield CalendarStep(version.number, version.recorded, due)

    def _due(self, calendar: BusinessCalendar) -> int:
        if self._is_period():
            return self._period_due(calendar)
        if self._is_predicted():
            return list(self._predictions(calendar))[-1].due
        if not self.card.deadlines and self.card.cadence is None:
            return self.opened
        return self._from_instant(calendar, self.opened)

    def _from_instant(self, calendar: BusinessCalendar, instant: int) -> int:
        """The scalar twin of the columns: one row, by the calendar's scalar arithmetic."""
        unit, side = self.deadline.amount.unit, self.deadline.side
        if side == "after" and self.pauses and unit in ("bh", "bmin"):
            minutes = self.amount * (BH_MINUTES if unit == "bh" else 1)
            return calendar.add_with_pauses(instant, minutes, self.pauses)
        if side == "after" and unit == "wd":
            return calendar.day_end(self._workday(calendar, calendar.day_of(instant)))
        one = np.array([instant], np.int64)
        return int(due_of_instant(calendar, one, np.array([self.amount]), unit, side)[0])

    def _from_day(self, calendar: BusinessCalendar, day: int) -> int:
        unit, side = self.deadline.amount.unit, self.deadline.side
        if side == "after" and unit == "wd":
            return calendar.day_end(self._workday(calendar, day))
        if unit in ("bh", "bmin") and side != "at":
            return self._from_instant(calendar, calendar.day_start(day))
        one = np.array([day], np.int64)
        return int(due_of_day(calendar, one, np.array([self.amount]), unit, side)[0])

    def _workday(self, calendar: BusinessCalendar, day: int) -> int:
        if not self.pauses:
            return calendar.add_workdays(day, self.amount)
        return calendar.add_workdays_with_pauses(day, self.amount, self.pauses)

    def _is_predicted(self) -> bool:
        trigger = self.card.trigger
        return bool(trigger and trigger.word and trigger.word.shape == "date")

    def _is_period(self) -> bool:
        return self.card.cadence is not None and self.card.cadence.gap is None

    def _predictions(self, calendar: BusinessCalendar) -> Iterator[Prediction]:
        if not self._is_predicted():
            return
        due, early = NONE, self.deadline.side == "before"
        for place in self._revisions():
            facts = self.reader.index.facts
            day, recorded = int(facts.day[place]), int(facts.recorded[place])
            grace, _ = self._resolved(GRACE, recorded)
            floor = calendar.day_end(calendar.add_workdays(calendar.day_of(recorded), grace))
            asked = self._from_day(calendar, day)
            limit = asked
            if due == NONE:
                limit = floor if early else asked
            elif asked < due:
                limit = min(due, floor)
            due = max(asked, limit)
            yield Prediction(int(facts.id[place]), recorded, day, asked, due, asked < limit)

    def _revisions(self) -> list[int]:
        steps = self.reader.index.steps(self.card.trigger.word, self.card.subject)
        facts = self.reader.index.facts
        mine = (steps.owner == self.row["subject"]) & (facts.key[steps.place] == self.row["key"])
        return [p for p in steps.place[mine].tolist() if facts.day[p] != NONE]

    def _period_due(self, calendar: BusinessCalendar) -> int:
        start, end = self._period(calendar)
        last = calendar.day_of(end) - 1
        if self.card.cadence.by is not None:
            last = min(calendar.day_of(start) + self.amount - 1, last)
        return calendar.day_end(last)

    def _period(self, calendar: BusinessCalendar) -> tuple[int, int]:
        return calendar.period_bounds(int(self.row["key"]), self.card.cadence.period)

    def _days(self, calendar: BusinessCalendar, due: int) -> Iterator[CountedDay]:
        last = calendar.day_of(due)
        if self._is_period():
            start, end = self._period(calendar)
            base, last = calendar.day_of(start) - 1, calendar.day_of(end) - 1
        elif self._is_predicted():
            base = int(self.reader.index.facts.day[self._revisions()[-1]])
        else:
            base = calendar.day_of(self.opened)
        for record in calendar.explain_days(min(base, last), max(base, last)):
            yield self._counted(calendar, record, base, due)

    def _counted(
        self, calendar: BusinessCalendar, record: DayRecord, base: int, due: int
    ) -> CountedDay:
        day = day_index(record.date)
        works = record.kind != "off"
        paused = works and any(
            start <= calendar.day_start(day) and calendar.day_end(day) <= end
            for start, end in self.pauses
        )
        unit, sign = self.deadline.amount.unit, SIGNS[self.deadline.side]
        if unit in ("bh", "bmin"):
            minutes = self._minutes(calendar, day, due)
            return CountedDay(record, minutes > 0, paused, minutes)
        counted = works if unit == "wd" or self._is_period() else True
        return CountedDay(record, counted and not paused and (day != base or not sign), paused, 0)

    def _minutes(self, calendar: BusinessCalendar, day: int, due: int) -> int:
        first, last = sorted((due, self._base_instant(calendar)))
        low = max(first, calendar.midnight(day))
        high = min(last, calendar.midnight(day + 1))
        held = sum(
            max(calendar.between(max(low, start), min(high, end)), 0)
            for start, end in self.pauses
            if max(low, start) < min(high, end)
        )
        return max(calendar.between(low, high) - held, 0) if low < high else 0

    def _base_instant(self, calendar: BusinessCalendar) -> int:
        if not self._is_predicted():
            return self.opened
        return calendar.day_start(int(self.reader.index.facts.day[self._revisions()[-1]]))
