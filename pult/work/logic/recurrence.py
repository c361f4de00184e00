"""When a task comes again. Pure: days in, days out."""

from collections.abc import Callable
from datetime import date, timedelta

LOOK = 400  # days to look for a working one


def next_day(
    unit: str, every: int, after: date, anchor: date, is_workday: Callable[[date], bool]
) -> date:
    """The first day of the series later than `after`.

    Months keep the anchor's day of the month, the last one where there is none; working days are
    counted. A day off stands for the working day before it.
    """
    if unit == "day":
        return _workdays(after, every, is_workday)
    step = 0
    while True:
        day = on_workday(_nth(unit, every * step, anchor), is_workday)
        if day > after:
            return day
        step += 1


def first_day(anchor: date, today: date, is_workday: Callable[[date], bool]) -> date:
    """The working day a series begins on: the anchor's, or the next one when that has passed."""
    day = on_workday(anchor, is_workday)
    return day if day >= today else _workdays(anchor - timedelta(days=1), 1, is_workday)


def after_completion(unit: str, every: int, done: date, is_workday: Callable[[date], bool]) -> date:
    """So long after the day it was done, always later than that day."""
    if unit == "day":
        return _workdays(done, every, is_workday)
    day = on_workday(_nth(unit, every, done), is_workday)
    return day if day > done else _workdays(done, 1, is_workday)


def on_workday(day: date, is_workday: Callable[[date], bool]) -> date:
    """The day itself, or the nearest working day before it."""
    for back in range(LOOK):
        earlier = day - timedelta(days=back)
        if is_workday(earlier):
            return earlier
    return day


def _workdays(after: date, count: int, is_workday: Callable[[date], bool]) -> date:
    day, left = after, count
    for _ in range(LOOK):
        day += timedelta(days=1)
        left -= is_workday(day)
        if left <= 0:
            return day
    return day


def _nth(unit: str, steps: int, anchor: date) -> date:
    if unit == "week":
        return anchor + timedelta(weeks=steps)
    years, month = divmod(anchor.month - 1 + steps, 12)
    year = anchor.year + years
    for day in range(anchor.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")
