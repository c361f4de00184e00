"""A number corrected after the invoice was sent: the client's paper still says the old one."""

from datetime import date

import pytest

from pult.clients.tests.factories import make_client, make_entity, make_line, make_own_entity
from pult.kernel.errors import BadInput
from pult.money.actions.invoices import send_invoice
from pult.money.actions.renumbering import correct_number
from pult.money.matcher import open_invoices
from pult.money.models import BankDocument, FormerNumber, Invoice
from pult.money.numbering import next_number, typed_number
from pult.money.queries import find_invoices, invoice_card, settlement_document
from pult.money.tests.factories import Document, Party, arrive, make_invoice

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture(autouse=True)
def own(freeze):
    freeze("2026-03-11 10:00")
    return make_own_entity()


@pytest.fixture
def twins(romashka, line, own):
    """82 of 1,000 roubles and 082 of 700, both with the client."""
    place = {"own_entity": own, "ordinal": 82}
    return [
        make_invoice(romashka, number, (line, kopecks), **place)
        for number, kopecks in (("82", 1_000_00), ("082", 700_00))
    ]


def renumber(by, invoice, number=""):
    invoice.refresh_from_db()
    return correct_number(by=by, invoice_id=invoice.pk, version=invoice.version, number=number)


def send(by, invoice):
    invoice.refresh_from_db()
    send_invoice(by=by, invoice_id=invoice.pk, version=invoice.version, channel="mail")


def paid(*invoices):
    return [Invoice.objects.get(pk=invoice.pk).paid for invoice in invoices]


def test_a_payment_by_the_old_number_is_the_renumbered_invoices_own(zhanna, twins):
    first, second = twins
    renumber(zhanna, second)
    assert Invoice.objects.get(pk=second.pk).number == "83"
    arrive(zhanna, Document(amount=700_00, purpose="Оплата по счёту № 82"))
    assert BankDocument.objects.get().match == BankDocument.Match.MATCHED
    assert paid(first, second) == [0, 700_00]
    assert open_invoices(date(2026, 3, 11)).by_number["82"] == [first.pk]


def test_a_number_two_papers_bear_waits_for_a_person_when_the_sum_is_no_help(zhanna, twins):
    renumber(zhanna, twins[1])
    arrive(zhanna, Document(amount=300_00, purpose="Оплата по счёту № 82"))
    assert BankDocument.objects.get().match == BankDocument.Match.UNSETTLED
    assert paid(*twins) == [0, 0]


def test_a_payment_by_the_old_number_is_no_strangers_number(zhanna, anna, romashka, line, own):
    pion = make_client("Пион", am=anna)
    make_entity(pion, "7700000016")
    place = {"own_entity": own, "ordinal": 82}
    make_invoice(pion, "82", (make_line(pion), 500_00), **place)
    mine = make_invoice(romashka, "082", (line, 700_00), **place)
    renumber(zhanna, mine)
    arrive(zhanna, Document(amount=700_00, purpose="Оплата по счёту 82"))
    assert paid(mine) == [700_00]
    assert "another_number" not in BankDocument.objects.get().proposal["reasons"]


def test_a_person_finds_the_invoice_by_the_number_on_the_paper(zhanna, twins):
    renumber(zhanna, twins[1])
    found = {row.invoice_id for row in find_invoices(zhanna, "82")}
    assert found == {row.pk for row in twins}
    stranger = Party("ООО «Сосед»", "7700000017", "", "40702810100000000099")
    (document,) = arrive(zhanna, Document(5_00, "Оплата по счёту 82", payer=stranger))
    offered = {row.invoice_id for row in settlement_document(zhanna, document).candidates}
    assert offered == {row.pk for row in twins}


def test_the_page_asks_to_send_the_paper_again_until_it_is_sent(zhanna, twins):
    second = twins[1]
    assert invoice_card(zhanna, second.pk).on_paper == ""
    renumber(zhanna, second)
    assert invoice_card(zhanna, second.pk).on_paper == "082"
    renumber(zhanna, second, "90")
    assert invoice_card(zhanna, second.pk).on_paper == "082"
    send(zhanna, second)
    assert invoice_card(zhanna, second.pk).on_paper == ""
    assert set(FormerNumber.objects.values_list("number", flat=True)) == {"082"}
    renumber(zhanna, second, "91")
    assert invoice_card(zhanna, second.pk).on_paper == "90"


def test_a_number_given_back_is_what_the_paper_says(zhanna, romashka, line, own):
    invoice = make_invoice(romashka, "90", (line, 1_00), own_entity=own, ordinal=90)
    renumber(zhanna, invoice, "95")
    renumber(zhanna, invoice, "90")
    assert not FormerNumber.objects.exists()


def test_a_number_on_a_clients_paper_is_taken(zhanna, romashka, line, own):
    invoice = make_invoice(romashka, "90", (line, 1_00), own_entity=own, ordinal=90)
    renumber(zhanna, invoice, "89")
    assert next_number(own, YEAR) == "91"
    with pytest.raises(BadInput, match="90"):
        typed_number("№ 90", own, YEAR)


def test_a_number_that_never_left_the_agency_is_free_again(zhanna, romashka, line, own):
    place = {"own_entity": own, "ordinal": 90, "status": "issued"}
    invoice = make_invoice(romashka, "90", (line, 1_00), **place)
    renumber(zhanna, invoice, "89")
    assert not FormerNumber.objects.exists()
    assert next_number(own, YEAR) == "90"


def test_an_invoice_is_not_its_own_twin(zhanna, romashka, line, own):
    invoice = make_invoice(romashka, "№ 90", (line, 1_00), own_entity=own, ordinal=None)
    assert renumber(zhanna, invoice, "90").ordinal == 90
    assert not FormerNumber.objects.exists()
    with pytest.raises(BadInput) as refused:
        renumber(zhanna, invoice, " 90 ")
    assert refused.value.field == "number"
