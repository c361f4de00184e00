"""Where a row stands: put off, asked for, issued, on pause; the day and the client's page agree."""

from datetime import date

import pytest
from django.db.models import F
from django.urls import reverse

from pult.clients.actions import pause
from pult.clients.tests.factories import make_own_entity
from pult.money.actions.invoices import Wanted, issue_invoice, request_invoice
from pult.money.models import Invoice
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.regulation.whole_acts import postpone_act
from pult.web.pages.my_day.tests.world import build

pytestmark = pytest.mark.django_db
FOREST = "Лесная мебель"


def late(world, freeze):
    """5.3 of «Лесная мебель» is overdue and Анна has put it off."""
    freeze("2026-05-07 12:00")
    tell("spend.loaded", root=world.forest.pk, line=world.line.pk, day="2026-05-06")
    tick(sweep=sweep)
    row = world.row("5.3")
    assert row.state == State.OVERDUE
    postpone_act(
        obligation_id=row.pk,
        until=date(2026, 5, 12),
        reason="Клиент в отпуске",
        by=world.cast.anna,
        role="am",
    )
    return row


def asked(person, row, address="/"):
    """The item of the row in a day, None when it is not there."""
    bands = person.get(address).context["page"].bands
    items = (item for band in bands for item in band.items if item.client == FOREST)
    return next((one for one in items if row.clause in dict(one.clauses)), None)


@pytest.fixture
def world(cast, freeze):
    freeze("2026-05-05 12:00")
    return build(cast)


def test_an_overdue_row_that_was_put_off_burns_for_the_head(world, freeze, login):
    row = late(world, freeze)
    assert asked(login(world.cast.anna), row) is None
    item = asked(login(world.cast.vera), row)
    assert item.state == "overdue"
    assert "отложено до 12.05.2026" in item.note
    assert login(world.cast.vera).get("/").context["page"].put_off == ()


def test_what_the_head_put_off_leaves_the_head_s_own_day(world, freeze, login):
    row = late(world, freeze)
    said = {"until": date(2026, 5, 12), "reason": "Знаю, ждём", "by": world.cast.vera}
    postpone_act(obligation_id=row.pk, role="head", **said)
    assert asked(login(world.cast.vera), row) is None
    assert asked(login(world.cast.zakhar), row).state == "overdue"


def test_a_row_put_off_returns_when_the_invoice_is_ready_to_be_sent(world, freeze, login):
    make_own_entity()
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    row = late(world, freeze)
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    assert asked(login(world.cast.anna), row).what == "Отправить счёт"


def test_an_invoice_that_is_paid_is_not_asked_to_be_sent(world, freeze, login):
    make_own_entity()
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    row = late(world, freeze)
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    anna, rows = login(world.cast.anna), Invoice.objects.filter(pk=invoice.pk)
    for state, words in (
        ("part", "Отправить счёт"),
        ("full", "Счёт оплачен: отметьте, как его отправили"),
        ("over", "Счёт оплачен: отметьте, как его отправили"),
    ):
        rows.update(paid_state=state, paid={"part": 1, "full": 100_000_00}.get(state, 100_001_00))
        assert asked(anna, row).what == words
    assert asked(anna, row).buttons.label == "Отметить отправку"


def test_the_client_s_page_says_of_a_paid_invoice_what_the_day_says(world, freeze, login):
    make_own_entity()
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    row, anna = late(world, freeze), login(world.cast.anna)
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    Invoice.objects.filter(pk=invoice.pk).update(paid_state="full", paid=F("total"))
    page = anna.get(reverse("client", args=[world.forest.pk])).context["page"]
    (due,) = (one for one in page.due if one.row.id == row.pk)
    assert due.standing == asked(anna, row).what == "Счёт оплачен: отметьте, как его отправили"
    assert page.awaited == ()
    assert page.waited is None


def test_the_client_s_page_says_where_each_row_stands(world, freeze, login, within_budget):
    make_own_entity()
    address = reverse("client", args=[world.forest.pk])
    anna = login(world.cast.anna)
    row = late(world, freeze)

    within_budget(anna, "client", address)

    def standing():
        due = anna.get(address).context["page"].due
        return next(one.standing for one in due if one.row.id == row.pk)

    assert standing() == "отложено до 12.05.2026"
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    assert standing() == "У бухгалтера: выставить счёт · отложено до 12.05.2026"
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    assert standing() == "Отправить счёт"


def test_a_pause_is_told_with_its_days_on_the_day_the_client_and_in_why(world, freeze, login):
    days = {"first_day": date(2026, 5, 19), "last_day": date(2026, 5, 31)}
    said = {"by": world.cast.anna, "client_id": world.forest.pk, "reason_code": "holiday"}
    pause(**said, **days)
    freeze("2026-05-20 12:00")
    tick(sweep=sweep)
    row = Obligation.objects.filter(clause="9.1", root_id=world.forest.pk).latest("due")
    words = "пауза 19.05.2026 – 31.05.2026"
    assert words in asked(login(world.cast.anna), row).note
    text = login(world.cast.anna).get(reverse("client", args=[world.forest.pk])).text
    assert words in text
    page = login(world.cast.anna).get(reverse("obligation_why", args=[row.pk])).context["page"]
    assert page.pauses == ("19 мая – 24 мая 2026",)
    assert any("19 мая – 24 мая 2026" in told for told in page.said)
    paused = [day for week in page.weeks for day in week if day and "paused" in day.looks]
    assert paused
    assert not any("counted" in day.looks for day in paused)


def test_rows_of_next_week_stand_apart_from_those_of_this_one(world, freeze, login):
    page = login(world.cast.anna).get("/").context["page"]
    this = next(band for band in page.bands if band.id == "week")
    assert all(item.due.date() <= date(2026, 5, 10) for item in this.items)
    freeze("2026-05-03 12:00")  # a Sunday: five working days ahead are all of them next week's
    page = login(world.cast.anna).get("/").context["page"]
    assert "week" not in [band.id for band in page.bands]
    ahead = next(band for band in page.bands if band.id == "next")
    assert all(item.due.date() > date(2026, 5, 3) for item in ahead.items)


def test_a_fee_on_its_way_leaves_the_ad_money_to_be_asked_for(world, freeze, login):
    make_own_entity()
    address, anna = reverse("client", args=[world.forest.pk]), login(world.cast.anna)

    def request(*purposes):
        wanted = [Wanted(line_id=world.line.pk, amount=1_000_00, purpose=one) for one in purposes]
        return request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)

    freeze("2026-05-07 12:00")
    tell("spend.loaded", root=world.forest.pk, line=world.line.pk, day="2026-05-06")
    tick(sweep=sweep)
    row, fee = world.row("5.3"), request("fee")

    def told():
        due = anna.get(address).context["page"].due
        owed = next(one for one in due if one.row.id == row.pk)
        whose = {one: asked(login(one), row) for one in (world.cast.anna, world.cast.vera)}
        return {item.what for item in whose.values()} | {owed.standing}

    def passed():
        bands = [
            login(one).get("/").context["page"].bands for one in (world.cast.anna, world.cast.vera)
        ]
        return ["passed" in [band.id for band in each] for each in bands]

    assert told() == {"Запросить счёт", ""}
    assert passed() == [False, False]
    issue_invoice(by=world.cast.zhanna, invoice_id=fee.pk, version=1)
    assert told() == {"Запросить счёт", ""}
    ads = request("ad", "fee")
    assert told() == {"У бухгалтера: выставить счёт"}
    assert passed() == [True, True]
    issue_invoice(by=world.cast.zhanna, invoice_id=ads.pk, version=1)
    request("fee")
    assert told() == {"Отправить счёт"}
    assert passed() == [False, False]
