"""Where a contractor comes in: own tasks, and nothing of the agency around them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.pages.own_tasks.page import own_page


@access(Role.CONTRACTOR)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render_page(request, "own_tasks/own_tasks.html", own_page(request.user))
