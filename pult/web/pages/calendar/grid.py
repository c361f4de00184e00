"""The days of a year, drawn in Python: a template spends five times as long on 365 of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from pult.ui.markup import EMPTY, fill, join

if TYPE_CHECKING:
    from pult.web.pages.calendar.page import ShownDay

TODAY = SafeString(' aria-current="date"')


def drawn(days: "Iterable[ShownDay]", edit: str = "", query: str = "") -> SafeString:
    """A cell each; with `edit`, the beginning of their addresses, a link to edit the day."""
    if not edit:
        return join(
            fill(
                '<span class="{}" title="{}"{}>{}<span class="sr-only"> {}</span></span>',
                day.looks,
                words,
                TODAY if day.is_today else EMPTY,
                day.number,
                words,
            )
            for day in days
            for words in [day.words]
        )
    return join(
        fill(
            '<a href="{}{}/{}" class="{}" title="{}"{}>{}<span class="sr-only"> {}</span></a>',
            edit,
            day.iso,
            query,
            day.looks,
            words,
            TODAY if day.is_today else EMPTY,
            day.number,
            words,
        )
        for day in days
        for words in [day.words]
    )
