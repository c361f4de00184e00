"""Choices an address names and a list does not offer: the list leaves them out and says so."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

PASSING = frozenset(["page", "peek", "next"])  # where one stands, whatever the list
MOST, LONGEST = 5, 60


def tell_unknown(request: HttpRequest, *free: str, **offered: Collection[str]) -> None:
    """Name the parts of the address that are no choice of this list: `free` take any text,
    `offered` one of these codes, a sort with a leading minus too. Once for a whole page: what a
    script asks for afterwards repeats the address."""
    if "HX-Request" in request.headers:
        return
    unknown = [
        f"{name}={value}"[:LONGEST]
        for name, values in request.GET.lists()
        if name not in PASSING and name not in free
        for value in values
        if value and _code(name, value) not in offered.get(name, ())
    ]
    if unknown:
        words = _("This list has no such choice, it is shown without: %(choices)s")
        messages.warning(request, words % {"choices": ", ".join(unknown[:MOST])})


def _code(name: str, value: str) -> str:
    return value.removeprefix("-") if name == "sort" else value
