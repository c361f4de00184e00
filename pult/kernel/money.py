"""Money as whole kopecks: reading, showing, VAT and sharing out. No floats anywhere.

"Kopecks" are hundredths of any currency. Returns and corrections are negative amounts; rounding
treats them as mirrors of positive ones, so that a return undoes its payment to the kopeck. Pure:
`pult.kernel.amounts` words the refusals for people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# Far above any invoice, far below what a 64-bit column holds even when summed.
MAX_KOPECKS = 10**15
_NBSP = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_SPACES = re.compile(r"[\s\u2009\u202f]")
_CURRENCY = re.compile(r" ?(?:₽|руб\.?|р\.)$", re.IGNORECASE)
_AMOUNT = re.compile(r"(-?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]{1,2})|-([0-9]{2}))?")
_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}


class AmountError(ValueError):
    """Text or a number that is no amount: `unreadable`, `too_large` or `negative` is why."""

    def __init__(self, reason: Literal["unreadable", "too_large", "negative"], text: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.reason = reason
        self.text = text


def parse_amount(text: str, *, allow_negative: bool = False) -> int:
    """Kopecks of an amount as people and banks write it.

    Takes `15000`, `100.5`, `18026,52`, `175000-00` and thousands parted by spaces of any width,
    with or without a rouble sign. AmountError for anything else: a third decimal, an exponent,
    both a point and a comma, a minus where none is allowed, 10¹³ roubles and more.
    """
    plain = _SPACES.sub(" ", text.strip()).replace(_MINUS, "-")
    found = _AMOUNT.fullmatch(_CURRENCY.sub("", plain))
    if not found:
        raise AmountError("unreadable", text)
    minus, whole, decimals, dashed = found.groups()
    kopecks = int(whole.replace(" ", "")) * 100 + int((decimals or dashed or "0").ljust(2, "0"))
    if kopecks >= MAX_KOPECKS:
        raise AmountError("too_large", text)
    if minus and not allow_negative:
        raise AmountError("negative", text)
    return -kopecks if minus else kopecks


def format_money(kopecks: int, currency: str = "RUB", language: str = "ru") -> str:
    """The amount for people: «18 026,52 ₽» in Russian, «₽18,026.52» in English.

    Spaces do not break; the minus is a true one. A currency without a sign keeps its code.
    """
    whole, rest = divmod(abs(kopecks), 100)
    minus = _MINUS if kopecks < 0 else ""
    sign = _SIGNS.get(currency, currency)
    if language.startswith("ru"):
        return f"{minus}{whole:,}".replace(",", _NBSP) + f",{rest:02d}{_NBSP}{sign}"
    gap = "" if len(sign) == 1 else _NBSP
    return f"{minus}{sign}{gap}{whole:,}.{rest:02d}"


@dataclass(frozen=True)
class VatRate:
    """A rate one may choose from `since` to `until`, both included (None: still).

    percent: None is "without VAT", which an invoice words unlike a rate of 0 %.
    """

    kind: Literal["standard", "reduced", "simplified", "none"]
    percent: int | None
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the rate is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


# Tax Code, articles 164 (standard, reduced) and 164.8 (simplified system, from 2025).
VAT_RATES = (
    VatRate("standard", 18, date(2004, 1, 1), date(2018, 12, 31)),
    VatRate("standard", 20, date(2019, 1, 1), date(2025, 12, 31)),
    VatRate("standard", 22, date(2026, 1, 1)),
    VatRate("reduced", 10, date(2004, 1, 1)),
    VatRate("simplified", 5, date(2025, 1, 1)),
    VatRate("simplified", 7, date(2025, 1, 1)),
    VatRate("none", None, date(2004, 1, 1)),
)


def vat_rates(on: date) -> tuple[VatRate, ...]:
    """The rates in force on a day, the standard one first; empty before 2004."""
    return tuple(rate for rate in VAT_RATES if rate.holds(on))


def standard_vat(on: date) -> int:
    """The standard rate on a day, in percent: 22 from 2026; ValueError before 2004."""
    for rate in vat_rates(on):
        if rate.kind == "standard" and rate.percent is not None:
            return rate.percent
    raise ValueError(f"no standard VAT rate is known for {on}")


def vat_inside(total: int, rate: int | None) -> int:
    """The VAT contained in a gross amount: total · rate / (100 + rate), half a kopeck up."""
    return _share(total, rate or 0, 100 + (rate or 0))


def vat_on_top(net: int, rate: int | None) -> int:
    """The VAT to add to a net amount: net · rate / 100, half a kopeck up."""
    return _share(net, rate or 0, 100)


def without_vat(total: int, rate: int | None) -> int:
    """A gross amount less the VAT it contains."""
    return total - vat_inside(total, rate)


def _share(amount: int, part: int, whole: int) -> int:
    if part < 0:
        raise ValueError("a VAT rate cannot be negative")
    rounded = (2 * abs(amount) * part + whole) // (2 * whole)
    return -rounded if amount < 0 else rounded


def split(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared out in proportion to `weights`, summing to it exactly.

    Largest remainders get the leftover kopecks, of equal ones the earlier. ValueError when weights
    are negative, or all zero (or none) while there is something to share.
    """
    whole = sum(weights)
    if min(weights, default=0) < 0 or (whole == 0 and total != 0):
        raise ValueError("shares need weights, none negative and at least one above zero")
    if whole == 0:
        return [0 for _weight in weights]
    shares, remainders = zip(
        *(divmod(abs(total) * weight, whole) for weight in weights), strict=True
    )
    leftover = abs(total) - sum(shares)
    lucky = set(sorted(range(len(weights)), key=lambda i: -remainders[i])[:leftover])
    result = [share + (i in lucky) for i, share in enumerate(shares)]
    return [-share for share in result] if total < 0 else result
