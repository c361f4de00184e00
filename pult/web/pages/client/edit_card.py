"""Forms about the client as a whole: card, status, people in charge, pauses, trust."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pult.clients import actions
from pult.clients.access import client_for, line_for, pause_for
from pult.clients.actions.cards import CREATORS, EDITORS
from pult.clients.actions.charge import ASSIGNERS
from pult.clients.actions.pauses import PAUSERS
from pult.clients.models import Assignment
from pult.clients.queries import client_header
from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.people.models import User
from pult.people.queries import business_day
from pult.web.answers import done, see_other
from pult.web.pages.client import forms
from pult.web.pages.client.asking import answer_form, tab_address

FORM = require_http_methods(["GET", "POST"])
CHARGERS = tuple({role for roles in ASSIGNERS.values() for role in roles})


@access(*CREATORS)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Enter a client, then show it."""
    made: dict[str, Any] = {}
    check_url = reverse("client_alike")

    def act(data: dict[str, Any]) -> None:
        made["client"] = actions.create_client(by=request.user, **data)

    answer = answer_form(
        request,
        forms.NewClientForm(
            request.POST or None,
            check_url=check_url,
            is_seller=request.user.roles.isdisjoint(EDITORS),
        ),
        act,
        title=_("New client"),
        check_url=check_url,
        client_id=None,
        back=reverse("clients"),
        done=_("The client is entered"),
    )
    return see_other("client", made["client"].pk) if made else answer


@access(*EDITORS)
@FORM
def edit(request: HttpRequest, client_id: int) -> HttpResponse:
    """The card and the group."""
    row = client_for(request.user, client_id)
    initial = {
        name: getattr(row, name)
        for name in ("version", "name", "relationship", "about", "worked_since", "folder")
    }
    initial["group"] = row.group.name if row.group else ""

    def act(data: dict[str, Any]) -> None:
        group = data.pop("group")
        saved = actions.edit_client(by=request.user, client_id=client_id, **data)
        if group.strip() != initial["group"]:
            actions.set_group(
                by=request.user, client_id=client_id, version=saved.version, group_name=group
            )

    return answer_form(
        request,
        forms.CardForm(request.POST or None, initial=initial),
        act,
        title=_("Card"),
        client_id=client_id,
        back=tab_address("client", client_id),
    )


@access(*CREATORS)
@FORM
def status(request: HttpRequest, client_id: int) -> HttpResponse:
    """Lead, client, paused, ended."""
    row = client_for(request.user, client_id)
    initial = {"version": row.version, "status": row.status, "since": business_day()}
    return answer_form(
        request,
        forms.StatusForm(request.POST or None, initial=initial),
        lambda data: actions.set_status(by=request.user, client_id=client_id, **data),
        title=_("Status"),
        client_id=client_id,
        back=tab_address("client", client_id),
    )


@access(*CREATORS)
@require_http_methods(["POST"])
def status_cancel(request: HttpRequest, client_id: int) -> HttpResponse:
    """The status that waits for its day is called off."""
    actions.cancel_status(by=request.user, client_id=client_id)
    return done(request, _("Called off"), to=tab_address("client_card", client_id))


@access(*CHARGERS)
@FORM
def charge(request: HttpRequest, client_id: int) -> HttpResponse:
    """Put a person in charge; a manager of a client at work comes by a handover."""
    roles = _given_by(request.user)

    def act(data: dict[str, Any]) -> None:
        role, person = data["person"]
        why = data["over_limit"]
        actions.assign(by=request.user, client_id=client_id, user=person, role=role, over_limit=why)

    client_for(request.user, client_id)
    return answer_form(
        request,
        forms.ChargeForm(request.POST or None, roles=roles),
        act,
        title=_("Put somebody in charge"),
        note=_("A client at work goes from one manager to another by a handover."),
        client_id=client_id,
        back=tab_address("client", client_id),
    )


@access(*CHARGERS)
@FORM
def release(request: HttpRequest, client_id: int) -> HttpResponse:
    """Take a person off the client; nobody is put in their place."""
    given = _given_by(request.user)
    held = [one for one in client_header(request.user, client_id).holders if one.role in given]

    def act(data: dict[str, Any]) -> None:
        role, person = data["person"]
        actions.release(by=request.user, client_id=client_id, user=person, role=role)

    return answer_form(
        request,
        forms.ReleaseForm(request.POST or None, held=held),
        act,
        title=_("Take somebody off"),
        note=_("What they did for the client stays theirs; nobody is put in their place."),
        submit=_("Take off"),
        client_id=client_id,
        back=tab_address("client", client_id),
    )


def _given_by(user: User) -> dict[str, Any]:
    """The roles at a client this person hands out, with their words."""
    words = dict(Assignment.Role.choices)
    return {
        role: words[role]
        for role, givers in ASSIGNERS.items()
        if role != "client" and not user.roles.isdisjoint(givers)
    }


@access(*PAUSERS)
@FORM
def pause(request: HttpRequest, client_id: int, line_id: int | None = None) -> HttpResponse:
    """Pause the client, or one line of it."""
    client_for(request.user, client_id)
    if line_id is not None and line_for(request.user, line_id).client_id != client_id:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    back = (
        tab_address("client_line", client_id, line_id)
        if line_id
        else tab_address("client", client_id)
    )
    return answer_form(
        request,
        forms.PauseForm(request.POST or None, initial={"first_day": business_day()}),
        lambda data: actions.pause(by=request.user, client_id=client_id, line_id=line_id, **data),
        title=_("Pause"),
        note=_("Deadlines that wait for the client stand still on these days."),
        client_id=client_id,
        back=back,
        done=_("The pause is planned"),
    )


@access(*PAUSERS)
@FORM
def resume(request: HttpRequest, client_id: int, pause_id: int) -> HttpResponse:
    """End a pause, or call it off before it begins."""
    if pause_for(request.user, pause_id).client_id != client_id:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return answer_form(
        request,
        forms.ResumeForm(request.POST or None, initial={"first_working_day": business_day()}),
        lambda data: actions.resume(by=request.user, pause_id=pause_id, **data),
        title=_("Resume"),
        note=_("A day before the pause begins calls it off."),
        client_id=client_id,
        back=tab_address("client", client_id),
        done=_("Work goes on"),
    )


@access("head")
@FORM
def trust(request: HttpRequest, client_id: int) -> HttpResponse:
    """Let the client start before it pays: why, up to how much, until when."""
    client_for(request.user, client_id)
    return answer_form(
        request,
        forms.TrustForm(request.POST or None),
        lambda data: actions.set_trusted(by=request.user, client_id=client_id, **data),
        title=_("Trusted client"),
        note=_("A new mark replaces the one in force."),
        client_id=client_id,
        back=tab_address("client", client_id),
    )


@access("head")
@require_http_methods(["POST"])
def trust_removal(request: HttpRequest, client_id: int) -> HttpResponse:
    """Take trust back."""
    actions.revoke_trusted(by=request.user, client_id=client_id)
    return done(request, _("Trust is taken back"), to=tab_address("client", client_id))
