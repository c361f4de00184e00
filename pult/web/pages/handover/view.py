"""One handover: what is there, what is lacking, and everything that is done to it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from pult.clients.queries.handover import paper_file
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.handover.acts import act_of
from pult.web.pages.handover.page import handover_page

READERS = (Role.AM, Role.SALES, Role.HEAD, Role.DIRECTOR)


@access(*READERS)
@require_safe
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    page = handover_page(request.user, handover_id)
    return render_page(request, "handover/handover.html", page)


@access(*READERS)
@require_POST
def act(request: HttpRequest, handover_id: int, act: str) -> HttpResponse:
    """Do one of `ACTS`; what is refused stands on the page beside what was typed."""
    chosen = act_of(act)
    problem = attempt(lambda: chosen.do(request, handover_id))
    if problem is None:
        return done(request, chosen.words, to=reverse("handover", args=[handover_id]))
    page = handover_page(request.user, handover_id, problem=problem, act=act, typed=request.POST)
    return render_page(request, "handover/handover.html", page, status=status_of(problem))


@access(*READERS)
@require_safe
def paper(request: HttpRequest, handover_id: int, paper_id: int) -> HttpResponse:
    """A paper, always as a download: what a person brought is never run here."""
    name, content = paper_file(request.user, handover_id, paper_id)
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
