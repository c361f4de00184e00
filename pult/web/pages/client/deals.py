"""The form of a deal: entered when its appendix is ready, corrected, taken back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from pult.clients.access import client_for
from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.money.access import deal_for
from pult.money.actions.deals import DEALERS, cancel_deal, edit_deal, make_deal
from pult.money.models import Deal
from pult.money.queries.deals import DealItem, appendices_without_deal, deals_of_client
from pult.ui.render import render_page
from pult.web.answers import done
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.fields import Roubles, Version
from pult.web.pages.client.head import Head, head_of


class DealForm(forms.Form):
    """The deal of an appendix; the appendix is chosen once, when it is entered."""

    version = Version()
    task = forms.TypedChoiceField(
        label=gettext_lazy("Appendix"), required=False, coerce=int, empty_value=None
    )
    number = forms.CharField(label=gettext_lazy("Number of the appendix"), max_length=64)
    total = Roubles(label=gettext_lazy("Sum of the deal"))
    ad_budget = Roubles(label=gettext_lazy("Ad budget in it"))
    tech_cost = Roubles(label=gettext_lazy("Technical cost"), required=False)

    def __init__(self, *args: Any, appendices: list[tuple[int, str]], **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.fields["task"].choices = [("", "—"), *appendices]
        del self.fields["task" if self.initial.get("version") else "version"]


@dataclass(frozen=True)
class DealsPage:
    head: Head
    deals: tuple[DealItem, ...]


@access(*DEALERS)
@require_GET
def deals(request: HttpRequest, client_id: int) -> HttpResponse:
    """The deals of a client, the newest first."""
    client_for(request.user, client_id)
    page = DealsPage(head_of(request.user, client_id, "client_money"), deals_of_client(client_id))
    return render_page(request, "client/deals.html", page)


@access(*DEALERS)
@FORM
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    """Enter a deal; `?task=` names the appendix it is of."""
    client_for(request.user, client_id)
    waiting = appendices_without_deal(client_id)
    asked = request.GET.get("task", "")
    form = DealForm(
        request.POST or None,
        initial={"task": asked or (waiting[0][0] if len(waiting) == 1 else "")},
        appendices=waiting,
    )

    def act(data: dict[str, Any]) -> None:
        make_deal(by=request.user, client_id=client_id, task_id=data.pop("task"), **data)

    return _answer(request, client_id, form, act, _("New deal"))


@access(*DEALERS)
@FORM
def edit(request: HttpRequest, client_id: int, deal_id: int) -> HttpResponse:
    """Correct a deal."""
    row = _own(request, client_id, deal_id)
    shown = ("version", "number", "total", "ad_budget", "tech_cost")
    initial = {name: getattr(row, name) for name in shown}
    form = DealForm(request.POST or None, initial=initial, appendices=[])

    def act(data: dict[str, Any]) -> None:
        edit_deal(by=request.user, deal_id=row.pk, **data)

    return _answer(request, client_id, form, act, _("Deal %(number)s") % {"number": row.number})


@access(*DEALERS)
@require_POST
def removal(request: HttpRequest, client_id: int, deal_id: int) -> HttpResponse:
    """Take a deal back."""
    cancel_deal(by=request.user, deal_id=_own(request, client_id, deal_id).pk)
    return done(request, _("The deal is taken back"), to=tab_address("client_deals", client_id))


def _own(request: HttpRequest, client_id: int, deal_id: int) -> Deal:
    row = deal_for(request.user, deal_id)
    if row.client_id != client_id:
        raise NotVisible(_("There is no such deal"))
    return row


def _answer(
    request: HttpRequest, client_id: int, form: DealForm, act: Any, title: str
) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        title=title,
        client_id=client_id,
        back=tab_address("client_deals", client_id),
        tab="client_money",
        note=_("What is left of the sum is the agency's fee."),
    )
