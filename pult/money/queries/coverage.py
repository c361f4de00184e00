"""The forecast judged by what happened: how honest its band was, how often it warned in time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pult.money.models import LineForecast
from pult.money.queries.leads import invoice_lead

# Line, period, day it was made, the band from and to, the alarm, the day money ended.
Judged = tuple[int, str, date, date | None, date | None, date | None, date]


@dataclass(frozen=True)
class Coverage:
    """`inside` of `forecasts` held the real day within the 80 % band; `on_time` of `periods`
    warned early enough for the invoice to go out {invoice.lead} ahead."""

    forecasts: int
    inside: int
    periods: int
    on_time: int

    @property
    def inside_share(self) -> float | None:
        """0…1; None while nothing has ended yet."""
        return self.inside / self.forecasts if self.forecasts else None

    @property
    def on_time_share(self) -> float | None:
        """0…1; None while nothing has ended yet."""
        return self.on_time / self.periods if self.periods else None


def forecast_coverage(
    line_ids: list[int] | None = None, lead: Callable[[date], date] | None = None
) -> Coverage:
    """Over all lines, or over a few; `lead` is `invoice_lead()` when it is at hand. One query."""
    rows = LineForecast.objects.exclude(ended_on=None)
    if line_ids is not None:
        rows = rows.filter(line__in=line_ids)
    columns = ("line", "period", "as_of", "q10", "q90", "alarm_on", "ended_on")
    facts = rows.order_by("as_of", "pk").values_list(*columns)
    return coverage_of(facts, lead or invoice_lead())


def coverage_of(facts: Iterable[Judged], lead: Callable[[date], date]) -> Coverage:
    """The same for forecasts that are at hand, the oldest first."""
    latest: dict[tuple[int, str], bool] = {}
    forecasts = inside = 0
    needed: dict[date, date] = {}
    for line, period, as_of, q10, q90, alarm_on, ended_on in facts:
        forecasts += 1
        inside += (q10 is not None and q10 <= ended_on) and (q90 is None or ended_on <= q90)
        if ended_on not in needed:
            needed[ended_on] = lead(ended_on)
        told = latest.setdefault((line, period), False)
        if as_of <= needed[ended_on]:
            latest[line, period] = alarm_on is not None and alarm_on <= ended_on
        else:
            latest[line, period] = told
    return Coverage(forecasts, inside, len(latest), sum(latest.values()))
