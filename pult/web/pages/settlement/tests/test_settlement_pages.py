"""Settling documents on the page: accept, choose, split, remember, put aside, take back."""

import json
import re
from pathlib import Path

from pult.clients.indexing import index_client
from pult.clients.models import PayerAlias
from pult.clients.tests.factories import make_client, make_line
from pult.money.actions.statements import import_statement
from pult.money.models import Allocation, BankDocument, Invoice, Payment
from pult.money.tests.factories import Document, Parsed, Party, make_invoice, outgoing

BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())
QUEUE = "/money/settlement/"


def bring(*documents):
    import_statement(by=None, statement=Parsed(list(documents)), name="f", sha256="a")
    return list(BankDocument.objects.order_by("pk"))


def page(document, what=""):
    return f"{QUEUE}{document.pk}/{what}"


def shown(person, document):
    """What the queue shows as the proposal for a document: the fields of its form."""
    (form,) = re.findall(
        rf'action="{page(document, "proposal/")}".*?</form>', person.get(QUEUE).text
    )
    return dict(re.findall(r'name="(next|seen)" value="([^"]*)"', form)) | {"next": QUEUE}


def accept(person, document):
    return person.post(page(document, "proposal/"), shown(person, document))


def test_the_queue_shows_a_document_with_its_proposal(zhanna, line, romashka):
    make_invoice(romashka, "15", (line, 1_000_00))
    bring(Document(amount=400_00, purpose="по счету 15"))
    text = zhanna.get(QUEUE).text
    assert "по счету 15" in text
    assert "счёт 15, Ромашка" in text
    assert 'data-key="e"' in text


def test_a_proposal_is_accepted_by_one_press_and_taken_back(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = bring(Document(amount=400_00, purpose="по счету 15"))
    answer = accept(zhanna, document)
    assert (answer.status_code, answer["Location"]) == (303, QUEUE)
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (400_00, "part")
    assert page(document, "undo/") in zhanna.get(QUEUE).text
    zhanna.post(page(document, "undo/"))
    invoice.refresh_from_db()
    document.refresh_from_db()
    assert (invoice.paid, document.match) == (0, "unsettled")


def test_a_payment_is_split_between_invoices_and_an_advance(zhanna, line, romashka):
    one = make_invoice(romashka, "15", (line, 1_000_00))
    two = make_invoice(romashka, "16", (line, 500_00))
    (document,) = bring(Document(amount=1_800_00))
    text = zhanna.get(page(document)).text
    assert f'name="share_{one.pk}"' in text
    given = {
        f"share_{one.pk}": "1 000,00",
        f"share_{two.pk}": "300",
        "client": romashka.pk,
    }
    answer = zhanna.post(page(document), given)
    assert answer["Location"] == QUEUE
    paid = dict(Invoice.objects.values_list("number", "paid"))
    assert paid == {"15": 1_000_00, "16": 300_00}
    assert sum(Payment.objects.values_list("amount", flat=True)) == 1_800_00
    assert sum(Allocation.objects.values_list("amount", flat=True)) == 1_300_00


def test_after_a_document_comes_the_next(zhanna, line, romashka):
    make_invoice(romashka, "15", (line, 1_000_00))
    first, second = bring(Document(amount=400_00), Document(amount=401_00, number="2"))
    answer = zhanna.post(page(second, "not-client/"))
    assert answer["Location"] == page(first)


def test_a_sum_that_cannot_be_read_is_told_at_its_field(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = bring(Document(amount=400_00))
    answer = zhanna.post(page(document), {f"share_{invoice.pk}": "сто"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'value="сто"' in answer.text
    assert not Payment.objects.exists()


def test_more_than_the_invoice_has_left_is_refused(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 100_00))
    (document,) = bring(Document(amount=400_00))
    answer = zhanna.post(page(document), {f"share_{invoice.pk}": "400", "client": romashka.pk})
    assert answer.status_code in (409, 422)
    assert not Payment.objects.exists()


def test_a_third_party_is_remembered(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 400_00))
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    (document,) = bring(Document(amount=400_00, payer=stranger))
    zhanna.post(page(document), {f"share_{invoice.pk}": "400", "remember": "on"})
    assert PayerAlias.objects.get().client == romashka


def test_an_invoice_is_found_by_number_and_a_client_by_name(zhanna, line, romashka):
    make_invoice(romashka, "К-77", (line, 5_000_00))
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    (document,) = bring(Document(amount=400_00, payer=stranger))
    assert "К-77" not in zhanna.get(page(document)).text
    assert "К-77" in zhanna.get(page(document), {"q": "К-77"}).text
    index_client(romashka)
    assert "Ромашка" in zhanna.get(page(document), {"q": "ромашки"}).text


def test_two_people_do_not_settle_one_document_twice(zhanna, line, romashka, later):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = bring(Document(amount=400_00))
    given = {f"share_{invoice.pk}": "400"}
    assert zhanna.post(page(document), given).status_code == 303
    later()
    assert zhanna.post(page(document), given).status_code == 409
    invoice.refresh_from_db()
    assert invoice.paid == 400_00


def test_a_second_part_is_proposed_by_what_the_first_left(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    first, second = bring(
        Document(amount=600_00, purpose="по счету 15", number="1"),
        Document(amount=450_00, purpose="по счету 15", number="2"),
    )
    accept(zhanna, first)
    field = re.search(rf'<input[^>]*name="share_{invoice.pk}"[^>]*>', zhanna.get(page(second)).text)
    assert 'value="400"' in field[0]
    zhanna.post(page(first, "undo/"))
    assert "счёт 15, Ромашка, 450" in zhanna.get(QUEUE).text.replace("\xa0", " ")
    accept(zhanna, first)
    answer = accept(zhanna, second)
    invoice.refresh_from_db()
    assert (answer.status_code, invoice.paid_state) == (303, "full")
    given = Allocation.objects.filter(payment__document=second)
    assert [row.amount for row in given] == [400_00]
    assert Payment.objects.get(document=second).amount == 450_00  # 50 roubles are an advance


def test_the_head_reads_and_does_not_settle(login, cast, line, romashka):
    make_invoice(romashka, "15", (line, 1_000_00))
    (document,) = bring(Document(amount=400_00))
    vera = login(cast.vera)
    assert 'data-key="e"' not in vera.get(QUEUE).text
    answer = vera.post(page(document), {"client": romashka.pk})
    assert answer.status_code == 409
    assert "Бухгалтер" in answer.text


def test_the_queue_asks_few_questions(zhanna, line, romashka, django_assert_max_num_queries):
    make_invoice(romashka, "15", (line, 1_000_00))
    documents = bring(*(Document(amount=400_00 + n, number=str(n)) for n in range(60)))
    zhanna.get(QUEUE)
    with django_assert_max_num_queries(BUDGETS["settlement"]):
        assert zhanna.get(QUEUE).text.count("data-row") == 50
    with django_assert_max_num_queries(BUDGETS["settlement_document"]):
        zhanna.get(page(documents[0]))


def test_shares_above_the_payment_keep_what_was_typed_and_found(zhanna, line, romashka):
    invoice = make_invoice(romashka, "К-77", (line, 5_000_00))
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    (document,) = bring(Document(amount=400_00, payer=stranger))
    assert 'name="q" value="К-77"' in zhanna.get(page(document), {"q": "К-77"}).text
    answer = zhanna.post(page(document), {f"share_{invoice.pk}": "500", "q": "К-77"})
    assert answer.status_code == 422
    assert 'value="500"' in answer.text
    assert "shares" not in answer.text


def test_an_invoice_a_stranger_names_by_number_is_offered_and_not_paid(zhanna, line, romashka):
    named = make_invoice(romashka, "077", (line, 5_000_00))
    other = make_invoice(romashka, "1077", (line, 5_000_00))
    stranger = Party("ООО «Сосед»", "7700000016", "", "40702810100000000099")
    purpose = "Оплата за Клинику Аврора, счет 77"
    (document,) = bring(Document(amount=400_00, payer=stranger, purpose=purpose))
    text = zhanna.get(page(document)).text
    assert f'name="share_{named.pk}"' in text
    assert f'name="share_{other.pk}"' not in text
    assert not Payment.objects.exists()


def test_a_return_is_proposed_out_of_the_paid_invoice_it_names(zhanna, line, romashka):
    invoice = make_invoice(romashka, "60", (line, 1_000_00))
    make_invoice(romashka, "80", (line, 3_000_00))
    (document,) = bring(Document(amount=1_000_00, purpose="по счету 60"))
    back = outgoing(400_00, "Возврат по счету № 60", number="9")
    import_statement(by=None, statement=Parsed([back]), name="b", sha256="b")
    document = BankDocument.objects.get(direction="out")
    text = zhanna.get(page(document)).text
    (field,) = re.findall(rf'<input[^>]*name="share_{invoice.pk}"[^>]*>', text)
    assert 'value="400"' in field
    assert "№ 80" not in text
    assert "Оплаченные счета" in text
    assert "Неоплаченные счета" not in text
    assert "№ 60" in zhanna.get(page(document), {"q": "60"}).text
    answer = zhanna.post(page(document), {f"share_{invoice.pk}": "400"})
    assert answer.status_code == 303
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (600_00, "part")


def test_a_lower_case_name_finds_the_invoices_and_the_documents(zhanna, line, romashka):
    romashka.name = "Салон Ёлка-Шов"
    romashka.save()
    make_invoice(romashka, "К-77/Б", (line, 5_000_00))
    stranger = Party("ООО «Вираж»", "7700000016", "", "40702810100000000099")
    (document,) = bring(Document(amount=400_00, payer=stranger, purpose="За РЕКЛАМУ"))
    for q in ("шов", "ШОВ", "елка", "ЁЛКА", "к-77/б"):
        assert "К-77/Б" in zhanna.get(page(document), {"q": q}).text, q
    assert "К-77/Б" not in zhanna.get(page(document), {"q": "ш.в"}).text
    for q in ("вираж", "ВИРАЖ", "за реклам"):
        assert page(document) in zhanna.get(QUEUE, {"q": q}).text, q
    assert page(document) not in zhanna.get(QUEUE, {"q": "вир.ж"}).text


def test_sums_that_do_not_fit_the_payment_are_told_by_how_much(zhanna, line, romashka, cast):
    one = make_invoice(romashka, "15", (line, 1_000_00))
    other = make_client("Василёк", am=cast.anna)
    two = make_invoice(other, "16", (make_line(other), 700_00))
    (document,) = bring(Document(amount=1_660_00))
    for sums, told in (
        (("1010", "700"), ("Суммы по счетам больше платежа на 50,00", "дать 1 660,00")),
        (("1010", "600"), ("От платежа остаётся 50,00", "чей это аванс")),
    ):
        given = {f"share_{one.pk}": sums[0], f"share_{two.pk}": sums[1]}
        answer = zhanna.post(page(document), given)
        assert answer.status_code == 422
        for words in told:
            assert words in answer.text.replace("\xa0", " ").replace("&nbsp;", " ")
    assert not Payment.objects.exists()
