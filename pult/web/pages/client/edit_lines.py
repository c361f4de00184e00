"""Forms of service lines: opening, budgets, feeds, starting and ending."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.clients import actions
from pult.clients.access import client_for, line_for
from pult.clients.actions.lines import ENDERS, FEEDERS, PLANNERS
from pult.clients.models import ServiceLine
from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.people.queries import business_day
from pult.web.answers import see_other
from pult.web.pages.client import line_forms as forms
from pult.web.pages.client.asking import Act, answer_form, tab_address
from pult.web.pages.client.edit_card import FORM


@access(*PLANNERS)
@FORM
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    """Open a line."""
    client = client_for(request.user, client_id)

    def act(data: dict[str, Any]) -> None:
        data["monthly_budget"] = data["monthly_budget"] or 0
        actions.add_line(by=request.user, client_id=client_id, **data)

    return answer_form(
        request,
        forms.LineForm(request.POST or None, client=client, initial={"always_on": True}),
        act,
        title=_("New service line"),
        client_id=client_id,
        back=tab_address("client_lines", client_id),
        tab="client_lines",
    )


@access(*PLANNERS)
@FORM
def edit(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """A line's columns."""
    line = own_line(request, client_id, line_id)
    names = [n for n in forms.LineForm.base_fields if n not in ("monthly_budget", "planned_start")]
    form = forms.LineForm(
        request.POST or None,
        client=line.client,
        initial={name: getattr(line, name) for name in names},
    )
    return line_form(
        request,
        line,
        form,
        lambda data: actions.edit_line(by=request.user, line_id=line.pk, **data),
        title=line.name,
    )


@access(*PLANNERS)
@FORM
def budget(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """The monthly budget from a day on."""
    line = own_line(request, client_id, line_id)
    initial = {"monthly": line.monthly_budget, "since": business_day()}
    return line_form(
        request,
        line,
        forms.BudgetForm(request.POST or None, initial=initial),
        lambda data: actions.set_budget(by=request.user, line_id=line.pk, **data),
        title=_("Budget a month"),
    )


@access(*PLANNERS)
@FORM
def plan(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """When the line is to start."""
    line = own_line(request, client_id, line_id)
    return line_form(
        request,
        line,
        forms.PlanForm(request.POST or None, initial={"day": line.planned_start}),
        lambda data: actions.plan_start(by=request.user, line_id=line.pk, **data),
        title=_("Planned start"),
    )


@access(*ENDERS)
@FORM
def end(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """End a line."""
    line = own_line(request, client_id, line_id)
    return line_form(
        request,
        line,
        forms.EndForm(request.POST or None),
        lambda data: actions.end_line(by=request.user, line_id=line.pk, **data),
        title=_("End the line"),
        submit=_("End"),
    )


@access(*FEEDERS)
@FORM
def feed(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """Tie a campaign, or a whole login, to the line."""
    line = own_line(request, client_id, line_id)
    return line_form(
        request,
        line,
        forms.FeedForm(request.POST or None),
        lambda data: actions.link_feed(by=request.user, line_id=line.pk, **data),
        title=_("Tie a campaign"),
    )


@access(*FEEDERS)
@require_POST
def feed_removal(request: HttpRequest, client_id: int, line_id: int, feed_id: int) -> HttpResponse:
    """Untie a campaign."""
    line = own_line(request, client_id, line_id)
    actions.unlink_feed(by=request.user, line_id=line.pk, feed_id=feed_id)
    return see_other("client_line", client_id, line_id)


@access(*FEEDERS)
@FORM
def wallet(request: HttpRequest, client_id: int, line_id: int) -> HttpResponse:
    """The advertising account whose balance the line shares."""
    line = own_line(request, client_id, line_id)
    initial = {"version": line.version, "login": line.wallet.login if line.wallet else ""}
    return line_form(
        request,
        line,
        forms.WalletForm(request.POST or None, initial=initial),
        lambda data: actions.set_wallet(by=request.user, line_id=line.pk, **data),
        title=_("Advertising account"),
    )


def own_line(request: HttpRequest, client_id: int, line_id: int) -> ServiceLine:
    """The line, if it is of the client in the address and this person sees it."""
    line = line_for(request.user, line_id)
    if line.client_id != client_id:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return line


def line_form(
    request: HttpRequest, line: ServiceLine, form: Any, act: Act, *, title: str, **looks: Any
) -> HttpResponse:
    """A form that returns to the page of its line."""
    looks.setdefault("back", tab_address("client_line", line.client_id, line.pk))
    return answer_form(
        request,
        form,
        act,
        title=title,
        client_id=line.client_id,
        tab="client_lines",
        **{"note": line.name, **looks},
    )
