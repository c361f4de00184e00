"""Calendars of a few invented units, and a walker that counts their minutes one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pult.kernel.calendar import KNOWN_UNTIL, BusinessCalendar, WorkHours, day_date, production_days

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOSCOW = "Europe/Moscow"


def minute(text: str, zone: str = MOSCOW) -> int:
    """The instant a wall clock in `zone` shows as "2026-05-06 13:00"."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return (local - EPOCH) // timedelta(minutes=1)


def agency(**changes) -> BusinessCalendar:
    """The department of the demo: Moscow, 11:00 to 19:00, lunch at 13:00."""
    settings = {
        "days": production_days(),
        "hours": WorkHours(),
        "zone": MOSCOW,
        "known_until": KNOWN_UNTIL,
    }
    return BusinessCalendar.build(**{**settings, **changes})


def every_day(year: int) -> dict[date, str]:
    """A year in which every day is worked."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return {day: "work" for day in days if day.year == year}


@dataclass(frozen=True)
class Walker:
    """Business time by definition: which minutes are worked, in a window of local time."""

    calendar: BusinessCalendar
    first: int
    worked: bytes

    def is_worked(self, instant: int) -> bool:
        return bool(self.worked[instant - self.first])

    def add(self, instant: int, minutes: int, paused: Callable[[int], bool]) -> int:
        while minutes:
            minutes -= self.is_worked(instant) and not paused(instant)
            instant += 1
        return instant

    def sub(self, instant: int, minutes: int) -> int:
        while minutes:
            instant -= 1
            minutes -= self.is_worked(instant)
        return instant

    def between(self, start: int, end: int) -> int:
        return sum(self.worked[start - self.first : end - self.first])


def _walker(calendar: BusinessCalendar, start: str, days: int) -> Walker:
    zone = ZoneInfo(calendar.zone)
    first = minute(start, calendar.zone)

    def works(instant: int) -> bool:
        local = (EPOCH + timedelta(minutes=instant)).astimezone(zone)
        day = (local.date() - date(1970, 1, 1)).days
        kind, hours = calendar.kind(day), calendar.hours_on(day)
        clock = local.hour * 60 + local.minute
        opens, closes = _clock(hours.start), _clock(hours.end)
        closes -= hours.short_by if kind == "short" else 0
        at_lunch = _clock(hours.lunch_start) <= clock < _clock(hours.lunch_end)
        return kind != "off" and opens <= clock < closes and not at_lunch

    return Walker(calendar, first, bytes(works(first + n) for n in range(days * 1440)))


def _clock(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@cache
def walkers() -> tuple[Walker, ...]:
    """Moscow in May with an own day off; clock changes in a night shift; odd hours; hours that
    change twice within a month."""
    night = WorkHours(time(1), time(23), time(12), time(12, 30))
    odd = WorkHours(time(8, 10), time(17, 5), time(12), time(12), short_by=95)
    return (
        _walker(agency(days_off=[date(2026, 4, 24)]), "2026-04-15 00:00", 45),
        _walker(agency(), "2024-10-20 00:00", 40),
        _walker(
            agency(days=every_day(2026), hours=night, zone="Europe/Berlin"),
            "2026-03-20 00:00",
            25,
        ),
        _walker(
            agency(days=every_day(2026), hours=night, zone="America/New_York"),
            "2026-10-20 00:00",
            25,
        ),
        _walker(agency(hours=odd, zone="Australia/Lord_Howe"), "2026-09-20 00:00", 45),
        _walker(agency(hours=odd, zone="Asia/Almaty"), "2024-02-15 00:00", 40),
        _walker(
            agency(later_hours=[(date(2026, 5, 7), odd), (date(2026, 5, 14), night)]),
            "2026-04-28 00:00",
            40,
        ),
    )


def dates(calendar: BusinessCalendar, first: str, last: str) -> list[date]:
    """The working days of a span, both ends included."""
    start, end = ((date.fromisoformat(text) - date(1970, 1, 1)).days for text in (first, last))
    return [day_date(day) for day in range(start, end + 1) if calendar.is_workday(day)]
