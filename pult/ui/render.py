"""One way to answer with a page: whole to a browser, in part to htmx.

The id of the element htmx wants to fill names the partial of the template: a request with
`HX-Target: agenda` gets `template#agenda`. A name the template does not define gets the whole
page, so that a link opened in a new tab and a swap use the same address.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pult.ui.frame import frame_of
from pult.ui.markup import UNSEALED


def render_page(request: HttpRequest, template: str, page: Any, status: int = 200) -> HttpResponse:
    """Render `page` (a frozen dataclass) with its template, or the partial htmx asked for.

    The template sees `page` and `frame`. A partial carries the waiting messages with it, to be
    swapped into the frame's list out of band.
    """
    context = {"page": page, "frame": frame_of(request)}
    wanted = _wanted(request)
    whole = get_template(template)
    partial = _partial(template, wanted) if wanted else None
    if partial is not None:
        body = partial.render(context, request) + _messages(request)
    else:
        body = whole.render(context, request)
    response = HttpResponse(body, status=status)
    if wanted and partial is None:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML show:window:top"
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def render_still(template: str, **told: Any) -> SafeString:
    """A template that knows only what it is told (hashable values), drawn once per language.

    Its forms have `markup.UNSEALED` for a token until a page seals them.
    """
    if settings.DEBUG:
        return _drawn.__wrapped__(template, "", tuple(told.items()), ())
    # A text may be equal to one that is HTML already and has to be escaped all the same.
    kinds = tuple(map(type, told.values()))
    return _drawn(template, get_language(), tuple(told.items()), kinds)


@lru_cache(maxsize=512)
def _drawn(
    template: str,
    _language: str | None,
    told: tuple[tuple[str, Any], ...],
    _kinds: tuple[type, ...],
) -> SafeString:
    context = Context({**dict(told), "form_token": UNSEALED})
    return SafeString(get_template(template).template.render(context))


def _wanted(request: HttpRequest) -> str:
    asks = request.headers
    if asks.get("HX-Request") != "true" or asks.get("HX-Boosted") == "true":
        return ""
    if asks.get("HX-History-Restore-Request") == "true":
        return ""
    return asks.get("HX-Target", "")


def _partial(template: str, name: str) -> Any:
    """The partial of this name, or None when the template defines none."""
    try:
        return get_template(f"{template}#{name}")
    except TemplateDoesNotExist:
        return None


def _messages(request: HttpRequest) -> str:
    waiting = get_messages(request) if hasattr(request, "_messages") else None
    if not waiting or not len(waiting):
        return ""
    return render_to_string("ui/messages_oob.html", {"messages": waiting}, request)
