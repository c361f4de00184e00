"""Contractors: prices of their tasks, what was accepted, the acts that count it up."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.contractors.page import (
    act_page,
    act_typed,
    contractor_page,
    contractors_page,
    price_page,
    price_typed,
)
from pult.work.actions.prices import COUNTERS

FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(*COUNTERS)
@require_safe
def contractors(request: HttpRequest) -> HttpResponse:
    return render_page(request, "contractors/contractors.html", contractors_page())


@access(*COUNTERS)
@FORM
def contractor(request: HttpRequest, person_id: int) -> HttpResponse:
    """Accepted work of some days; a POST makes an act of what was chosen."""
    problem, made = None, []
    if request.method == "POST":
        problem = attempt(lambda: made.append(act_typed(request.user, person_id, request.POST)))
        if problem is None:
            here = reverse("contractor_act", args=[made[0].pk])
            return done(request, _("The act is made"), to=here)
    given = request.POST if problem else request.GET
    page = contractor_page(person_id, given, problem)
    return render_page(request, "contractors/contractor.html", page, status=status_of(problem))


@access(*COUNTERS, Role.CONTRACTOR)
@require_safe
def act(request: HttpRequest, act_id: int) -> HttpResponse:
    """An act to be printed; a contractor opens their own."""
    return render_page(request, "contractors/act.html", act_page(request.user, act_id))


@access(*STAFF)
@FORM
def price(request: HttpRequest, task_id: int) -> HttpResponse:
    """The price of a contractor's task, for whoever answers for it."""
    page = price_page(request.user, task_id)
    if request.method == "POST":
        problem = attempt(lambda: price_typed(request.user, task_id, request.POST))
        if problem is None:
            here = reverse("task", args=[task_id])
            return done(request, _("The price is agreed on"), to=here)
        page = price_page(request.user, task_id, typed=request.POST, problem=problem)
    status = status_of(page.problem)
    return render_page(request, "contractors/price.html", page, status=status)
