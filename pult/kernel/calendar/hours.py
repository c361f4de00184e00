"""The words of the calendar: a kind of day, a day's index, the hours a department keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Literal, NamedTuple

Day = Literal["work", "off", "short"]
DAY_MINUTES = 1440
_EPOCH = date(1970, 1, 1).toordinal()


def day_index(day: date) -> int:
    """The number of days from 1970-01-01 to `day` on the local calendar."""
    return day.toordinal() - _EPOCH


def day_date(index: int) -> date:
    """The inverse of `day_index`; OverflowError or ValueError outside years 1 to 9999."""
    return date.fromordinal(int(index) + _EPOCH)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True)
class WorkHours:
    """Local working hours of a full day; a short day ends `short_by` minutes earlier.

    Equal lunch times mean no lunch break. Defaults are those of clause М1.1. Raises ValueError
    when lunch leaves the day, or when no minute of a short day is left to work.
    """

    start: time = time(11)
    end: time = time(19)
    lunch_start: time = time(13)
    lunch_end: time = time(14)
    short_by: int = 60

    def __post_init__(self) -> None:
        edges = [_minutes(x) for x in (self.start, self.lunch_start, self.lunch_end, self.end)]
        if edges != sorted(edges):
            raise ValueError("working hours must run: start, lunch start, lunch end, end")
        if self.short_by < 0:
            raise ValueError("a short day cannot be longer than a full one")
        if not self.stretches(short=True):
            raise ValueError("working hours leave no minute to work on a short day")

    def stretches(self, *, short: bool = False) -> list[tuple[int, int]]:
        """Pairs (start, end) in minutes after local midnight, end excluded, none empty."""
        end = _minutes(self.end) - (self.short_by if short else 0)
        morning = (_minutes(self.start), min(_minutes(self.lunch_start), end))
        afternoon = (_minutes(self.lunch_end), end)
        if self.lunch_start == self.lunch_end:
            morning, afternoon = (_minutes(self.start), end), (end, end)
        return [(opens, closes) for opens, closes in (morning, afternoon) if opens < closes]


class HoursSince(NamedTuple):
    """Hours kept from a local day (its index) on, until the next ones begin."""

    day: int
    hours: WorkHours


def dated_hours(
    first: WorkHours, later: Iterable[tuple[date, WorkHours]] = ()
) -> tuple[HoursSince, ...]:
    """`first` from the beginning, then each of `later` from its day on; of two that begin on one
    day the one said last holds."""
    by_day = {day_index(day): hours for day, hours in later}
    began = HoursSince(-(10**9), first)
    return (began, *(HoursSince(day, by_day[day]) for day in sorted(by_day)))
