"""An advance: what a payment left, given to invoices later, its date kept."""

import pytest

from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.money.actions.settlement import (
    allocate_advance,
    give_back,
    settle,
)
from pult.money.actions.unsettling import unsettle
from pult.money.models import Payment
from pult.money.queries.payments import client_advance
from pult.money.tests.factories import (
    Document,
    arrive,
    live,
    make_invoice,
    outgoing,
    share,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


def test_what_is_over_becomes_the_client_s_advance(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = arrive(zhanna, Document(amount=1_300_00))
    settle(by=zhanna, document_id=document, shares=[share(invoice, 1_000_00)])
    assert client_advance(romashka.pk) == 300_00
    assert sorted(live("payment.received").values_list("value", flat=True)) == [300_00, 1_000_00]


def test_an_advance_can_be_given_to_a_later_invoice(zhanna, romashka, line):
    (document,) = arrive(zhanna, Document(amount=1_300_00))
    (payment,) = settle(by=zhanna, document_id=document, client_id=romashka.pk)
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    allocate_advance(by=zhanna, payment_id=payment, shares=[share(invoice, 1_000_00)])
    invoice.refresh_from_db()
    assert (invoice.paid_state, client_advance(romashka.pk)) == ("full", 300_00)
    assert sum(live("payment.received").values_list("value", flat=True)) == 1_300_00
    with pytest.raises(Conflict):
        allocate_advance(by=zhanna, payment_id=payment, shares=[share(invoice, 301_00)])


def test_an_invoice_named_twice_in_one_settlement_is_refused_in_words(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 900_00))
    (document,) = arrive(zhanna, Document())
    twice = [share(invoice, 500_00), share(invoice, 500_00)]
    with pytest.raises(BadInput, match="дважды") as refused:
        settle(by=zhanna, document_id=document, shares=twice)
    assert refused.value.field == "shares"
    settle(by=zhanna, document_id=document, client_id=romashka.pk)
    payment = Payment.objects.get()
    with pytest.raises(BadInput, match="дважды"):
        allocate_advance(by=zhanna, payment_id=payment.pk, shares=twice)


def test_the_rest_of_an_advance_keeps_its_date(zhanna, romashka, line, freeze):
    (document,) = arrive(zhanna, Document())
    settle(by=zhanna, document_id=document, client_id=romashka.pk)
    came = live("payment.received").get()
    freeze("2026-03-20 15:00")
    invoice = make_invoice(romashka, "15", (line, 400_00))
    payment = Payment.objects.get()
    allocate_advance(by=zhanna, payment_id=payment.pk, shares=[share(invoice, 400_00)])
    told = {fact.value: fact for fact in live("payment.received")}
    assert told[600_00].valid_at == came.valid_at
    assert told[400_00].valid_at > came.valid_at


def test_a_return_comes_out_of_the_advance_or_of_the_invoices_chosen(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    came, went = arrive(
        zhanna,
        Document(amount=1_200_00),
        outgoing(700_00, "Возврат излишне уплаченного"),
    )
    settle(by=zhanna, document_id=came, shares=[share(invoice, 1_000_00)])
    with pytest.raises(Refusal):
        give_back(by=zhanna, document_id=went, client_id=romashka.pk)
    give_back(by=zhanna, document_id=went, client_id=romashka.pk, shares=[share(invoice, 500_00)])
    invoice.refresh_from_db()
    assert (invoice.paid, client_advance(romashka.pk)) == (500_00, 0)
    assert live("payment.returned").get().value == 700_00
    with pytest.raises(Refusal):
        unsettle(by=zhanna, document_id=came)
    unsettle(by=zhanna, document_id=went)
    unsettle(by=zhanna, document_id=came)
    assert client_advance(romashka.pk) == 0


@pytest.fixture
def given_back(zhanna, romashka):
    """The document and the payment of an advance that went back to the client whole."""
    came, went = arrive(zhanna, Document(), outgoing(1_000_00, "Возврат излишне уплаченного"))
    (payment,) = settle(by=zhanna, document_id=came, client_id=romashka.pk)
    give_back(by=zhanna, document_id=went, client_id=romashka.pk)
    return came, payment


def test_an_advance_that_went_back_does_not_pay_an_invoice(zhanna, romashka, line, given_back):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    with pytest.raises(Conflict):
        allocate_advance(by=zhanna, payment_id=given_back[1], shares=[share(invoice, 1_00)])
    invoice.refresh_from_db()
    assert invoice.paid == 0


def test_a_payment_whose_advance_went_back_is_not_taken_back(zhanna, romashka, given_back):
    with pytest.raises(Refusal, match="Аванс"):
        unsettle(by=zhanna, document_id=given_back[0])
    assert client_advance(romashka.pk) == 0
    assert Payment.objects.filter(voided_at=None).count() == 2
