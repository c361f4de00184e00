"""Who works here: people, dated roles, absences, duties, and how many clients one may hold."""

from pult.people.models.day import CarryOver, DayClose, DayDecision, DayNotice
from pult.people.models.limits import ClientLimit
from pult.people.models.schedules import Schedule, Shift
from pult.people.models.strengths import Strength
from pult.people.models.topics import Topic
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
    "CarryOver",
    "ClientLimit",
    "DayClose",
    "DayDecision",
    "DayNotice",
    "Department",
    "DutyPerson",
    "RoleGrant",
    "Schedule",
    "Shift",
    "Strength",
    "Team",
    "Topic",
    "User",
    "UserManager",
]
