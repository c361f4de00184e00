"""The funding period a line lives on begins once an invoice and goes back with its money (5.3)."""

from datetime import date

import pytest

from pult.clients.models import LineFeed
from pult.kernel.models import Fact
from pult.money.actions.forecasts import reforecast
from pult.money.actions.settlement import allocate_advance, give_back, settle
from pult.money.actions.unsettling import unsettle
from pult.money.models import Allocation, BankDocument, Invoice, LineForecast
from pult.money.portfolio import funding_periods
from pult.money.tests.factories import Document, arrive, live, make_invoice, outgoing, share
from pult.money.tests.spend_world import history, load, opening
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes
from pult.regulation.worker import nightly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked(freeze):
    """5.3 is on; a Wednesday at noon."""
    freeze("2026-03-11 12:00")
    editions.sync()
    registry.forget()
    install_modes(Mode.VISIBLE, date(2019, 1, 1))
    registry.forget()


@pytest.fixture
def spending(anna, line):
    """A line that spends 1,000 roubles a day and has enough for twenty days."""
    LineFeed.objects.create(line=line, source="direct", login="romashka", campaign_id="")
    opening(anna, line, with_agency=80_000_00)
    load(anna, *history())
    return line


@pytest.fixture
def bill(romashka, line):
    return make_invoice(romashka, "15", (line, 12_200_00))


def paid(zhanna, bill, amount, number="2"):
    """A payment of a bill, matched or settled by hand; returns its document."""
    (document,) = arrive(zhanna, Document(amount, "Оплата", number=number), sha=number)
    if BankDocument.objects.get(pk=document).match == BankDocument.Match.UNSETTLED:
        settle(by=zhanna, document_id=document, shares=[share(bill, amount)])
    return document


def keys(line):
    return [period.key for period in funding_periods([line.pk]).get(line.pk, ())]


def told():
    return list(live("line.funds_end").order_by("pk").values_list("key", "day"))


def rows(line):
    found = Obligation.objects.filter(clause="5.3", subject_id=line.pk).order_by("pk")
    return list(found.values_list("state", "due"))


def test_a_settlement_taken_back_takes_its_funding_period_back(zhanna, bill, spending):
    before, asked = told(), rows(spending)
    document = paid(zhanna, bill, 12_200_00)
    assert [key for key, _day in told()] == ["opening", *keys(spending)]
    unsettle(by=zhanna, document_id=document)
    assert (told(), rows(spending)[:1]) == (before, asked)
    assert LineForecast.objects.get(current=True).period == ""
    assert {state for state, _due in rows(spending)[1:]} <= {"void"}
    assert nightly(polite=False).drift == 0


def test_money_settled_anew_begins_a_period_of_its_own(zhanna, bill, spending):
    first = paid(zhanna, bill, 12_200_00)
    lost = keys(spending)
    unsettle(by=zhanna, document_id=first)
    settle(by=zhanna, document_id=first, shares=[share(bill, 12_200_00)])
    assert keys(spending) != lost
    assert [key for key, _day in told()] == ["opening", *keys(spending)]
    assert nightly(polite=False).drift == 0


def test_periods_lost_between_two_forecasts_are_all_taken_back(zhanna, bill, romashka, spending):
    second = make_invoice(romashka, "16", (spending, 12_200_00))
    documents = [paid(zhanna, bill, 12_200_00), paid(zhanna, second, 12_200_00, "3")]
    assert len(told()) == 3
    LineForecast.objects.filter(current=True).update(period="p999999")
    Invoice.objects.update(paid=0, paid_state="none")
    for document in documents:
        Allocation.objects.filter(payment__document=document).update(
            reversed_at="2026-03-11T09:00Z"
        )
    reforecast()
    assert [key for key, _day in told()] == ["opening"]


def test_nine_tenths_and_then_the_rest_begin_one_period(zhanna, bill, spending):
    paid(zhanna, bill, 11_000_00)
    begun = keys(spending)
    paid(zhanna, bill, 1_200_00, "3")
    bill.refresh_from_db()
    assert (bill.paid_state, len(begun), keys(spending)) == ("full", 1, begun)
    assert {key for key, _day in told()} == {"opening", *begun}


def test_money_given_back_whole_takes_the_period_back(zhanna, bill, romashka, spending):
    paid(zhanna, bill, 12_200_00)
    for number, part in (("8", 4_200_00), ("9", 8_000_00)):
        assert len(keys(spending)) == 1
        (back,) = arrive(zhanna, outgoing(part, "Возврат", number=number), sha=number)
        give_back(by=zhanna, document_id=back, client_id=romashka.pk, shares=[share(bill, part)])
    assert (keys(spending), [key for key, _day in told()]) == ([], ["opening"])
    assert nightly(polite=False).drift == 0


def test_an_advance_given_to_a_later_invoice_is_the_newest_period(
    zhanna, bill, romashka, spending, freeze
):
    (early,) = arrive(zhanna, Document(18_300_00, "Аванс", number="7"), sha="early")
    (payment,) = settle(by=zhanna, document_id=early, shares=[share(bill, 12_200_00)])
    second = make_invoice(romashka, "16", (spending, 6_100_00))
    paid(zhanna, second, 6_100_00)
    freeze("2026-03-11 17:00")
    third = make_invoice(romashka, "17", (spending, 6_100_00))
    allocate_advance(by=zhanna, payment_id=payment, shares=[share(third, 6_100_00)])
    assert keys(spending)[0] == f"p{payment}"
    assert keys(spending)[2] == f"p{payment}i{third.pk}"
    assert Fact.objects.filter(kind="line.funds_end").last().key == keys(spending)[2]
