"""Spend is replaced, never doubled; campaigns find their line; balances follow."""

from datetime import date, timedelta

import pytest

from pult.clients.models import LineFeed, OpeningBalance, ServiceLine
from pult.clients.tests.factories import make_line
from pult.kernel.errors import BadInput
from pult.kernel.models import Fact
from pult.money import queries
from pult.money.actions.forecasts import reforecast
from pult.money.actions.spend import tie_campaign
from pult.money.actions.top_ups import top_up
from pult.money.models import LineForecast, SpendDay
from pult.money.tests.spend_world import TODAY, Row, history, load, opening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 12:00")


@pytest.fixture
def line(line):
    LineFeed.objects.create(line=line, source="direct", login="romashka", campaign_id="")
    return line


def test_the_second_import_of_a_day_replaces_the_first(anna, line):
    load(anna, Row(date(2026, 3, 9), 500_00), Row(date(2026, 3, 10), 700_00))
    load(anna, Row(date(2026, 3, 10), 650_00), sha256="b")
    assert list(SpendDay.objects.order_by("day").values_list("cost", flat=True)) == [500_00, 650_00]


def test_vat_is_taken_out_by_the_rate_of_the_day(anna, line):
    load(anna, Row(date(2025, 12, 31), 120_00), Row(date(2026, 1, 1), 122_00), vat_included=True)
    assert set(SpendDay.objects.values_list("cost", flat=True)) == {100_00}


def test_rows_of_one_campaign_and_day_add_up(anna, line):
    load(anna, Row(TODAY, 1_00, conversions=2), Row(TODAY, 2_00))
    row = SpendDay.objects.get()
    assert (row.cost, row.clicks, row.conversions, row.line_id) == (3_00, 2, 2, line.pk)


def test_an_empty_file_is_refused(anna, line):
    with pytest.raises(BadInput):
        load(anna)


def test_an_unknown_campaign_waits_and_then_belongs_to_its_line(anna, line):
    result = load(anna, Row(TODAY, 1_00, login="strange", campaign_id="7"))
    assert (result.unknown, result.lines) == (1, 0)
    (campaign,) = queries.untied_campaigns(anna)
    assert (campaign.login, campaign.campaign_id, campaign.cost) == ("strange", "7", 1_00)
    tie_campaign(by=anna, source="direct", campaign=campaign.campaign, line_id=line.pk)
    assert queries.untied_campaigns(anna) == ()
    load(anna, Row(date(2026, 3, 10), 2_00, login="strange", campaign_id="7"), sha256="b")
    assert SpendDay.objects.filter(line=line).count() == 2


def test_spend_and_top_ups_move_money_between_the_two_balances(anna, line):
    opening(anna, line, with_agency=10_000_00, on_platform=100_00)
    load(anna, Row(date(2026, 3, 10), 200_00))
    pooled = queries.line_balances([line.pk])[line.pk]
    assert (pooled.pooled, pooled.total) == (True, 9_900_00)
    top_up(by=anna, line_id=line.pk, amount=4_000_00, on=date(2026, 3, 10))
    apart = queries.line_balances([line.pk])[line.pk]
    assert (apart.with_agency, apart.on_platform) == (6_000_00, 3_900_00)
    assert Fact.objects.get(kind="line.topped_up").value == 4_000_00


def test_money_a_line_moved_in_with_lies_where_the_file_said(anna, line):
    opening(anna, line, with_agency=35_000_50, on_platform=8_000_00)
    told = queries.line_balances([line.pk])[line.pk]
    assert (told.pooled, told.with_agency, told.on_platform) == (False, 35_000_50, 8_000_00)
    load(anna, Row(date(2026, 3, 10), 200_00))
    told = queries.line_balances([line.pk])[line.pk]
    assert (told.pooled, told.with_agency, told.on_platform) == (False, 35_000_50, 7_800_00)
    load(anna, Row(date(2026, 3, 10), 8_200_00), sha256="b")
    told = queries.line_balances([line.pk])[line.pk]
    assert (told.pooled, told.total) == (True, 34_800_50)


def test_without_spend_the_end_of_money_is_guessed_by_the_budget(anna, line):
    opening(anna, line, with_agency=40_000_00, on_platform=8_000_00)
    ServiceLine.objects.filter(pk=line.pk).update(monthly_budget=12_000_00)
    (told,) = queries.client_money(anna, line.client_id).lines
    assert told.guessed_on == date(2026, 5, 9)
    assert (told.ends_on, told.invoice_by, told.lacks_spend) == (None, None, True)
    load(anna, *history())
    (told,) = queries.client_money(anna, line.client_id).lines
    assert (told.guessed_on, told.lacks_spend) == (None, False)
    assert told.ends_on


def test_the_forecast_follows_the_money(anna, line):
    opening(anna, line, with_agency=80_000_00)
    load(anna, *history())
    forecast = LineForecast.objects.get(current=True)
    assert forecast.balance == 20_000_00
    assert date(2026, 3, 27) <= forecast.q50 <= date(2026, 4, 2)
    fact = Fact.objects.get(kind="line.funds_end")
    assert (fact.day, fact.key) == (forecast.alarm_on, "opening")
    tab = queries.client_money(anna, line.client_id).lines[0]
    assert tab.ends_on == forecast.q50
    assert tab.invoice_by < tab.alarm_on
    assert len(tab.band) == 42
    assert queries.money_states([line.client_id])[line.client_id].ends_on == forecast.q50


def test_the_same_forecast_tells_nothing_twice(anna, line):
    opening(anna, line, with_agency=80_000_00)
    load(anna, *history())
    reforecast()
    assert Fact.objects.filter(kind="line.funds_end").count() == 1
    assert LineForecast.objects.filter(current=True).count() == 1


def test_a_forecast_is_judged_by_the_day_the_money_really_ended(anna, line, freeze):
    opening(anna, line, with_agency=75_000_00)
    load(anna, *history())
    freeze("2026-03-27 12:00")
    load(anna, *(Row(TODAY + timedelta(days=n), 1_000_00) for n in range(16)), sha256="b")
    coverage = queries.forecast_coverage()
    assert (coverage.forecasts, coverage.inside) == (1, 1)
    assert coverage.periods == 1


def test_money_that_has_ended_names_its_day_and_moves_no_deadline(anna, line, freeze):
    opening(anna, line, with_agency=75_000_00)
    load(anna, *history())
    told = Fact.objects.get(kind="line.funds_end")
    for last in (15, 16):
        freeze(f"2026-03-{11 + last} 12:00")
        rows = (Row(TODAY + timedelta(days=n), 1_000_00) for n in range(last))
        load(anna, *rows, sha256=str(last))
        forecast = LineForecast.objects.get(current=True)
        assert (forecast.q10, forecast.q50, forecast.q90) == (TODAY + timedelta(days=14),) * 3
        assert forecast.alarm_on == told.day
    assert Fact.objects.get(kind="line.funds_end") == told
    tab = queries.client_money(anna, line.client_id).lines[0]
    assert (tab.has_ended, tab.ends_on) == (True, TODAY + timedelta(days=14))


def test_a_line_with_a_spent_balance_stands_as_ended(anna, line):
    opening(anna, line, with_agency=10_000_00)
    load(anna, *history())
    assert list(queries.clients_in_state("ended")) == [line.client_id]


def test_money_that_ends_in_a_holiday_is_seen_before_it(anna, line, freeze):
    freeze("2026-12-15 12:00")
    load(anna, *(Row(date(2026, 12, 14) - timedelta(days=n), 1_000_00) for n in range(60)))
    OpeningBalance.objects.create(
        client=line.client,
        line=line,
        day=date(2026, 10, 1),
        with_agency=80_000_00,
        set_by=anna,
        set_at="2026-10-01T00:00:00Z",
    )
    reforecast()
    outlook = queries.before_break(anna)
    assert (outlook.first, outlook.last.year) == (date(2026, 12, 31), 2027)
    assert [(row.what, row.client) for row in outlook.inside.rows] == [("funds", "Ромашка")]
    assert outlook.after.count == 0


def test_a_client_just_moved_in_has_its_balance_in_the_list_too(anna, line):
    opening(anna, line, with_agency=10_000_50, on_platform=35_000_00)
    state = queries.money_states([line.client_id])[line.client_id]
    assert (state.balance, state.ends_on) == (45_000_50, None)
    assert state.balance == queries.client_money(anna, line.client_id).total


def tied(line, login="demo-context-7"):
    LineFeed.objects.create(line=line, source="direct", login=login, campaign_id="70007")


def the_days():
    return list(SpendDay.objects.order_by("day").values_list("campaign", "line", "cost"))


def test_a_report_without_logins_replaces_the_days_of_the_campaign_it_numbers(anna, line):
    tied(line)
    day, campaign = date(2026, 3, 9), {"campaign_id": "70007"}
    load(anna, Row(day, 500_00, login="demo-context-7", **campaign))
    load(anna, Row(day, 650_00, login="", **campaign), sha256="b")
    assert the_days() == [("demo-context-7/70007", line.pk, 650_00)]


def test_days_that_came_before_the_campaign_was_tied_are_not_counted_twice(anna, line):
    day, campaign = date(2026, 3, 9), {"campaign_id": "70007"}
    load(anna, Row(day, 500_00, login="", **campaign), Row(TODAY, 1_00, login="", **campaign))
    tied(line)
    load(anna, Row(day, 500_00, login="", **campaign), sha256="b")
    assert the_days() == [("demo-context-7/70007", line.pk, 500_00), ("70007", None, 1_00)]


def test_a_number_tied_under_two_logins_waits_to_be_tied(anna, line):
    tied(line)
    tied(make_line(line.client, "РСЯ"), login="demo-context-8")
    load(anna, Row(date(2026, 3, 9), 500_00, campaign_id="70007", login=""))
    assert the_days() == [("70007", None, 500_00)]


def test_a_campaign_without_a_number_is_not_taken_for_that_of_a_login(anna, line):
    LineFeed.objects.create(line=line, source="direct", login="lavka", campaign_id="Поиск")
    load(anna, Row(date(2026, 3, 9), 500_00, campaign_id="Поиск", login=""))
    assert the_days() == [("Поиск", None, 500_00)]


@pytest.mark.parametrize("logins", [("acc", ""), ("", "acc"), ("acc", "", "acc", "acc-renamed")])
def test_a_campaign_tied_without_a_login_is_one_whoever_reports_it(anna, line, logins):
    tied(line, login="")
    day = date(2026, 3, 9)
    for cost, login in enumerate(logins, 1):
        load(anna, Row(day, cost, login=login, campaign_id="70007"), sha256=f"{cost}")
    assert the_days() == [("70007", line.pk, len(logins))]


@pytest.mark.parametrize("logins", [("romashka", ""), ("", "romashka")])
def test_a_campaign_of_a_tied_login_is_not_doubled_by_tying_its_number(anna, line, logins):
    day = date(2026, 3, 9)
    for cost, login in enumerate(logins, 1):
        load(anna, Row(day, cost, login=login, campaign_id="70007"), sha256=f"{cost}")
    if SpendDay.objects.filter(campaign="70007", line=None).exists():
        tie_campaign(by=anna, source="direct", campaign="70007", line_id=line.pk)
    for cost, login in enumerate(logins, 3):
        load(anna, Row(day, cost, login=login, campaign_id="70007"), sha256=f"{cost}")
    assert [row.cost for row in SpendDay.objects.filter(line=line)] == [4]


def test_a_number_tied_for_one_login_leaves_anothers_alone(anna, line):
    tied(line)
    day = date(2026, 3, 9)
    load(anna, Row(day, 1, login="demo-context-7", campaign_id="70007"))
    load(anna, Row(day, 2, login="strange", campaign_id="70007"), sha256="b")
    found = sorted(the_days())
    assert found == [("demo-context-7/70007", line.pk, 1), ("strange/70007", None, 2)]
