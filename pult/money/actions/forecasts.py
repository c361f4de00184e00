"""Forecasting when the money ends: every forecast kept, a fact only when the alarm day moves."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pult.clients.models import ServiceLine
from pult.kernel import clock
from pult.kernel.facts import Draft, acting, record_draft, record_many
from pult.money.booking.periods import OPENING, withdraw, withdraw_lost
from pult.money.logic import forecast as engine
from pult.money.models import LineForecast
from pult.money.portfolio import Portfolio, Unit, portfolios, spending_lines
from pult.people.queries import business_day
from pult.regulation.parameters import number

CHUNK = 200
AT_ONCE = 30
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
    units = {line: unit for group in groups for unit in group.units for line in unit.line_ids}
    moved = _keep(rows, lines, units)
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
        alarm_on, ended_on = _day(unit, int(result.alarm[row])), _ended(unit, group.spend[row])
        if ended_on:  # no longer a forecast: the day is known
            q10 = q50 = q90 = alarm_on = ended_on
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
                alarm_on=alarm_on,
                stale_days=stale,
                band=band,
                period=unit.period,
                # Not stored with this row: told to the forecasts that spoke of it.
                ended_on=ended_on,
            )


def _ended(unit: Unit, spend: np.ndarray) -> date | None:
    """The day whose spend took the last of the money; None while some is left."""
    if unit.balance > 0:
        return None
    back, balance = 0, unit.balance
    while back < len(spend) - 1 and balance + spend[-1 - back] <= 0:
        balance += int(spend[-1 - back])
        back += 1
    return unit.as_of - timedelta(days=back)


def _day(unit: Unit, offset: int) -> date | None:
    return None if offset > engine.HORIZON else unit.as_of + timedelta(days=offset)


def _note_ends(rows: list[LineForecast]) -> int:
    """Where the money has just ended, tell the forecasts of that period what happened."""
    count = 0
    for row in rows:
        ended_on, row.ended_on = row.ended_on, None
        if ended_on:
            earlier = LineForecast.objects.filter(
                line=row.line_id, period=row.period, ended_on=None, balance__gt=0
            )
            count += bool(earlier.filter(as_of__lt=ended_on).update(ended_on=ended_on))
    return count


def _keep(
    rows: list[LineForecast], lines: dict[int, ServiceLine], units: Mapping[int, Unit]
) -> int:
    owners = {row.line_id: lines[row.line_id].client_id for row in rows}
    moved = 0
    for start in range(0, len(rows), CHUNK):
        for part in _parts(rows[start : start + CHUNK], units):
            # Two runs at once would tell one move twice and both put a current forecast on a line.
            with acting(0, *(owners[row.line_id] for row in part)):
                known = _known(part, units)
                for row in part:
                    if known[row.line_id].went_back:
                        withdraw_lost(row.line_id, owners[row.line_id], units[row.line_id].periods)
                moved += _tell_moved(_moved(part, known), owners)
                LineForecast.objects.filter(
                    line__in=[row.line_id for row in part], current=True
                ).update(current=False)
                LineForecast.objects.bulk_create(part)
    return moved


@dataclass(frozen=True)
class _Known:
    """What a new forecast is compared with: the last one of its period when its line `went_back`
    to an older period, the current one otherwise."""

    forecast: LineForecast | None
    went_back: bool


def _known(rows: list[LineForecast], units: Mapping[int, Unit]) -> dict[int, _Known]:
    old = LineForecast.objects.filter(line__in=[row.line_id for row in rows], current=True)
    current = {row.line_id: row for row in old}
    found = {}
    for row in rows:
        last = current.get(row.line_id)
        went_back = bool(last and last.period not in ("", *units[row.line_id].periods))
        if went_back:
            same = LineForecast.objects.filter(line=row.line_id, period=row.period)
            last = same.order_by("pk").last()
        found[row.line_id] = _Known(last, went_back)
    return found


def _parts(rows: list[LineForecast], units: Mapping[int, Unit]) -> Iterator[list[LineForecast]]:
    """What goes into one transaction: the ledger follows each of a few moves, the rest is bulk."""
    known = _known(rows, units)
    moved = _moved(rows, known)
    gone = [row for row in moved if row.alarm_on is None]
    alone = {row.line_id for row in (moved if len(moved) <= AT_ONCE else gone)}
    alone |= {line for line, one in known.items() if one.went_back}
    yield from ([row] for row in rows if row.line_id in alone)
    if rest := [row for row in rows if row.line_id not in alone]:
        yield rest


def _moved(rows: list[LineForecast], known: Mapping[int, _Known]) -> list[LineForecast]:
    """Those whose alarm day is not the one last told, nor the one that stands."""
    for row in rows:
        _let_stand(row, known[row.line_id].forecast)
    return [row for row in rows if _has_moved(row, known[row.line_id].forecast)]


def _let_stand(row: LineForecast, old: LineForecast | None) -> None:
    """Money that has ended moves no deadline any more: what was told of its period stands."""
    if row.balance <= 0 and old and old.period == row.period and old.alarm_on:
        row.alarm_on = old.alarm_on


def _has_moved(row: LineForecast, old: LineForecast | None) -> bool:
    if old and (old.alarm_on, old.period) == (row.alarm_on, row.period):
        return False
    return row.alarm_on is not None or (old is not None and old.period == row.period)


def _tell_moved(moved: list[LineForecast], owners: dict[int, int]) -> int:
    """Record the alarm days that moved: one at once, so that the ledger follows, many in bulk."""
    drafts = [_draft(row, owners[row.line_id]) for row in moved if row.alarm_on]
    if len(drafts) > 1:
        record_many(drafts)
    else:
        for draft in drafts:
            record_draft(draft)
    gone = [row for row in moved if row.alarm_on is None]
    return len(drafts) + sum(withdraw(row, owners[row.line_id]) for row in gone)


def _draft(row: LineForecast, client_id: int) -> Draft:
    return Draft(
        kind="line.funds_end",
        root_id=client_id,
        refs={"client": client_id, "line": row.line_id},
        key=row.period or OPENING,
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


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
