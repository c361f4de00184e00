"""The list of tasks, its file, its saved views and what is done to many at once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.errors import PultError, Refusal
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import see_other
from pult.web.choices import tell_unknown
from pult.web.pages.tasks.alerts import change_view, keep_view
from pult.web.pages.tasks.bulk import change_chosen
from pult.web.pages.tasks.export import tasks_file
from pult.web.pages.tasks.filters import offered_in
from pult.web.pages.tasks.page import tasks_page
from pult.web.tables import TYPES


@access(*STAFF)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, "q", "day", **offered_in(request.GET))
    return render_page(request, "tasks/tasks.html", tasks_page(request.user, request.GET))


@access(*STAFF)
@require_GET
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The filtered list whole, as a CSV or XLSX file."""
    if kind not in TYPES:
        raise Http404
    return tasks_file(request.user, request.GET, kind)


@access(*STAFF)
@require_POST
def changes(request: HttpRequest) -> HttpResponse:
    """Change every chosen task; those that refuse are named, the others are done."""
    try:
        outcome = change_chosen(request.user, request.POST)
    except PultError as problem:
        messages.error(request, str(problem))
    else:
        for word in outcome.refused:
            messages.warning(request, word)
        if outcome.words:
            messages.success(request, outcome.words)
    return see_other("tasks", query=request.POST.get("query", ""))


@access(*STAFF)
@require_POST
def views(request: HttpRequest) -> HttpResponse:
    """Save the list as it stands."""
    try:
        view = keep_view(request.user, request.POST)
    except PultError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("View “%(name)s” is saved") % {"name": view.name})
    return see_other("tasks", query=request.POST.get("query", ""))


@access(*STAFF)
@require_POST
def view_change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove one's view, be told of what is new in it or no more, or say that one has looked."""
    try:
        view, words = change_view(request.user, view_id, request.POST)
    except Refusal as problem:
        messages.error(request, str(problem))
        return see_other("tasks")
    messages.success(request, words % {"name": view.name})
    return see_other("tasks", query=view.query)
