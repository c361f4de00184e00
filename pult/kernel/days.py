"""Days people type: a slip of the keyboard is told at once, not by whoever counts with it."""

from datetime import date

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput

FIRST = date(2000, 1, 1)
YEARS_AHEAD = 3


def check_day(day: date | None, field: str) -> None:
    """Raises BadInput for a day before 2000 or more than three years ahead; None is no day."""
    last = date(clock.now().year + YEARS_AHEAD, 12, 31)
    if day and not FIRST <= day <= last:
        raise BadInput(
            _("The day %(day)s is too far away") % {"day": day.isoformat()},
            field=field,
            cure=_("Choose one from %(first)s to %(last)s")
            % {"first": FIRST.isoformat(), "last": last.isoformat()},
        )
