"""Moving clients in: dropped, columns confirmed, doubles decided, brought in, undone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.clients.actions.movein import UndoReport, undo_import
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web import drops
from pult.web.answers import attempt, done, see_other, status_of
from pult.web.pages.import_clients import page as pages
from pult.web.pages.import_clients.planning import go_on, keep_plan, start

ROLES = (Role.HEAD, Role.DIRECTOR)


@access(*ROLES)
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    page = pages.batches_page(request.user)
    return render_page(request, "import_clients/import_clients.html", page)


@access(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, sha256: str) -> HttpResponse:
    """The dry run; POST brings in what it shows."""
    drop = drops.dropped(request, sha256)
    problem = None
    if request.method == "POST":
        answers: list[HttpResponse] = []
        problem = attempt(lambda: answers.append(start(request, drop)))
        if problem is None:
            return answers[0]
    page = pages.preview_page(request.user, drop, problem)
    status = 200 if page.must_choose else status_of(page.problem)
    return render_page(request, "import_clients/preview.html", page, status=status)


@access(*ROLES)
@require_POST
def columns(request: HttpRequest, sha256: str) -> HttpResponse:
    drop = drops.dropped(request, sha256)
    chosen: list[dict[str, int]] = []
    problem = attempt(lambda: chosen.append(pages.given_columns(drop, request.POST)))
    if problem is None:
        drops.say(request, sha256, columns=chosen[0], decisions=None)
        return see_other(reverse("import_clients_file", args=[sha256]))
    page = pages.preview_page(request.user, drop, problem)
    return render_page(request, "import_clients/preview.html", page, status=422)


@access(*ROLES)
@require_POST
def plan(request: HttpRequest, sha256: str) -> HttpResponse:
    """Keep the days and the answers about doubles, and look again."""
    drop = drops.dropped(request, sha256)
    problem = attempt(lambda: keep_plan(request, drop))
    if problem is None:
        return see_other(reverse("import_clients_file", args=[sha256]))
    page = pages.preview_page(request.user, drop, problem)
    return render_page(request, "import_clients/preview.html", page, status=422)


@access(*ROLES)
@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    page = pages.batch_page(request.user, batch_id)
    return render_page(request, "import_clients/batch.html", page)


@access(*ROLES)
@require_POST
def resume(request: HttpRequest, batch_id: int) -> HttpResponse:
    pages.batch_page(request.user, batch_id)
    return go_on(request, batch_id)


@access(*ROLES)
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    pages.batch_page(request.user, batch_id)
    report: UndoReport = undo_import(by=request.user, batch_id=batch_id)
    words = ngettext("%(n)s client taken back.", "%(n)s clients taken back.", report.undone) % {
        "n": report.undone
    }
    if report.kept:
        stayed = ngettext("%(n)s client stays.", "%(n)s clients stay.", len(report.kept))
        words = f"{words} {stayed % {'n': len(report.kept)}}"
    return done(request, words, to=reverse("import_batch", args=[batch_id]))
