"""Invoices: asked for by the manager, issued by the accountant, sent to the client, cancelled."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.comms.letters import reminder_sent
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.money.actions.invoices import (
    cancel_invoice,
    issue_invoice,
    move_due,
    send_invoice,
)
from pult.money.actions.renumbering import correct_number
from pult.money.numbering import number_after
from pult.ui.render import render_page
from pult.web.answers import attempt, came_from, done, see_other, status_of
from pult.web.pages.invoice_requests import asking
from pult.web.pages.invoice_requests import page as pages
from pult.web.pages.invoice_requests.given import cancelling, issuing, moving, numbering, sent
from pult.web.pages.invoice_requests.letter import letter_page

READERS = (Role.AM, Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR, Role.SALES)
TALKERS = (Role.AM, Role.HEAD, Role.DIRECTOR)
ASKERS = (Role.AM, Role.HEAD, Role.DIRECTOR, Role.SALES)


@access(*READERS)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    page = pages.requests_page(request.user)
    return render_page(request, "invoice_requests/requests.html", page)


@access(*READERS)
@require_safe
def invoice(request: HttpRequest, invoice_id: int) -> HttpResponse:
    page = pages.invoice_page(request.user, invoice_id, back=came_from(request, ""))
    return render_page(request, "invoice_requests/invoice.html", page)


@access(*READERS)
@require_POST
def issue(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Give a requested invoice its number; М4.9 lets the accountant alone."""

    def act() -> str:
        made = issue_invoice(by=request.user, invoice_id=invoice_id, **issuing(request.POST))
        return _("Invoice %(number)s is issued.") % {"number": made.number}

    return _answer(request, invoice_id, act)


@access(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Note that the client was given the invoice; a link here leads to the form."""
    if request.method != "POST":
        back = came_from(request, "")
        return see_other("invoice", invoice_id, query=urlencode({"next": back}) if back else "")

    def act() -> str:
        send_invoice(by=request.user, invoice_id=invoice_id, **sent(request.POST))
        return _("Noted: the client has the invoice.")

    return _answer(request, invoice_id, act)


@access(*READERS)
@require_POST
def cancellation(request: HttpRequest, invoice_id: int) -> HttpResponse:
    def act() -> str:
        cancel_invoice(by=request.user, invoice_id=invoice_id, **cancelling(request.POST))
        return _("The invoice is cancelled.")

    return _answer(request, invoice_id, act)


@access(Role.ACCOUNTANT, Role.HEAD, Role.DIRECTOR)
@require_POST
def due(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """The client is to pay by another day."""

    def act() -> str:
        move_due(by=request.user, invoice_id=invoice_id, **moving(request.POST))
        return _("The day to pay by is moved.")

    return _answer(request, invoice_id, act)


@access(Role.ACCOUNTANT)
@require_POST
def number(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """The number a payer would take for another invoice's is corrected."""

    def act() -> str:
        made = correct_number(by=request.user, invoice_id=invoice_id, **numbering(request.POST))
        words = _("The invoice has the number %(number)s now; the next one issued gets %(next)s.")
        return words % {"number": made.number, "next": number_after(made)}

    return _answer(request, invoice_id, act)


@access(*TALKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """A reminder to edit and send; POST notes that it was sent."""
    given, problem = request.POST, None
    if request.method == "POST":
        said = {name: given.get(name, "")[:5000] for name in ("subject", "text")}
        problem = attempt(lambda: reminder_sent(by=request.user, invoice_id=invoice_id, **said))
        if problem is None:
            to = reverse("invoice", args=[invoice_id])
            return done(request, _("Noted: the client is reminded."), to=to)
    page = letter_page(request.user, invoice_id, request.GET, given, problem)
    return render_page(request, "invoice_requests/letter.html", page, status=status_of(problem))


@access(*ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    problem = None
    if request.method == "POST":
        problem = attempt(lambda: asking.ask(request.user, client_id, request.POST))
        if problem is None:
            to = reverse("client_money", args=[client_id])
            return done(request, _("The accountant is asked for the invoice."), to=to)
    page = asking.asking_page(request.user, client_id, request.GET, request.POST, problem)
    return render_page(request, "invoice_requests/new.html", page, status=status_of(problem))


def _answer(request: HttpRequest, invoice_id: int, act: Callable[[], str]) -> HttpResponse:
    words: list[str] = []
    problem = attempt(lambda: words.append(act()))
    if problem is None:
        return done(request, words[0], to=reverse("invoice", args=[invoice_id]))
    back = came_from(request, "")
    page = pages.invoice_page(request.user, invoice_id, request.POST, problem, back)
    return render_page(request, "invoice_requests/invoice.html", page, status=status_of(problem))
