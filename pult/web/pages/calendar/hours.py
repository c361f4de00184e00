"""The hours a unit keeps: a form with a first day and a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pult.kernel import clock
from pult.kernel.access import access
from pult.kernel.calendar import WorkHours, day_index
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.people.queries import acting_role
from pult.regulation.calendar_edits import sign_hours
from pult.regulation.calendars import AGENCY, CLIENTS, current_calendar
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of, one_of
from pult.web.pages.calendar.page import hours_words, unit_of, units

SIGNERS = (Role.HEAD, Role.DIRECTOR)
FIELDS = ("start", "lunch_start", "lunch_end", "end")
AS_AGENCY = "agency"


@dataclass(frozen=True)
class HoursPage:
    """The hours in force and the form. `own`: a department, which may follow the agency again;
    `counts`: deadlines count on these hours."""

    unit: str
    unit_name: str
    own: bool
    counts: bool
    now: str
    values: Mapping[str, str]
    since: str
    earliest: date
    reason: str
    back: str
    problem: PultError | None


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    unit, form, problem = unit_of(request.GET), request.POST, None
    if request.method == "POST":
        problem = attempt(
            lambda: sign_hours(
                unit=unit,
                since=day_of(form, "since"),
                hours=hours_of_form(form),
                reason=form.get("reason", ""),
                by=request.user,
                role=acting_role(request.user, *SIGNERS),
            )
        )
        if problem is None:
            back = reverse("calendar") + f"?unit={unit}"
            return done(request, _("The hours are signed"), to=back)
    page = hours_page(unit, form, problem)
    return render_page(request, "calendar/hours.html", page, status=status_of(problem))


def hours_page(unit: str, sent: Mapping[str, str], problem: PultError | None = None) -> HoursPage:
    """The form with what was typed so far."""
    today = clock.today(settings.TIME_ZONE)
    kept = current_calendar(unit).hours_on(day_index(today))
    return HoursPage(
        unit=unit,
        unit_name=units()[unit],
        own=unit != AGENCY,
        counts=unit in (AGENCY, CLIENTS),
        now=hours_words(kept),
        values={name: sent.get(name) or f"{getattr(kept, name):%H:%M}" for name in FIELDS},
        since=sent.get("since", ""),
        earliest=today,
        reason=sent.get("reason", ""),
        back=reverse("calendar") + f"?unit={unit}",
        problem=problem,
    )


def hours_of_form(form: Mapping[str, str]) -> WorkHours | None:
    """The hours typed, None for "as the agency"; BadInput when they are out of order."""
    if one_of(form, "whose", ("", AS_AGENCY)):
        return None
    told = {name: _time(form, name) for name in FIELDS}
    try:
        return WorkHours(**told)
    except ValueError:
        raise BadInput(
            _("The hours are out of order"),
            field="start",
            cure=_("The day runs: start, lunch, end of lunch, end; equal lunch times mean none"),
        ) from None


def _time(form: Mapping[str, str], field: str) -> time:
    try:
        return time.fromisoformat(form.get(field, "").strip()).replace(second=0, microsecond=0)
    except ValueError:
        raise BadInput(_("Enter a time as 11:00"), field=field) from None
