"""The day the money ends: the calibrated-ratio forecast (numpy only).

1. Level: exponentially weighted mean of spend ÷ plan ÷ weekday factor, days of a pause left out;
   weekday factors from the last 56 days, shrunk towards 1.
2. Path: S_h = Σ level × weekday × plan over the next h days.
3. Errors: r_h = ln(actual_h ÷ S_h) at every earlier origin, pooled over all lines and blended
   with the line's own once it has ten of them. No distribution is assumed; a new line borrows
   the portfolio's errors.
4. P(ended by day h) = share of r_h ≥ ln(balance ÷ S_h), made monotone in h.

Arrays are lines × days, `plan` is a factor (1 = as usual, 0 = planned pause) that covers the
history and the horizon. Money is in kopecks; floats here are rates and probabilities, no sums
are stored from them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HORIZON = 42
WINDOW = 56
POOL_DAYS = 90
HALF_LIFE = 3.0
SHRINK = 3.0
WARM_UP = 7
OWN_ENOUGH = 10
QUANTILES = (0.1, 0.5, 0.9)

Floats = NDArray[np.float64]
Days = NDArray[np.int64]


@dataclass(frozen=True)
class Forecast:
    """For each line: `chance[line, h]` that the money has ended by the end of day h + 1 after the
    last known day; `quantiles[line, 3]` and `alarm[line]` count days from it, HORIZON + 1 means
    beyond the horizon. `path[line, h]` is the expected cumulative spend."""

    chance: Floats
    quantiles: Days
    alarm: Days
    path: Floats


def path_at(spend: Floats, plan: Floats, weekday: Days, origin: int) -> Floats:
    """Expected cumulative spend of the HORIZON days after `origin` (days before it are known)."""
    lo = max(0, origin - WINDOW)
    past_plan = plan[:, lo:origin]
    known = (spend[:, lo:origin] > 0) & (past_plan > 0)
    rate = np.where(known, spend[:, lo:origin] / np.where(past_plan > 0, past_plan, 1), 0.0)
    days = weekday[lo:origin]
    mean = rate.sum(1) / np.maximum(known.sum(1), 1)
    profile = _weekday_profile(rate, known, days, mean)
    weights = 0.5 ** ((origin - 1 - np.arange(lo, origin)) / HALF_LIFE) * known
    level = (weights * rate / profile[:, days]).sum(1) / np.maximum(weights.sum(1), 1e-9)
    ahead = weekday[origin : origin + HORIZON]
    return np.cumsum(level[:, None] * profile[:, ahead] * plan[:, origin : origin + HORIZON], 1)


def _weekday_profile(rate: Floats, known: NDArray[np.bool_], days: Days, mean: Floats) -> Floats:
    columns = []
    for weekday in range(7):
        here = days == weekday
        total = rate[:, here].sum(1) + SHRINK * mean
        columns.append(total / (known[:, here].sum(1) + SHRINK))
    profile = np.stack(columns, 1) / np.maximum(mean, 1e-9)[:, None]
    return np.maximum(profile / np.maximum(profile.mean(1, keepdims=True), 1e-9), 0.02)


def past_errors(spend: Floats, plan: Floats, weekday: Days) -> Floats:
    """r[origin, line, h] = ln(actual ÷ forecast) at the origins of the last POOL_DAYS; NaN where
    the future is not known yet or nothing was expected."""
    lines, days = spend.shape
    first = max(WARM_UP, days - POOL_DAYS)
    errors = np.full((max(days - first, 0), lines, HORIZON), np.nan)
    total = np.concatenate([np.zeros((lines, 1)), np.cumsum(spend, 1)], 1)
    for row, origin in enumerate(range(first, days)):
        reach = min(HORIZON, days - origin)
        expected = path_at(spend, plan, weekday, origin)[:, :reach]
        actual = total[:, origin + 1 : origin + reach + 1] - total[:, origin : origin + 1]
        sound = expected > 0
        ratio = np.log(np.maximum(actual, 1e-6) / np.where(sound, expected, 1.0))
        errors[row, :, :reach] = np.where(sound, np.clip(ratio, -6, 6), np.nan)
    return errors


def forecast(
    *,
    spend: Floats,
    plan: Floats,
    first_weekday: int,
    balance: Floats,
    alarm_at: float = 0.10,
    stale: Days | None = None,
    errors: Floats | None = None,
    pool: Floats | None = None,
) -> Forecast:
    """Forecast every line at the end of the known days.

    `spend[line, day]`, `plan[line, day + HORIZON]`, `balance[line]` in kopecks net of VAT;
    `first_weekday` of column 0 (Monday = 0); `errors` are `past_errors` of these lines if already
    known, `pool` those of the whole portfolio when these lines are a part of it; `alarm_at` is the
    probability that raises the alarm ({funds.p}); `stale[line]` days without a feed widen the
    errors by a seventh each. A line whose money has already ended has chance 1 on the first day.
    """
    lines, days = spend.shape
    weekday = (first_weekday + np.arange(days + HORIZON)) % 7
    path = path_at(spend, plan, weekday, days)
    own = past_errors(spend, plan, weekday) if errors is None else errors
    widen = 1.0 + (np.zeros(lines) if stale is None else stale) / 7.0
    with np.errstate(divide="ignore"):
        need = np.log(np.maximum(balance, 1e-9)[:, None] / np.maximum(path, 1e-9)) / widen[:, None]
    chance = np.maximum.accumulate(_share_above(own, own if pool is None else pool, need), 1)
    chance[balance <= 0] = 1.0
    # Nothing was spent or planned: the money of such a line does not end by itself.
    chance[(path[:, -1] <= 0) & (balance > 0)] = 0.0
    quantiles = np.stack([_first_day(chance, share) for share in QUANTILES], 1)
    return Forecast(chance, quantiles, _first_day(chance, alarm_at), path)


def _share_above(own: Floats, pool: Floats, need: Floats) -> Floats:
    lines, horizon = need.shape
    chance = np.empty((lines, horizon))
    for h in range(horizon):
        column = own[:, :, h] if own.size else np.empty((0, lines))
        everyone = pool[:, :, h]
        pooled = np.sort(everyone[np.isfinite(everyone)])
        if len(pooled):
            share = 1.0 - np.searchsorted(pooled, need[:, h]) / len(pooled)
        else:
            share = (need[:, h] <= 0).astype(float)
        own_count = np.isfinite(column).sum(0)
        own_share = (column >= need[:, h]).sum(0) / np.maximum(own_count, 1)
        weight = np.where(own_count >= OWN_ENOUGH, np.minimum(0.5, own_count / (own_count + 60)), 0)
        chance[:, h] = (1 - weight) * share + weight * own_share
    return chance


def _first_day(chance: Floats, share: float) -> Days:
    reached = chance >= share
    return np.where(reached.any(1), reached.argmax(1) + 1, chance.shape[1] + 1)


def run_rate(spend: Floats, balance: Floats) -> Days:
    """The peers' rule, for comparison: balance ÷ mean spend of the last seven days, in days."""
    mean = spend[:, -7:].mean(1)
    days = np.ceil(balance / np.maximum(mean, 1e-9))
    return np.minimum(np.maximum(days, 1), HORIZON + 1).astype(np.int64)
