"""The escalation inbox."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.pages.escalations.page import escalations_page


@access(Role.HEAD, Role.DIRECTOR, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render_page(request, "escalations/escalations.html", escalations_page(request.user))
