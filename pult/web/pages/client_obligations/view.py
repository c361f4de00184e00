"""A client's obligations as a page and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pult.clients.access import client_for
from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.choices import tell_unknown
from pult.web.pages.client_obligations.page import (
    FILES,
    SORTS,
    TESTS,
    found_rows,
    page_of,
    table_of,
)
from pult.web.tables import table_file


@access(*STAFF)
@require_safe
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    page = page_of(request.user, client_id, request.GET)
    tell_unknown(request, show=TESTS, clause=dict(page.clauses), sort=SORTS)
    return render_page(request, "client_obligations/client_obligations.html", page)


@access(*STAFF)
@require_safe
def download(request: HttpRequest, client_id: int, kind: str) -> HttpResponse:
    if kind not in FILES:
        raise Http404
    client = client_for(request.user, client_id)
    rows, *_rest = found_rows(request.user, client_id, request.GET)
    name = _("Obligations of %(client)s") % {"client": client.name}
    return table_file(kind, name.replace("/", "-"), *table_of(rows))
