"""Numbers of calendar periods, counted from the one that holds 1970-01-01 (number 0).

Weeks run Monday to Sunday. Periods are of local days; a calendar turns them into instants.
"""

from datetime import date
from typing import Literal

import numpy as np

from pult.kernel.calendar.hours import day_date, day_index
from pult.kernel.calendar.tables import Whole

Unit = Literal["day", "week", "month", "quarter", "year"]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
# 1970-01-01 was a Thursday: the week of number 0 began three days before it.
_MONDAY_SHIFT = 3


def period_of_day(day: Whole, unit: Unit) -> Whole:
    """The number of the `unit` that holds local day index `day`; ValueError for another unit."""
    if unit == "day":
        return day
    if unit == "week":
        return (day + _MONDAY_SHIFT) // 7
    return _month_of(day) // _length(unit)


def first_day_of(number: Whole, unit: Unit) -> Whole:
    """The local day index on which period `number` begins; ValueError for another unit."""
    if unit == "day":
        return number
    if unit == "week":
        return number * 7 - _MONDAY_SHIFT
    return _month_start(number * _length(unit))


def _length(unit: str) -> int:
    if unit not in _MONTHS:
        raise ValueError(f"unknown period «{unit}»: day, week, month, quarter or year")
    return _MONTHS[unit]


def _month_of(day: Whole) -> Whole:
    if isinstance(day, np.ndarray):
        return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    local = day_date(day)
    return (local.year - 1970) * 12 + local.month - 1


def _month_start(month: Whole) -> Whole:
    if isinstance(month, np.ndarray):
        return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    years, months = divmod(int(month), 12)
    return day_index(date(1970 + years, months + 1, 1))
