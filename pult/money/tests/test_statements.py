"""Bank statements come in once, whole, and find the invoices they pay."""

import pytest

from pult.clients.models import OwnAccount
from pult.clients.tests.factories import make_line
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.money import queries
from pult.money.actions.matching import match_pending
from pult.money.actions.statements import (
    drop_abandoned,
    post_statement,
    stage_statement,
)
from pult.money.models import Allocation, BankDocument, Payment, StatementFile
from pult.money.tests.factories import (
    Document,
    Parsed,
    Party,
    load_statement,
    make_invoice,
    outgoing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


def test_a_payment_that_names_its_invoice_pays_it(zhanna, romashka):
    line = make_line(romashka)
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    result = load_statement(zhanna, Document(purpose="Оплата по счету № 15 от 02.03.2026"))
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (1_000_00, "full")
    assert {key: result.summary[key] for key in ("documents", "new", "matched", "unsettled")} == {
        "documents": 1,
        "new": 1,
        "matched": 1,
        "unsettled": 0,
    }
    kinds = list(Fact.objects.exclude(root_id=0).order_by("pk").values_list("kind", "state"))
    assert kinds == [
        ("payment.received", ""),
        ("invoice.paid", "full"),
        ("line.funded", "full"),
        ("line.money_waits", "waits"),
    ]


def test_the_same_file_changes_nothing(zhanna, romashka):
    document = Document(purpose="Оплата по счету № 15")
    make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    load_statement(zhanna, document)
    facts = Fact.objects.count()
    again = load_statement(zhanna, document)
    assert again.file_id is None
    assert (again.summary["new"], again.summary["duplicates"]) == (0, 1)
    assert (Payment.objects.count(), Fact.objects.count()) == (1, facts)


def test_an_overlapping_file_brings_only_what_is_new(zhanna, romashka):
    first, second = Document(number="1"), Document(number="2")
    load_statement(zhanna, first)
    result = load_statement(zhanna, first, second, sha="b")
    assert (result.summary["new"], result.summary["duplicates"]) == (1, 1)
    assert BankDocument.objects.count() == 2


def test_two_equal_documents_of_one_file_are_two(zhanna, romashka):
    result = load_statement(zhanna, Document(), Document())
    assert result.summary["new"] == 2
    assert load_statement(zhanna, Document(), Document(), sha="b").summary["duplicates"] == 2


def test_on_an_empty_base_the_accounts_are_those_of_the_file():
    load_statement(None, Document())
    assert OwnAccount.objects.get().account == "40702810900000000001"


def test_a_statement_of_a_strange_account_is_refused(zhanna):
    load_statement(zhanna, Document())
    with pytest.raises(BadInput, match="40702810900000000077"):
        load_statement(zhanna, Document(number="2"), stated=("40702810900000000077",), sha="b")
    assert BankDocument.objects.count() == 1


def test_an_account_manager_does_not_import_statements(anna):
    with pytest.raises(Refusal):
        load_statement(anna, Document())


def test_a_payment_of_a_known_client_without_a_number_waits_in_the_queue(zhanna, romashka):
    load_statement(zhanna, Document(amount=700_00))
    page = queries.settlement_queue(zhanna)
    (row,) = page.rows
    assert (row.client, row.confidence, row.advance) == ("Ромашка", "advance", 700_00)
    assert page.counts == {"unsettled": 1}
    assert Payment.objects.count() == 0


def test_a_part_payment_is_proposed_with_its_invoice(zhanna, romashka):
    invoice = make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    load_statement(zhanna, Document(amount=400_00, purpose="по счету 15"))
    (row,) = queries.settlement_queue(zhanna).rows
    assert row.kind == "partial"
    assert [(c.invoice_id, c.share) for c in row.candidates] == [(invoice.pk, 400_00)]


def test_one_payment_for_two_invoices_pays_both(zhanna, romashka):
    line = make_line(romashka)
    one = make_invoice(romashka, "15", (line, 1_000_00))
    two = make_invoice(romashka, "16", (line, 500_00))
    load_statement(zhanna, Document(amount=1_500_00, purpose="Оплата по счетам 15, 16"))
    states = {i.paid_state for i in type(one).objects.filter(pk__in=[one.pk, two.pk])}
    assert states == {"full"}
    assert Payment.objects.get().amount == 1_500_00


def test_fees_and_own_transfers_are_not_client_money(zhanna, romashka):
    result = load_statement(zhanna, outgoing(30_00, "Комиссия за обслуживание"))
    assert (result.summary["matched"], result.summary["unsettled"]) == (0, 0)
    assert BankDocument.objects.get().match == "not_client"


def test_two_payments_for_one_invoice_do_not_both_take_it(zhanna, romashka):
    make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    documents = [Document(number=str(n), purpose="счет 15") for n in (1, 2)]
    result = load_statement(zhanna, *documents)
    assert (result.summary["matched"], result.summary["unsettled"]) == (1, 1)


def test_a_staged_file_is_not_seen_until_it_is_posted(zhanna, romashka):
    make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    statement = Parsed([Document(purpose="счет 15")])
    file = stage_statement(by=zhanna, statement=statement, name="f", sha256="a")
    assert queries.statement_files(zhanna) == ()
    assert queries.settlement_queue(zhanna, state="pending").rows == ()
    match_pending()
    assert Payment.objects.count() == 0
    post_statement(by=zhanna, file_id=file.pk)
    assert Payment.objects.count() == 1


def test_a_file_whose_import_was_cut_short_goes_on(zhanna, romashka):
    documents = [Document(number=str(n)) for n in range(5)]
    file = stage_statement(by=zhanna, statement=Parsed(documents), name="f", sha256="a")
    BankDocument.objects.filter(pk__gt=BankDocument.objects.order_by("pk")[1].pk).delete()
    result = load_statement(zhanna, *documents)
    assert result.file_id == file.pk
    assert (result.summary["new"], BankDocument.objects.count()) == (5, 5)
    assert StatementFile.objects.count() == 1


def test_an_import_nobody_ended_does_not_hide_documents(zhanna, romashka, freeze):
    stage_statement(by=zhanna, statement=Parsed([Document()]), name="f", sha256="a")
    freeze("2026-03-11 12:00")
    assert load_statement(zhanna, Document(), sha="b").summary["new"] == 1
    assert drop_abandoned() == 0


def test_matching_cut_short_goes_on_with_the_rest(zhanna, romashka):
    make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    load_statement(
        zhanna, Document(number="1"), Document(number="2", purpose="счет 15", amount=1_000_00)
    )
    paid = BankDocument.objects.get(match="matched")
    Payment.objects.count()
    BankDocument.objects.exclude(pk=paid.pk).update(match="pending")
    found = match_pending()
    assert (found.matched, found.unsettled) == (0, 1)
    assert Payment.objects.count() == 1


def test_a_payment_of_many_is_booked_in_bulk_and_still_adds_up(zhanna, romashka):
    line, other = make_line(romashka), make_line(romashka, "Соцсети")
    documents = []
    for n in range(60):
        make_invoice(romashka, f"A-{n}", (line, 100_01 + n), (other, 33_33))
        documents.append(
            Document(number=str(n), amount=133_34 + n, purpose=f"Оплата по счету A-{n}")
        )
    result = load_statement(zhanna, *documents)
    assert result.summary["matched"] == 60
    assert sum(Payment.objects.values_list("amount", flat=True)) == sum(
        Allocation.objects.values_list("amount", flat=True)
    )
    assert Fact.objects.filter(kind="payment.received").count() == 120


def test_fresh_money_is_news_of_today_and_old_money_of_its_day(zhanna, romashka):
    from datetime import date

    line = make_line(romashka)
    make_invoice(romashka, "15", (line, 1_000_00))
    make_invoice(romashka, "16", (line, 500_00))
    old = date(2026, 1, 15)
    load_statement(
        zhanna,
        Document(purpose="счет 15"),
        Document(purpose="счет 16", amount=500_00, date=old, credited_on=old),
    )
    facts = Fact.objects.filter(kind="payment.received").order_by("day")
    assert [fact.valid_at.isoformat()[:16] for fact in facts] == [
        "2026-01-15T09:00",
        "2026-03-11T07:00",
    ]


def test_a_line_without_ad_spend_is_paid_to_the_end_of_the_period(zhanna, romashka):
    from datetime import date

    line = make_line(romashka, "Продвижение", tool="seo")
    invoice = make_invoice(
        romashka,
        "15",
        (line, 1_000_00),
        covers_from=date(2026, 3, 1),
        covers_to=date(2026, 3, 31),
    )
    load_statement(zhanna, Document(purpose="счет 15"))
    fact = Fact.objects.get(kind="line.paid_until")
    assert (fact.key, fact.day) == (f"2026-03:{invoice.pk}", date(2026, 3, 31))


def test_a_stranger_that_names_a_number_and_its_sum_is_only_proposed(zhanna, romashka):
    invoice = make_invoice(romashka, "1515", (make_line(romashka), 1_000_00))
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    load_statement(zhanna, Document(purpose="оплата счета 1515 за ООО «Ромашка»", payer=stranger))
    (row,) = queries.settlement_queue(zhanna).rows
    assert row.kind == "third_party"
    assert row.candidates[0].invoice_id == invoice.pk


def test_an_invoice_paid_by_hand_meanwhile_is_not_paid_twice(zhanna, romashka, monkeypatch):
    from pult.money.actions import matching
    from pult.money.actions.invoices import cancel_invoice

    invoice = make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    draw_up = matching._draw_up

    def drawn_up_then_somebody_cancels(*parts):
        batch = draw_up(*parts)
        cancel_invoice(by=zhanna, invoice_id=invoice.pk, version=1, reason_code="mistake")
        monkeypatch.setattr(matching, "_draw_up", draw_up)
        return batch

    monkeypatch.setattr(matching, "_draw_up", drawn_up_then_somebody_cancels)
    result = load_statement(zhanna, Document(purpose="счет 15"))
    assert (result.summary["matched"], result.summary["unsettled"]) == (0, 1)
    assert Payment.objects.count() == 0


def test_the_key_of_a_document_begins_with_its_day(zhanna, romashka):
    documents = [Document(number=str(number)) for number in range(3)]
    load_statement(zhanna, *documents)
    keys = BankDocument.objects.values_list("content_key", flat=True)
    assert {key[:8] for key in keys} == {f"{documents[0].date:%Y%m%d}"}


def test_payments_that_nobody_judges_at_once_leave_the_same_rows(zhanna, romashka, monkeypatch):
    from pult.money.actions import matching

    monkeypatch.setattr(matching, "AT_ONCE", 0)
    line = make_line(romashka)
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    load_statement(zhanna, Document(purpose="счет 15"))
    payment = Payment.objects.get()
    facts = Fact.objects.filter(root_id=romashka.pk).exclude(kind="line.money_waits")
    assert list(facts.order_by("pk").values_list("kind", "external_id", "value")) == [
        ("payment.received", f"{payment.pk}:{invoice.pk}:{line.pk}:0", 1_000_00),
        ("invoice.paid", None, None),
        ("line.funded", None, None),
    ]
    assert list(Allocation.objects.values_list("payment", "amount")) == [(payment.pk, 1_000_00)]
