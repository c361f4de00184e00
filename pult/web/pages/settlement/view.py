"""The queue of bank documents that matching left to a person, and one document of it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.money.actions.settlement import settle_not_client
from pult.money.actions.unsettling import unsettle
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.choices import tell_unknown
from pult.web.pages.settlement.deciding import accept_proposal, settle_by_form
from pult.web.pages.settlement.page import STATES, after, document_page, queue_page

READERS = (Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR)


@access(*READERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    tell_unknown(request, "q", "file", state=STATES)
    page = queue_page(request.user, request.GET)
    return render_page(request, "settlement/settlement.html", page)


@access(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: settle_by_form(request.user, document_id, request.POST))
        if problem is None:
            return _settled(request, document_id, _("Settled."))
    page = document_page(request.user, document_id, request.GET, request.POST, problem)
    return render_page(request, "settlement/document.html", page, status=status_of(problem))


@access(Role.ACCOUNTANT)
@require_POST
def proposal(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take what Pult proposes as it was shown."""
    accept_proposal(request.user, document_id, request.POST.get("seen", ""))
    return _settled(request, document_id, _("Settled as proposed."))


@access(Role.ACCOUNTANT)
@require_POST
def not_client(request: HttpRequest, document_id: int) -> HttpResponse:
    settle_not_client(by=request.user, document_id=document_id)
    return _settled(request, document_id, _("Put aside: not client money."))


@access(Role.ACCOUNTANT)
@require_POST
def undo(request: HttpRequest, document_id: int) -> HttpResponse:
    unsettle(by=request.user, document_id=document_id)
    to = reverse("settlement_document", args=[document_id])
    return done(request, _("Taken back: the document waits again."), to=to)


def _settled(request: HttpRequest, document_id: int, words: str) -> HttpResponse:
    """Say it with a way back and go on: to the list it was done in, or to the next document."""
    back = reverse("settlement_undo", args=[document_id])
    return done(request, words, to=after(request.user, request.GET), undo=back)
