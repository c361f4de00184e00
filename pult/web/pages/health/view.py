"""Is the ledger true, is the worker keeping up, do the feeds run."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.pages.health.page import health_page


@access(Role.HEAD, Role.DIRECTOR, Role.IT)
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    return render_page(request, "health/health.html", health_page(request.user))
