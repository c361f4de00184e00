"""Cards that look the same: told while one is typed, made one, parted again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from pult.clients import actions
from pult.clients.access import client_for
from pult.clients.actions.cards import CREATORS
from pult.clients.actions.merging import MERGERS
from pult.clients.models import Client
from pult.clients.queries import client_called
from pult.clients.queries.likeness import Alike, cards_like, cards_named, look_alikes
from pult.kernel.access import access
from pult.kernel.errors import BadInput
from pult.kernel.words import id_of
from pult.ui.render import render_page
from pult.web.answers import done
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client_card.view import TAB

BY = {
    "name": pgettext_lazy("alike by", "name"),
    "inn": pgettext_lazy("alike by", "tax number"),
    "phone": pgettext_lazy("alike by", "phone"),
    "site": pgettext_lazy("alike by", "site"),
}


@dataclass(frozen=True)
class AlikePage:
    """Cards much like what is typed, and by what."""

    found: tuple[tuple[Alike, Any], ...]


class MergeForm(forms.Form):
    """One of the cards that look the same, or another by its name."""

    card = forms.ChoiceField(
        label=gettext_lazy("Cards much like this one"), required=False, widget=forms.RadioSelect
    )
    other = forms.CharField(
        label=gettext_lazy("The other card"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A part of its name is enough; what it holds comes to this card"),
    )

    def __init__(self, *args: Any, found: tuple[Alike, ...], **looks: Any) -> None:
        super().__init__(*args, **looks)
        if found:
            named = [(str(one.client_id), f"{one.name} · {BY[one.by]}") for one in found]
            self.fields["card"].choices = named
        else:
            del self.fields["card"]


@access(*CREATORS)
@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Cards that may be of the client being typed."""
    typed, besides = request.GET, id_of(request.GET.get("besides", ""))
    # Beside a known client the name that is typed is a person's.
    found = look_alikes(
        request.user,
        name="" if besides else typed.get("name", ""),
        inn=typed.get("inn", ""),
        phone=typed.get("phone", ""),
        site=typed.get("host", ""),
        besides=besides,
    )
    page = AlikePage(tuple((one, BY[one.by]) for one in found))
    return render_page(request, "client_card/alike.html", page)


@access(*MERGERS)
@FORM
def merge(request: HttpRequest, client_id: int) -> HttpResponse:
    """Make another card a part of this one."""
    client = client_for(request.user, client_id)
    form, named = _form(request, client)

    def act(data: dict[str, Any]) -> None:
        gone = id_of(data.get("card") or "") or _called(request, data["other"], client_id, named)
        actions.merge_clients(by=request.user, kept_id=client.pk, gone_id=gone)

    return answer_form(
        request,
        form,
        act,
        title=_("Merge with another card"),
        note=_("People, sites, payers, contracts, goals come here; it can be undone."),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        done=_("The cards are one"),
        submit=_("Merge"),
        tab=TAB,
    )


@access(*MERGERS)
@require_POST
def parting(request: HttpRequest, client_id: int, merge_id: int) -> HttpResponse:
    """They were two after all."""
    client_for(request.user, client_id)
    actions.undo_merge(by=request.user, kept_id=client_id, merge_id=merge_id)
    return done(request, _("The cards are two again"), to=tab_address(TAB, client_id))


def _form(request: HttpRequest, client: Client) -> tuple[MergeForm, tuple[Alike, ...]]:
    """The form, and the cards that were named: chosen, or found by the words typed."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen, words = id_of(asked.get("card", "")), asked.get("other", "")
    named = cards_named(request.user, words, besides=client.pk, chosen=chosen)
    found = {one.client_id: one for one in (*named, *cards_like(request.user, client))}
    initial = {"card": asked.get("card", "")}
    form = MergeForm(request.POST or None, found=tuple(found.values()), initial=initial)
    return form, named


def _called(request: HttpRequest, name: str, besides: int, near: tuple[Alike, ...]) -> int:
    if not name.strip():
        raise BadInput(_("Choose another card"), field="other")
    found = [pk for pk in client_called(request.user, name) if pk != besides]
    if len(found) == 1:
        return found[0]
    if near:
        raise BadInput(_("Cards with these words are above: choose one of them"), field="other")
    raise BadInput(_("No other card has this name"), field="other")
