"""A form sent twice, by a double click or a retry, is carried out once."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from pult.kernel import repeats
from pult.kernel.access import Access
from pult.kernel.words import is_local_path
from pult.web.answers import came_from, see_other

TOKEN = "csrfmiddlewaretoken"
LARGEST = 256 * 1024  # longer bodies are files, which are known by their content


class OnceMiddleware:
    """Answers the second of two identical forms with the page they came from.

    Per person: the same path and body as the last thing they sent, within ten seconds. What ended
    without success, or with another form in between, may be sent again. The first action of the
    form claims it (`pult.kernel.repeats`). Stands after the check of the CSRF token, which lets
    nothing through that would be claimed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        finally:
            repeats.end()
        sending = getattr(request, "sending", None)
        return response if sending is None else _settled(request, sending, response)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _is_watched(request, view):
            return None
        user_id, digest = request.user.pk, _digest(request)
        if repeats.is_known(user_id, digest):
            return _sent_already(request)
        request.sending = repeats.begin(user_id, digest)  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, repeats.SentTwice):
            return None
        request.sending = None  # type: ignore[attr-defined]
        return _sent_already(request)


def _settled(
    request: HttpRequest, sending: repeats.Sending, response: HttpResponse
) -> HttpResponse:
    """The answer, once the claim says what became of the form."""
    if _is_done(response):
        if not sending.is_claimed:  # a view that wrote nothing, or no action did
            repeats.claim(sending.user_id, sending.digest)
    elif sending.is_claimed:
        repeats.release(sending.user_id, sending.digest)
    elif repeats.is_known(sending.user_id, sending.digest, sending.came):
        return _sent_already(request)  # refused for what its twin did meanwhile
    return response


def _sent_already(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Already sent: it was not written a second time"))
    return see_other(came_from(request, _page_of(request)))


def _is_watched(request: HttpRequest, view: Any) -> bool:
    rule = getattr(view, "access", None)
    if request.method != "POST" or not isinstance(rule, Access) or rule.is_public:
        return False
    if not request.user.is_authenticated:
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) <= LARGEST


def _digest(request: HttpRequest) -> str:
    """Of the address and the values sent, files by their name and content."""
    sent = [request.get_full_path()]
    for name, values in request.POST.lists():
        if name != TOKEN:
            sent += [name, *values, ""]
    for name, files in request.FILES.lists():
        for file in files:
            sent += [name, file.name, hashlib.sha256(file.read()).hexdigest()]
            file.seek(0)
    if not request.POST and not request.FILES and request.content_type != "multipart/form-data":
        sent.append(hashlib.sha256(request.body).hexdigest())
    return hashlib.sha256("\0".join(sent).encode(errors="surrogatepass")).hexdigest()


def _is_done(response: HttpResponse) -> bool:
    """A form shown again (200) or an error (from 400 on) did nothing that lasts."""
    return 300 <= response.status_code < 400 or response.status_code == 204


def _page_of(request: HttpRequest) -> str:
    """The page of ours the form stood on, the first page when the browser does not say."""
    there = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(there)
    page = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return page if is_local_path(page) else "/"
