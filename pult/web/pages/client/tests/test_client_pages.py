"""The tabs of a client, field by field, as each of the cast sees them."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pult.clients.models import Assignment
from pult.clients.tests import factories as make
from pult.kernel import clock
from pult.kernel.facts import acting, record
from pult.money.models import LineForecast
from pult.money.queries.client import LineFunds
from pult.regulation.evaluate.tests.shapes import minute
from pult.regulation.tests.world import tell
from pult.web.pages.client.chart import balance_chart
from pult.web.pages.my_day.tests.world import build

TABS = ["client", "client_money", "client_lines", "client_people"]
TABS += ["client_requisites", "client_timeline", "client_peek"]
OPEN_TO_ALL = ["client", "client_lines", "client_people", "client_timeline", "client_peek"]
TRAIT = "Не любит звонков"
BUDGETS = json.loads(Path("tests/budgets.json").read_text())


def text_of(person, name, *args):
    answer = person.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_for_the_manager(login, cast, forest, name):
    assert "Лесная мебель" in text_of(login(cast.anna), name, forest.pk)


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_a_specialist_sees_no_money_and_no_traits(login, cast, forest, name):
    text = text_of(login(cast.darya), name, forest.pk)
    for secret in ("₽", "123 456", "65 432", TRAIT, reverse("client_money", args=[forest.pk])):
        assert secret not in text
    line = text_of(login(cast.darya), "client_line", forest.pk, forest.line.pk)
    assert "₽" not in line
    assert "123 456" not in line


@pytest.mark.parametrize("name", TABS)
def test_an_accountant_sees_money_and_no_traits(login, cast, forest, name):
    text = text_of(login(cast.zhanna), name, forest.pk)
    assert TRAIT not in text
    if name == "client_lines":
        assert "123 456 ₽" in text


def test_the_department_sees_traits(login, cast, forest):
    for person in (cast.anna, cast.vera, cast.zakhar):
        assert TRAIT in text_of(login(person), "client_people", forest.pk)


def test_sales_see_a_client_until_it_is_handed_over(login, cast, forest):
    seller = login(cast.gleb)
    assert "123 456 ₽" in text_of(seller, "client_lines", forest.pk)
    Assignment.objects.filter(user=cast.gleb).update(until=clock.now() - timedelta(minutes=1))
    for name in TABS:
        assert seller.get(reverse(name, args=[forest.pk])).status_code == 404


def test_a_row_of_another_client_is_not_found_under_this_one(login, cast, forest):
    other = make.make_client("Ясный день", am=cast.anna)
    manager = login(cast.anna)
    for name, row in (
        ("client_person", forest.contact),
        ("client_entity", forest.entity),
        ("client_contract", forest.contract),
        ("client_line", forest.line),
        ("client_line_edit", forest.line),
    ):
        assert manager.get(reverse(name, args=[other.pk, row.pk])).status_code == 404


def test_phones_can_be_called(login, cast, forest):
    assert 'href="tel:+74951000000"' in text_of(login(cast.anna), "client", forest.pk)


def test_the_panel_beside_a_list_shows_the_client_without_the_frame(login, cast, forest):
    for name in ("client", "client_peek"):
        answer = login(cast.anna).get(
            reverse(name, args=[forest.pk]), headers={"HX-Request": "true", "HX-Target": "peek"}
        )
        assert "Ирина Лес" in answer.text
        assert "<html" not in answer.text


def test_the_timeline_turns_its_pages_without_losing_a_fact(login, cast, forest):
    from pult.web.pages.client.telling import history

    cast.anna.roles = frozenset(["am"])
    whole = history(cast.anna, forest.pk, limit=100).moments
    first = history(cast.anna, forest.pk, limit=2)
    rest = history(cast.anna, forest.pk, limit=100, before=first.older)
    assert first.older
    assert (*first.moments, *rest.moments) == whole
    assert not rest.older


def test_nonsense_in_the_address_of_the_timeline_starts_from_the_newest(login, cast, forest):
    answer = login(cast.anna).get(reverse("client_timeline", args=[forest.pk]) + "?before=x~y")
    assert "Таргет" in answer.text


@pytest.mark.parametrize("name", sorted(set(TABS) & set(BUDGETS)))
def test_a_tab_keeps_its_budget_of_queries(login, cast, forest, name):
    manager = login(cast.anna)
    address = reverse(name, args=[forest.pk])
    manager.get(address)
    with CaptureQueriesContext(connection) as queries:
        manager.get(address)
    assert len(queries) <= BUDGETS[name], [query["sql"][:120] for query in queries]


def test_the_chart_ends_where_the_forecast_does_and_stands_still_in_a_pause(freeze):
    day = freeze("2026-03-10 12:00").date()
    funds = line_funds(
        as_of=day,
        ends_from=day + timedelta(4),
        ends_on=day + timedelta(6),
        ends_to=day + timedelta(8),
        pauses=((day + timedelta(2), day + timedelta(3)),),
    )
    chart = balance_chart(funds, 40_000, {day: -1_000, day - timedelta(1): 5_000})
    now = chart.dates.index(day)
    assert chart.actual[now - 2 : now + 2] == (36_000, 41_000, 40_000, None)
    assert chart.q50[now + 6] == 0 < chart.q50[now + 5]
    assert chart.q50[now + 1] == chart.q50[now + 2] == chart.q50[now + 3] == 30_000
    assert chart.q10[now + 4] == 0
    assert chart.dates[-1] == day + timedelta(8)
    assert all(
        low <= middle <= high
        for low, middle, high in zip(chart.q10, chart.q50, chart.q90, strict=True)
        if low is not None
    )


def test_the_chart_marks_the_days_money_came(freeze):
    day = freeze("2026-03-10 12:00").date()
    ends = {"ends_from": day, "ends_on": day + timedelta(6), "ends_to": day + timedelta(8)}
    paid_on = [day - timedelta(shift) for shift in (90, 20, 9, 3)]
    marks = balance_chart(line_funds(as_of=day, **ends), 40_000, {}, paid_on).marks
    assert [at for at, _word in marks] == [*paid_on[2:], day + timedelta(6)]


def test_money_whose_end_is_not_foreseen_lasts_at_least_until_a_day(login, cast, forest, freeze):
    day = freeze("2026-03-10 12:00").date()
    forecast = {"line": forest.line, "as_of": day, "made_at": clock.now(), "balance": 100}
    made = LineForecast.objects.create(**forecast, q10=date(2026, 4, 20), band=[0] * 60)
    anna = login(cast.anna)
    assert text_of(anna, "client_money", forest.pk).count("не раньше 20 апреля") == 2
    LineForecast.objects.filter(pk=made.pk).update(q10=None)
    assert text_of(anna, "client_money", forest.pk).count("не раньше 9 мая") == 2


def test_the_timeline_names_both_days_of_a_forecast(login, cast, forest):
    with acting(forest.pk):
        record(
            "line.funds_end",
            root_id=forest.pk,
            refs={"client": forest.pk, "line": forest.line.pk},
            by=None,
            key="may",
            day=date(2026, 5, 18),
            payload={"q10": "2026-05-18", "q50": "2026-05-25", "q90": "", "balance": 1, "stale": 0},
        )
    text = text_of(login(cast.anna), "client_timeline", forest.pk)
    assert "может быть, уже 18.05.2026" in text
    assert "вероятнее всего — около 25.05.2026" in text


def forecast_of(line, **known):
    day = clock.today("Europe/Moscow")
    usual = {"as_of": day, "made_at": clock.now(), "balance": 100, "band": [0] * 60}
    return LineForecast.objects.create(line=line, **usual | known)


@pytest.fixture
def asked(cast, freeze):
    """By 6 May the invoice of «Поиск» goes out: on 18 May its money may end, on 22 May it will."""
    freeze("2026-05-05 12:00")
    world = build(cast)
    days = {"q50": date(2026, 5, 22), "alarm_on": date(2026, 5, 18)}
    forecast_of(world.line, **days, period="may")
    return world


def test_the_day_to_invoice_by_is_one_and_says_what_it_is_counted_from(login, cast, asked):
    row = asked.row("5.3")
    assert row.due == minute("2026-05-06 19:00")
    text = text_of(login(cast.anna), "client_money", asked.forest.pk)
    assert text.count("Счёт до") == 2
    assert text.count("завтра") >= 2
    words = "отсчитан назад от дня 18.05.2026: к нему деньги кончаются в 1 случае из 10"
    assert text.count(words) == 2


def test_an_invoice_that_went_out_is_no_longer_asked_by_a_day(login, cast, asked, freeze):
    freeze("2026-05-05 15:00")
    tell("invoice.sent", root=asked.forest.pk, line=asked.line.pk)
    text = text_of(login(cast.anna), "client_money", asked.forest.pk)
    assert len(re.findall(r"Счёт отправлен(?:</?\w[^>]*>|\s)*5 мая", text)) == 2
    assert "Счёт до" not in text


def test_ended_money_is_told_by_the_day_it_ended(login, cast, forest, freeze):
    day = freeze("2026-03-10 12:00").date()
    ended = dict.fromkeys(("q10", "q50", "q90"), day - timedelta(days=4))
    forecast_of(forest.line, balance=-5_000_00, alarm_on=day - timedelta(days=9), **ended)
    text = text_of(login(cast.anna), "client_money", forest.pk)
    assert "Деньги кончились" in text
    assert "Деньги кончатся" not in text


def line_funds(**known):
    """A line's money with only what a test says."""
    empty = dict.fromkeys(LineFunds.__dataclass_fields__)
    return LineFunds(**{**empty, "pauses": (), **known})
