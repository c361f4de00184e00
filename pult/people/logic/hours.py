"""Whose hours a moment falls in: minutes of a local day, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
Stretch = tuple[int, int]
Week = tuple[Stretch | None, ...]


@dataclass(frozen=True)
class DayHours:
    """The working hours of somebody's day as two moments."""

    start: datetime
    end: datetime

    def covers(self, at: datetime) -> bool:
        return self.start <= at < self.end


def week_of(stored: Sequence[Sequence[int] | None]) -> Week:
    """A week as it is stored, in tuples; ValueError for anything else."""
    if len(stored) != 7:
        raise ValueError("a week has seven days")
    return tuple(None if one is None else _stretch(one) for one in stored)


def _stretch(one: Sequence[int]) -> Stretch:
    start, end = one
    if not 0 <= start < end <= DAY:
        raise ValueError("a day's work begins before it ends")
    return int(start), int(end)


def on_day(day: date, stretch: Stretch | None, zone: ZoneInfo) -> DayHours | None:
    """The hours of a local day as moments; None for a day off."""
    if stretch is None:
        return None
    midnight = datetime.combine(day, time.min)
    start, end = (
        (midnight + timedelta(minutes=minutes)).replace(tzinfo=zone) for minutes in stretch
    )
    return DayHours(start, end)


def minutes_of(text: str) -> int:
    """ "9:30" or "09:30" as minutes of the day, "24:00" as its end; ValueError for the rest."""
    hours, _colon, minutes = text.strip().partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        raise ValueError(text)
    found = int(hours) * 60 + int(minutes)
    if len(minutes) != 2 or int(minutes) > 59 or found > DAY:
        raise ValueError(text)
    return found
