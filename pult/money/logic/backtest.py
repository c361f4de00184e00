"""How good the forecast is: on series whose future is known, against the seven-day run-rate."""

from dataclasses import asdict, dataclass

import numpy as np

from pult.money.logic.forecast import HORIZON, QUANTILES, forecast, past_errors, run_rate
from pult.money.logic.series import Series

LEAD_DAYS = 9  # seven working days, in calendar days
BALANCES = (5, 6, 8, 10, 12, 15, 18, 22)


@dataclass(frozen=True)
class Score:
    """`on_time`: alarms no later than exhaustion − lead; `late`: more than two days later than
    that; `early_median` in days; `pinball` at q10, q50, q90; `coverage` of the 80 % band."""

    cases: int
    on_time: float
    late: float
    early_median: float
    mae: float
    pinball: tuple[float, float, float]
    coverage: float | None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def back_test(series: Series, *, origins: range, alarm_at: float = 0.10) -> dict[str, Score]:
    """Score the forecast and the run-rate at `origins`; the true exhaustion day is known."""
    rows: list[tuple[np.ndarray, ...]] = []
    for origin in origins:
        rows.extend(_cases_at(series, origin))
    actual, quantiles, run = (np.concatenate([row[i] for row in rows]) for i in range(3))
    alarms = _alarm_lateness(series, origins, alarm_at)
    return {
        "forecast": _score(actual, quantiles, alarms["forecast"], banded=True),
        "run_rate": _score(actual, np.stack([run] * 3, 1), alarms["run_rate"], banded=False),
    }


def _weekdays(series: Series) -> np.ndarray:
    return (series.first_weekday + np.arange(series.plan.shape[1])) % 7


def _cases_at(series: Series, origin: int) -> list[tuple[np.ndarray, ...]]:
    spend = series.spend[:, :origin].astype(float)
    plan = series.plan[:, : origin + HORIZON]
    errors = past_errors(spend, plan, _weekdays(series))
    lively = spend[:, -14:].mean(1) > 0
    future = np.cumsum(series.spend[:, origin : origin + HORIZON], 1)
    found: list[tuple[np.ndarray, ...]] = []
    for days in BALANCES[origin % 3 :: 3]:
        balance = days * spend[:, -28:].mean(1)
        result = forecast(
            spend=spend,
            plan=plan,
            first_weekday=series.first_weekday,
            balance=balance,
            errors=errors,
        )
        found.append(
            (
                _ended(future, balance)[lively],
                result.quantiles[lively],
                run_rate(spend, balance)[lively],
            )
        )
    return found


def _ended(future: np.ndarray, balance: np.ndarray) -> np.ndarray:
    over = future >= balance[:, None]
    return np.where(over.any(1), over.argmax(1) + 1, HORIZON + 1)


def _alarm_lateness(series: Series, origins: range, alarm_at: float) -> dict[str, np.ndarray]:
    """Days between the alarm and "exhaustion − lead", positive = late; each line is funded for 22
    mean days at the first origin and watched daily until its money ends."""
    lines = len(series.spend)
    start = origins[0]
    last = min(series.spend.shape[1], start + HORIZON)
    fund = 22 * series.spend[:, start - 28 : start].mean(1)
    spent = np.cumsum(series.spend[:, start:last], 1)
    ended = _ended(np.pad(spent, ((0, 0), (0, HORIZON - spent.shape[1])), mode="edge"), fund)
    alarm = {name: np.full(lines, HORIZON + 1) for name in ("forecast", "run_rate")}
    for day in range(last - start):
        known = series.spend[:, : start + day].astype(float)
        left = fund - (spent[:, day - 1] if day else 0)
        plan = series.plan[:, : start + day + HORIZON]
        result = forecast(
            spend=known,
            plan=plan,
            first_weekday=series.first_weekday,
            balance=left,
            alarm_at=alarm_at,
        )
        for name, days in (("forecast", result.alarm), ("run_rate", run_rate(known, left))):
            rings = (days <= LEAD_DAYS + 1) & (alarm[name] > HORIZON)
            alarm[name][rings] = day + 1
    judged = ended <= spent.shape[1]
    return {name: (when - (ended - LEAD_DAYS))[judged] for name, when in alarm.items()}


def _score(actual: np.ndarray, q: np.ndarray, lateness: np.ndarray, *, banded: bool) -> Score:
    error = actual[:, None] - q
    share = np.array(QUANTILES)
    pinball = np.maximum(share * error, (share - 1) * error).mean(0)
    inside = (q[:, 0] <= actual) & (actual <= q[:, 2])
    return Score(
        cases=len(actual),
        on_time=round(float((lateness <= 0).mean()), 3),
        late=round(float((lateness > 2).mean()), 3),
        early_median=float(np.median(-lateness)),
        mae=round(float(np.abs(error[:, 1]).mean()), 2),
        pinball=tuple(round(float(value), 2) for value in pinball),  # type: ignore[arg-type]
        coverage=round(float(inside.mean()), 3) if banded else None,
    )
