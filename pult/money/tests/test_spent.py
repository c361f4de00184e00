"""A balance below zero says that the money ran out, and on which day, however old the forecast."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.clients.models import PaymentScheme, Wallet
from pult.clients.tests.factories import make_contract, make_line
from pult.kernel import clock
from pult.money.models import LineForecast, SpendDay
from pult.money.queries import client_money
from pult.money.queries.spent import day_of_end
from pult.money.tests.spend_world import TODAY, opening

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 12:00")


def foresee(line, balance, end):
    """The forecast of yesterday, which nobody has made anew."""
    LineForecast.objects.create(
        line=line, as_of=YESTERDAY, made_at=clock.now(), balance=balance, q10=end, q50=end, q90=end
    )


def spend(line, day, cost):
    SpendDay.objects.create(source="direct", campaign=str(line.pk), day=day, line=line, cost=cost)


def tab(user, line):
    found = client_money(user, line.client_id).lines
    return next(one for one in found if one.line_id == line.pk)


@pytest.mark.django_db
def test_money_below_zero_has_ended_on_its_day_though_the_forecast_says_today(anna, line):
    opening(anna, line, with_agency=900_00)
    foresee(line, 100_00, TODAY)
    spend(line, TODAY - timedelta(days=5), 800_00)
    spend(line, TODAY - timedelta(days=2), 150_00)
    spend(line, YESTERDAY, 150_00)
    funds = tab(anna, line)
    assert (funds.total, funds.has_ended) == (-200_00, True)
    assert funds.ends_on == funds.ends_from == funds.ends_to == TODAY - timedelta(days=2)


@pytest.mark.django_db
def test_money_that_today_s_spend_took_ended_today(anna, line):
    opening(anna, line, with_agency=900_00)
    foresee(line, 900_00, TODAY + timedelta(days=3))
    spend(line, TODAY, 901_00)
    funds = tab(anna, line)
    assert (funds.has_ended, funds.ends_on) == (True, TODAY)


@pytest.mark.django_db
def test_a_payment_since_the_forecast_takes_the_end_back(anna, line):
    opening(anna, line, with_agency=900_00)
    foresee(line, -100_00, YESTERDAY)
    funds = tab(anna, line)
    assert (funds.has_ended, funds.ends_on) == (False, None)


@pytest.mark.django_db
def test_lines_of_one_account_have_money_while_the_account_has(anna, line):
    line.wallet = Wallet.objects.create(client=line.client, platform="yandex", login="romashka")
    line.save()
    other = make_line(line.client, "Медийная", wallet=line.wallet)
    opening(anna, other, on_platform=500_00)
    for one in (line, other):
        foresee(one, 300_00, TODAY + timedelta(days=3))
    spend(line, YESTERDAY, 200_00)
    assert not tab(anna, line).has_ended
    spend(other, YESTERDAY, 301_00)
    assert tab(anna, line).has_ended
    assert tab(anna, other).ends_on == YESTERDAY


@pytest.mark.django_db
def test_a_line_paid_after_the_work_goes_on_below_zero(anna, line):
    line.contract = make_contract(line.client)
    line.save()
    PaymentScheme.objects.create(
        contract=line.contract,
        kind="postpaid",
        since=date(2026, 1, 1),
        days=30,
        set_by=anna,
        set_at=clock.now(),
    )
    foresee(line, -200_00, YESTERDAY)
    spend(line, YESTERDAY, 200_00)
    assert not tab(anna, line).stops


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=30), st.integers(-400, -1))
def test_the_day_money_ended_is_the_first_of_the_days_below_nothing(moves, left):
    """Against a walk through the balances of every day, forwards."""
    since = TODAY - timedelta(days=len(moves) - 1)
    flows = {since + timedelta(days=n): move for n, move in enumerate(moves)}
    balance, told = left - sum(moves), None
    for day in sorted(flows):
        balance += flows[day]
        told = None if balance >= 0 else told or day
    assert balance == left
    assert day_of_end(left, flows, since, TODAY) == told
