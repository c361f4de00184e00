"""Addresses of the regulation reader. A clause has a digit in its name; pages beside it do not."""

from django.urls import path, register_converter

from pult.web.pages.regulation import view


class ClauseConverter:
    """`5.3`, `М4.9`, `П.1`."""

    regex = r"[^/\d]*\d[^/]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ClauseConverter, "clause")

urlpatterns = [
    path("regulation/", view.regulation, name="regulation"),
    path("regulation/<clause:clause>/", view.clause, name="clause"),
    path(
        "regulation/<clause:clause>/editions/<int:edition>/signature/",
        view.signature,
        name="edition_signature",
    ),
]
