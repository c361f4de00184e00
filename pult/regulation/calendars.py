"""Calendar versions: the shipped production table and the edits people signed over it."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel import clock
from pult.kernel.calendar import BusinessCalendar, Day, Reason, WorkHours
from pult.kernel.calendar.hours import day_index
from pult.kernel.calendar.russia import KNOWN_UNTIL, production_days
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.models import CalendarDay, CalendarVersion

AGENCY = "agency"
HOURS = WorkHours(start=time(11), end=time(19), lunch_start=time(13), lunch_end=time(14))
LONG_AGO = -(2**40)


def calendars() -> Calendars:
    """Every version of the agency's calendar with the minute it was recorded, oldest first."""
    return Calendars.of([(LONG_AGO, 0, shipped()), *_edited()])


def current_calendar() -> BusinessCalendar:
    """The newest version: what a page counts with."""
    edited = _edited()
    return edited[-1][2] if edited else shipped()


def midnight(day: date) -> int:
    """The minute at which a local day begins in the agency's zone."""
    return int(shipped().midnight(day_index(day)))


def local_day(minute: int) -> date:
    """The local date of an instant in the agency's zone."""
    return clock.from_minute(minute).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@lru_cache(maxsize=1)
def shipped() -> BusinessCalendar:
    """Version 0: the production calendar as it ships, with the regulation's hours."""
    return _build((), 0, KNOWN_UNTIL)


def _edited() -> list[tuple[int, int, BusinessCalendar]]:
    versions = CalendarVersion.objects.filter(unit=AGENCY).order_by("number")
    edits: dict[date, tuple[Day, str]] = {}
    days: dict[int, list[CalendarDay]] = {}
    for day in CalendarDay.objects.filter(version__unit=AGENCY):
        days.setdefault(day.version_id, []).append(day)
    known_until = KNOWN_UNTIL
    result = []
    for version in versions:
        edits |= {day.date: (day.kind, day.reason) for day in days.get(version.pk, ())}
        known_until = max(known_until, version.known_until or known_until)
        told = tuple(sorted((day, *said) for day, said in edits.items()))
        calendar = _build(told, version.number, known_until)
        result.append((clock.to_minute(version.recorded_at), version.number, calendar))
    return result


@lru_cache(maxsize=32)
def _build(
    edits: tuple[tuple[date, Day, str], ...], version: int, known_until: date
) -> BusinessCalendar:
    kinds: Mapping[date, Day] = {**production_days(), **{day: kind for day, kind, _ in edits}}
    return BusinessCalendar.build(
        kinds,
        HOURS,
        settings.TIME_ZONE,
        known_until,
        version=version,
        reasons={day: Reason("decided", why, why) for day, _, why in edits},
    )
