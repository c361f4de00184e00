"""The series of a balance chart: what was, and the band of what will be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from pult.money.queries.client import LineFunds
from pult.ui import formats

BACK = 28
AHEAD = 75
PAYMENTS_MARKED = 2
ONE = timedelta(days=1)
Series = tuple[int | None, ...]


@dataclass(frozen=True)
class Chart:
    """What `{% band_chart %}` draws; every series is as long as `dates`."""

    dates: tuple[date, ...]
    actual: Series
    q10: Series
    q50: Series
    q90: Series
    marks: tuple[tuple[date, Any], ...]
    summary: str


def balance_chart(
    funds: LineFunds, total: int, flows: Mapping[date, int], paid_on: Iterable[date] = ()
) -> Chart | None:
    """The chart of a line with a forecast, None without one. The newest of the days money came,
    `paid_on`, are marked: the balance steps up there.

    The past is today's `total` with the `flows` of each later day taken back. The future falls
    evenly over the days that are not paused to zero on the quantiles of the day money ends.
    """
    if funds.as_of is None or funds.ends_on is None:
        return None
    first = funds.as_of - timedelta(days=BACK)
    last = min(
        max(funds.ends_to or funds.ends_on + timedelta(days=14), funds.ends_on),
        funds.as_of + timedelta(days=AHEAD),
    )
    last = max(last, funds.as_of)
    words = (
        _("The money ended on %(day)s") if funds.has_ended else _("The money ends about %(day)s")
    )
    dates = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    past = _past(dates, funds.as_of, total, flows)
    return Chart(
        dates=dates,
        actual=past,
        q10=_future(dates, funds, total, funds.ends_from),
        q50=_future(dates, funds, total, funds.ends_on),
        q90=_future(dates, funds, total, funds.ends_to),
        marks=tuple(_marks(funds, dates, paid_on)),
        summary=words % {"day": formats.exact(funds.ends_on)},
    )


def _past(dates: Sequence[date], as_of: date, total: int, flows: Mapping[date, int]) -> Series:
    balance = total - sum(amount for day, amount in flows.items() if day > as_of)
    known: dict[date, int] = {}
    for day in reversed([day for day in dates if day <= as_of]):
        known[day] = balance
        balance -= flows.get(day, 0)
    return tuple(known.get(day) for day in dates)


def _future(dates: Sequence[date], funds: LineFunds, total: int, end: date | None) -> Series:
    """From today's balance down to nothing on `end`; a day nobody foresees is drawn as flat as
    the window is long."""
    as_of = funds.as_of or dates[0]
    end = end or as_of + timedelta(days=3 * AHEAD)
    spending = [day for day in _days(as_of + ONE, end) if not _is_paused(day, funds.pauses)]
    share = {day: number + 1 for number, day in enumerate(spending)}
    left: dict[date, int] = {as_of: max(total, 0)}
    gone = 0
    for day in _days(as_of + ONE, dates[-1]):
        gone = share.get(day, len(spending) if day > end else gone)
        left[day] = max(total, 0) * (len(spending) - gone) // max(len(spending), 1)
    return tuple(left.get(day) for day in dates)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _is_paused(day: date, pauses: Sequence[tuple[date, date | None]]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in pauses)


def _marks(
    funds: LineFunds, dates: Sequence[date], paid_on: Iterable[date]
) -> list[tuple[date, Any]]:
    came = sorted(day for day in set(paid_on) if dates[0] < day)[-PAYMENTS_MARKED:]
    marks = [(day, _("money came")) for day in came]
    end = _("money ended") if funds.has_ended else _("money ends")
    marks += [(funds.invoice_by, _("invoice by")), (funds.ends_on, end)]
    return [(day, word) for day, word in marks if day and dates[0] <= day <= dates[-1]]
