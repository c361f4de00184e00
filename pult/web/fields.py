"""Values of a form as types, each with an error that names its field."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput

Form = Mapping[str, str]


def day_of(form: Form, field: str) -> date:
    """A day as browsers send it (2026-12-01); BadInput for anything else."""
    try:
        return date.fromisoformat(form.get(field, "").strip())
    except ValueError:
        raise BadInput(_("Choose a day"), field=field) from None


def day_or_none(form: Form, field: str) -> date | None:
    """A day, or None when the field is left empty."""
    return day_of(form, field) if form.get(field, "").strip() else None


def whole_of(form: Form, field: str) -> int:
    """A whole number that is not negative; BadInput for anything else."""
    text = form.get(field, "").strip().replace(" ", "").replace("\u00a0", "")
    if not text.isdecimal() or len(text) > 12:
        raise BadInput(_("Enter a whole number"), field=field)
    return int(text)
