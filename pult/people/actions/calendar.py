"""The agency's own days off, working hours and who is on duty."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import require
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.models import DayOff, Department, DutyPerson, User
from pult.people.queries import acting_role

PLANNERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)


def set_day_off(
    *, day: date, by: User | None, department: Department | None = None, note: str = ""
) -> DayOff:
    """Make `day` a day off of one department or of the whole agency."""
    require(by, *PLANNERS)
    with acting(0):
        row, is_new = DayOff.objects.get_or_create(
            day=day, department=department, defaults={"note": note}
        )
        if is_new:
            _note("day_off_set", by, _of(department), day=day.isoformat())
    return row


def cancel_day_off(*, day_off: DayOff, by: User | None) -> None:
    """Make it an ordinary day again."""
    require(by, *PLANNERS)
    with acting(0):
        _note("day_off_cancelled", by, _of(day_off.department), day=day_off.day.isoformat())
        day_off.delete()


def set_hours(
    *,
    department: Department,
    start: time,
    end: time,
    lunch_start: time,
    lunch_end: time,
    by: User | None,
) -> Department:
    """Change the hours of a department; BadInput unless start ≤ lunch ≤ end."""
    require(by, *PLANNERS)
    if not start <= lunch_start <= lunch_end <= end or start == end:
        raise BadInput(_("The hours are out of order"), field="start")
    hours = {"start": start, "end": end, "lunch_start": lunch_start, "lunch_end": lunch_end}
    with acting(0):
        for name, value in hours.items():
            setattr(department, name, value)
        department.save(update_fields=list(hours))
        written = {name: f"{value:%H:%M}" for name, value in hours.items()}
        _note("hours_changed", by, {"department": department.pk}, **written)
    return department


def set_duty(*, day: date, user: User, by: User | None) -> DutyPerson:
    """Name who answers clients on a day off; naming another replaces the first."""
    require(by, *PLANNERS)
    with acting(0):
        duty, _is_new = DutyPerson.objects.update_or_create(day=day, defaults={"user": user})
        _note("duty_set", by, {"person": user.pk}, day=day.isoformat())
    return duty


def set_duties(*, duties: Mapping[date, User], by: User | None) -> None:
    """Name who answers clients on several days off at once: all of them or none."""
    with acting(0):
        for day, user in duties.items():
            set_duty(day=day, user=user, by=by)


def _of(department: Department | None) -> dict[str, int]:
    return {"department": department.pk} if department else {}


def _note(kind: str, by: User | None, refs: dict[str, int], **payload: Any) -> None:
    record(kind, root_id=0, refs=refs, by=by, role=acting_role(by, *PLANNERS), payload=payload)
