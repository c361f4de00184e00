import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_entity, make_line
from pult.money.actions.statements import import_statement
from pult.money.models import BankDocument, Payment
from pult.money.tests.factories import OURS, Document, Parsed, make_invoice

pytestmark = pytest.mark.django_db
TYPED = {
    "day": "2026-03-10",
    "amount": "1 000,00",
    "own_account": OURS,
    "payer": "ООО «Ромашка»",
    "inn": "7707083893",
    "purpose": "Оплата по счету 15",
    "number": "1",
    "account": "40702810100000000002",
}


@pytest.fixture
def romashka(cast, freeze):
    freeze("2026-03-11 10:00")
    client = make_client("Ромашка", am=cast.anna)
    make_entity(client, "7707083893")
    return client


def enter(person, **changes):
    return person.post(reverse("payment_by_hand"), {**TYPED, **changes})


def test_a_payment_by_hand_finds_its_invoice_like_one_of_a_statement(login, cast, romashka):
    invoice = make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    assert enter(login(cast.zhanna)).status_code == 303
    invoice.refresh_from_db()
    assert (invoice.paid_state, Payment.objects.get().client) == ("full", romashka)


def test_a_payment_by_hand_nobody_knows_waits_in_the_settlement(login, cast, romashka):
    answer = enter(login(cast.zhanna), inn="", account="", purpose="Оплата")
    document = BankDocument.objects.get()
    assert answer["Location"] == reverse("settlement_document", args=[document.pk])


def test_a_payment_is_not_counted_twice_whether_typed_or_brought(login, cast, romashka, later):
    make_invoice(romashka, "15", (make_line(romashka), 5_000_00))
    zhanna = login(cast.zhanna)
    enter(zhanna)
    later()
    assert enter(zhanna).status_code == 409
    document = Document(amount=1_000_00, purpose="Оплата по счету 15", number="1")
    import_statement(by=None, statement=Parsed([document]), name="f", sha256="a")
    assert BankDocument.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"amount": "сто"}, {"amount": "0"}, {"day": "2026-03-12"}, {"payer": " "}]
)
def test_what_cannot_be_a_payment_is_told_and_kept_typed(login, cast, romashka, wrong):
    answer = enter(login(cast.zhanna), **wrong)
    assert answer.status_code == 422
    assert 'value="Оплата по счету 15"' in answer.content.decode()
    assert not BankDocument.objects.exists()
