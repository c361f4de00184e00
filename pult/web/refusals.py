"""An error meant for people, raised where no form shows it, becomes a page that says what to do."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from pult.clients.access import client_for
from pult.clients.merged import Merged
from pult.integrations.intake.files import LONGEST_NAME
from pult.kernel.access import page_before
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.web.answers import status_of


class RefusalMiddleware:
    """Answers 409 or 422 with the words, the clause, the cure and who can help; a page of a card
    that is a part of another leads to the living one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, PultError):
            return None
        if isinstance(error, Merged):
            return _living(request, error)
        return refused(request, error)


def _living(request: HttpRequest, error: Merged) -> HttpResponse:
    """An address of a card that is a part of another leads to the same page of the living one, and
    a form is refused with the way there: to readers who see that one."""
    try:
        client_for(request.user, error.into)
    except NotVisible:
        return refused(request, error)
    if request.method not in ("GET", "HEAD"):
        there = reverse("client", args=[error.into])
        return _told(request, error, status=status_of(error), back=there)
    match = request.resolver_match
    if match and set(match.kwargs) == {"client_id"}:
        return redirect(match.view_name, client_id=error.into)
    return redirect("client", client_id=error.into)


def refused(request: HttpRequest, error: PultError) -> HttpResponse:
    """The page of a refusal no form shows."""
    return _told(request, error, status=status_of(error), back=page_before(request))


def _told(request: HttpRequest, error: PultError, *, status: int, back: str = "") -> HttpResponse:
    page = {"title": _("This did not go through"), "error": error, "back": back}
    return render(request, "ui/error.html", page, status=status)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request Django cannot take apart.

    People meet two: an address whose host name this Pult does not answer to, and a file whose name
    does not fit into the form that carries it.
    """
    if isinstance(exception, DisallowedHost):
        return _told(request, _unknown_host(), status=400)
    if isinstance(exception, MultiPartParserError) and "header size" in str(exception):
        return refused(request, _long_name())
    return bad_request(request, exception)


def _unknown_host() -> BadInput:
    return BadInput(
        _("Pult does not answer to the name in this address"),
        cure=_("Whoever looks after Pult adds it to %(setting)s; open Pult by a name it has.")
        % {"setting": "PULT_HOSTS"},
    )


def _long_name() -> BadInput:
    return BadInput(
        _("The name of the file is too long to be sent"),
        cure=_("Rename it to %(most)s letters at the most and choose it again.")
        % {"most": LONGEST_NAME},
    )
