"""Where an act stands besides its state: put off, with the accountant, to be sent, on pause."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pult.clients.queries.pauses import Stretch
from pult.clients.queries.shapes import PauseItem
from pult.regulation.queries import LedgerRow
from pult.ui.formats import short_day
from pult.web.obligations import Asked, is_on_the_way, next_step, paused_words


def standing_words(
    rows: Sequence[LedgerRow],
    asked: Asked,
    pause: Stretch | PauseItem | None,
) -> str:
    """The words for the rows of one act; empty where nothing is to be said."""
    lines = [row for row in rows if row.subject_type == "line"]
    told = [next_step(lines, asked)] if is_on_the_way(lines, asked) else []
    days = [row.put_off for row in rows if row.put_off]
    if days:
        told.append(_("put off until %(day)s") % {"day": short_day(min(days))})
    if any(row.is_paused for row in rows):
        told.append(paused_words(pause))
    return " · ".join(told)
