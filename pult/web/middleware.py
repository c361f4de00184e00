"""What every request of the staff's face has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from pult.integrations.intake import LARGEST, too_large
from pult.regulation import registry
from pult.web.refusals import refused

# Besides the file a form sends its other fields and the borders between them.
LARGEST_REQUEST = LARGEST + (1 << 20)


def limited_upload(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A file larger than Pult reads is refused by what the request says of itself, unread.

    Stands after what knows the reader and before any view: the first look at the form, for its
    CSRF token, would write the whole file to the disk.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length) > LARGEST_REQUEST:
            answer = refused(request, too_large())
            answer.status_code = 413
            return answer
        return get_response(request)

    return respond


def one_reading(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page that only reads looks up the regulation in force once, however often it asks."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with registry.reading():
            return get_response(request)

    return respond


def kept_private(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A signed-in person's page is kept by no shared cache and asked for anew by their own.

    Not `no-store`: going back in the browser would lose what was typed.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ("Cookie",))
        return response

    return respond
