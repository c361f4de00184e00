"""Settling by hand: nothing lost, nothing counted twice, everything can be taken back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pult.clients.models import PayerAlias
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.errors import BadInput, Conflict, PultError, Refusal
from pult.money import queries
from pult.money.actions import unsettling
from pult.money.actions.settlement import (
    allocate_advance,
    give_back,
    settle,
    settle_not_client,
)
from pult.money.actions.unsettling import unsettle
from pult.money.models import Allocation, BankDocument, Invoice, InvoiceLine, Payment
from pult.money.queries.payments import client_advance
from pult.money.sums import paid_by_line
from pult.money.tests.factories import (
    Document,
    Party,
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


def test_a_part_payment_leaves_the_invoice_paid_in_part(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = arrive(zhanna, Document(amount=400_00))
    settle(by=zhanna, document_id=document, shares=[share(invoice, 400_00)])
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (400_00, "part")
    assert BankDocument.objects.get().match == "settled"
    assert live("line.funded").get().state == "part"


def test_one_document_may_pay_for_two_clients(zhanna, anna, romashka, line):
    pion = make_client("Пион", am=anna)
    one = make_invoice(romashka, "15", (line, 600_00))
    two = make_invoice(pion, "16", (make_line(pion), 400_00))
    (document,) = arrive(zhanna, Document())
    payments = settle(
        by=zhanna, document_id=document, shares=[share(one, 600_00), share(two, 400_00)]
    )
    assert len(payments) == 2
    assert set(Payment.objects.values_list("client", "amount")) == {
        (romashka.pk, 600_00),
        (pion.pk, 400_00),
    }


def test_the_parts_of_an_invoice_can_be_chosen(zhanna, romashka, line):
    other = make_line(romashka, "Соцсети")
    invoice = make_invoice(romashka, "15", (line, 600_00), (other, 400_00))
    (document,) = arrive(zhanna, Document(amount=400_00))
    first, second = invoice.lines.order_by("pk")
    settle(
        by=zhanna,
        document_id=document,
        shares=[share(invoice, 400_00, lines=((second.pk, 400_00),))],
    )
    states = {fact.refs["line"]: fact.state for fact in live("line.funded")}
    assert states == {line.pk: "none", other.pk: "full"}
    assert first.allocations.count() == 0


def test_nobody_pays_more_than_is_left_on_an_invoice(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 300_00))
    (document,) = arrive(zhanna, Document())
    with pytest.raises(Conflict, match="15"):
        settle(by=zhanna, document_id=document, shares=[share(invoice, 301_00)])
    with pytest.raises(BadInput):
        settle(by=zhanna, document_id=document, shares=[share(invoice, 1_001_00)])
    assert Payment.objects.count() == 0
    assert BankDocument.objects.get().match == "unsettled"


def test_a_document_is_settled_once(zhanna, romashka, line):
    (document,) = arrive(zhanna, Document())
    settle(by=zhanna, document_id=document, client_id=romashka.pk)
    with pytest.raises(Conflict):
        settle(by=zhanna, document_id=document, client_id=romashka.pk)
    with pytest.raises(Conflict):
        settle_not_client(by=zhanna, document_id=document)
    assert Payment.objects.count() == 1


def test_a_remembered_payer_is_known_next_time(zhanna, romashka, line):
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    (document,) = arrive(zhanna, Document(payer=stranger))
    settle(by=zhanna, document_id=document, client_id=romashka.pk, remember=True)
    assert PayerAlias.objects.get().inn == "7700000016"
    make_invoice(romashka, "15", (line, 700_00))
    arrive(zhanna, Document(number="2", amount=700_00, purpose="счет 15", payer=stranger), sha="b")
    assert BankDocument.objects.latest("pk").match == "matched"


def test_a_payer_that_cannot_be_remembered_leaves_the_document_to_settle(zhanna, romashka, line):
    stranger = Party("ООО «Сосед»", "7700000017", "", "40702810100000000099")
    (document,) = arrive(zhanna, Document(payer=stranger))
    settled = {"document_id": document, "client_id": romashka.pk}
    with pytest.raises(BadInput):
        settle(by=zhanna, remember=True, **settled)
    assert BankDocument.objects.get().match == "unsettled"
    assert not Payment.objects.exists()
    settle(by=zhanna, **settled)


def test_a_settlement_taken_back_leaves_no_trace_in_the_sums(zhanna, romashka, line):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = arrive(zhanna, Document(purpose="счет 15"))
    unsettle(by=zhanna, document_id=document)
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (0, "none")
    assert live("payment.received").count() == 0
    assert live("line.funded").latest("pk").state == "none"
    assert BankDocument.objects.get().match == "unsettled"
    assert queries.line_balances([line.pk])[line.pk].total == 0
    settle(by=zhanna, document_id=document, shares=[share(invoice, 1_000_00)])
    assert live("payment.received").get().value == 1_000_00


def test_what_another_client_got_meanwhile_is_not_taken_back_unseen(
    zhanna, anna, romashka, line, meanwhile
):
    pion = make_client("Пион", am=anna)
    (document,) = arrive(zhanna, Document())
    settle(by=zhanna, document_id=document, client_id=romashka.pk)

    def moved_to_another():
        unsettle(by=zhanna, document_id=document)
        settle(by=zhanna, document_id=document, client_id=pion.pk)

    meanwhile(unsettling, moved_to_another)
    with pytest.raises(Conflict):
        unsettle(by=zhanna, document_id=document)
    assert Payment.objects.get(voided_at=None).client_id == pion.pk


def test_money_for_an_older_invoice_does_not_shut_a_line_paid_for_later(zhanna, romashka, line):
    old = make_invoice(romashka, "1", (line, 500_00), issued_on=date(2026, 1, 5))
    new = make_invoice(romashka, "2", (line, 700_00), issued_on=date(2026, 2, 5))
    first, second = arrive(zhanna, Document(amount=700_00), Document(number="2", amount=200_00))
    unsettle(by=zhanna, document_id=first)
    settle(by=zhanna, document_id=first, shares=[share(new, 700_00)])
    settle(by=zhanna, document_id=second, shares=[share(old, 200_00)])
    assert live("line.funded").latest("pk").state == "full"


def test_an_account_manager_settles_nothing(anna, zhanna, romashka):
    (document,) = arrive(zhanna, Document())
    for act in (settle_not_client, unsettle):
        with pytest.raises(Refusal):
            act(by=anna, document_id=document)
    assert queries.settlement_queue(anna).rows == ()


def test_what_was_called_not_client_money_can_be_called_back(zhanna, romashka):
    (document,) = arrive(zhanna, Document())
    settle_not_client(by=zhanna, document_id=document)
    unsettle(by=zhanna, document_id=document)
    assert BankDocument.objects.get().match == "unsettled"
    told = live("document.not_client").filter(key=str(document)).order_by("pk")
    assert [(fact.state, fact.actor, fact.role) for fact in told] == [
        ("on", zhanna, "accountant"),
        ("off", zhanna, "accountant"),
    ]


ACT = st.tuples(
    st.sampled_from(["settle", "advance", "unsettle", "return", "allocate"]),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(1, 1_500_00),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACT, max_size=14))
def test_whatever_is_done_the_sums_stay_equal(acts, django_db_blocker, zhanna, romashka, line):
    from django.db import transaction

    with transaction.atomic():
        _play(acts, zhanna, romashka, line)
        _check_sums(romashka)
        transaction.set_rollback(True)


def _play(acts, zhanna, romashka, line):
    other = make_line(romashka, "Соцсети")
    invoices = [
        make_invoice(romashka, str(n), (line, 333_33 + n), (other, 666_67)) for n in range(4)
    ]
    documents = arrive(
        zhanna,
        *(Document(number=str(n), amount=500_00 + 300_01 * n) for n in range(4)),
        *(outgoing(200_00 * n, "Возврат", number=f"r{n}") for n in (1, 2)),
    )
    for act, which, target, amount in acts:
        document, invoice = documents[which], invoices[target]
        parts = [share(invoice, amount)]
        payment = Payment.objects.filter(document=document, voided_at=None).first()
        try:
            if act == "settle":
                settle(by=zhanna, document_id=document, shares=parts, client_id=romashka.pk)
            elif act == "advance":
                settle(by=zhanna, document_id=document, client_id=romashka.pk)
            elif act == "unsettle":
                unsettle(by=zhanna, document_id=document)
            elif act == "return":
                give_back(
                    by=zhanna,
                    document_id=document,
                    client_id=romashka.pk,
                    shares=parts[: amount % 2],
                )
            elif payment:
                allocate_advance(by=zhanna, payment_id=payment.pk, shares=parts)
        except PultError:
            continue


def _check_sums(romashka):
    def total(rows, kind):
        return sum(rows.filter(**{kind[0]: kind[1]}).values_list("amount", flat=True))

    payments = Payment.objects.filter(voided_at=None)
    shares = Allocation.objects.filter(reversed_at=None)
    net = total(payments, ("kind", "in")) - total(payments, ("kind", "return"))
    held = total(shares, ("payment__kind", "in")) - total(shares, ("payment__kind", "return"))
    advance = client_advance(romashka.pk)
    assert net == held + advance
    assert advance >= 0
    assert held == sum(Invoice.objects.values_list("paid", flat=True))
    for row in InvoiceLine.objects.all():
        paid = paid_by_line([row.pk]).get(row.pk, 0)
        assert 0 <= paid <= row.amount
    told = sum(live("payment.received").values_list("value", flat=True))
    assert told == total(payments, ("kind", "in"))
    for document in BankDocument.objects.all():
        taken = document.match in ("matched", "settled")
        assert taken == document.payments.filter(voided_at=None).exists()
