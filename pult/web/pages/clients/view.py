"""The list of clients, its file, its saved views and what is done to many at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.kernel.access import access
from pult.kernel.errors import PultError
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web import saved_views
from pult.web.answers import see_other
from pult.web.choices import tell_unknown
from pult.web.pages.clients import bulk, export
from pult.web.pages.clients.filters import offered_to
from pult.web.pages.clients.page import clients_page
from pult.web.refusals import refused


@access(*STAFF)
@require_GET
def clients(request: HttpRequest) -> HttpResponse:
    """Clients this person sees, found as they type."""
    tell_unknown(request, "q", **offered_to(request.user, request.GET))
    return render_page(request, "clients/clients.html", clients_page(request.user, request.GET))


@access(*STAFF)
@require_GET
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The filtered list whole, as a CSV or XLSX file."""
    return export.answer(request.user, request.GET, kind)


@access("head", "director")
@require_POST
def assignment(request: HttpRequest) -> HttpResponse:
    """Put one manager in charge of every chosen client that has none."""
    return _done(request, bulk.assign_all)


@access("am", "head", "director")
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Pause every chosen client."""
    return _done(request, bulk.pause_all)


@access(*STAFF)
@require_POST
def views(request: HttpRequest) -> HttpResponse:
    """Save the list as it stands."""
    asked = request.POST
    try:
        view = saved_views.save_view(
            by=request.user,
            page="clients",
            name=asked.get("name", ""),
            query=asked.get("query", ""),
            pinned="pinned" in asked,
            role=asked.get("role", ""),
        )
    except PultError as problem:
        messages.error(request, str(problem))
        return see_other("clients", query=asked.get("query", ""))
    messages.success(request, _("View “%(name)s” is saved") % {"name": view.name})
    return see_other("clients", query=view.query)


@access(*STAFF)
@require_POST
def view_removal(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a saved view."""
    view = saved_views.remove_view(by=request.user, view_id=view_id)
    messages.success(request, _("View “%(name)s” is removed") % {"name": view.name})
    return see_other("clients", query=view.query)


@access(*STAFF)
@require_POST
def view_pin(request: HttpRequest, view_id: int) -> HttpResponse:
    """Keep a view in front, or among the others again."""
    view = saved_views.pin_view(
        by=request.user, view_id=view_id, pinned=request.POST.get("pinned") == "1"
    )
    return see_other("clients", query=view.query)


def _done(request: HttpRequest, act: bulk.Act) -> HttpResponse:
    try:
        outcome = act(request.user, request.POST)
    except PultError as problem:
        messages.error(request, str(problem))
    else:
        for word in outcome.refused:
            messages.warning(request, word)
        if outcome.words:
            messages.success(request, outcome.words)
        if outcome.elsewhere:
            return refused(request, outcome.elsewhere)
    return see_other("clients", query=request.POST.get("query", ""))
