"""What there is to read where somebody works: at a client, at a task, in one's own day.

Pages by themselves, too; those that show them ask for the partial `near` once they are drawn.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pult.clients.models import ServiceLine
from pult.clients.queries import client_header
from pult.kernel.access import access
from pult.kernel.errors import PultError
from pult.kernel.roles import STAFF
from pult.knowledge.actions import TELLERS, concern_client
from pult.knowledge.queries import EntryRow, in_care, near_client, near_service, to_choose
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import id_in, not_offered, one_of

NEAR = "knowledge/near.html"


@dataclass(frozen=True)
class NearPage:
    """`said` are the ids of those somebody said concern the client; `offered` (id, words) of those
    one may add."""

    title: str
    rows: tuple[EntryRow, ...]
    client_id: int | None = None
    client: str = ""
    said: frozenset[int] = frozenset()
    offered: tuple[tuple[int, str], ...] = ()
    may_say: bool = False
    is_care: bool = False
    problem: PultError | None = None


@access(*STAFF)
@require_safe
def of_service(request: HttpRequest, service: str) -> HttpResponse:
    """What is known of a service; for a task of it."""
    if service not in ServiceLine.Tool.values:
        raise Http404
    title = str(ServiceLine.Tool(service).label)
    return render_page(request, NEAR, NearPage(title, near_service(service)))


@access(*STAFF)
@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """What the reader keeps and was to check again by now; for their day."""
    title = _("Check what you keep")
    return render_page(request, NEAR, NearPage(title, in_care(request.user), is_care=True))


@access(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def of_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """What concerns a client: its services, and the industry and competitors somebody named."""
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: _say(request, client_id))
        if problem is None:
            here = reverse("client_knowledge", args=[client_id])
            return done(request, _("Noted"), to=here)
    page = _client_page(request, client_id, problem)
    return render_page(request, NEAR, page, status=status_of(problem))


def _client_page(request: HttpRequest, client_id: int, problem: PultError | None) -> NearPage:
    rows, said = near_client(request.user, client_id)
    is_part = request.headers.get("HX-Target") == "near"
    may_say = not request.user.roles.isdisjoint(TELLERS) and not is_part
    return NearPage(
        title=_("Worth knowing"),
        rows=rows,
        client_id=client_id,
        client="" if is_part else client_header(request.user, client_id).name,
        said=said,
        offered=to_choose(said) if may_say else (),
        may_say=may_say,
        problem=problem,
    )


def _say(request: HttpRequest, client_id: int) -> None:
    entry_id = id_in(request.POST, "entry")
    if entry_id is None:
        raise not_offered("entry")
    on = one_of(request.POST, "on", ("yes", "no")) == "yes"
    concern_client(by=request.user, client_id=client_id, entry_id=entry_id, on=on)
