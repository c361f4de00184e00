"""A client whose money has ended is never said to need nothing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from pult.clients.models import PaymentScheme
from pult.kernel import clock
from pult.money.models import LineForecast, SpendDay
from pult.money.queries.ended import ended_money
from pult.money.tests.factories import make_invoice

pytestmark = pytest.mark.django_db
NOTHING = "Сейчас ничего не нужно"


def foresee(line, day, **more):
    columns = {"as_of": day, "made_at": clock.now(), "period": "march", "q50": day, **more}
    return LineForecast.objects.create(line=line, **columns)


@pytest.fixture
def ended(forest, freeze):
    """The last rouble was spent on 2 May, as was known on the 4th."""
    freeze("2026-05-05 12:00")
    foresee(
        forest.line,
        date(2026, 4, 20),
        balance=9_00,
        current=False,
        ended_on=date(2026, 5, 2),
    )
    return foresee(forest.line, date(2026, 5, 4), balance=-1_00)


def text_of(client, forest, tail=""):
    return client.get(f"/clients/{forest.pk}/{tail}").text


@pytest.mark.parametrize("tail", ["", "peek/"])
def test_ended_money_is_told_with_its_day_and_the_next_step(login, cast, forest, ended, tail):
    text = text_of(login(cast.anna), forest, tail)
    assert NOTHING not in text
    assert "«Контекст»: тратить нечего с 2 мая" in text
    assert f"{reverse('invoice_new', args=[forest.pk])}?line={forest.line.pk}" in text


def test_an_invoice_on_its_way_is_opened_and_not_asked_for_again(login, cast, forest, ended):
    today = clock.now().date()
    invoice = make_invoice(forest.row, "1", (forest.line, 5_00), due_on=today + timedelta(days=9))
    text = text_of(login(cast.anna), forest)
    assert reverse("invoice", args=[invoice.pk]) in text
    assert f"?line={forest.line.pk}" not in text
    assert NOTHING not in text


def test_a_line_paid_after_the_work_does_not_stop_without_money(cast, forest, ended):
    forest.line.contract = forest.contract
    forest.line.save()
    assert len(ended_money(forest.pk)) == 1
    PaymentScheme.objects.create(
        contract=forest.contract,
        kind="postpaid",
        since=date(2026, 4, 1),
        days=30,
        set_at=clock.now(),
        set_by=cast.vera,
    )
    assert ended_money(forest.pk) == ()


def test_money_that_is_left_or_a_line_that_rests_says_nothing(login, cast, forest, ended):
    LineForecast.objects.filter(pk=ended.pk).update(balance=1)
    assert NOTHING in text_of(login(cast.anna), forest)
    LineForecast.objects.filter(pk=ended.pk).update(balance=0)
    assert NOTHING not in text_of(login(cast.anna), forest)
    type(forest.line).objects.filter(pk=forest.line.pk).update(status="paused")
    assert NOTHING in text_of(login(cast.anna), forest)


def test_the_money_tab_says_that_the_money_ran_out_when_its_forecast_is_old(
    login, cast, forest, freeze
):
    freeze("2026-05-05 12:00")
    foresee(forest.line, date(2026, 5, 4), balance=9_00, q50=date(2026, 5, 5))
    SpendDay.objects.create(
        source="direct", campaign="1", day=date(2026, 5, 3), line=forest.line, cost=100_00
    )
    text = text_of(login(cast.anna), forest, "money/")
    assert "Деньги кончились" in text
    assert "еньги кончатся" not in text
    assert "Воскресенье, 3 мая 2026" in text


def test_a_specialist_is_not_told_of_the_money(login, cast, forest, ended):
    assert "тратить нечего" not in text_of(login(cast.darya), forest)
