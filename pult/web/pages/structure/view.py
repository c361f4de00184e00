"""Departments, teams and who leads how many."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.people.actions import add_team, close_team, rename_team
from pult.people.actions.teams import FORMERS
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.structure.page import department_in, structure_page, team_called


@access(*STAFF)
@require_GET
def structure(request: HttpRequest) -> HttpResponse:
    return render_page(request, "structure/structure.html", structure_page(request.user))


@access(*FORMERS)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = request.POST
    return _change(
        request,
        lambda: add_team(
            name=form.get("name", ""), department=department_in(form), by=request.user
        ),
        _("The team is formed"),
    )


@access(*FORMERS)
@require_POST
def rename(request: HttpRequest, team_id: int) -> HttpResponse:
    team, form = team_called(team_id), request.POST
    return _change(
        request,
        lambda: rename_team(
            team=team, name=form.get("name", ""), was=form.get("was", ""), by=request.user
        ),
        _("The team is renamed"),
    )


@access(*FORMERS)
@require_POST
def close(request: HttpRequest, team_id: int) -> HttpResponse:
    team = team_called(team_id)
    return _change(request, lambda: close_team(team=team, by=request.user), _("The team is closed"))


def _change(request: HttpRequest, action: Callable[[], Any], words: str) -> HttpResponse:
    problem = attempt(action)
    if problem is None:
        return done(request, words, to=reverse("structure"))
    page = structure_page(request.user, sent=request.POST, problem=problem)
    return render_page(request, "structure/structure.html", page, status=status_of(problem))
