"""The only ways to change who works here, in which role and on which days."""

from pult.people.actions.absences import end_absence, set_absence
from pult.people.actions.calendar import (
    cancel_day_off,
    set_day_off,
    set_duties,
    set_duty,
    set_hours,
)
from pult.people.actions.people import (
    accept_invitation,
    hire,
    part_with,
    set_department,
    set_profile,
)
from pult.people.actions.roles import end_role, grant_role

__all__ = [
    "accept_invitation",
    "cancel_day_off",
    "end_absence",
    "end_role",
    "grant_role",
    "hire",
    "part_with",
    "set_absence",
    "set_day_off",
    "set_department",
    "set_duties",
    "set_duty",
    "set_hours",
    "set_profile",
]
