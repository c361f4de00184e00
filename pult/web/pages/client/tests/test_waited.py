"""Money that is late stays in sight when the regulation has nothing more to ask."""

from datetime import date

import pytest

from pult.clients.field_words import platform_words
from pult.money.queries import client_money
from pult.money.queries.waited import waited_money
from pult.money.tests.factories import make_invoice
from pult.web.pages.client.money import newest_sent, paid_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(forest, freeze):
    """Two invoices are late, the oldest by 25 days, one is paid, one is not due yet."""
    freeze("2026-05-05 12:00")
    make_invoice(forest.row, "1", (forest.line, 100_00), due_on=date(2026, 4, 10), paid=100_00)
    oldest = make_invoice(
        forest.row, "2", (forest.line, 90_00), due_on=date(2026, 4, 10), paid=20_00
    )
    make_invoice(forest.row, "3", (forest.line, 50_00), due_on=date(2026, 5, 4))
    make_invoice(forest.row, "4", (forest.line, 70_00), due_on=date(2026, 5, 5))
    return oldest


def test_what_is_late_is_summed_and_the_oldest_is_named(forest, late):
    (waited,) = waited_money([forest.pk])
    assert (waited.overdue, waited.invoices, waited.days) == (120_00, 2, 25)
    assert waited.oldest == late.pk


@pytest.mark.parametrize("address", ["", "peek/"])
def test_a_client_who_owes_is_never_said_to_need_nothing(login, cast, forest, late, address):
    text = login(cast.anna).get(f"/clients/{forest.pk}/{address}").content.decode()
    assert "Сейчас ничего не нужно" not in text
    assert "Ждём оплату от клиента" in text
    assert f"/clients/{forest.pk}/invoices/{late.pk}/reminder/" in text


def test_a_specialist_is_not_told_of_the_debt(login, cast, forest, late):
    text = login(cast.darya).get(f"/clients/{forest.pk}/").content.decode()
    assert "Ждём оплату" not in text


def test_a_platform_is_called_by_its_name():
    assert str(platform_words("direct")) == str(platform_words("yandex")) == "Яндекс Директ"
    assert platform_words("Авито") == "Авито"


def test_an_invoice_that_is_not_late_yet_is_waited_for_on_the_client_s_page(
    login, cast, forest, freeze
):
    freeze("2026-05-05 12:00")
    make_invoice(forest.row, "7", (forest.line, 70_00), due_on=date(2026, 5, 5))
    text = login(cast.anna).get(f"/clients/{forest.pk}/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ждём 70 ₽ по счёту № 7" in text
    assert "Сейчас ничего не нужно" not in text
    assert "Ждём 70" not in login(cast.darya).get(f"/clients/{forest.pk}/").text


def test_the_tile_names_the_newest_invoice_and_whether_it_is_paid(cast, forest):
    make_invoice(forest.row, "5", (forest.line, 60_00), sent_at="2026-04-06T12:00Z", paid=60_00)
    make_invoice(forest.row, "6", (forest.line, 115_00), sent_at="2026-04-20T12:00Z")
    newest = newest_sent(client_money(cast.anna, forest.pk).invoices)[forest.line.pk]
    assert newest.number == "6"
    assert paid_words(newest).replace("\N{NO-BREAK SPACE}", " ") == "№ 6, не оплачено 115 ₽"
