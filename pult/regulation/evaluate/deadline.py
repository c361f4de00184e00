"""From a trigger to a due instant: one formula for every unit, before, at or after."""

from typing import Literal

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.table import Ints, filled

Spans = tuple[Ints, Ints, Ints]
SIGNS = {"before": -1, "at": 0, "after": 1}
BH_MINUTES = 60
STOPPED_BY_PAUSES = ("wd", "bh", "bmin")


def due_of_instant(
    calendar: BusinessCalendar,
    instant: Ints,
    amount: Ints,
    unit: str,
    side: Literal["before", "at", "after"],
    pauses: Spans | None = None,
) -> Ints:
    """`amount` units before or after instants; "at" is the instant itself.

    Working days run from the instant's local day and end with the working day; calendar days and
    months end with the local day; business hours end at the earliest instant. `pauses`
    (row, start, end) stop working time that runs forward; calendar days and lead times they do not.
    """
    if side == "at":
        return instant
    sign = SIGNS[side]
    if unit in ("bh", "bmin"):
        minutes = amount * (BH_MINUTES if unit == "bh" else 1)
        if sign > 0 and pauses is not None and len(pauses[0]):
            return calendar.add_with_pauses_array(instant, minutes, [pauses])
        return calendar.add(instant, sign * minutes)
    return _end_of_day(calendar, calendar.day_of(instant), sign * amount, unit, pauses)


def due_of_day(
    calendar: BusinessCalendar,
    day: Ints,
    amount: Ints,
    unit: str,
    side: Literal["before", "at", "after"],
    pauses: Spans | None = None,
) -> Ints:
    """`amount` units before or after predicted local days; "at" is the end of work on the day.

    Business hours count from the moment work begins on the day.
    """
    if side == "at":
        return calendar.day_end(day)
    if unit in ("bh", "bmin"):
        return due_of_instant(calendar, calendar.day_start(day), amount, unit, side, pauses)
    return _end_of_day(calendar, day, SIGNS[side] * amount, unit, pauses)


def _end_of_day(
    calendar: BusinessCalendar, day: Ints, amount: Ints, unit: str, pauses: Spans | None
) -> Ints:
    if unit == "wd":
        if pauses is not None and len(pauses[0]):
            ahead = calendar.add_workdays_with_pauses_array(day, np.maximum(amount, 0), [pauses])
            amount = np.broadcast_to(amount, day.shape)
            day = np.where(amount > 0, ahead, calendar.add_workdays(day, amount))
            return calendar.day_end(day)
        return calendar.day_end(calendar.add_workdays(day, amount))
    if unit == "day":
        return calendar.midnight(day + amount + 1) - 1
    if unit == "month":
        return calendar.midnight(add_months(day, amount) + 1) - 1
    raise ValueError(f"a deadline cannot be counted in «{unit}»")


def add_months(day: Ints, months: Ints) -> Ints:
    """Local days moved by calendar months, kept within the month they land in."""
    dates = day.astype("datetime64[D]")
    first = dates.astype("datetime64[M]")
    offset = (dates - first.astype("datetime64[D]")).astype(np.int64)
    target = first + np.asarray(months).astype("timedelta64[M]")
    start = target.astype("datetime64[D]").astype(np.int64)
    length = (target + 1).astype("datetime64[D]").astype(np.int64) - start
    return start + np.minimum(offset, length - 1)


def clipped_spans(spans: Spans, rows: Ints, closed: Ints) -> Spans:
    """Spans (row, start, end) of the chosen `rows`, renumbered, none past the row's closing."""
    row, start, end = spans
    where = filled(len(closed), -1)
    where[rows] = np.arange(len(rows))
    end = np.minimum(end, closed[row])
    kept = (where[row] >= 0) & (start < end)
    return where[row[kept]], start[kept], end[kept]
