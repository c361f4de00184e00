"""Everything at stake with a client on one page that prints."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.pages.negotiation.page import negotiation_page


@access(*STAFF)
@require_GET
def negotiation(request: HttpRequest, client_id: int) -> HttpResponse:
    """What to have before one's eyes when talking terms."""
    page = negotiation_page(request.user, client_id)
    return render_page(request, "negotiation/negotiation.html", page)
