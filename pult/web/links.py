"""Addresses of pages that may not be there."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def link(name: str, *args: Any) -> str:
    """The address of a named page, empty where this Pult has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
