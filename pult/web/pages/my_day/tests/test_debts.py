"""Overdue money that no reminder is asked about any more stays in the manager's day."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_line
from pult.money.tests.factories import make_invoice
from pult.people.actions import set_absence
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.web.pages.my_day.tests.world import NOW

BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())
TITLE = "Просрочено, напоминаний нет"


def band(client, address="/"):
    page = client.get(address).context["page"]
    return next((band for band in page.bands if band.id == "debts"), None)


@pytest.fixture
def late(world, freeze):
    """«Ясный день» was to pay by 10 April; all three reminders were given."""
    line = make_line(world.clinic, "Контекст")
    invoice = make_invoice(world.clinic, "7", (line, 90_00), due_on=date(2026, 4, 10), paid=20_00)
    told = {"root": world.clinic.pk, "invoice": invoice.pk}
    freeze("2026-03-20 12:00")
    tell("invoice.due", **told, key=str(invoice.pk), day="2026-04-10")
    for day in ("2026-04-08", "2026-04-10", "2026-04-14"):
        freeze(f"{day} 12:00")
        tell("pay.reminded", **told)
    freeze(NOW)
    tick(sweep=sweep)
    return invoice


def test_a_debt_stays_in_the_day_when_every_reminder_was_given(world, late, login):
    anna = login(world.cast.anna)
    (item,) = band(anna).items
    assert (item.client, item.what) == ("Клиника «Ясный день»", "Ждём оплату 70\N{NO-BREAK SPACE}₽")
    assert "просрочено на 25 дней" in item.note
    text = anna.get("/").text
    assert TITLE in text
    assert reverse("client_reminder", args=[world.clinic.pk, late.pk]) in text
    assert reverse("client_pause", args=[world.clinic.pk]) in text


def test_a_debt_somebody_is_asked_to_remind_of_is_not_told_twice(world, login):
    line = make_line(world.clinic, "Контекст")
    invoice = make_invoice(world.clinic, "7", (line, 90_00), due_on=date(2026, 5, 4))
    told = {"root": world.clinic.pk, "invoice": invoice.pk}
    tell("invoice.due", **told, key=str(invoice.pk), day="2026-05-04", at="2026-03-20 12:00")
    tick(sweep=sweep)
    anna = login(world.cast.anna)
    assert "Напомнить об оплате" in anna.get("/").text
    assert band(anna) is None


def test_a_debt_is_told_to_whoever_answers_for_the_client(world, late, login):
    assert band(login(world.cast.boris)) is None
    person = f"/?view=person&person={world.cast.anna.pk}"
    assert len(band(login(world.cast.vera), person).items) == 1
    assert band(login(world.cast.darya)) is None
    days = {"since": date(2026, 5, 4), "until": date(2026, 5, 8)}
    set_absence(
        user=world.cast.anna,
        category="leave",
        by=world.cast.vera,
        substitute=world.cast.boris,
        **days,
    )
    (item,) = band(login(world.cast.boris)).items
    assert world.cast.anna.full_name in item.note


def test_a_day_with_a_debt_alone_is_not_done(cast, login, freeze):
    today = freeze("2026-05-05 12:00").date()
    client = make_client("Ясный день", am=cast.anna)
    line = make_line(client)
    make_invoice(client, "7", (line, 90_00), due_on=today - timedelta(days=1))
    text = login(cast.anna).get("/").text
    assert "Всё сделано" not in text
    assert "просрочено на 1 день" in text


def test_many_debts_show_the_longest_late_and_the_way_to_the_rest(cast, login, freeze):
    today = freeze("2026-05-05 12:00").date()
    for number in range(12):
        client = make_client(f"Клиент {number:02}", am=cast.anna)
        due_on = today - timedelta(days=number + 1)
        make_invoice(client, str(number), (make_line(client), 90_00), due_on=due_on)
    anna = login(cast.anna)
    few = band(anna)
    assert (few.count, len(few.items), few.items[0].client) == (12, 10, "Клиент 11")
    whole = band(anna, few.rest)
    assert (len(whole.items), whole.rest) == (12, "")
    with CaptureQueriesContext(connection) as queries:
        anna.get("/")
    assert len(queries) <= BUDGETS["my_day"]
