"""Periods of a cadence: which ones a card asks about, and how much of each can be asked for."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.kernel.calendar.horizon import FIRST_DAY, LAST_DAY
from pult.kernel.calendar.pauses import merged_arrays
from pult.regulation.evaluate.calendars import fold
from pult.regulation.evaluate.card import Amount, Period
from pult.regulation.evaluate.cells import Cells, Spans, covering, expand, minus
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.table import NEVER, Ints, filled


@dataclass(frozen=True)
class Periods:
    """Every period of one length on a calendar's horizon, by place (its number less `first`).

    starts, ends: the local midnights it lies between; first_day, past_day: its local days; due: the
    end of its last working day; usual: its Mondays to Fridays, at least one.
    """

    first: int
    starts: Ints
    ends: Ints
    first_day: Ints
    past_day: Ints
    due: Ints
    usual: Ints

    def place(self, instant: Ints) -> Ints:
        """Of the period that holds each instant."""
        return self.starts.searchsorted(instant, "right") - 1

    def next(self, instant: Ints) -> Ints:
        """When the following period begins."""
        return self.ends[self.place(instant)]


@lru_cache(maxsize=64)
def periods_of(calendar: BusinessCalendar, unit: Period) -> Periods:
    """The periods of a calendar, which never changes."""
    edges = calendar.midnight(np.array([FIRST_DAY, LAST_DAY], np.int64))
    first, last = calendar.period_of(edges, unit).tolist()
    starts, ends = calendar.period_bounds(np.arange(first, last + 1), unit)
    first_day, past = calendar.day_of(starts), calendar.day_of(ends)
    usual = np.maximum(weekdays_before(past) - weekdays_before(first_day), 1)
    return Periods(first, starts, ends, first_day, past, calendar.day_end(past - 1), usual)


@lru_cache(maxsize=64)
def working_days(calendar: BusinessCalendar) -> tuple[Ints, Ints]:
    """(opening, closing) of every working day."""
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    days = days[calendar.is_workday(days)]
    return calendar.day_start(days), calendar.day_end(days)


def whole_workdays(calendar: BusinessCalendar, start: Ints, end: Ints) -> Ints:
    """Working days whose working time lies wholly in [start, end)."""
    opens, closes = working_days(calendar)
    return np.maximum(closes.searchsorted(end, "right") - opens.searchsorted(start), 0)


def paused_days(
    calendar: BusinessCalendar, row: Ints, start: Ints, end: Ints
) -> tuple[Ints, Ints, Ints]:
    """(row, first, past) of the working days, by their number, with no working minute outside the
    row's pauses, which may overlap."""
    opens, closes = working_days(calendar)
    row, low, high = merged_arrays(row, calendar.elapsed(start), calendar.elapsed(end))
    first = calendar.elapsed(opens).searchsorted(low)
    past = calendar.elapsed(closes).searchsorted(high, "right")
    return row, first, np.maximum(past, first)


def weekdays_before(day: Ints) -> Ints:
    """Mondays to Fridays before a local day, counted from the Monday before 1970-01-01."""
    week, weekday = np.divmod(day + 3, 7)
    return week * 5 + np.minimum(weekday, 5)


@dataclass(frozen=True)
class Asked:
    """Periods before it is known how many acts they need: who, number, bounds, due, working days
    open and usual, the calendar's version, and N with the value behind it."""

    who: Cells
    row: Ints
    number: Ints
    start: Ints
    end: Ints
    due: Ints
    days: Ints
    usual: Ints
    version: Ints
    times: Ints
    source: Ints

    def take(self, places: Ints) -> "Asked":
        """Only the periods at ascending `places`."""
        if len(places) == len(self.number):
            return self
        columns = {
            name: column[places] if isinstance(column, np.ndarray) else column.take(places)
            for name, column in vars(self).items()
        }
        return Asked(**columns)

    def need(self, times: Ints | int) -> Ints:
        """Acts required of each period when a full one asks for `times`."""
        return np.minimum(times, -(-times * self.days // self.usual))


def asked_periods(
    reader: Reader, cells: Cells, spans: Spans, pauses: Spans, until: int
) -> Asked | None:
    """Every period in which the card is active at min(now, due); None when there is none."""
    card = reader.card
    key = (card.cadence, card.subject, card.effective_from, until, id(spans), id(pauses))
    if key not in reader.shared:
        reader.shared[key] = (_asked(reader, cells, spans, pauses, until), spans, pauses)
    return reader.shared[key][0]


def _asked(reader: Reader, cells: Cells, spans: Spans, pauses: Spans, until: int) -> Asked | None:
    row, number, start, end = _begun(reader, cells, spans, until)
    if not len(row):
        return None
    card, unit = reader.card, reader.card.cadence.period
    who = cells.take(row)
    at = (start, card.subject, who.subject, who.root)
    times, source = reader.parameters.amount(card.cadence.times or Amount(1, "count"), *at)
    by = reader.parameters.amount(card.cadence.by, *at)[0] if card.cadence.by else None
    open_spans = minus(spans, pauses)

    def compute(calendar: BusinessCalendar, some: Ints) -> tuple[Ints, Ints, Ints]:
        periods = periods_of(calendar, unit)
        place = number[some] - periods.first
        due = periods.due[place]
        if by is not None:
            day = np.minimum(periods.first_day[place] + by[some], periods.past_day[place]) - 1
            due = calendar.day_end(day)
        days = _open_days(calendar, open_spans, row[some], start[some], end[some])
        return due, days, periods.usual[place]

    never = filled(len(who), NEVER)
    (due, days, usual), version = fold(reader.calendars, who.root, never, compute)
    asked = Asked(who, row, number, start, end, due, days, usual, version, times, source)
    return asked.take(covering(spans, row, np.minimum(due, reader.now)).nonzero()[0])


def _begun(reader: Reader, cells: Cells, spans: Spans, until: int) -> tuple[Ints, Ints, Ints, Ints]:
    """(cell, number, start, end) of the periods that may ask for something."""
    unit = reader.card.cadence.period
    floor = np.maximum(
        reader.parameters.go_live(reader.now, cells.root), reader.card.effective_from
    )
    start = np.maximum(spans.start, floor[spans.row])
    last = np.minimum(spans.end - 1, min(until - 1, reader.now))
    some = (start <= last).nonzero()[0]
    row, start, last = spans.row[some], start[some], last[some]

    def numbers(calendar: BusinessCalendar, instant: Ints) -> Ints:
        periods = periods_of(calendar, unit)
        return periods.place(instant) + periods.first

    def bounds(calendar: BusinessCalendar, number: Ints, end: bool) -> Ints:
        periods = periods_of(calendar, unit)
        return (periods.ends if end else periods.starts)[number - periods.first]

    calendars, root = reader.calendars, cells.root[row]
    low = calendars.map(root, lambda calendar, rows: numbers(calendar, start[rows]))
    high = calendars.map(root, lambda calendar, rows: numbers(calendar, last[rows]))
    span, number = expand(low, np.maximum(high - low + 1, 0))
    row = row[span]
    # Two stretches may meet in one period.
    fresh = np.ones(len(row), bool)
    fresh[1:] = (row[1:] != row[:-1]) | (number[1:] != number[:-1])
    row, number = row[fresh], number[fresh]
    root = cells.root[row]
    begins = calendars.map(root, lambda calendar, rows: bounds(calendar, number[rows], False))
    ends = calendars.map(root, lambda calendar, rows: bounds(calendar, number[rows], True))
    kept = ((begins >= floor[row]) & (begins < until)).nonzero()[0]
    return row[kept], number[kept], begins[kept], ends[kept]


def _open_days(calendar: BusinessCalendar, spans: Spans, row: Ints, start: Ints, end: Ints) -> Ints:
    """Working days of each period wholly inside the open stretches of its row."""
    low = ((spans.row << 41) | spans.end).searchsorted((row << 41) | start, "right")
    high = ((spans.row << 41) | spans.start).searchsorted((row << 41) | end, "left")
    pair, place = expand(low, np.maximum(high - low, 0))
    begins = np.maximum(spans.start[place], start[pair])
    ends = np.minimum(spans.end[place], end[pair])
    days = whole_workdays(calendar, begins, ends)
    return np.bincount(pair, days, minlength=len(row)).astype(np.int64)
