"""The agency's own settings: in whose name invoices go out, with which VAT, to which account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pult.clients import actions
from pult.clients.actions.agency import KEEPERS
from pult.clients.queries import own_account_of, own_entity_of, own_vat_on
from pult.kernel.access import access
from pult.kernel.roles import Role
from pult.people.queries import business_day
from pult.ui.render import render_page
from pult.web.pages.agency import forms
from pult.web.pages.agency.page import agency_page
from pult.web.pages.client.asking import Act, answer_form
from pult.web.pages.client.forms import AccountForm
from pult.web.pages.client.requisite_check import requisite_check

FORM = require_http_methods(["GET", "POST"])


@access(*KEEPERS, Role.HEAD)
@require_safe
def agency(request: HttpRequest) -> HttpResponse:
    return render_page(request, "agency/agency.html", agency_page(request.user))


@access(*KEEPERS)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What is wrong with the numbers typed so far."""
    page = requisite_check(request.user, None, request.GET)
    return render_page(request, "client/check.html", page)


@access(*KEEPERS)
@FORM
def entity(request: HttpRequest, entity_id: int | None = None) -> HttpResponse:
    """Add or edit a legal entity; numbers are checked while they are typed."""
    row = own_entity_of(entity_id) if entity_id else None
    checked = reverse("agency_check")
    form = forms.OwnEntityForm(request.POST or None, initial=_values(row), check_url=checked)

    def act(data: dict[str, Any]) -> None:
        if row:
            actions.edit_own_entity(by=request.user, entity_id=row.pk, **data)
        else:
            actions.add_own_entity(by=request.user, **data)

    title = row.name if row else _("New legal entity")
    return _answer(request, form, act, title=title, check_url=checked)


@access(*KEEPERS)
@FORM
def vat(request: HttpRequest, entity_id: int) -> HttpResponse:
    """From a day on the entity charges VAT in another way."""
    row, today = own_entity_of(entity_id), business_day()
    now = {"vat": own_vat_on(row, today), "since": today}
    return _answer(
        request,
        forms.VatForm(request.POST or None, initial=now),
        lambda data: actions.set_own_vat(by=request.user, entity_id=row.pk, **data),
        title=_("VAT of %(entity)s") % {"entity": row.name},
        note=_("Invoices that are issued already keep theirs."),
    )


@access(*KEEPERS)
@FORM
def account_new(request: HttpRequest, entity_id: int) -> HttpResponse:
    row, checked = own_entity_of(entity_id), reverse("agency_check")
    return _answer(
        request,
        AccountForm(request.POST or None, check_url=checked),
        lambda data: actions.add_own_account(by=request.user, entity_id=row.pk, **data),
        title=_("New account"),
        note=row.name,
        check_url=checked,
    )


@access(*KEEPERS)
@FORM
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Whose an account is, in which bank, and whether it is still used."""
    row = own_account_of(account_id)
    now = {name: getattr(row, name) for name in ("entity", "bik", "bank", "closed")}
    return _answer(
        request,
        forms.OwnAccountForm(request.POST or None, initial=now),
        lambda data: actions.edit_own_account(by=request.user, account_id=row.pk, **data),
        title=_("Account %(account)s") % {"account": row.account},
    )


def _answer(request: HttpRequest, form: Any, act: Act, **words: Any) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        client_id=None,
        back=reverse("agency"),
        template="agency/form.html",
        **words,
    )


def _values(row: Any) -> dict[str, Any]:
    names = forms.OwnEntityForm.base_fields
    return {name: getattr(row, name) for name in names} if row else {}
