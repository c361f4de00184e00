"""Funding periods: which payment began the time a line now lives on (5.3).

A line's period begins with the share that brings the line's ad money in one invoice to nine tenths
of what the invoice asks for the line. Less is a part: the client has the paper and its rest is
awaited, so nobody is asked for one more; and nine tenths are as good as the whole, because clients
round. An invoice begins one period at most: its rest, an overpayment or a share taken back and paid
again begin none. A period is over as if it had never been once all its money is given back, or the
booking that began it is taken back; the one before goes on then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Came:
    """A share of a payment in an invoice's ad money of a line, `amount` kopecks; what was given
    back is negative. `pk` grows in the order shares are made."""

    pk: int
    line: int
    invoice: int
    payment: int
    amount: int
    made_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`key` names a period for good; of several, the one with the greatest `began` is the newest"""

    began: int
    key: str


def funding_of(
    shares: Iterable[Came], asked: Mapping[tuple[int, int], int]
) -> dict[int, tuple[Period, ...]]:
    """Line → its periods, the oldest first; lines without any are left out.

    `asked` is by (line, invoice): kopecks of ad money, VAT included.
    """
    came: dict[tuple[int, int], int] = defaultdict(int)
    held: dict[tuple[int, int], int] = defaultdict(int)
    begun: dict[tuple[int, int], Period] = {}
    names: dict[tuple[int, str], datetime] = {}
    for share in sorted(shares, key=lambda one: one.pk):
        bill = share.line, share.invoice
        held[bill] += share.amount
        came[bill] += max(share.amount, 0)
        if bill not in begun and is_enough(came[bill], asked.get(bill, 0)):
            begun[bill] = Period(share.pk, _name(share, names))
    found: dict[int, dict[str, Period]] = defaultdict(dict)
    for (line, invoice), period in sorted(begun.items(), key=lambda item: item[1]):
        if held[line, invoice] > 0:
            found[line].setdefault(period.key, period)
    return {line: tuple(periods.values()) for line, periods in found.items()}


def is_enough(came: int, asked: int) -> bool:
    """Whether so much of what was asked begins a period. Rounded down: a payment of nine tenths
    split over lines may leave a line a kopeck short."""
    return asked > 0 and came > 0 and came >= asked * 9 // 10


def _name(share: Came, names: dict[tuple[int, str], datetime]) -> str:
    """ "p7" of the payment; "p7i12" when it is a later share, of an advance it left, and the
    payment has begun a period of the line already."""
    key = f"p{share.payment}"
    if names.setdefault((share.line, key), share.made_at) == share.made_at:
        return key
    return f"{key}i{share.invoice}"
