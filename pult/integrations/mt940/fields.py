"""The fields of MT940: balances, statement lines, days written with two digits of the year."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from pult.integrations.statement.faults import BadField, faults
from pult.integrations.statement.values import BadValue, kopecks

_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d[\d.]*(?:,\d*)?)")
_LINE = re.compile(
    r"(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d[\d.]*(?:,\d*)?)([A-Z][A-Z0-9]{3})?(.*)", re.DOTALL
)
# Near it there is every day a month may have.
_LEAP_DAY = date(2024, 2, 29)


@dataclass(frozen=True, slots=True)
class Balance:
    """`amount` in hundredths, negative for a debit balance."""

    on: date
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Field 61. `incoming` already accounts for reversals: RC takes a credit back."""

    value_on: date
    booked_on: date
    mark: str
    incoming: bool
    amount: int
    type_code: str
    reference: str
    bank_reference: str
    details: str


def balance(text: str) -> Balance:
    """Fields 60 and 62. Raises BadValue."""
    found = _BALANCE.fullmatch(text.strip())
    if found is None:
        raise BadValue("balance", _("“%(value)s” is not a balance") % {"value": text[:40]})
    mark, day, currency, amount = found.groups()
    return Balance(short_day(day), currency, _amount(amount) * (1 if mark == "C" else -1))


def statement_line(text: str) -> StatementLine:
    """Field 61. Raises BadValue."""
    first, _end, details = text.partition("\n")
    found = _LINE.fullmatch(first.strip())
    if found is None:
        raise BadValue("columns", _("“%(value)s” is not a statement line") % {"value": text[:40]})
    value, entry, mark, _funds, amount, type_code, references = found.groups()
    value_on = short_day(value)
    reference, _slashes, bank_reference = references.partition("//")
    return StatementLine(
        value_on=value_on,
        booked_on=_entry_day(entry, value_on) if entry else value_on,
        mark=mark,
        incoming=mark in ("C", "RD"),
        amount=_sum(amount),
        type_code=type_code or "",
        reference="" if reference.strip() == "NONREF" else reference.strip(),
        bank_reference=bank_reference.strip(),
        details=" ".join(details.split()),
    )


def line_faults(text: str) -> list[BadField]:
    """Everything that is wrong with a field 61 `statement_line` does not take."""
    found = _LINE.fullmatch(text.partition("\n")[0].strip())
    if found is None:
        return faults([partial(statement_line, text)], "61")
    value, entry, _mark, _funds, amount, *_rest = found.groups()
    booked = [partial(_entry_day, entry, _LEAP_DAY)] if entry else []
    return faults([partial(short_day, value), *booked, partial(_sum, amount)], "61")


def short_day(text: str) -> date:
    """`260203` is 3 February 2026; years 80–99 belong to the last century."""
    year = int(text[:2])
    return _real_day(1900 + year if year >= 80 else 2000 + year, text[2:])


def _entry_day(text: str, near: date) -> date:
    """A day without a year: the one of the three years that lies nearest to the value date."""
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(_real_day(year, text))
        except BadValue:
            continue
    if not days:
        return _real_day(near.year, text)
    return min(days, key=lambda day: abs((day - near).days))


def _real_day(year: int, month_and_day: str) -> date:
    try:
        return date(year, int(month_and_day[:2]), int(month_and_day[2:]))
    except ValueError as error:
        shown = f"{month_and_day[2:]}.{month_and_day[:2]}.{year}"
        raise BadValue(
            "date", _("There is no such day as “%(value)s”") % {"value": shown}
        ) from error


def _amount(text: str) -> int:
    return kopecks(text.replace(".", "").replace(",", "."))


def _sum(text: str) -> int:
    amount = _amount(text)
    if amount == 0:
        raise BadValue("amount", _("the sum of a document must be more than zero"))
    return amount
