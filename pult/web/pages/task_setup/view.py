"""What is arranged around a task: what it waits for, how it comes again, who watches."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.task_setup.acts import arrangement_of
from pult.web.pages.task_setup.page import setup_page


@access(*STAFF)
@require_safe
def setup(request: HttpRequest, task_id: int) -> HttpResponse:
    return render_page(request, "task_setup/setup.html", setup_page(request.user, task_id))


@access(*STAFF)
@require_POST
def arrange(request: HttpRequest, task_id: int, act: str) -> HttpResponse:
    """Do one of `ARRANGEMENTS`; what is refused stands on the page beside what was chosen."""
    chosen = arrangement_of(act)
    problem = attempt(lambda: chosen.do(request.user, task_id, request.POST))
    if problem is None:
        return done(request, chosen.words, to=reverse("task", args=[task_id]))
    page = setup_page(request.user, task_id, problem=problem, typed=request.POST)
    return render_page(request, "task_setup/setup.html", page, status=status_of(problem))
