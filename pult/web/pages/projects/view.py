"""Projects of clients by department, and one of them over time."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.projects.page import PLANNERS, new_page, project_page, projects_page
from pult.web.pages.projects.typed import edit_typed, open_typed
from pult.work.actions import end_project


@access(*STAFF)
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    return render_page(request, "projects/projects.html", projects_page(request.user, request.GET))


@access(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    given, problem, made = request.GET, None, []
    if request.method == "POST":
        given = request.POST
        problem = attempt(lambda: made.append(open_typed(request.user, given)))
        if problem is None:
            there = reverse("project", args=[made[0].pk])
            return done(request, _("The project is open"), to=there)
    page = new_page(request.user, given, problem)
    return render_page(request, "projects/new.html", page, status=status_of(problem))


@access(*STAFF)
@require_GET
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    page = project_page(request.user, project_id)
    return render_page(request, "projects/project.html", page)


@access(*PLANNERS)
@require_POST
def changes(request: HttpRequest, project_id: int) -> HttpResponse:
    """Change the title or who controls the deadlines."""
    problem = attempt(lambda: edit_typed(request.user, project_id, request.POST))
    return _answer(request, project_id, problem, _("The project is changed"))


@access(*PLANNERS)
@require_POST
def end(request: HttpRequest, project_id: int) -> HttpResponse:
    """End a project without open tasks."""
    problem = attempt(lambda: end_project(by=request.user, project_id=project_id))
    return _answer(request, project_id, problem, _("The project has ended"))


def _answer(request: HttpRequest, project_id: int, problem, words: str) -> HttpResponse:
    if problem is None:
        return done(request, words, to=reverse("project", args=[project_id]))
    page = project_page(request.user, project_id, problem=problem, typed=request.POST)
    return render_page(request, "projects/project.html", page, status=status_of(problem))
