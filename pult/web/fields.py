"""Values of a form as types, each with an error that names its field."""

import re
from collections.abc import Container, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel.days import read_day
from pult.kernel.errors import BadInput
from pult.kernel.words import id_of

Form = Mapping[str, Any]
HOUR = 60
CLOCK = re.compile(r"(?P<hours>\d{1,4}):(?P<minutes>\d\d)")
TIME = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?) ?(?:ч|час|часа|часов|h|hours?)\.?)?"
    r" ?(?:(?P<minutes>\d{1,6}) ?(?:м|мин|минут|минуты|минута|m|min|minutes?)?\.?)?"
)


def day_of(form: Form, field: str) -> date:
    """A day somebody had to choose; BadInput for none, and for what `read_day` refuses."""
    day = day_or_none(form, field)
    if day is None:
        raise BadInput(_("Choose a day"), field=field)
    return day


def day_or_none(form: Form, field: str) -> date | None:
    """A day, or None when the field is left empty."""
    return read_day(str(form.get(field, "")), field)


def id_in(form: Form, field: str) -> int | None:
    """The number of a row that was chosen, None for an empty choice; BadInput for no number."""
    text = str(form.get(field, "")).strip()
    found = id_of(text)
    if text and found is None:
        raise not_offered(field)
    return found


def one_of(form: Form, field: str, offered: Container[str], default: str = "") -> str:
    """The choice made, `default` for an empty one; BadInput for what was not offered."""
    chosen = str(form.get(field, "")) or default
    if chosen not in offered:
        raise not_offered(field)
    return chosen


def not_offered(field: str) -> BadInput:
    return BadInput(_("Choose one of what is offered"), field=field)


def whole_of(form: Form, field: str) -> int:
    """A whole number that is not negative; BadInput for anything else."""
    text = form.get(field, "").strip().replace(" ", "").replace("\u00a0", "")
    if not text.isdecimal() or len(text) > 12:
        raise BadInput(_("Enter a whole number"), field=field)
    return int(text)


def minutes_of(form: Form, field: str) -> int:
    """A length of time in minutes, typed as people type it: 80, 1:20, 1ч 20, 1,5 ч."""
    text = " ".join(str(form.get(field, "")).split()).lower()
    if (clock := CLOCK.fullmatch(text)) and int(clock["minutes"]) < HOUR:
        return int(clock["hours"]) * HOUR + int(clock["minutes"])
    told = TIME.fullmatch(text) if text else None
    if told is None:
        raise BadInput(
            _("Enter a time"),
            field=field,
            cure=_("In minutes or hours: 80, 1:20, 1h 20m"),
        )
    hours = Decimal((told["hours"] or "0").replace(",", "."))
    return int(hours * HOUR) + int(told["minutes"] or 0)


def as_typed(kopecks: int) -> str:
    """A sum as a person would type it in a field: 95081,97."""
    roubles, rest = divmod(kopecks, 100)
    return f"{roubles},{rest:02}" if rest else str(roubles)
