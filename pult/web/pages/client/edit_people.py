"""Forms of the client's people, payers, accounts, contracts, brands and sites."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.clients import actions
from pult.clients.access import client_for, contact_for, contract_for, entity_for
from pult.clients.actions.cards import CREATORS, EDITORS
from pult.clients.actions.contracts import DRAFTERS, SCHEMERS
from pult.clients.actions.entities import EDITORS as ENTITY_EDITORS
from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.people.queries import business_day
from pult.ui.render import render_page
from pult.web.answers import see_other
from pult.web.pages.client import forms
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.requisite_check import check_another, requisite_check, twins_of


@access(*CREATORS)
@FORM
def person(request: HttpRequest, client_id: int, contact_id: int | None = None) -> HttpResponse:
    """Add or edit a person on the client's side."""
    client = client_for(request.user, client_id)
    row = _own(contact_for(request.user, contact_id), client_id) if contact_id else None
    form = forms.PersonForm(
        request.POST or None,
        initial=_values(row, forms.PersonForm),
        client=client,
        check_url=(check_url := _alike_url(client_id)),
    )

    def act(data: dict[str, Any]) -> None:
        if row:
            actions.edit_contact(by=request.user, contact_id=row.pk, **data)
        else:
            actions.add_contact(by=request.user, client_id=client_id, **data)

    back = tab_address("client_people", client_id)
    title = row.name if row else _("New person")
    where = {"back": back, "tab": "client_people", "check_url": check_url}
    return answer_form(request, form, act, title=title, client_id=client_id, **where)


@access(*ENTITY_EDITORS)
@FORM
def entity(request: HttpRequest, client_id: int, entity_id: int | None = None) -> HttpResponse:
    """Add or edit a payer; numbers are checked while they are typed."""
    client_for(request.user, client_id)
    row = _own(entity_for(request.user, entity_id), client_id) if entity_id else None
    check_url = tab_address("client_requisite_check", client_id)
    others = twins_of(request.user, client_id, request.POST, row)
    looks = {"initial": _values(row, forms.EntityForm), "check_url": check_url}
    form = forms.EntityForm(request.POST or None, others=others, **looks)

    def act(data: dict[str, Any]) -> None:
        check_another(data, others)
        if row:
            actions.edit_entity(by=request.user, entity_id=row.pk, **data)
        else:
            actions.add_entity(by=request.user, client_id=client_id, **data)

    title = row.name if row else _("New legal entity")
    back, tab = tab_address("client_requisites", client_id), "client_requisites"
    where = {"back": back, "tab": tab, "check_url": check_url}
    return answer_form(request, form, act, title=title, client_id=client_id, **where)


@access(*ENTITY_EDITORS)
@require_GET
def check(request: HttpRequest, client_id: int) -> HttpResponse:
    """What is wrong with the numbers typed so far, and who else has them."""
    client_for(request.user, client_id)
    page = requisite_check(request.user, client_id, request.GET)
    return render_page(request, "client/check.html", page)


@access(*ENTITY_EDITORS)
@FORM
def account(request: HttpRequest, client_id: int, entity_id: int) -> HttpResponse:
    """Add an account of a payer."""
    row = _own(entity_for(request.user, entity_id), client_id)
    check_url = tab_address("client_requisite_check", client_id)
    return answer_form(
        request,
        forms.AccountForm(request.POST or None, check_url=check_url),
        lambda data: actions.add_account(by=request.user, entity_id=row.pk, **data),
        title=_("New account"),
        note=row.name,
        client_id=client_id,
        back=tab_address("client_requisites", client_id),
        check_url=check_url,
        tab="client_requisites",
    )


@access(*ENTITY_EDITORS)
@FORM
def payer(request: HttpRequest, client_id: int) -> HttpResponse:
    """Name a third party whose money is the client's."""
    client_for(request.user, client_id)
    return answer_form(
        request,
        forms.PayerForm(request.POST or None),
        lambda data: actions.add_payer_alias(by=request.user, client_id=client_id, **data),
        title=_("Third party that pays"),
        note=_("Its payments count as the client's from this day on."),
        client_id=client_id,
        back=tab_address("client_requisites", client_id),
        tab="client_requisites",
    )


@access(*ENTITY_EDITORS)
@require_POST
def payer_removal(request: HttpRequest, client_id: int, alias_id: int) -> HttpResponse:
    """From tomorrow the third party's money is no longer the client's."""
    actions.end_payer_alias(
        by=request.user, client_id=client_id, alias_id=alias_id, last_day=business_day()
    )
    return see_other("client_requisites", client_id)


@access(*DRAFTERS)
@FORM
def contract(request: HttpRequest, client_id: int, contract_id: int | None = None) -> HttpResponse:
    """Add or edit a contract."""
    client = client_for(request.user, client_id)
    row = _own(contract_for(request.user, contract_id), client_id) if contract_id else None
    form = forms.ContractForm(
        request.POST or None, initial=_values(row, forms.ContractForm), client=client
    )

    def act(data: dict[str, Any]) -> None:
        if row:
            actions.edit_contract(by=request.user, contract_id=row.pk, **data)
        else:
            actions.add_contract(by=request.user, client_id=client_id, **data)

    back = tab_address("client_requisites", client_id)
    title = _("Contract %(number)s") % {"number": row.number} if row else _("New contract")
    return answer_form(
        request, form, act, title=title, client_id=client_id, back=back, tab="client_requisites"
    )


@access(*SCHEMERS)
@FORM
def scheme(request: HttpRequest, client_id: int, contract_id: int) -> HttpResponse:
    """From a day on the contract is paid in another way."""
    row = _own(contract_for(request.user, contract_id), client_id)
    return answer_form(
        request,
        forms.SchemeForm(request.POST or None, initial={"since": business_day()}),
        lambda data: actions.set_scheme(by=request.user, contract_id=row.pk, **data),
        title=_("How contract %(number)s is paid") % {"number": row.number},
        note=_("The scheme in force ends the evening before."),
        client_id=client_id,
        back=tab_address("client_requisites", client_id),
        tab="client_requisites",
    )


@access(*EDITORS)
@FORM
def brand(request: HttpRequest, client_id: int) -> HttpResponse:
    """Add a brand."""
    client_for(request.user, client_id)
    return answer_form(
        request,
        forms.NameForm(request.POST or None),
        lambda data: actions.add_brand(by=request.user, client_id=client_id, **data),
        title=_("New brand"),
        client_id=client_id,
        back=tab_address("client_requisites", client_id),
        tab="client_requisites",
    )


@access(*EDITORS)
@FORM
def site(request: HttpRequest, client_id: int) -> HttpResponse:
    """Add a site."""
    client = client_for(request.user, client_id)
    return answer_form(
        request,
        forms.SiteForm(request.POST or None, client=client, check_url=_alike_url(client_id)),
        lambda data: actions.add_site(by=request.user, client_id=client_id, **data),
        title=_("New site"),
        check_url=_alike_url(client_id),
        client_id=client_id,
        back=tab_address("client_requisites", client_id),
        tab="client_requisites",
    )


def _alike_url(client_id: int) -> str:
    """Where what is typed is compared with other cards."""
    return f"{reverse('client_alike')}?besides={client_id}"


def _own(row: Any, client_id: int) -> Any:
    """The row, if it is of the client in the address."""
    if row.client_id != client_id:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def _values(row: Any, form: type) -> dict[str, Any]:
    """What the fields of a form hold of a row; nothing for a new one."""
    if row is None:
        return {}
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
