"""What one press must not do: book another proposal than was shown, or money of somebody else."""

import re

from pult.clients.tests.factories import make_client, make_entity, make_line
from pult.money.models import Allocation, Payment
from pult.money.tests.factories import Document, make_invoice
from pult.web.pages.settlement.tests.test_settlement_pages import (
    QUEUE,
    accept,
    bring,
    page,
    shown,
)


def test_money_that_names_anothers_invoice_too_is_not_taken_by_one_press(
    zhanna, line, romashka, cast
):
    other = make_client("Василёк", am=cast.anna)
    make_entity(other, "7728168971")
    make_invoice(romashka, "15", (line, 1_000_00))
    theirs = make_invoice(other, "16", (make_line(other), 500_00))
    both, more = bring(
        Document(amount=1_500_00, purpose="по счетам №15 и №16 (за ООО Василёк)", number="1"),
        Document(amount=1_700_00, purpose="по счетам №15 и №16 (за ООО Василёк)", number="2"),
    )
    queue = zhanna.get(QUEUE).text
    assert page(both, "proposal/") in queue
    assert page(more, "proposal/") not in queue
    accept(zhanna, both)
    theirs.refresh_from_db()
    assert theirs.paid_state == "full"
    assert set(both.payments.values_list("client", "amount")) == {
        (romashka.pk, 1_000_00),
        (other.pk, 500_00),
    }


def test_a_proposal_that_is_another_one_by_now_is_not_taken(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    first, second = bring(
        Document(amount=600_00, purpose="по счету 15", number="1"),
        Document(amount=900_00, purpose="по счету 15", number="2"),
    )
    before = shown(zhanna, first)
    zhanna.post(page(second), {f"share_{invoice.pk}": "900"})
    for given in (before, {"next": QUEUE}, {**before, "seen": "x"}):
        answer = zhanna.post(page(first, "proposal/"), given)
        assert answer.status_code == 409
        assert "Посмотрите на него ещё раз" in answer.text
    assert not Payment.objects.filter(document=first).exists()
    zhanna.post(page(second, "undo/"))
    assert zhanna.post(page(first, "proposal/"), before).status_code == 303
    assert Allocation.objects.get(payment__document=first).amount == 600_00


def test_the_page_of_a_document_books_what_it_showed_or_nothing(zhanna, line, romashka):
    invoice = make_invoice(romashka, "15", (line, 1_000_00))
    first, second = bring(
        Document(amount=600_00, purpose="по счету 15", number="1"),
        Document(amount=900_00, purpose="по счету 15", number="2"),
    )
    (field,) = re.findall(
        rf'<input[^>]*name="share_{invoice.pk}"[^>]*>', zhanna.get(page(first)).text
    )
    before = {f"share_{invoice.pk}": re.search('value="([^"]*)"', field)[1], "client": ""}
    assert before[f"share_{invoice.pk}"] == "600"
    zhanna.post(page(second), {f"share_{invoice.pk}": "900"})
    assert zhanna.post(page(first), before).status_code == 409
    assert not Payment.objects.filter(document=first).exists()


def test_what_was_left_to_a_person_stays_so_when_its_invoice_is_paid_meanwhile(
    zhanna, line, romashka, cast
):
    other = make_client("Василёк", am=cast.anna)
    make_entity(other, "7728168971")
    make_invoice(other, "16", (make_line(other), 500_00))
    more, whole = bring(
        Document(amount=700_00, purpose="по счету №16 за ООО «Василёк»", number="1"),
        Document(amount=500_00, purpose="по счету №16 за ООО «Василёк»", number="2"),
    )
    assert page(more, "proposal/") not in zhanna.get(QUEUE).text
    accept(zhanna, whole)
    assert Payment.objects.filter(document=whole).exists()
    assert page(more, "proposal/") not in zhanna.get(QUEUE).text
