"""The working day of a person: said in the morning, closed in the evening."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.people.actions.absences import NOTERS
from pult.people.actions.decisions import take_back_decision
from pult.people.actions.lateness import take_back_lateness
from pult.people.actions.notices import take_back_notice
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.day_close.page import notice_seen, working_day_page
from pult.web.pages.day_close.sending import (
    close_as_sent,
    decision_as_sent,
    lateness_as_sent,
    notice_as_sent,
    read_as_sent,
)
from pult.web.pages.day_close.team import day_people_page


@access(*STAFF)
@require_GET
def working_day(request: HttpRequest) -> HttpResponse:
    return render_page(request, "day_close/day.html", working_day_page(request.user))


@access(Role.AM)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Sign the day; what has no reason yet comes back with everything typed."""
    problem = attempt(lambda: close_as_sent(request.user, request.POST))
    if problem is None:
        return done(request, _("The day is closed. Good evening!"), to=reverse("working_day"))
    page = working_day_page(request.user, sent=request.POST, problem=problem)
    return render_page(request, "day_close/day.html", page, status=status_of(problem))


@access(Role.AM)
@require_POST
def comments_read(request: HttpRequest) -> HttpResponse:
    """The person has read what their open tasks say."""
    read = read_as_sent(request.user, request.POST)
    words = ngettext("Comments of %(n)d task are read", "Comments of %(n)d tasks are read", read)
    return done(request, words % {"n": read}, to=reverse("working_day"))


@access(*STAFF)
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """Word about one's own day, or about a colleague's, told to the head by phone."""
    return _noted(request, notice_as_sent, _("It is noted and the head sees it"))


@access(*STAFF)
@require_POST
def notice_back(request: HttpRequest, notice_id: int) -> HttpResponse:
    told = notice_seen(request.user, notice_id)
    problem = attempt(lambda: take_back_notice(notice=told, by=request.user))
    if problem is None:
        return done(request, _("The notice is taken back"), to=reverse("working_day"))
    page = working_day_page(request.user, problem=problem)
    return render_page(request, "day_close/day.html", page, status=status_of(problem))


@access(*STAFF)
@require_POST
def lateness(request: HttpRequest) -> HttpResponse:
    """How many minutes late: one's own word, or the head's about a colleague."""
    return _noted(request, lateness_as_sent, _("It is noted; nothing follows from it by itself"))


@access(*STAFF)
@require_POST
def lateness_back(request: HttpRequest, fact_id: int) -> HttpResponse:
    take_back_lateness(by=request.user, fact_id=fact_id)
    return done(request, _("The word about lateness is taken back"), to=reverse("working_day"))


@access(*NOTERS)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render_page(request, "day_close/people.html", day_people_page())


@access(*NOTERS)
@require_POST
def decision(request: HttpRequest) -> HttpResponse:
    """What a head decides about a colleague's day."""
    words = _("It is decided; the colleague sees it, nothing else follows")
    return _noted(request, decision_as_sent, words)


@access(*NOTERS)
@require_POST
def decision_back(request: HttpRequest, fact_id: int) -> HttpResponse:
    take_back_decision(by=request.user, fact_id=fact_id)
    return done(request, _("The decision is taken back"), to=reverse("day_people"))


def _noted(
    request: HttpRequest, note: Callable[[Any, QueryDict], object], words: str
) -> HttpResponse:
    """A word about a day as it was sent: with somebody named it comes from the page of everybody,
    and goes back there."""
    form, of_another = request.POST, "user" in request.POST
    problem = attempt(lambda: note(request.user, form))
    if problem is None:
        return done(request, words, to=reverse("day_people" if of_another else "working_day"))
    if of_another and not request.user.roles.isdisjoint(NOTERS):
        page, template = day_people_page(sent=form, problem=problem), "day_close/people.html"
    else:
        page = working_day_page(request.user, sent=form, problem=problem)
        template = "day_close/day.html"
    return render_page(request, template, page, status=status_of(problem))
