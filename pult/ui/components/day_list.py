"""The rows of a day: dozens of them, most the same as when the day was last looked at."""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language

from pult.ui.components.lists import row
from pult.ui.components.row_buttons import row_buttons
from pult.ui.markup import UNSEALED, sealed
from pult.ui.parts import DayItem, RowButtons

KEPT = 1024  # rows of some four kilobytes


def day_rows(items: Iterable[DayItem], now: datetime, token: str) -> SafeString:
    """Many `row`s with their buttons, each drawn once for a day, a language and a zone.

    What makes a row is all in its item; only the token of its form is the page's own.
    """
    looks = localtime(now).date(), get_language(), get_current_timezone()
    return sealed(
        SafeString("".join(_row(item, _marked_up(item), *looks) for item in items)), token
    )


def _marked_up(item: DayItem) -> tuple[bool, ...]:
    """Which of its texts are HTML already: they may be equal to a text that is not."""
    texts = item.what, item.client, item.note, item.buttons
    return tuple(type(text) is SafeString for text in texts)


@lru_cache(maxsize=KEPT)
def _row(
    item: DayItem, _marked: tuple[bool, ...], today: date, _language: str | None, zone: tzinfo
) -> SafeString:
    buttons = item.buttons
    if isinstance(buttons, RowButtons):
        buttons = row_buttons(buttons, UNSEALED)
    return row(
        buttons or "",
        now=datetime.combine(today, time(12), zone),  # a due is told by days from today
        what=item.what,
        client=item.client,
        client_href=item.client_href,
        href=item.client_href,
        state=item.state,
        clauses=item.clauses,
        due=item.due,
        provisional=item.provisional,
        note=item.note,
        why=item.why,
        peek=item.peek,
    )
