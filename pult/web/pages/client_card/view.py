"""The card of a client: its parts, solvency, and the character of its people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pult.clients import actions
from pult.clients.access import client_for, contact_for, trait_for
from pult.clients.actions.cards import CREATORS, EDITORS
from pult.clients.actions.profile import JUDGES
from pult.clients.queries.custom import client_custom
from pult.clients.queries.profile import client_blocks
from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.kernel.roles import STAFF
from pult.people.queries import business_day
from pult.ui.render import render_page
from pult.web.answers import done
from pult.web.fields import whole_of
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client_card import forms
from pult.web.pages.client_card.page import card_page, history_page

TAB = "client_card"


@access(*STAFF)
@require_GET
def card(request: HttpRequest, client_id: int) -> HttpResponse:
    """What is known of the client."""
    return render_page(request, "client_card/card.html", card_page(request.user, client_id))


@access(*CREATORS)
@FORM
def block(request: HttpRequest, client_id: int, kind: str) -> HttpResponse:
    """Write one part of the card."""
    client_for(request.user, client_id)
    blocks = {one.kind: one for one in client_blocks(request.user, client_id)}
    if kind not in blocks:
        raise Http404
    known = blocks[kind]
    return answer_form(
        request,
        forms.BlockForm(
            request.POST or None, initial={"version": known.version, "text": known.text}
        ),
        lambda data: actions.write_block(by=request.user, client_id=client_id, kind=kind, **data),
        title=known.label,
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*CREATORS)
@require_POST
def confirmation(request: HttpRequest, client_id: int, kind: str) -> HttpResponse:
    """It is still so today."""
    actions.confirm_block(
        by=request.user, client_id=client_id, kind=kind, version=whole_of(request.POST, "version")
    )
    return done(request, _("Confirmed"), to=tab_address(TAB, client_id))


@access(*CREATORS)
@FORM
def custom(request: HttpRequest, client_id: int) -> HttpResponse:
    """The agency's own fields of this client."""
    form = forms.CustomForm(request.POST or None, values=client_custom(request.user, client_id))
    return answer_form(
        request,
        form,
        lambda data: actions.set_custom_values(
            by=request.user, client_id=client_id, values=form.typed(), versions=form.versions()
        ),
        title=_("Own fields"),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*STAFF)
@require_GET
def history(request: HttpRequest, client_id: int) -> HttpResponse:
    """Who changed what, from what to what."""
    page = history_page(request.user, client_id, request.GET.get("before", ""))
    return render_page(request, "client_card/history.html", page)


@access(*JUDGES)
@FORM
def solvency(request: HttpRequest, client_id: int) -> HttpResponse:
    """Judge whether the client can pay."""
    client_for(request.user, client_id)
    return answer_form(
        request,
        forms.SolvencyForm(request.POST or None, initial={"judged_on": business_day()}),
        lambda data: actions.judge_solvency(by=request.user, client_id=client_id, **data),
        title=_("Solvency"),
        note=_("The manager, the accountant, the head and the director alone see it."),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*EDITORS)
@FORM
def trait(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """Note what the work needs to know of a person."""
    row = own(contact_for(request.user, contact_id), client_id)
    return answer_form(
        request,
        forms.TraitForm(request.POST or None),
        lambda data: actions.note_trait(by=request.user, contact_id=row.pk, **data),
        title=_("Character of %(name)s") % {"name": row.name},
        note=_("Only the client department sees it; no file, portal or search has it."),
        client_id=client_id,
        back=tab_address("client_people", client_id),
        tab="client_people",
    )


@access(*EDITORS)
@require_POST
def trait_removal(request: HttpRequest, client_id: int, trait_id: int) -> HttpResponse:
    """Forget it for good."""
    own(trait_for(request.user, trait_id).contact, client_id)
    actions.drop_trait(by=request.user, trait_id=trait_id)
    return done(request, _("Forgotten"), to=tab_address("client_people", client_id))


def own(row: Any, client_id: int) -> Any:
    """The row, if it is of the client in the address."""
    if row.client_id != client_id:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row
