"""The door for every file: dropped here, recognised by its contents, sent to its own page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.answers import attempt, see_other, status_of
from pult.web.pages.imports.page import destination, hub_page, job_page
from pult.web.pages.imports.templates import TEMPLATES, template_file

ROLES = (Role.ACCOUNTANT, Role.AM, Role.EXECUTOR, Role.IT, Role.HEAD, Role.DIRECTOR)


@access(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def hub(request: HttpRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        found: list[str] = []
        problem = attempt(lambda: found.append(destination(request)))
        if problem is None:
            return see_other(found[0])
    page = hub_page(request.user, problem)
    return render_page(request, "imports/imports.html", page, status=status_of(problem))


@access(*ROLES)
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    return render_page(request, "imports/job.html", job_page(request.user, job_id))


@access(*ROLES)
@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    if name not in TEMPLATES:
        raise Http404
    response = HttpResponse(
        template_file(name),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="pult-{name}.xlsx"'
    return response
