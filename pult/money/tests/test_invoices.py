"""Invoices: asked for by the manager, issued by the accountant alone, paid by the bank."""

from datetime import date

import pytest

from pult.clients.tests.factories import (
    make_client,
    make_contract,
    make_own_entity,
    make_user,
)
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.money import queries
from pult.money.actions import invoices
from pult.money.actions.invoices import (
    Wanted,
    cancel_invoice,
    issue_invoice,
    move_due,
    request_invoice,
    send_invoice,
)
from pult.money.actions.reminders import remind_of_payment
from pult.money.actions.settlement import settle
from pult.money.actions.statements import import_statement
from pult.money.asked import AlreadyAsked, on_the_way
from pult.money.booking import Share
from pult.money.models import BankDocument, Invoice
from pult.money.tests.factories import Document, Parsed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 12:00")


@pytest.fixture
def line(line):
    make_own_entity()
    return line


def ask(anna, line, amount=100_000_00, **fields):
    wanted = [Wanted(line_id=line.pk, amount=amount)]
    return request_invoice(by=anna, client_id=line.client_id, lines=wanted, **fields)


def issue(zhanna, invoice, **fields):
    return issue_invoice(by=zhanna, invoice_id=invoice.pk, version=invoice.version, **fields)


def kinds():
    return list(Fact.objects.order_by("pk").values_list("kind", flat=True))


def test_an_invoice_goes_from_the_request_to_the_client(anna, zhanna, line):
    invoice = ask(anna, line, wish="две строки")
    assert [item.wish for item in queries.invoice_requests(zhanna)] == ["две строки"]
    invoice = issue(zhanna, invoice, due_on=date(2026, 3, 18))
    assert (invoice.number, invoice.year, invoice.status) == ("1", 2026, "issued")
    send_invoice(by=anna, invoice_id=invoice.pk, version=invoice.version, channel="mail")
    assert kinds() == [
        "invoice.requested",
        "invoice.issued",
        "invoice.paid",
        "invoice.due",
        "invoice.sent",
    ]
    assert queries.invoice_requests(zhanna) == ()
    assert queries.invoice_card(anna, invoice.pk).lines[0].vat_rate == 22


def test_nobody_asks_twice_for_one_line_and_period(anna, zhanna, line):
    april = {"covers_from": date(2026, 4, 1), "covers_to": date(2026, 4, 30)}
    first = ask(anna, line, **april)
    with pytest.raises(AlreadyAsked, match=line.name) as refused:
        ask(anna, line, amount=5_00, **april)
    assert refused.value.invoice_id == first.pk
    fee = [Wanted(line_id=line.pk, amount=1_00, purpose="fee")]
    request_invoice(by=anna, client_id=line.client_id, lines=fee, **april)
    ask(anna, line, covers_from=date(2026, 5, 1), covers_to=date(2026, 5, 31))
    issue(zhanna, first)
    ask(anna, line, **april)


def test_a_line_knows_the_invoice_the_client_has_not_got(anna, zhanna, line):
    invoice = ask(anna, line)
    assert not on_the_way([line.pk]).newest[line.pk].is_issued
    invoice = issue(zhanna, invoice)
    assert on_the_way([line.pk]).newest[line.pk].number == invoice.number
    send_invoice(by=anna, invoice_id=invoice.pk, version=invoice.version, channel="mail")
    assert on_the_way([line.pk]).newest == {}


def test_an_invoice_is_sent_before_it_is_reminded_of(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    with pytest.raises(Refusal, match="получил"):
        remind_of_payment(by=anna, invoice_id=invoice.pk, channel="mail")
    invoice = send_invoice(by=anna, invoice_id=invoice.pk, version=invoice.version, channel="mail")
    remind_of_payment(by=anna, invoice_id=invoice.pk, channel="mail")


def test_numbers_have_no_gaps_within_a_year(anna, zhanna, line):
    numbers = [issue(zhanna, ask(anna, line)).number for _n in range(3)]
    first = issue(zhanna, ask(anna, line), issued_on=date(2027, 1, 11)).number
    assert (numbers, first) == (["1", "2", "3"], "1")


def test_a_number_is_given_once(anna, zhanna, line):
    issue(zhanna, ask(anna, line), number="А-7")
    with pytest.raises(BadInput, match="А-7"):
        issue(zhanna, ask(anna, line), number="А-7")


def test_two_people_do_not_issue_one_invoice_twice(anna, zhanna, line):
    invoice = ask(anna, line)
    issue(zhanna, invoice)
    with pytest.raises(Conflict):
        issue_invoice(by=zhanna, invoice_id=invoice.pk, version=1)
    assert Fact.objects.filter(kind="invoice.issued").count() == 1


def test_a_payment_is_not_lost_when_somebody_changes_the_invoice_meanwhile(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    stale = Invoice.objects.get(pk=invoice.pk)
    import_statement(
        by=zhanna, statement=Parsed([Document(amount=40_000_00)]), name="f", sha256="a"
    )
    settle(
        by=zhanna,
        document_id=BankDocument.objects.get().pk,
        shares=[Share(invoice_id=invoice.pk, amount=40_000_00)],
    )
    move_due(by=zhanna, invoice_id=stale.pk, version=stale.version, due_on=date(2026, 3, 20))
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.due_on) == (40_000_00, date(2026, 3, 20))
    with pytest.raises(Refusal):
        cancel_invoice(
            by=zhanna, invoice_id=invoice.pk, version=invoice.version, reason_code="mistake"
        )


def test_a_cancelled_number_stays_used(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    cancel_invoice(by=zhanna, invoice_id=invoice.pk, version=2, reason_code="mistake")
    assert issue(zhanna, ask(anna, line)).number == "2"


def test_an_invoice_for_the_next_month_says_so(anna, zhanna, line):
    invoice = ask(anna, line, covers_from=date(2026, 4, 1), covers_to=date(2026, 4, 30))
    invoice = issue(zhanna, invoice)
    send_invoice(by=anna, invoice_id=invoice.pk, version=2, channel="mail")
    assert Fact.objects.get(kind="invoice.next_month").key == "2026-04"


def test_the_next_month_is_that_after_the_local_day_of_sending(anna, zhanna, line, freeze):
    freeze("2026-04-01 01:00")
    invoice = issue(
        zhanna, ask(anna, line, covers_from=date(2026, 4, 1), covers_to=date(2026, 4, 30))
    )
    send_invoice(by=anna, invoice_id=invoice.pk, version=2, channel="mail")
    assert not Fact.objects.filter(kind="invoice.next_month").exists()


def test_an_invoice_cancelled_meanwhile_is_not_sent(anna, zhanna, line, meanwhile):
    invoice = issue(zhanna, ask(anna, line))
    send_invoice(by=anna, invoice_id=invoice.pk, version=2, channel="mail")
    gone = {"invoice_id": invoice.pk, "version": 3, "reason_code": "mistake"}
    meanwhile(invoices, lambda: cancel_invoice(by=zhanna, **gone))
    with pytest.raises(Refusal):
        send_invoice(by=anna, invoice_id=invoice.pk, version=3, channel="mail")
    assert kinds()[-1] == "invoice.cancelled"


def test_of_two_who_move_the_day_to_pay_by_the_second_is_told(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    first = {"invoice_id": invoice.pk, "version": invoice.version}
    move_due(by=zhanna, due_on=date(2026, 3, 20), **first)
    with pytest.raises(Conflict):
        move_due(by=zhanna, due_on=date(2026, 3, 25), **first)
    assert Invoice.objects.get().due_on == date(2026, 3, 20)


def test_whoever_moves_the_day_to_pay_by_is_known_before_the_invoice_is_sent(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    move_due(by=zhanna, invoice_id=invoice.pk, version=2, due_on=date(2026, 3, 25))
    moved = Fact.objects.get(kind="invoice.due_moved")
    assert (moved.actor_id, moved.day) == (zhanna.pk, date(2026, 3, 25))
    assert not Fact.objects.filter(kind="invoice.due").exists()


def test_a_title_longer_than_a_line_is_refused_in_words(anna, line):
    wanted = Wanted(line_id=line.pk, amount=1_000_00, title="я" * 201)
    with pytest.raises(BadInput) as refused:
        request_invoice(by=anna, client_id=line.client_id, lines=[wanted])
    assert refused.value.field == "title"


def test_the_day_to_pay_by_is_not_moved_before_the_invoice(anna, zhanna, line):
    invoice = issue(zhanna, ask(anna, line))
    with pytest.raises(BadInput):
        move_due(by=zhanna, invoice_id=invoice.pk, version=2, due_on=date(2026, 3, 10))


def test_an_unissued_invoice_is_not_sent(anna, line):
    invoice = ask(anna, line)
    with pytest.raises(Refusal) as refused:
        send_invoice(by=anna, invoice_id=invoice.pk, version=1, channel="mail")
    assert refused.value.clause == "М4.9"


def test_ad_money_the_client_pays_itself_is_not_invoiced(anna, line):
    line.money_flow = "client_pays_platform"
    line.save()
    with pytest.raises(BadInput):
        ask(anna, line)
    wanted = [Wanted(line_id=line.pk, amount=1_00, purpose="fee")]
    assert request_invoice(by=anna, client_id=line.client_id, lines=wanted).pk


def test_another_manager_does_not_see_the_invoice(anna, zhanna, line):
    boris = make_user("Борис", "am")
    invoice = issue(zhanna, ask(anna, line))
    with pytest.raises(NotVisible):
        remind_of_payment(by=boris, invoice_id=invoice.pk, channel="mail")
    with pytest.raises(NotVisible):
        queries.invoice_card(boris, invoice.pk)
    assert queries.invoice_requests(boris) == ()


def test_an_executor_sees_no_money(line):
    darya = make_user("Дарья", "executor")
    from pult.clients.tests.factories import make_assignment

    make_assignment(line.client, darya, "executor")
    with pytest.raises(NotVisible):
        queries.client_money(darya, line.client_id)
    assert queries.client_invoices(darya, line.client_id) == ()


@pytest.mark.parametrize(
    ("kind", "days", "due"),
    [
        ("prepaid", None, date(2026, 3, 18)),
        ("postpaid", 14, date(2026, 3, 25)),
        ("barter", None, None),
    ],
)
def test_the_day_to_pay_by_is_that_of_the_contract_s_scheme(zhanna, kind, days, due):
    from pult.clients.models import PaymentScheme
    from pult.money.queries.leads import due_day

    contract = make_contract(make_client("Пион"))
    PaymentScheme.objects.create(
        contract=contract,
        kind=kind,
        days=days,
        since=date(2026, 1, 1),
        set_at=clock.now(),
        set_by=zhanna,
    )
    assert due_day(contract.pk, date(2026, 3, 11)) == due


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2030, 1, 1)])
def test_a_day_out_of_this_world_is_refused_by_its_field(anna, zhanna, line, day):
    for field in ("covers_from", "covers_to"):
        with pytest.raises(BadInput) as refused:
            ask(anna, line, **{field: day})
        assert refused.value.field == field
    invoice = ask(anna, line)
    for field in ("issued_on", "due_on"):
        with pytest.raises(BadInput) as refused:
            issue(zhanna, invoice, **{field: day})
        assert refused.value.field == field
    assert Invoice.objects.get().status == Invoice.Status.REQUESTED


def test_an_invoice_is_not_due_before_its_own_day(anna, zhanna, line):
    invoice = ask(anna, line)
    with pytest.raises(BadInput) as refused:
        issue(zhanna, invoice, issued_on=date(2026, 3, 11), due_on=date(2026, 3, 10))
    assert refused.value.field == "due_on"
    assert issue(zhanna, invoice, issued_on=date(2026, 3, 11), due_on=date(2026, 3, 11)).number


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2206, 3, 1)])
def test_a_day_to_pay_by_is_not_moved_out_of_this_world(anna, zhanna, line, day):
    issued = issue(zhanna, ask(anna, line), issued_on=date(2026, 3, 11), due_on=date(2026, 3, 12))
    with pytest.raises(BadInput):
        move_due(by=zhanna, invoice_id=issued.pk, version=issued.version, due_on=day)
    issued.refresh_from_db()
    assert issued.due_on == date(2026, 3, 12)
