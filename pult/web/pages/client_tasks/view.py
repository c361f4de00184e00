"""The tab of a client with what is done for them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.pages.client_tasks.page import tasks_tab


@access(*STAFF)
@require_GET
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    page = tasks_tab(request.user, client_id, request.GET)
    return render_page(request, "client_tasks/tasks.html", page)
