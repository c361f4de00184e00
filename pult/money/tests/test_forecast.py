"""The forecast of the day the money ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.money.logic.backtest import back_test
from pult.money.logic.forecast import HORIZON, forecast, run_rate
from pult.money.logic.series import make_series


def steady(lines: int = 3, days: int = 120, cost: float = 10_000.0):
    return np.full((lines, days), cost), np.ones((lines, days + HORIZON))


def test_steady_spend_ends_on_the_day_the_division_says():
    spend, plan = steady()
    result = forecast(spend=spend, plan=plan, first_weekday=0, balance=np.full(3, 99_990.0))
    assert result.quantiles.tolist() == [[10, 10, 10]] * 3


def test_a_planned_pause_moves_the_end_by_its_length():
    spend, plan = steady()
    plan[1, 122:127] = 0
    result = forecast(spend=spend, plan=plan, first_weekday=0, balance=np.full(3, 99_990.0))
    assert result.quantiles[:, 1].tolist() == [10, 15, 10]


def test_an_announced_double_budget_halves_the_rest():
    spend, plan = steady()
    plan[2, 120:] = 2
    result = forecast(spend=spend, plan=plan, first_weekday=0, balance=np.full(3, 99_990.0))
    assert result.quantiles[2, 1] == 5


def test_money_already_gone_is_certain():
    spend, plan = steady()
    result = forecast(spend=spend, plan=plan, first_weekday=0, balance=np.array([0.0, -5.0, 1e9]))
    assert result.alarm.tolist() == [1, 1, HORIZON + 1]
    assert (result.chance[:2] == 1).all()


def test_a_line_without_spend_does_not_run_out():
    spend, plan = steady()
    spend[0] = 0
    result = forecast(spend=spend, plan=plan, first_weekday=0, balance=np.full(3, 1000.0))
    assert result.alarm[0] == HORIZON + 1


def test_a_new_line_borrows_the_errors_of_the_portfolio():
    series = make_series(lines=30, days=150, ahead=HORIZON, seed=2)
    spend = series.spend.astype(float)
    spend[0, :140] = 0
    result = forecast(
        spend=spend,
        plan=series.plan,
        first_weekday=0,
        balance=10 * spend[:, -7:].mean(1),
    )
    assert result.quantiles[0, 0] < result.quantiles[0, 2]


def test_a_stale_feed_widens_the_band():
    series = make_series(lines=40, days=150, ahead=HORIZON, seed=3)
    spend = series.spend.astype(float)
    arguments = {
        "spend": spend,
        "plan": series.plan,
        "first_weekday": 0,
        "balance": 12 * spend[:, -7:].mean(1),
    }
    fresh = forecast(**arguments)
    stale = forecast(**arguments, stale=np.full(40, 7))
    width = lambda result: (result.quantiles[:, 2] - result.quantiles[:, 0]).sum()  # noqa: E731
    assert width(stale) > width(fresh)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 40))
def test_more_money_never_ends_earlier_and_the_chance_never_falls(seed: int, days: float):
    series = make_series(lines=6, days=70, ahead=HORIZON, seed=seed)
    spend = series.spend.astype(float)
    balance = days * spend[:, -14:].mean(1)
    less, more = (
        forecast(spend=spend, plan=series.plan, first_weekday=0, balance=share * balance)
        for share in (1.0, 1.3)
    )
    assert (np.diff(less.chance, axis=1) >= 0).all()
    assert (more.quantiles >= less.quantiles).all()
    assert (less.quantiles[:, 0] <= less.quantiles[:, 2]).all()


def test_it_is_on_time_far_more_often_than_the_run_rate():
    series = make_series(lines=60, days=260, ahead=HORIZON + 20, seed=4)
    scores = back_test(series, origins=range(150, 240, 45))
    assert scores["forecast"].on_time > scores["run_rate"].on_time + 0.15
    assert scores["forecast"].mae < scores["run_rate"].mae
    assert scores["forecast"].coverage == pytest.approx(0.8, abs=0.12)


def test_the_run_rate_divides_the_balance_by_the_last_week():
    assert run_rate(np.full((1, 30), 5.0), np.array([52.0])).tolist() == [11]
