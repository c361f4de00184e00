"""Who answers clients on days when the rest are off."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pult.kernel.access import access
from pult.kernel.calendar import day_index
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import STAFF, Role
from pult.people.actions import set_duty
from pult.people.actions.duties import PLANNERS
from pult.people.models import User
from pult.people.queries import (
    business_day,
    colleague,
    duties_between,
    freed_duties,
    who_answers_clients,
)
from pult.regulation.calendars import current_calendar
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class DutyDay:
    """`freed` is whose day it was until they left."""

    day: date
    user: User | None
    freed: str = ""


@dataclass(frozen=True)
class DutyPage:
    """The days off of the next two months and who is on duty."""

    days: tuple[DutyDay, ...]
    people: tuple[tuple[str, Any], ...]
    may_plan: bool
    problem: PultError | None


@access(*STAFF)
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: _set(request))
        if problem is None:
            return done(request, _("The duty is set"), to=reverse("duties"))
    page = duty_page(request.user, problem)
    return render_page(request, "people/duty.html", page, status=status_of(problem))


def _set(request: HttpRequest) -> None:
    user = colleague(request.POST.get("user", ""))
    if user is None:
        raise BadInput(_("Choose a person"), field="user")
    set_duty(day=day_of(request.POST, "day"), user=user, by=request.user)


def duty_page(reader: User, problem: PultError | None = None) -> DutyPage:
    """Days off from today on; four queries, six when somebody left their days."""
    today = business_day()
    calendar, first = current_calendar(), day_index(today)
    records = calendar.explain_days(first, first + AHEAD.days)
    on_duty, freed = duties_between(today, today + AHEAD), dict(freed_duties())
    return DutyPage(
        days=tuple(
            DutyDay(record.date, on_duty.get(record.date), freed.get(record.date, ""))
            for record in records
            if record.kind == "off"
        ),
        people=who_answers_clients(),
        may_plan=bool(reader.roles & {Role(role).value for role in PLANNERS}),
        problem=problem,
    )
