"""The log of contacts with a client. POST to it notes one; taking one back is a noun of its own."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pult.comms.actions import (
    EVERYBODY,
    SEERS,
    TALKERS,
    edit_contact,
    end_wait,
    erase_note,
    log_contact,
    see_contacts,
    void_contact,
)
from pult.comms.queries import NewContact, new_contacts
from pult.kernel.access import access
from pult.kernel.roles import STAFF
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.contacts.correction import corrected, correction_page
from pult.web.pages.contacts.page import contacts_page, given_contact


@access(*STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, client_id: int) -> HttpResponse:
    problem = None
    if request.method == "POST":
        logged = []
        problem = attempt(
            lambda: logged.append(
                log_contact(by=request.user, client_id=client_id, **given_contact(request.POST))
            )
        )
        if problem is None:
            undo = reverse("contact_taken_back", args=[client_id, logged[0].pk])
            here = reverse("client_contacts", args=[client_id])
            return done(request, _("The contact is noted."), to=here, undo=undo)
    page = replace(contacts_page(request, client_id), problem=problem)
    return render_page(request, "contacts/contacts.html", page, status=status_of(problem))


@access(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, client_id: int, interaction_id: int) -> HttpResponse:
    page, given = correction_page(request, client_id, interaction_id), request.POST
    if request.method != "POST":
        return render_page(request, "contacts/correction.html", page)
    problem = attempt(
        lambda: edit_contact(
            by=request.user,
            client_id=client_id,
            interaction_id=interaction_id,
            **corrected(page.entry, given),
        )
    )
    if problem is None:
        return done(request, _("The entry is corrected."), to=page.back)
    page = replace(page, problem=problem)
    return render_page(request, "contacts/correction.html", page, status=status_of(problem))


@access(*EVERYBODY)
@require_POST
def taken_back(request: HttpRequest, client_id: int, interaction_id: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    entry = {"client_id": client_id, "interaction_id": interaction_id}
    void_contact(by=request.user, reason=reason, **entry)
    return done(
        request, _("The entry is taken back."), to=reverse("client_contacts", args=[client_id])
    )


@access(*EVERYBODY)
@require_POST
def note_erasure(request: HttpRequest, client_id: int, interaction_id: int) -> HttpResponse:
    """The words go, that there was a contact stays."""
    erase_note(by=request.user, client_id=client_id, interaction_id=interaction_id)
    here = reverse("client_contacts", args=[client_id])
    return done(request, _("The words of the note are erased."), to=here)


@access(*TALKERS)
@require_POST
def wait_end(request: HttpRequest, client_id: int) -> HttpResponse:
    """The client answered elsewhere, or the question is withdrawn."""
    end_wait(by=request.user, client_id=client_id)
    here = reverse("client_contacts", args=[client_id])
    return done(request, _("Nothing is awaited from the client any more."), to=here)


@access(*SEERS)
@require_POST
def seen(request: HttpRequest, client_id: int) -> HttpResponse:
    """What other departments noted is new no more."""
    see_contacts(by=request.user, client_id=client_id)
    return done(request, _("Noted"), to=reverse("client_contacts", args=[client_id]))


@dataclass(frozen=True)
class NewPage:
    rows: tuple[NewContact, ...]


@access(*STAFF)
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """What other departments talked of with the reader's clients; asked for by the day."""
    return render_page(request, "contacts/new.html", NewPage(new_contacts(request.user)))
