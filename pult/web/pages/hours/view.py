"""A person's own hours: a week of them from a day on, and days that differ."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.people.actions import drop_shift
from pult.people.actions.schedules import SCHEDULERS
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.hours.page import hours_page, schedule_as_sent, shift_as_sent, shift_of


@access(*STAFF)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, person_id: int) -> HttpResponse:
    if request.method == "POST":
        return _change(
            request,
            person_id,
            lambda: schedule_as_sent(request.user, person_id, request.POST),
            _("The hours are set"),
        )
    return render_page(request, "hours/hours.html", hours_page(request.user, person_id))


@access(*SCHEDULERS)
@require_POST
def shift(request: HttpRequest, person_id: int) -> HttpResponse:
    return _change(
        request,
        person_id,
        lambda: shift_as_sent(request.user, person_id, request.POST),
        _("The day is set"),
    )


@access(*SCHEDULERS)
@require_POST
def shift_drop(request: HttpRequest, person_id: int, shift_id: int) -> HttpResponse:
    found = shift_of(person_id, shift_id)
    return _change(
        request,
        person_id,
        lambda: drop_shift(shift=found, by=request.user),
        _("The day is as the week says"),
    )


def _change(
    request: HttpRequest, person_id: int, action: Callable[[], Any], words: str
) -> HttpResponse:
    problem = attempt(action)
    if problem is None:
        return done(request, words, to=reverse("person_hours", args=[person_id]))
    page = hours_page(request.user, person_id, sent=request.POST, problem=problem)
    return render_page(request, "hours/hours.html", page, status=status_of(problem))
