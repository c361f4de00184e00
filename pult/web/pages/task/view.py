"""One task: what is asked for, where it stands, and everything that is done to it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import STAFF, Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.task.acts import act_of
from pult.web.pages.task.changes import change_task, changes_page
from pult.web.pages.task.page import task_page
from pult.work.queries import task_file


@access(*STAFF, Role.CONTRACTOR)
@require_safe
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    return render_page(request, "task/task.html", task_page(request.user, task_id))


@access(*STAFF, Role.CONTRACTOR)
@require_POST
def act(request: HttpRequest, task_id: int, act: str) -> HttpResponse:
    """Do one of `ACTS`; what is refused stands on the page beside what was typed."""
    chosen = act_of(act)
    problem = attempt(lambda: chosen.do(request, task_id))
    if problem is None:
        return done(request, chosen.words, to=reverse("task", args=[task_id]))
    page = task_page(request.user, task_id, problem=problem, act=act, typed=request.POST)
    return render_page(request, "task/task.html", page, status=status_of(problem))


@access(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, task_id: int) -> HttpResponse:
    """Change what is asked for; of a bounced task this mends it and its clock runs on."""
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: change_task(request.user, task_id, request.POST))
        if problem is None:
            here = reverse("task", args=[task_id])
            return done(request, _("The task is changed"), to=here)
    page = changes_page(request.user, task_id, typed=request.POST, problem=problem)
    return render_page(request, "task/changes.html", page, status=status_of(problem))


@access(*STAFF, Role.CONTRACTOR)
@require_safe
def file(request: HttpRequest, task_id: int, file_id: int) -> HttpResponse:
    """A file of the task, always as a download: what a person brought is never run here."""
    name, content = task_file(request.user, task_id, file_id)
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
