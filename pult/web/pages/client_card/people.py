"""What is kept of a person: shown with its purpose, handed out, erased."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pult.clients import actions
from pult.clients.access import contact_for, sees_traits
from pult.clients.actions.cards import EDITORS
from pult.clients.actions.erasure import ERASERS, is_being_erased
from pult.clients.models import Contact
from pult.clients.personal import REGISTER, Personal
from pult.clients.queries.retention import is_past_retention, kept_by
from pult.clients.queries.traits import birthday_of
from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import done
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.head import Head, head_of
from pult.web.pages.client.words import reason_words
from pult.web.pages.client_card.erasing import Place, places
from pult.web.pages.client_card.forms import KeepForm
from pult.web.pages.client_card.view import own


@dataclass(frozen=True)
class Kept:
    """Why a person is kept beyond the term, until when, and who said so."""

    why: Any
    until: date
    by: str


@dataclass(frozen=True)
class DataPage:
    """`rows` are (field, what is kept); character is counted, never shown here."""

    head: Head
    contact_id: int
    name: str
    rows: tuple[tuple[Personal, Any], ...]
    erased_on: Any
    is_going: bool
    may_export: bool
    may_erase: bool
    places: tuple[Place, ...]
    is_past: bool
    kept: Kept | None


@access(*STAFF)
@require_GET
def data(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """Every field with its purpose, retention and audience."""
    row = own(contact_for(request.user, contact_id), client_id)
    traits = row.traits.count() if sees_traits(request.user) else None
    may_erase = not request.user.roles.isdisjoint(ERASERS)
    is_past = may_erase and is_past_retention(row)
    page = DataPage(
        head=head_of(request.user, client_id, "client_people"),
        contact_id=row.pk,
        name=row.name,
        rows=tuple((one, _kept(row, one, traits)) for one in REGISTER),
        erased_on=row.erased_on,
        is_going=may_erase and not row.erased_on and is_being_erased(row.pk),
        may_export=not request.user.roles.isdisjoint(EDITORS),
        may_erase=may_erase,
        places=places(row) if may_erase and not row.erased_on else (),
        is_past=is_past,
        kept=_kept_by(row) if is_past else None,
    )
    return render_page(request, "client_card/person.html", page)


@access(*EDITORS)
@require_POST
def file(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """What is kept of the person as a file; that it was handed out is noted."""
    own(contact_for(request.user, contact_id), client_id)
    kept = actions.export_contact(by=request.user, contact_id=contact_id)
    answer = HttpResponse(orjson.dumps(kept, option=orjson.OPT_INDENT_2), "application/json")
    answer["Content-Disposition"] = f'attachment; filename="person-{contact_id}.json"'
    return answer


@access(*ERASERS)
@require_POST
def erasure(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """Erase the person for good."""
    own(contact_for(request.user, contact_id), client_id)
    contact = actions.erase_contact(by=request.user, contact_id=contact_id)
    said = _("The person is erased") if contact.erased_on else _("The person is being erased")
    return done(request, said, to=tab_address("client_people", client_id))


@access(*ERASERS)
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, client_id: int, contact_id: int) -> HttpResponse:
    """Keep a person whose term has passed: why, and until which day."""
    row = own(contact_for(request.user, contact_id), client_id)
    return answer_form(
        request,
        KeepForm(request.POST or None),
        lambda data: actions.keep_contact(by=request.user, contact_id=row.pk, **data),
        title=_("Keep %(name)s") % {"name": row.name},
        note=_("The reason is one of a list: no words about a person are kept."),
        client_id=client_id,
        back=reverse("client_person_data", args=[client_id, contact_id]),
        tab="client_people",
    )


@access(*ERASERS)
@require_POST
def change_erasure(request: HttpRequest, client_id: int, change_id: int) -> HttpResponse:
    """Erase the words of one change."""
    actions.erase_change(by=request.user, client_id=client_id, change_id=change_id)
    return done(request, _("The words are erased"), to=tab_address("client_history", client_id))


def _kept_by(row: Contact) -> Kept | None:
    fact = kept_by(row)
    if fact is None or fact.day is None:
        return None
    return Kept(reason_words(fact.payload["reason_code"]), fact.day, str(fact.actor or ""))


def _kept(row: Contact, one: Personal, traits: int | None) -> Any:
    if one.code == "traits":
        return "" if traits is None else traits
    if one.code == "birthday":
        return birthday_of(row)
    return getattr(row, one.code)
