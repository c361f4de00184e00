"""Who has how much to do on which day; a head sees the departments they lead."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.pages.task_load.page import load_page


@access(*STAFF)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return render_page(request, "task_load/load.html", load_page(request.user, request.GET))
