"""Who is to conduct a client: what it asks for, who answers that, and what it asked of us."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pult.clients.actions.replacing import DECIDERS, SETTERS, TELLERS
from pult.kernel.access import access
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.pages.client_manager.page import answered, asked, demanded, manager_page

PAGE = "client_manager/client_manager.html"


@access(*TELLERS)
@require_safe
def show(request: HttpRequest, client_id: int) -> HttpResponse:
    return render_page(request, PAGE, manager_page(request.user, client_id))


@access(*SETTERS)
@require_POST
def demands(request: HttpRequest, client_id: int) -> HttpResponse:
    """Say how much of what the client asks."""
    act = lambda: demanded(request.user, client_id, request.POST)  # noqa: E731
    return _answer(request, client_id, act, _("Noted"))


@access(*TELLERS)
@require_POST
def ask(request: HttpRequest, client_id: int) -> HttpResponse:
    """Note that the client asked for another manager."""
    act = lambda: asked(request.user, client_id, request.POST)  # noqa: E731
    return _answer(request, client_id, act, _("The request is noted, the head decides"))


@access(*DECIDERS)
@require_POST
def answer(request: HttpRequest, client_id: int, ask_id: int) -> HttpResponse:
    """Another manager, whose handover begins at once, or the same one."""
    act = lambda: answered(request.user, client_id, ask_id, request.POST)  # noqa: E731
    return _answer(request, client_id, act, _("The decision is noted"))


def _answer(
    request: HttpRequest, client_id: int, act: Callable[[], Any], words: str
) -> HttpResponse:
    problem = attempt(act)
    if problem is None:
        return done(request, words, to=reverse("client_manager", args=[client_id]))
    page = manager_page(request.user, client_id, typed=request.POST, problem=problem)
    return render_page(request, PAGE, page, status=status_of(problem))
