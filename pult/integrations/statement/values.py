"""Values as banks write them: sums, dates, the currency hidden in an account number."""

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

_SUM = re.compile(r"([+-]?)(\d{1,15})(?:[.,](\d*))?", re.ASCII)
_GROUPED = re.compile(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?:\D|$))")
_DOTTED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T]\d{1,2}:\d{2}.*)?", re.DOTALL)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{1,2}:\d{2}.*)?", re.DOTALL)
LONGEST_TOLD = 1000
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_CURRENCIES = {
    "810": "RUB",
    "643": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "933": "BYN",
    "398": "KZT",
}


class BadValue(ValueError):
    """`code` is the word of `Problem.code`; `reason` is for people."""

    def __init__(self, code: str, reason: object) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def kopecks(text: str) -> int:
    """Kopecks of `15000`, `100.5`, `18026,52`, `1 000,00`; no binary fraction is involved.

    Raises BadValue: `amount` when it is no number, `decimals` when it is finer than a kopeck.
    """
    whole, _dot, part = text.partition(".")
    if len(part) == 2 and 0 < len(whole) <= 15:
        digits = whole + part
        if digits.isascii() and digits.isdigit():  # as nearly every bank writes it
            return int(digits)
    found = _SUM.fullmatch(text) or _SUM.fullmatch(_GROUPED.sub("", text.strip()))
    if found is None:
        raise BadValue("amount", _("“%(value)s” is not a sum") % {"value": text[:40]})
    sign, whole, fraction = found.groups()
    fraction = fraction or ""
    if len(fraction) > 2 and fraction[2:].strip("0"):
        raise BadValue("decimals", _("“%(value)s” is finer than a kopeck") % {"value": text[:40]})
    amount = int(whole) * 100 + int((fraction + "00")[:2])
    return -amount if sign == "-" else amount


@lru_cache(maxsize=8192)
def day(text: str) -> date:
    """The date of `03.02.2026`, `3.2.2026`, `2026-02-03`, a time after it being dropped.

    Raises BadValue `date`, also for 30 February and for a year no statement can have.
    """
    stripped = text.strip()
    dotted = _DOTTED_DAY.fullmatch(stripped)
    iso = None if dotted else _ISO_DAY.fullmatch(stripped)
    if dotted:
        number, month, year = (int(part) for part in dotted.groups())
    elif iso:
        year, month, number = (int(part) for part in iso.groups())
    else:
        raise BadValue("date", _("“%(value)s” is not a date") % {"value": text[:40]})
    try:
        found = date(year, month, number)
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadValue("date", _("There is no such day as “%(value)s”") % {"value": text[:40]})
    return found


def currency_of(account: str) -> str:
    """The currency an account is kept in: digits 6–8 of a Russian account, the country of an
    IBAN otherwise; roubles when the account does not say."""
    if len(account) == 20 and account.isdigit():
        return _CURRENCIES.get(account[5:8], "RUB")
    return {"KZ": "KZT", "BY": "BYN"}.get(account[:2].upper(), "RUB")


def told_of(*, on: str, **texts: str) -> dict[str, str]:
    """What a row says that could not be taken, for the form of a payment by hand: its day as
    YYYY-MM-DD, the rest as written. What it does not say is left out."""
    said = {name: text[:LONGEST_TOLD] for name, text in texts.items() if text}
    with suppress(BadValue):
        said["day"] = day(on).isoformat()
    return said
