"""Forecasting when the money ends: every forecast kept, a fact only when the alarm day moves."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pult.clients.models import ServiceLine
from pult.kernel import clock
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.money.logic import forecast as engine
from pult.money.models import LineForecast
from pult.money.portfolio import Portfolio, Unit, portfolios, spending_lines
from pult.people.queries import business_day
from pult.regulation.parameters import number

CHUNK = 200
PER_MILLE = 1000


@dataclass(frozen=True)
class Outcome:
    """What one run did: lines forecast, alarm days that moved, lines whose money has ended."""

    lines: int
    moved: int
    ended: int


def reforecast(line_ids: Collection[int] | None = None, *, today: date | None = None) -> Outcome:
    """Forecast these lines (all by default) from what is known before `today`.

    Errors of the whole portfolio calibrate every line, so a run over a few lines reads all of
    them and writes only the few.
    """
    today = today or business_day()
    lines = spending_lines()
    wanted = set(lines) if line_ids is None else set(spending_lines(line_ids))
    groups = portfolios(lines, today)
    pool = _pool(groups)
    rows = [
        row
        for group in groups
        for row in _forecast_group(group, pool, today)
        if row.line_id in wanted
    ]
    ended = _note_ends(rows)
    moved = _keep(rows, lines)
    return Outcome(len(rows), moved, ended)


def _pool(groups: list[Portfolio]) -> np.ndarray | None:
    """Past errors of all units of the freshest groups; they calibrate the stale ones too."""
    errors = [engine.past_errors(group.spend, group.plan, _weekdays(group)) for group in groups]
    return np.concatenate(errors, axis=1) if errors else None


def _weekdays(group: Portfolio) -> np.ndarray:
    return (_first_weekday(group) + np.arange(group.plan.shape[1])) % 7


def _first_weekday(group: Portfolio) -> int:
    return (group.as_of - timedelta(days=group.spend.shape[1] - 1)).weekday()


def _forecast_group(
    group: Portfolio, pool: np.ndarray | None, today: date
) -> Iterator[LineForecast]:
    stale = max((today - group.as_of).days - 1, 0)
    result = engine.forecast(
        spend=group.spend,
        plan=group.plan,
        first_weekday=_first_weekday(group),
        balance=np.array([unit.balance for unit in group.units], float),
        alarm_at=number("funds.p", 10) / 100,
        stale=np.full(len(group.units), stale),
        pool=pool,
    )
    made_at = clock.now()
    for row, unit in enumerate(group.units):
        q10, q50, q90 = (_day(unit, int(offset)) for offset in result.quantiles[row])
        band = np.rint(result.chance[row] * PER_MILLE).astype(int).tolist()
        for line_id in unit.line_ids:
            yield LineForecast(
                line_id=line_id,
                as_of=unit.as_of,
                made_at=made_at,
                balance=unit.balance,
                q10=q10,
                q50=q50,
                q90=q90,
                alarm_on=_day(unit, int(result.alarm[row])),
                stale_days=stale,
                band=band,
                period=unit.period,
            )


def _day(unit: Unit, offset: int) -> date | None:
    return None if offset > engine.HORIZON else unit.as_of + timedelta(days=offset)


def _note_ends(rows: list[LineForecast]) -> int:
    """Where the money has just ended, tell the forecasts of that period what happened."""
    count = 0
    for row in rows:
        if row.balance <= 0:
            earlier = LineForecast.objects.filter(
                line=row.line_id, period=row.period, ended_on=None, balance__gt=0
            )
            count += bool(earlier.update(ended_on=row.as_of))
    return count


def _keep(rows: list[LineForecast], lines: dict[int, ServiceLine]) -> int:
    moved = 0
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        old = LineForecast.objects.filter(line__in=[row.line_id for row in chunk], current=True)
        known = {row.line_id: row for row in old}
        for row in chunk:
            moved += _tell_if_moved(row, known.get(row.line_id), lines[row.line_id].client_id)
        old.update(current=False)
        LineForecast.objects.bulk_create(chunk)
    return moved


def _tell_if_moved(row: LineForecast, old: LineForecast | None, client_id: int) -> bool:
    same = old and (old.alarm_on, old.period) == (row.alarm_on, row.period)
    if same or (row.alarm_on is None and (old is None or old.period != row.period)):
        return False
    with acting(client_id):
        if row.alarm_on is None:
            return _withdraw(row, client_id)
        record(
            "line.funds_end",
            root_id=client_id,
            refs={"client": client_id, "line": row.line_id},
            by=None,
            key=row.period or "opening",
            day=row.alarm_on,
            source="forecast",
            payload={
                "q10": _text(row.q10),
                "q50": _text(row.q50),
                "q90": _text(row.q90),
                "balance": row.balance,
                "stale": row.stale_days,
            },
        )
    return True


def _withdraw(row: LineForecast, client_id: int) -> bool:
    """The end moved beyond the horizon: the prediction is taken back, not moved to nowhere."""
    spoken = Fact.objects.filter(
        root_id=client_id,
        kind="line.funds_end",
        refs__line=row.line_id,
        key=row.period or "opening",
    ).exclude(voided_by__isnull=False)
    facts = list(spoken)
    for fact in facts:
        void(fact, by=None, reason="beyond the horizon")
    return bool(facts)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
