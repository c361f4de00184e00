"""Tasks by the day they are due, four weeks of them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.choices import tell_unknown
from pult.web.pages.task_calendar.page import calendar_page
from pult.web.pages.tasks.filters import offered_in


@access(*STAFF)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    page = calendar_page(request.user, request.GET)
    tell_unknown(request, "q", "day", **offered_in(request.GET))
    return render_page(request, "task_calendar/calendar.html", page)
