"""The tabs of a client."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import MONEY, STAFF
from pult.ui.render import render_page
from pult.web.pages.client import page as pages
from pult.web.pages.client.money import money_page


@access(*STAFF)
@require_GET
def client(request: HttpRequest, client_id: int) -> HttpResponse:
    """Who it is, what is owed, whom to call."""
    return render_page(
        request, "client/overview.html", pages.overview_page(request.user, client_id)
    )


@access(*STAFF)
@require_GET
def peek(request: HttpRequest, client_id: int) -> HttpResponse:
    """The client beside a list."""
    return render_page(request, "client/peek.html", pages.peek_page(request.user, client_id))


@access(*MONEY)
@require_GET
def money(request: HttpRequest, client_id: int) -> HttpResponse:
    """Balances, forecasts, invoices, payments."""
    return render_page(request, "client/money.html", money_page(request.user, client_id))


@access(*STAFF)
@require_GET
def lines(request: HttpRequest, client_id: int) -> HttpResponse:
    """Service lines."""
    return render_page(request, "client/lines.html", pages.lines_page(request.user, client_id))


@access(*STAFF)
@require_GET
def line(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """One service line and what can be done with it."""
    page = pages.line_page(request.user, client_id, line_id)
    return render_page(request, "client/line.html", page)


@access(*STAFF)
@require_GET
def people(request: HttpRequest, client_id: int) -> HttpResponse:
    """The client's people."""
    return render_page(request, "client/people.html", pages.people_page(request.user, client_id))


@access(*MONEY)
@require_GET
def requisites(request: HttpRequest, client_id: int) -> HttpResponse:
    """Payers, contracts, brands and sites."""
    page = pages.requisites_page(request.user, client_id)
    return render_page(request, "client/requisites.html", page)


@access(*STAFF)
@require_GET
def timeline(request: HttpRequest, client_id: int) -> HttpResponse:
    """What happened, the newest first."""
    page = pages.timeline_page(request.user, client_id, request.GET.get("before", ""))
    return render_page(request, "client/timeline.html", page)
