"""The hours of one person as the template sees them, and its forms as actions take them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.people.actions import set_schedule, set_shift
from pult.people.actions.schedules import SCHEDULERS
from pult.people.logic.hours import Stretch, minutes_of
from pult.people.models import Schedule, Shift, User
from pult.people.queries import business_day, colleague, schedules_of, shifts_of
from pult.web.fields import Form, day_of, day_or_none
from pult.web.pages.profile.page import zones

DAYS = range(7)


@dataclass(frozen=True)
class WeekDay:
    """A place of the week's form."""

    number: int
    name: Any
    start: str
    end: str


@dataclass(frozen=True)
class WeekItem:
    """A week in force from a day on; `days` are (name, hours) and none of the department's."""

    since: date
    zone: str
    days: tuple[tuple[Any, str], ...]


@dataclass(frozen=True)
class ShiftItem:
    id: int
    day: date
    hours: str


@dataclass(frozen=True)
class HoursPage:
    """`weeks` stand the newest first, the last of them is in force; none are the department's."""

    user: User
    weeks: tuple[WeekItem, ...]
    shifts: tuple[ShiftItem, ...]
    form: tuple[WeekDay, ...]
    zones: tuple[tuple[str, Any], ...]
    zone: str
    today: date
    may_set: bool
    sent: Mapping[str, str] = field(default_factory=dict)
    problem: PultError | None = None


def hours_page(
    reader: User,
    person_id: int,
    *,
    sent: Mapping[str, str] | None = None,
    problem: PultError | None = None,
) -> HoursPage:
    """Three queries; NotVisible when there is no such person."""
    user, typed = _person(person_id), sent or {}
    weeks = schedules_of(user)
    now = next((one for one in weeks if one.since <= business_day()), None)
    zone = now.zone if now and now.week else user.zone
    return HoursPage(
        user=user,
        weeks=tuple(_week(one) for one in weeks),
        shifts=tuple(ShiftItem(one.pk, one.day, _said(_stretch(one))) for one in shifts_of(user)),
        form=tuple(_place(number, now, typed) for number in DAYS),
        zones=zones(zone),
        zone=typed.get("zone", zone),
        today=business_day(),
        may_set=not reader.roles.isdisjoint(SCHEDULERS),
        sent=typed,
        problem=problem,
    )


def schedule_as_sent(by: User, person_id: int, form: Form) -> Schedule:
    """The week of the form; a day without hours is a day off."""
    follows = form.get("follow") == "1"
    return set_schedule(
        user=_person(person_id),
        week=None if follows else [_typed(form, f"start-{n}", f"end-{n}") for n in DAYS],
        since=day_or_none(form, "since"),
        zone=str(form.get("zone", "")),
        by=by,
    )


def shift_as_sent(by: User, person_id: int, form: Form) -> Shift:
    """A day of the form; without hours nobody works."""
    return set_shift(
        user=_person(person_id),
        day=day_of(form, "day"),
        hours=_typed(form, "start", "end"),
        by=by,
    )


def shift_of(person_id: int, shift_id: int) -> Shift:
    """A day of this person that differs; NotVisible for another's."""
    found = next((one for one in shifts_of(_person(person_id)) if one.pk == shift_id), None)
    if found is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return found


def _person(person_id: int) -> User:
    user = colleague(person_id)
    if user is None:
        raise NotVisible(_("There is no such person"))
    return user


def _typed(form: Form, start: str, end: str) -> Stretch | None:
    said = [str(form.get(name, "")).strip() for name in (start, end)]
    if not any(said):
        return None
    try:
        return minutes_of(said[0]), minutes_of(said[1])
    except ValueError:
        raise BadInput(
            _("Write both hours of the day, as 11:00 and 15:30"),
            field="week",
            cure=_("Leave both empty for a day off"),
        ) from None


def _week(row: Schedule) -> WeekItem:
    week = row.week or []
    days = ((WEEKDAYS[number], _said(one)) for number, one in enumerate(week))
    return WeekItem(row.since, row.zone, tuple(days))


def _place(number: int, now: Schedule | None, typed: Mapping[str, str]) -> WeekDay:
    known = (now.week or [None] * 7)[number] if now else None
    start, end = (_clock(known[0]), _clock(known[1])) if known else ("", "")
    return WeekDay(
        number,
        WEEKDAYS[number],
        typed.get(f"start-{number}", start),
        typed.get(f"end-{number}", end),
    )


def _stretch(shift: Shift) -> Stretch | None:
    return None if shift.start is None else (shift.start, shift.end or 0)


def _said(stretch: Any) -> str:
    return f"{_clock(stretch[0])}–{_clock(stretch[1])}" if stretch else _("day off")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
