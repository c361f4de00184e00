"""Who works here: people, dated roles, absences, duties, and how many clients one may hold."""

from pult.people.models.limits import ClientLimit
from pult.people.models.who import (
    PROFILE_FIELDS,
    Absence,
    Department,
    DutyPerson,
    RoleGrant,
    Team,
    User,
    UserManager,
)

__all__ = [
    "PROFILE_FIELDS",
    "Absence",
    "ClientLimit",
    "Department",
    "DutyPerson",
    "RoleGrant",
    "Team",
    "User",
    "UserManager",
]
