"""1.13, 5.1–5.4, 6.1, 6.1.1, М4.9 and П.1: the money comes before it ends."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pult.clients.actions import (
    assign,
    end_line,
    link_feed,
    pause,
    plan_start,
    set_trusted,
    start_line,
)
from pult.clients.tests.factories import make_client, make_line
from pult.kernel import clock
from pult.kernel.errors import Refusal
from pult.money.actions.feeds import watch_feeds
from pult.money.actions.invoices import (
    Wanted,
    cancel_invoice,
    issue_invoice,
    request_invoice,
)
from pult.money.actions.reminders import remind_of_payment
from pult.money.actions.settlement import settle
from pult.money.actions.statements import import_statement
from pult.money.booking import Share
from pult.money.models import BankDocument, SpendDay
from pult.money.queries.standing import clients_in_state, money_states
from pult.money.tests.factories import Document, Parsed

pytestmark = pytest.mark.django_db


def paid(scene, invoice, amount=None, number="1"):
    """The money of an invoice comes by the bank, and Жанна settles it."""
    document = Document(amount=amount or invoice.total, number=number)
    import_statement(by=scene.cast.zhanna, statement=Parsed([document]), name="s", sha256=number)
    row = BankDocument.objects.latest("pk")
    share = Share(invoice_id=invoice.pk, amount=row.amount)
    settle(by=scene.cast.zhanna, document_id=row.pk, shares=[share])


def test_three_reminders_around_the_day_to_pay_close_1_13(scene):
    invoice = scene.invoice(due_on=date(2026, 3, 20))
    days = [date(2026, 3, 18), date(2026, 3, 20), date(2026, 3, 24)]
    assert [due for _state, due in scene.rows("1.13")] == days
    for moment in ("2026-03-17 12:00", "2026-03-20 12:00"):
        scene.at(moment)
        remind_of_payment(by=scene.cast.anna, invoice_id=invoice.pk, channel="mail")
    scene.at("2026-03-25 12:00")
    assert scene.states("1.13") == ["met", "met", "overdue"]


def test_a_reminder_on_the_day_to_pay_leaves_the_one_after_it_to_be_made_1_13(scene):
    invoice = scene.invoice(due_on=date(2026, 3, 22))
    for moment in ("2026-03-19 12:00", "2026-03-20 12:00", "2026-03-22 18:26"):
        scene.at(moment)
        remind_of_payment(by=scene.cast.anna, invoice_id=invoice.pk, channel="call")
    scene.at("2026-03-23 12:00")
    paid(scene, invoice, 60_000_00)
    assert scene.rows("1.13")[2] == ("open", date(2026, 3, 24))
    remind_of_payment(by=scene.cast.anna, invoice_id=invoice.pk, channel="call")
    assert scene.states("1.13") == ["met", "met", "met"]


def test_money_in_the_bank_closes_1_13_without_a_reminder(scene):
    invoice = scene.invoice(due_on=date(2026, 3, 20))
    scene.at("2026-03-12 12:00")
    paid(scene, invoice)
    scene.at("2026-03-25 12:00")
    assert scene.states("1.13") == ["met", "met", "met"]


def test_next_month_is_invoiced_by_the_twenty_fifth_5_1(scene):
    assert scene.rows("5.1")[0] == ("open", date(2026, 3, 25))
    scene.at("2026-03-20 12:00")
    scene.invoice(covers_from=date(2026, 4, 1), covers_to=date(2026, 4, 30))
    assert scene.states("5.1")[0] == "met"


def test_without_the_next_months_invoice_5_1_is_overdue_on_the_twenty_sixth(scene):
    scene.at("2026-03-20 12:00")
    scene.invoice(covers_from=date(2026, 3, 1), covers_to=date(2026, 3, 31))
    scene.at("2026-03-26 12:00")
    assert scene.states("5.1")[0] == "overdue"


def test_a_feed_that_stopped_is_one_row_however_many_lines_5_2(scene):
    paid(scene, scene.invoice())
    start_line(by=scene.cast.anna, line_id=scene.line.pk)
    neighbour = feed_a_neighbour(scene)
    scene.spend(date(2026, 3, 1))
    scene.spend(date(2026, 3, 1), login="lavka")
    watch_feeds()
    assert scene.states("5.2") == []
    assert set(SpendDay.objects.values_list("line", flat=True)) == {scene.line.pk, neighbour.pk}
    scene.at("2026-03-06 11:00")
    watch_feeds()
    assert scene.rows("5.2") == [("open", date(2026, 3, 10))]
    scene.spend(date(2026, 3, 5))
    assert scene.states("5.2") == ["met"]


def feed_a_neighbour(scene):
    """«Лавка», Борис's client, has a running line on the same feed, under its own login."""
    client = make_client("Лавка", am=scene.cast.boris)
    line = make_line(client)
    link_feed(by=scene.cast.boris, line_id=line.pk, source="direct", login="lavka")
    return line


def test_an_invoice_is_asked_for_seven_working_days_before_the_money_ends_5_3(scene):
    scene.had(80_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    ((state, due),) = scene.rows("5.3")
    assert state in ("open", "forecast")
    # 60 of 80 days are spent; the alarm is a little before 20 days from 1 March.
    assert date(2026, 3, 6) <= due <= date(2026, 3, 12)
    scene.invoice()
    assert scene.states("5.3") == ["met"]


def test_a_cancelled_invoice_is_none_and_5_3_asks_anew(scene):
    scene.had(80_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    invoice = scene.invoice(covers_from=date(2026, 4, 1), covers_to=date(2026, 4, 30))
    assert (scene.states("5.3"), scene.states("5.1")[0]) == (["met"], "met")
    said = {"version": invoice.version, "reason_code": "mistake"}
    cancel_invoice(by=scene.cast.zhanna, invoice_id=invoice.pk, **said)
    assert scene.states("5.3")[0] in ("open", "forecast")
    assert scene.states("5.1")[0] == "open"


def test_a_cancelled_invoice_that_was_replaced_leaves_5_3_done(scene):
    scene.had(80_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    wrong = scene.invoice()
    scene.invoice()
    said = {"version": wrong.version, "reason_code": "mistake"}
    cancel_invoice(by=scene.cast.zhanna, invoice_id=wrong.pk, **said)
    assert scene.states("5.3") == ["met"]


def test_it_is_time_to_invoice_when_5_3_asks_and_not_once_the_invoice_is_sent(scene):
    scene.had(70_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    client = scene.client.pk

    def told():
        return money_states([client])[client].code, client in clients_in_state("invoice")

    assert scene.states("5.3") == ["open"]
    assert told() == ("invoice", True)
    scene.invoice()
    assert scene.states("5.3") == ["met"]
    assert told() == ("soon", False)


def test_a_forgotten_invoice_is_a_breach_of_5_3(scene):
    scene.had(70_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    ((_state, due),) = scene.rows("5.3")
    scene.at("2026-03-05 12:00")
    scene.spend(date(2026, 3, 4), days=3)
    assert due < date(2026, 3, 5)
    assert "overdue" in scene.states("5.3")


def test_an_invoice_is_sent_seven_working_days_before_the_planned_start_5_4(scene):
    plan_start(by=scene.cast.anna, line_id=scene.line.pk, day=date(2026, 4, 13))
    assert scene.rows("5.4") == [("forecast", date(2026, 4, 2))]
    scene.at("2026-04-03 12:00")
    assert scene.states("5.4") == ["overdue"]
    scene.invoice()
    assert scene.states("5.4") == ["late"]


def test_a_moved_start_moves_the_row_of_5_4_and_makes_no_second(scene):
    plan_start(by=scene.cast.anna, line_id=scene.line.pk, day=date(2026, 4, 13))
    plan_start(by=scene.cast.anna, line_id=scene.line.pk, day=date(2026, 4, 20))
    assert scene.rows("5.4") == [("forecast", date(2026, 4, 9))]


def test_a_line_starts_when_its_invoice_is_paid_and_not_before_6_1(scene):
    invoice = scene.invoice()
    with pytest.raises(Refusal) as refused:
        start_line(by=scene.cast.anna, line_id=scene.line.pk)
    assert refused.value.clause == "6.1"
    paid(scene, invoice)
    start_line(by=scene.cast.anna, line_id=scene.line.pk)
    assert scene.states("6.1") == ["allowed"]


def test_a_trusted_client_starts_before_it_pays_6_1(scene):
    set_trusted(
        by=scene.cast.vera,
        client_id=scene.client.pk,
        limit=500_000_00,
        until=date(2026, 12, 31),
        reason_code="history",
    )
    start_line(by=scene.cast.anna, line_id=scene.line.pk)
    assert scene.states("6.1") == ["allowed"]


def test_nobody_is_invoiced_for_an_ended_line_6_1_1(scene):
    end_line(by=scene.cast.anna, line_id=scene.line.pk, reason_code="refused")
    with pytest.raises(Refusal) as refused:
        request_invoice(
            by=scene.cast.anna,
            client_id=scene.client.pk,
            lines=[Wanted(line_id=scene.line.pk, amount=1_000_00)],
        )
    assert refused.value.clause == "6.1.1"


def test_a_manager_asks_and_the_accountant_issues_m4_9(scene):
    asked = request_invoice(
        by=scene.cast.anna,
        client_id=scene.client.pk,
        lines=[Wanted(line_id=scene.line.pk, amount=1_000_00)],
    )
    with pytest.raises(Refusal) as refused:
        issue_invoice(by=scene.cast.anna, invoice_id=asked.pk, version=1)
    assert refused.value.clause == "М4.9"
    assert issue_invoice(by=scene.cast.zhanna, invoice_id=asked.pk, version=1).number == "1"


def test_a_line_goes_on_until_it_is_ended_and_then_asks_for_no_money(scene):
    scene.had(125_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    scene.at("2026-04-06 11:00")
    scene.spend(date(2026, 4, 5), days=35)
    assert scene.rows("5.1")[1] == ("open", date(2026, 4, 24)), "the next month is asked for too"
    assert scene.states("5.3") == ["forecast"]
    end_line(by=scene.cast.anna, line_id=scene.line.pk, reason_code="refused")
    assert scene.states("5.3") == ["void"]
    scene.at("2026-05-12 11:00")
    assert scene.states("5.3") == ["void"]


def test_manager_and_specialist_see_one_picture_of_spend(scene, login):
    scene.spend(date(2026, 3, 1), days=5, cost=1_234_00)
    assign(by=scene.cast.vera, client_id=scene.client.pk, user=scene.cast.darya, role="executor")
    seen = [
        re.findall(r"[\d\xa0 ]+₽ за семь дней", login(person).get(page).text)
        for person in (scene.cast.anna, scene.cast.darya)
        for page in [reverse("client_lines", args=[scene.client.pk])]
    ]
    assert len(seen[0]) == 1
    assert "6\xa0170" in seen[0][0]
    assert seen[0] == seen[1]


def test_the_history_says_what_a_gate_missed_in_the_readers_language(scene, login):
    with pytest.raises(Refusal):
        start_line(by=scene.cast.anna, line_id=scene.line.pk)
    page = reverse("client_timeline", args=[scene.client.pk])
    assert "не хватает: услуга оплачена полностью" in login(scene.cast.anna).get(page).text
    scene.cast.anna.language = "en"
    scene.cast.anna.save()
    english = login(scene.cast.anna).get(page).text
    assert "missing: " in english
    assert "оплачена" not in english


def test_what_is_still_ahead_is_not_the_latest_of_a_client(scene, login):
    pause(
        by=scene.cast.anna,
        client_id=scene.client.pk,
        first_day=date(2026, 5, 13),
        last_day=date(2026, 5, 15),
        reason_code="holiday",
    )
    card = login(scene.cast.anna).get(reverse("client", args=[scene.client.pk]))
    assert all(moment.at <= clock.now() for moment in card.context["page"].history.moments)
    assert card.context["page"].history.moments
