"""The day money would end at the monthly budget: a guess for a line whose spend nobody told yet."""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS_A_MONTH = 30
YEAR = 366


def ends_by_budget(
    *,
    money: int,
    monthly: int,
    since: date,
    rests: Iterable[tuple[date, date | None]] = (),
) -> date | None:
    """The first day whose share of the budget the money does not cover any more.

    `money` and `monthly` are kopecks net of VAT, `since` is the first day that spends, `rests` are
    pauses (first, last; None: for good). None without money or budget, or beyond a year.
    """
    if money <= 0 or monthly <= 0:
        return None
    asleep = list(rests)
    spent_in_month_days = 0  # kopecks times DAYS_A_MONTH, so that no day is rounded
    for offset in range(YEAR):
        day = since + timedelta(days=offset)
        if any(first <= day and (last is None or day <= last) for first, last in asleep):
            continue
        spent_in_month_days += monthly
        if spent_in_month_days >= money * DAYS_A_MONTH:
            return day
    return None
