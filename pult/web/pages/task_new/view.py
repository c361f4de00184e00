"""Setting a task: the client, the form of the department, its fields."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.task_new.page import new_page, set_typed


@access(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    given, problem, made = request.GET, None, []
    if request.method == "POST":
        given = request.POST
        problem = attempt(lambda: made.append(set_typed(request.user, given)))
        if problem is None:
            return _made(request, made[0])
    page = new_page(request.user, given, problem)
    return render_page(request, "task_new/task_new.html", page, status=status_of(problem))


def _made(request: HttpRequest, task: Any) -> HttpResponse:
    return done(request, _("The task is set"), to=reverse("task", args=[task.pk]))
