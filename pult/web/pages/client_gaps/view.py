"""What the cards of clients lack."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.ui.render import render_page
from pult.web.pages.client_gaps.page import gaps_page


@access("am", "head", "director")
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """By manager, and client by client."""
    return render_page(request, "client_gaps/gaps.html", gaps_page(request.user, request.GET))
