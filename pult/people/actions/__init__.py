"""The only ways to change who works here, in which role and on which days."""

from pult.people.actions.absences import end_absence, set_absence
from pult.people.actions.day import close_day, days_lapse
from pult.people.actions.decisions import decide_day, take_back_decision
from pult.people.actions.deputies import end_deputy, name_deputy
from pult.people.actions.doors import close_doors, open_doors, send_invitation
from pult.people.actions.duties import set_duties, set_duty
from pult.people.actions.exports import note_export
from pult.people.actions.lateness import note_lateness, take_back_lateness
from pult.people.actions.limits import set_client_limit
from pult.people.actions.notices import give_notice, take_back_notice
from pult.people.actions.people import (
    accept_invitation,
    hire,
    part_with,
    set_department,
    set_profile,
)
from pult.people.actions.roles import end_role, grant_role
from pult.people.actions.schedules import drop_shift, set_schedule, set_shift
from pult.people.actions.strengths import set_strengths
from pult.people.actions.teams import add_team, close_team, rename_team
from pult.people.actions.topics import close_topic, set_topic

__all__ = [
    "accept_invitation",
    "add_team",
    "close_day",
    "close_doors",
    "close_team",
    "close_topic",
    "days_lapse",
    "decide_day",
    "drop_shift",
    "end_absence",
    "end_deputy",
    "end_role",
    "give_notice",
    "grant_role",
    "hire",
    "name_deputy",
    "note_export",
    "note_lateness",
    "open_doors",
    "part_with",
    "rename_team",
    "send_invitation",
    "set_absence",
    "set_client_limit",
    "set_department",
    "set_duties",
    "set_duty",
    "set_profile",
    "set_schedule",
    "set_shift",
    "set_strengths",
    "set_topic",
    "take_back_decision",
    "take_back_lateness",
    "take_back_notice",
]
