"""The only ways to change who works here, in which role and on which days."""

from pult.people.actions.absences import end_absence, set_absence
from pult.people.actions.deputies import end_deputy, name_deputy
from pult.people.actions.duties import set_duties, set_duty
from pult.people.actions.limits import set_client_limit
from pult.people.actions.people import (
    accept_invitation,
    hire,
    part_with,
    set_department,
    set_profile,
)
from pult.people.actions.roles import end_role, grant_role
from pult.people.actions.teams import add_team, close_team, rename_team

__all__ = [
    "accept_invitation",
    "add_team",
    "close_team",
    "end_absence",
    "end_deputy",
    "end_role",
    "grant_role",
    "hire",
    "name_deputy",
    "part_with",
    "rename_team",
    "set_absence",
    "set_client_limit",
    "set_department",
    "set_duties",
    "set_duty",
    "set_profile",
]
