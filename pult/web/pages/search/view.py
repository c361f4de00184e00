"""⌘K: people, clients, clauses and places by a few letters, in either keyboard layout."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.pages.search.page import search_page


@access(*STAFF)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    page = search_page(request.user, request.GET.get("q", ""))
    return render_page(request, "search/search.html", page)
