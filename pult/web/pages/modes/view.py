"""How loud each clause is for each team, and since when anything is asked at all."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.people.queries import acting_role
from pult.regulation.modes import set_go_live, set_mode
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import day_of
from pult.web.pages.modes.page import (
    first_days_page,
    looked_at,
    mode_of,
    mode_page,
    modes_page,
    scope_of,
    team_of,
)

SIGNERS = (Role.HEAD, Role.DIRECTOR)


@access(*SIGNERS)
@require_GET
def modes(request: HttpRequest) -> HttpResponse:
    return render_page(request, "modes/modes.html", modes_page())


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def mode(request: HttpRequest, clause: str) -> HttpResponse:
    if request.method == "GET":
        return render_page(request, "modes/mode.html", mode_page(clause, request.GET))
    form = request.POST
    problem = attempt(
        lambda: set_mode(
            clause=clause,
            mode=mode_of(form),
            team=team_of(form),
            since=day_of(form, "since"),
            reason=form.get("reason", ""),
            by=request.user,
            role=acting_role(request.user, *SIGNERS),
        )
    )
    if problem is None:
        return done(request, _("The mode is signed"), to=f"{reverse('modes')}#{clause}")
    page = mode_page(clause, form, problem)
    return render_page(request, "modes/mode.html", page, status=status_of(problem))


@access(*SIGNERS)
@require_http_methods(["GET", "POST"])
def first_days(request: HttpRequest) -> HttpResponse:
    """The days set so far; a GET with a day and a scope shows what it would ask, POST sets it."""
    if request.method == "POST":
        form = request.POST
        problem = attempt(
            lambda: set_go_live(
                on=day_of(form, "on"),
                scope=scope_of(form),
                by=request.user,
                role=acting_role(request.user, *SIGNERS),
            )
        )
        if problem is None:
            return done(request, _("The first day is set"), to=reverse("go_live"))
        page = first_days_page(form, problem)
    else:
        page = looked_at(request.GET)
    return render_page(request, "modes/first_days.html", page, status=status_of(page.problem))
