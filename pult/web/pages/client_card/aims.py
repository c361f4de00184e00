"""Forms of goals, needs and wishes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pult.clients import actions
from pult.clients.access import aim_for, client_for
from pult.clients.actions.cards import CREATORS
from pult.clients.models import Aim
from pult.kernel.access import access
from pult.people.queries import business_day
from pult.web.answers import done
from pult.web.fields import whole_of
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client_card import forms
from pult.web.pages.client_card.view import TAB, own


@access(*CREATORS)
@FORM
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    """Note what the client wants."""
    client_for(request.user, client_id)
    initial = {"kind": request.GET.get("kind", ""), "set_on": business_day()}
    return answer_form(
        request,
        forms.AimForm(request.POST or None, initial=initial),
        lambda data: actions.add_aim(by=request.user, client_id=client_id, **data),
        title=_("What the client wants"),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        done=_("Noted"),
        tab=TAB,
    )


@access(*CREATORS)
@FORM
def edit(request: HttpRequest, client_id: int, aim_id: int) -> HttpResponse:
    """Say it better, or move its day."""
    aim = own(aim_for(request.user, aim_id), client_id)
    initial = {name: getattr(aim, name) for name in ("version", "text", "due_on", "set_on")}

    def act(data: dict[str, Any]) -> None:
        data["set_on"] = data["set_on"] or aim.set_on
        actions.edit_aim(by=request.user, aim_id=aim.pk, **data)

    return answer_form(
        request,
        forms.AimForm(request.POST or None, initial=initial),
        act,
        title=aim.get_kind_display(),
        client_id=client_id,
        back=tab_address(TAB, client_id),
        tab=TAB,
    )


@access(*CREATORS)
@FORM
def close(request: HttpRequest, client_id: int, aim_id: int) -> HttpResponse:
    """Settle it."""
    aim = own(aim_for(request.user, aim_id), client_id)
    initial = {"version": aim.version, "state": Aim.State.DONE, "on": business_day()}
    return answer_form(
        request,
        forms.AimResultForm(request.POST or None, initial=initial),
        lambda data: actions.close_aim(by=request.user, aim_id=aim.pk, **data),
        title=aim.get_kind_display(),
        note=aim.text,
        client_id=client_id,
        back=tab_address(TAB, client_id),
        done=_("Settled"),
        tab=TAB,
    )


@access(*CREATORS)
@require_POST
def reopen(request: HttpRequest, client_id: int, aim_id: int) -> HttpResponse:
    """It is not settled after all."""
    aim = own(aim_for(request.user, aim_id), client_id)
    actions.reopen_aim(by=request.user, aim_id=aim.pk, version=whole_of(request.POST, "version"))
    return done(request, _("Open again"), to=tab_address(TAB, client_id))
