"""The production calendar: a year at a glance, and a day edited with a reason."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.people.queries import acting_role
from pult.regulation.calendar_edits import edit_calendar
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.choices import tell_unknown
from pult.web.fields import day_or_none
from pult.web.pages.calendar.page import (
    YEARS,
    calendar_page,
    day_page,
    this_year,
    unit_of,
    units,
)
from pult.web.pages.calendar.preview import day_of_text, edit_preview

SIGNERS = (Role.HEAD, Role.DIRECTOR)


@access(*STAFF)
@require_GET
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    year = year or this_year()
    if year not in YEARS:
        raise Http404
    page = calendar_page(request.user, year, unit_of(request.GET))
    tell_unknown(request, unit=units())
    return render_page(request, "calendar/calendar.html", page)


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, day: str) -> HttpResponse:
    date, unit = day_of_text(day), unit_of(request.GET)
    problem, form = None, request.POST
    if request.method == "POST" and (page := edit_preview(date, unit, form)):
        return render_page(request, "calendar/day.html", page)
    if request.method == "POST":
        problem = attempt(
            lambda: edit_calendar(
                day=date,
                kind=form.get("kind", ""),
                reason=form.get("reason", ""),
                unit=unit,
                known_until=day_or_none(form, "known_until"),
                by=request.user,
                role=acting_role(request.user, *SIGNERS),
            )
        )
        if problem is None:
            back = reverse("calendar_year", args=[date.year]) + f"?unit={unit}"
            return done(request, _("The calendar has a new version"), to=back)
    page = day_page(date, unit, form, problem)
    return render_page(request, "calendar/day.html", page, status=status_of(problem))
