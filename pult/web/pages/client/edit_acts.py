"""Acts on a client's lines and invoices: starting, letting start, topping up, reminding."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.clients.actions import start_line
from pult.clients.actions.lines import STARTERS
from pult.clients.actions.starting import ask_to_start
from pult.clients.models import ServiceLine
from pult.kernel.access import access
from pult.kernel.errors import NotVisible, Refusal
from pult.money.access import invoice_for
from pult.money.actions.reminders import remind_of_payment
from pult.money.actions.top_ups import top_up
from pult.money.queries import held_at_agency
from pult.people.queries import acting_role, business_day
from pult.regulation.actions import Target, waive
from pult.ui import formats
from pult.ui.render import render_page
from pult.web.answers import see_other
from pult.web.pages.client import line_forms as forms
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.edit_lines import line_form, own_line
from pult.web.pages.client.head import Head, head_of

MONEY_FIRST = "6.1"
LIFTERS = ("head", "director")


@dataclass(frozen=True)
class RefusedPage:
    """Why a line may not start, the way to ask for it, or to allow it."""

    head: Head
    line: ServiceLine
    problem: Refusal
    may_waive: bool
    ask: Any


@access(*STARTERS)
@require_POST
def start(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Start a line; when a clause refuses, say what is missing and who can lift it."""
    return answer_start(request, own_line(request, client_id, line_id))


def answer_start(
    request: HttpRequest, line: ServiceLine, flight_id: int | None = None
) -> HttpResponse:
    """Start a line or a flight of it and go back to the line; 409 with the reason when refused."""
    client_id = line.client_id
    try:
        start_line(by=request.user, line_id=line.pk, flight_id=flight_id)
    except Refusal as problem:
        page = RefusedPage(
            head=head_of(request.user, client_id, "client_lines"),
            line=line,
            problem=problem,
            may_waive=bool(problem.clause) and not request.user.roles.isdisjoint(LIFTERS),
            ask=forms.AskForm() if problem.clause == MONEY_FIRST else None,
        )
        return render_page(request, "client/refused.html", page, status=409)
    started = _("The flight has started") if flight_id else _("The line has started")
    messages.success(request, started)
    return see_other("client_line", client_id, line.pk)


@access(*STARTERS)
@FORM
def ask(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Ask those who may to let the line start before payment."""
    line = own_line(request, client_id, line_id)
    return line_form(
        request,
        line,
        forms.AskForm(request.POST or None),
        lambda data: ask_to_start(by=request.user, line_id=line.pk, **data),
        title=_("Ask to start before payment"),
        done=_("The head sees your request"),
        submit=_("Ask"),
    )


@access(*LIFTERS)
@FORM
def waiver(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Let clause 6.1 not bind this line until a day."""
    line = own_line(request, client_id, line_id)
    target = Target(MONEY_FIRST, client_id, "line", line.pk)
    role = acting_role(request.user, *LIFTERS)
    return line_form(
        request,
        line,
        forms.WaiverForm(request.POST or None, initial={"until": business_day()}),
        lambda data: waive(target=target, by=request.user, role=role, **data),
        title=_("Let the line start before payment"),
        note=_("The exception, its reason and its last day stay in the client's history."),
        done=_("The line may start"),
    )


@access("am", "executor", "accountant", "head", "director")
@FORM
def topup(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Money moved to the ad account."""
    line = own_line(request, client_id, line_id)
    sees = "client_money" if "executor" not in request.user.roles else "client_line"
    back = tab_address(sees, client_id, *([] if sees == "client_money" else [line_id]))
    held = held_at_agency([line_id])[line_id]
    return line_form(
        request,
        line,
        forms.TopUpForm(request.POST or None, initial={"on": business_day(), "amount": held or ""}),
        lambda data: top_up(by=request.user, line_id=line.pk, **data),
        title=_("Top-up of the ad account"),
        note=_("The client's money at the agency, net of VAT and of our fee: %(sum)s.")
        % {"sum": formats.money(held)},
        done=_("The top-up is noted"),
        back=back,
    )


@access("am", "head", "accountant", "director")
@FORM
def reminder(request: HttpRequest, client_id: int, invoice_id: int) -> HttpResponse:
    """The client was reminded of an invoice."""
    invoice = invoice_for(request.user, invoice_id)
    if invoice.client_id != client_id:
        raise NotVisible(_("There is no such invoice"))
    return answer_form(
        request,
        forms.ReminderForm(request.POST or None),
        lambda data: remind_of_payment(by=request.user, invoice_id=invoice.pk, **data),
        title=_("Reminder of invoice %(number)s") % {"number": invoice.number},
        note=_("Note how you reminded the client; Pult sends nothing by itself."),
        client_id=client_id,
        back=tab_address("client_money", client_id),
        done=_("The reminder is noted"),
        tab="client_money",
    )
