"""Spend that dies half-way, and what others do while it comes in."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from pult.clients.models import LineFeed, OpeningBalance
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.models import Fact
from pult.money import queries
from pult.money.actions import forecasts, spend, spend_days
from pult.money.actions.forecasts import reforecast
from pult.money.actions.spend import tie_campaign
from pult.money.logic.campaigns import Campaign
from pult.money.models import LineForecast, SpendDay
from pult.money.tests.spend_world import TODAY, Row, history, load, opening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 12:00")


@pytest.fixture
def line(romashka):
    found = make_line(romashka)
    LineFeed.objects.create(line=found, source="direct", login="romashka", campaign_id="")
    return found


def test_an_import_that_dies_leaves_whole_lines_and_goes_on_when_taken_in_again(
    anna, line, monkeypatch
):
    other = make_line(line.client)
    LineFeed.objects.create(line=other, source="direct", login="romashka", campaign_id="200")
    rows = [*history(3), *(Row(row.day, 500_00, "200") for row in history(3))]
    put, died = spend_days._put, []

    def dies_at_the_second(ready, source):
        put(ready, source)
        if died:
            raise KeyboardInterrupt
        died.append(ready)

    monkeypatch.setattr(spend_days, "LINES_AT_FIRST", 1)
    monkeypatch.setattr(spend_days, "_put", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        load(anna, *rows)
    told = {fact.refs["line"]: fact.value for fact in Fact.objects.filter(kind="spend.loaded")}
    held = dict(SpendDay.objects.values_list("line").annotate(Sum("cost")))
    assert told == held == {line.pk: 3_000_00}
    assert [file.is_posted for file in queries.spend_files(anna)] == [False]
    monkeypatch.setattr(spend_days, "_put", put)
    load(anna, *rows, sha256="a")
    held = dict(SpendDay.objects.values_list("line").annotate(Sum("cost")))
    assert held == {line.pk: 3_000_00, other.pk: 1_500_00}
    assert [file.is_posted for file in queries.spend_files(anna)] == [True]


@pytest.fixture
def tied_meanwhile(anna, monkeypatch):
    """`tied_meanwhile(line)`: campaign 300 is tied to the line between the days of the next file
    and its end; its days that come after the tie still go where they went."""

    def arrange(line):
        put = spend_days._put

        def tied_before(ready, source):
            monkeypatch.setattr(spend_days, "_put", put)
            if SpendDay.objects.filter(campaign="300").exists():
                tie_campaign(by=anna, source="direct", campaign="300", line_id=line.pk)
            put(ready, source)

        monkeypatch.setattr(spend_days, "_put", tied_before)

    return arrange


def test_a_campaign_tied_elsewhere_while_its_file_comes_in_goes_there(anna, line, tied_meanwhile):
    load(anna, Row(TODAY - timedelta(days=2), 100_00, "300", login=""))
    other = make_line(line.client)
    tied_meanwhile(other)
    load(anna, Row(TODAY - timedelta(days=1), 150_00, "300", login=""), sha256="b")
    assert set(SpendDay.objects.values_list("line", flat=True)) == {other.pk}
    told = Fact.objects.filter(kind="spend.loaded", refs__line=other.pk).order_by("pk").last()
    assert (told.day, told.value, told.actor_id) == (TODAY - timedelta(days=1), 250_00, anna.pk)


def test_a_campaign_that_follows_its_tie_holds_both_clients(
    anna, line, tied_meanwhile, monkeypatch
):
    other = make_line(make_client("Сосна", am=anna))
    load(anna, Row(TODAY - timedelta(days=2), 100_00, "300", login=""))
    tied_meanwhile(other)
    held, real = [], spend.acting

    def acting(*roots):
        held.append(set(roots))
        return real(*roots)

    monkeypatch.setattr(spend, "acting", acting)
    load(anna, Row(TODAY - timedelta(days=1), 150_00, "300", login=""), sha256="b")
    SpendDay.objects.filter(campaign="300").update(line=line)
    LineFeed.objects.filter(campaign_id="300").update(line=other)
    campaign = Campaign("300", line.pk, "", {})
    assert spend._follow_ties([campaign], "direct", anna, "am") == {line.pk, other.pk}
    assert held[-1] == {0, line.client_id, other.client_id}


def test_a_tie_that_moved_every_day_itself_is_told_of_once(anna, line, monkeypatch):
    load(anna, Row(TODAY - timedelta(days=2), 100_00, "300", login=""))
    other = make_line(line.client)
    put = spend_days._put

    def tied_after(ready, source):
        put(ready, source)
        monkeypatch.setattr(spend_days, "_put", put)
        tie_campaign(by=anna, source="direct", campaign="300", line_id=other.pk)

    monkeypatch.setattr(spend_days, "_put", tied_after)
    load(anna, Row(TODAY - timedelta(days=1), 100_00, "300", login=""), sha256="b")
    assert set(SpendDay.objects.values_list("line", flat=True)) == {other.pk}
    assert Fact.objects.filter(kind="spend.loaded", refs__line=other.pk).count() == 1


def test_a_campaign_tied_anew_is_forecast_for_the_line_it_left_too(anna, line, monkeypatch):
    asked = []
    monkeypatch.setattr(spend, "ask_forecast", asked.append)
    load(anna, Row(TODAY - timedelta(days=1), 100_00, "300", login=""))
    tie_campaign(by=anna, source="direct", campaign="300", line_id=line.pk)
    other = make_line(line.client)
    LineFeed.objects.filter(campaign_id="300").delete()
    tie_campaign(by=anna, source="direct", campaign="300", line_id=other.pk)
    assert asked[-1] == {line.pk, other.pk}


def test_of_two_runs_at_once_one_tells_the_move(anna, line, meanwhile):
    opening(anna, line, with_agency=80_000_00)
    load(anna, *history())
    OpeningBalance.objects.update(with_agency=70_000_00)
    meanwhile(forecasts, reforecast)
    reforecast()
    assert Fact.objects.filter(kind="line.funds_end").count() == 2
    assert LineForecast.objects.filter(current=True).count() == 1
