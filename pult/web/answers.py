"""How a form of the staff's face is answered: see other, or the same page with what is wrong.

problem = attempt(lambda: postpone_act(...))
if problem is None:
    return done(request, _("Put off"), to=reverse("my_day"), undo=...)
return render_page(request, template, replace(page, problem=problem), status=status_of(problem))
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.kernel.words import is_local_path
from pult.ui.components.controls import post_button

CAME_FROM = "next"
DIALOG = "act"  # the body of the dialog in which a row's form opens


class SeeOther(HttpResponseRedirect):
    """303: the POST is done, look there; a reload repeats nothing."""

    status_code = 303


def see_other(to: str, *args: Any, query: str = "", **kwargs: Any) -> SeeOther:
    """Go to a named page (or an address) once a POST has done its work."""
    address = resolve_url(to, *args, **kwargs)
    return SeeOther(f"{address}?{query.removeprefix('?')}" if query else address)


def address_of(name: str, *args: Any) -> str:
    """The address of a named page, empty where this Pult has none.

    A list asks for hundreds of addresses that differ by a number: their pattern is found once.
    """
    if all(type(one) is int for one in args):
        return address_pattern(name, len(args)).format(*args)
    return _reversed(name, args)


def address_pattern(name: str, places: int = 1) -> str:
    """The same with `{}` where its numbers go, for whoever writes one in every row."""
    return _pattern(name, places, get_script_prefix())


@lru_cache(maxsize=512)
def _pattern(name: str, places: int, _prefix: str) -> str:
    numbers = [10**9 + place for place in range(places)]
    address = _reversed(name, numbers)
    for number in numbers:
        address = address.replace(str(number), "{}")
    return address


def _reversed(name: str, args: Sequence[Any]) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def attempt(action: Callable[[], Any]) -> PultError | None:
    """Run an action; what it refuses comes back to be shown. `NotVisible` stays a 404."""
    try:
        action()
    except NotVisible:
        raise
    except PultError as problem:
        return problem
    return None


def status_of(problem: PultError | None) -> int:
    """200 without a problem, 422 for input to mend, 409 for a refusal or somebody's change."""
    if problem is None:
        return 200
    return 422 if isinstance(problem, BadInput) else 409


def came_from(request: HttpRequest, default: str) -> str:
    """Where to return to: `next` when it is a path of ours, else `default`."""
    wanted = request.POST.get(CAME_FROM) or request.GET.get(CAME_FROM) or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and is_local_path(wanted) else default


def done(request: HttpRequest, words: Any, *, to: str, undo: str = "") -> HttpResponse:
    """Say what was done and go back by 303; with `undo` the note carries the way out of it."""
    to = came_from(request, to)
    if undo:
        button = post_button(_("Undo"), undo, get_token(request), size="small", field_next=to)
        words = format_html("{} {}", words, button)
    messages.success(request, words)
    return _from_dialog(to) if request.headers.get("HX-Target") == DIALOG else see_other(to)


def _from_dialog(to: str) -> HttpResponse:
    """A form sent from a dialog: its script would follow a 303 by itself and lose the note."""
    return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to)})
