"""Days people type: a slip of the keyboard is told at once, not by whoever counts with it."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput

FIRST = date(2000, 1, 1)
YEARS_AHEAD = 3
SHORT = "SHORT_DATE_FORMAT"
_SENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


def read_day(text: str, field: str) -> date | None:
    """A day as browsers send it (2026-12-01) or people write it (01.12.2026); empty is None.

    Raises BadInput for anything else and for a day `check_day` refuses.
    """
    text = text.strip()
    if not text:
        return None
    day = _day(text)
    if day is None:
        raise BadInput(
            _("“%(text)s” is not a day") % {"text": text[:40]},
            field=field,
            cure=_("Write it as 05.03.2026"),
        )
    check_day(day, field)
    return day


def _day(text: str) -> date | None:
    if sent := _SENT.fullmatch(text):
        parts = sent.groups()
    elif written := _WRITTEN.fullmatch(text):
        parts = written.groups()[::-1]
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def check_day(day: date | None, field: str) -> None:
    """Raises BadInput for a day before 2000 or more than three years ahead; None is no day."""
    last = date(clock.now().year + YEARS_AHEAD, 12, 31)
    if day and not FIRST <= day <= last:
        raise BadInput(
            _("The day %(day)s is too far away") % {"day": date_format(day, SHORT)},
            field=field,
            cure=_("Choose one from %(first)s to %(last)s")
            % {"first": date_format(FIRST, SHORT), "last": date_format(last, SHORT)},
        )
