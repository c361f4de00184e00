"""What every request of the staff's face has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pult.regulation import registry


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
