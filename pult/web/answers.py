"""How a form of the staff's face is answered: see other, or the same page with what is wrong."""

from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse


class SeeOther(HttpResponseRedirect):
    """303: the POST is done, look there; a reload repeats nothing."""

    status_code = 303


def see_other(to: str, *args: Any, query: str = "", **kwargs: Any) -> SeeOther:
    """Go to a named page (or an address) once a POST has done its work."""
    address = resolve_url(to, *args, **kwargs)
    return SeeOther(f"{address}?{query.removeprefix('?')}" if query else address)


def address_of(name: str, *args: Any) -> str:
    """The address of a named page, empty where this Pult has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
