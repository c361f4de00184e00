"""Deals, words and files of a client from before Pult: to be read, never changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from pult.integrations.migration.queries import FormerPage, former_file, former_of
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.pages.client.head import Head, head_of

# Old words may be about people: whoever runs ads for the client has no need of them.
ROLES = (Role.AM, Role.SALES, Role.HEAD, Role.DIRECTOR)


@dataclass(frozen=True)
class BeforePage:
    head: Head
    former: FormerPage


@access(*ROLES)
@require_safe
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    page = BeforePage(
        head_of(request.user, client_id, "client_before"), former_of(request.user, client_id)
    )
    return render_page(request, "client_before/before.html", page)


@access(*ROLES)
@require_safe
def file(request: HttpRequest, client_id: int, note_id: int) -> HttpResponse:
    """A file that came with the client, always as a download: nothing of it is run here."""
    name, content = former_file(request.user, client_id, note_id)
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
