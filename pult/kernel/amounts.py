"""Amounts typed by people: `pult.kernel.money` reads them, this words what is wrong with them."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pult.kernel.errors import BadInput
from pult.kernel.money import AmountError, parse_amount

_REFUSALS = {
    "unreadable": (
        _("“{text}” is not an amount."),
        _("Write roubles and at most two digits of kopecks, such as 18026,52."),
    ),
    "too_large": (_("The amount “{text}” is too large."), _("Check the number of digits.")),
    "negative": (_("The amount “{text}” cannot be negative."), _("Remove the minus.")),
}


def read_amount(
    text: str, *, allow_negative: bool = False, line: int | None = None, field: str = ""
) -> int:
    """Kopecks of a typed amount, as `parse_amount` takes it; BadInput with a cure otherwise."""
    try:
        return parse_amount(text, allow_negative=allow_negative)
    except AmountError as error:
        message, cure = _REFUSALS[error.reason]
        told = format_lazy(message, text=text[:40])
        raise BadInput(told, line=line, field=field, cure=cure) from error
