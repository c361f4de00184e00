"""Calendars of the agency and its departments: the shipped table and what people signed over it.

A department's own word wins over the agency's, the agency's over the shipped table; of two words
of one unit about a day the later one holds. Deadlines count on the clock of CLIENTS.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel import clock
from pult.kernel.calendar import BusinessCalendar, Day, Reason, WorkHours
from pult.kernel.calendar.hours import day_index
from pult.kernel.calendar.russia import KNOWN_UNTIL, production_days
from pult.regulation import stamp
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.models import CalendarDay, CalendarHours, CalendarVersion

AGENCY = "agency"
CLIENTS = "accounts"  # the department that answers clients: the clock of every client
HOURS = WorkHours()
LONG_AGO = -(2**40)
KEPT = 16
UNSIGNED = 2**31 - 1

Version = tuple[int, int, BusinessCalendar]
SaidDay = tuple[date, Day, str]
SaidHours = tuple[date, WorkHours]


def calendars() -> Calendars:
    """Every version of the clients' calendar with the minute it was recorded, oldest first."""
    return Calendars.of([(LONG_AGO, 0, shipped()), *_edited(CLIENTS)])


def calendars_with(*, unit: str, day: date, kind: Day | str, at: datetime) -> Calendars:
    """The same after one more edit that nobody has signed: `day` of the unit is `kind`."""
    version = CalendarVersion(pk=0, unit=unit, number=UNSIGNED, recorded_at=at)
    edit = version, CalendarDay(date=day, kind=kind, reason="")
    return Calendars.of([(LONG_AGO, 0, shipped()), *_edited(CLIENTS, edit)])


_current: dict[tuple[int, str], BusinessCalendar] = {}


def current_calendar(unit: str = CLIENTS) -> BusinessCalendar:
    """The newest version of a unit's calendar: what a page counts with."""
    key = stamp.current(), unit
    if key not in _current:
        if len(_current) >= KEPT:
            _current.clear()
        edited = _edited(unit)
        _current[key] = edited[-1][2] if edited else shipped()
    return _current[key]


def midnight(day: date) -> int:
    """The minute at which a local day begins in the agency's zone."""
    return int(shipped().midnight(day_index(day)))


def local_day(minute: int) -> date:
    """The local date of an instant in the agency's zone."""
    return clock.from_minute(minute).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@lru_cache(maxsize=1)
def shipped() -> BusinessCalendar:
    """Version 0: the production calendar as it ships, with the regulation's hours."""
    return _build((), (), 0, KNOWN_UNTIL)


def _edited(unit: str, tried: tuple[CalendarVersion, CalendarDay] | None = None) -> list[Version]:
    """The unit's calendar as it stood with each signed version, oldest first, and with `tried`."""
    units = tuple(dict.fromkeys((AGENCY, unit)))
    versions = list(CalendarVersion.objects.filter(unit__in=units).order_by("number"))
    days: dict[int, list[CalendarDay]] = {}
    for day in CalendarDay.objects.filter(version__unit__in=units):
        days.setdefault(day.version_id, []).append(day)
    hours = {row.version_id: row for row in CalendarHours.objects.filter(version__unit__in=units)}
    if tried and tried[0].unit in units:
        versions.append(tried[0])
        days[tried[0].pk] = [tried[1]]
    said: dict[str, _Said] = {each: _Said() for each in units}
    known_until, result = KNOWN_UNTIL, []
    for version in versions:
        said[version.unit].take(days.get(version.pk, ()), hours.get(version.pk))
        known_until = max(known_until, version.known_until or known_until)
        layers = [said[each] for each in units]
        calendar = _build(days_over(layers), hours_over(layers), version.number, known_until)
        result.append((clock.to_minute(version.recorded_at), version.number, calendar))
    return result


class _Said:
    """What one unit has said so far: of days, and of hours from a day on (None: not its own)."""

    def __init__(self) -> None:
        self.days: dict[date, tuple[Day, str]] = {}
        self.hours: dict[date, WorkHours | None] = {}

    def take(self, days: Iterable[CalendarDay], hours: CalendarHours | None) -> None:
        for row in days:
            self.days.pop(row.date, None)
            if row.kind:
                self.days[row.date] = (row.kind, row.reason)
        if hours is not None:
            self.hours[hours.since] = hours_of(hours)


def days_over(layers: Iterable[_Said]) -> tuple[SaidDay, ...]:
    """The days of all layers, a later layer over an earlier one."""
    merged: dict[date, tuple[Day, str]] = {}
    for layer in layers:
        merged |= layer.days
    return tuple((day, *merged[day]) for day in sorted(merged))


def hours_over(layers: Sequence[_Said]) -> tuple[SaidHours, ...]:
    """The hours in force from each day on which some layer changes them."""
    changes = sorted({day for layer in layers for day in layer.hours})
    return tuple((day, _hours_on(layers, day)) for day in changes)


def _hours_on(layers: Sequence[_Said], day: date) -> WorkHours:
    for layer in reversed(layers):
        begun = [since for since in layer.hours if since <= day]
        kept = layer.hours[max(begun)] if begun else None
        if kept is not None:
            return kept
    return HOURS


def hours_of(row: CalendarHours) -> WorkHours | None:
    """The hours of a row; None when it gives a department back to the agency's."""
    if row.start is None:
        return None
    return WorkHours(row.start, row.end, row.lunch_start, row.lunch_end)


@lru_cache(maxsize=64)
def _build(
    days: tuple[SaidDay, ...], hours: tuple[SaidHours, ...], version: int, known_until: date
) -> BusinessCalendar:
    return BusinessCalendar.build(
        {**production_days(), **{day: kind for day, kind, _ in days}},
        HOURS,
        settings.TIME_ZONE,
        known_until,
        version=version,
        reasons={day: Reason("decided", why, why) for day, _, why in days},
        later_hours=hours,
    )
