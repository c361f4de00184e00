"""A client that has just moved in: the money tab tells why no end of money is foreseen."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.models import OpeningBalance, ServiceLine
from pult.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved_in(cast, forest, freeze):
    freeze("2026-03-11 10:00")
    OpeningBalance.objects.create(
        client=forest.row,
        line=forest.line,
        day=date(2026, 3, 10),
        with_agency=35_000_50,
        on_platform=8_000_00,
        set_by=cast.vera,
        set_at=clock.now(),
    )
    ServiceLine.objects.filter(pk=forest.line.pk).update(monthly_budget=100_000_00)
    return reverse("client_money", args=[forest.pk])


def test_the_money_tab_guesses_the_end_by_the_budget_and_says_so(login, cast, moved_in):
    text = login(cast.anna).get(moved_in).text.replace("\N{NO-BREAK SPACE}", " ")
    assert text.count("около 23 марта") == 2
    assert "прикидка по бюджету: расходы ещё не загружены" in text
    assert "станет известен, когда загрузят расходы" in text
    assert "35 000,50" in text
    assert "8 000" in text
    assert "общий остаток" not in text  # nor on the planned line, which is on no platform


def test_without_a_budget_the_money_tab_says_why_it_foresees_nothing(login, cast, forest, moved_in):
    ServiceLine.objects.filter(pk=forest.line.pk).update(monthly_budget=0)
    assert "расходы ещё не загружены, считать не по чему" in login(cast.anna).get(moved_in).text


def test_a_line_on_no_platform_takes_no_top_ups(login, cast, forest, moved_in):
    vera = login(cast.vera)
    address = reverse("client_line_topup", args=[forest.pk, forest.line.pk])
    assert address in vera.get(moved_in).text
    ServiceLine.objects.filter(pk=forest.line.pk).update(platform="")
    assert address not in vera.get(moved_in).text
