"""Values of a form as types, each with an error that names its field."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput

Form = Mapping[str, str]
FIRST = date(2015, 1, 1)
AHEAD = timedelta(days=731)
LONGEST_ID = 18


def day_of(form: Form, field: str) -> date:
    """A day as browsers send it (2026-12-01); BadInput for anything else, and for a year that
    nobody here means: before 2015 or more than two years ahead."""
    try:
        day = date.fromisoformat(form.get(field, "").strip())
    except ValueError:
        raise BadInput(_("Choose a day"), field=field) from None
    last = clock.today(settings.TIME_ZONE) + AHEAD
    if not FIRST <= day <= last:
        raise BadInput(
            _("Choose a day between %(first)s and %(last)s")
            % {"first": f"{FIRST:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"},
            field=field,
        )
    return day


def id_of(text: str) -> int | None:
    """A number that a row may have; None for anything else, however long."""
    fits = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
    return int(text) if fits else None


def day_or_none(form: Form, field: str) -> date | None:
    """A day, or None when the field is left empty."""
    return day_of(form, field) if form.get(field, "").strip() else None


def whole_of(form: Form, field: str) -> int:
    """A whole number that is not negative; BadInput for anything else."""
    text = form.get(field, "").strip().replace(" ", "").replace("\u00a0", "")
    if not text.isdecimal() or len(text) > 12:
        raise BadInput(_("Enter a whole number"), field=field)
    return int(text)
