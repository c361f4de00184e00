"""Two people at once, over two connections: one is first, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections

from pult.clients.tests.factories import (
    make_client,
    make_entity,
    make_line,
    make_own_entity,
    make_user,
)
from pult.kernel.errors import Conflict, PultError
from pult.money.actions.invoices import cancel_invoice, issue_invoice
from pult.money.actions.settlement import settle
from pult.money.actions.statements import StatementResult, import_statement
from pult.money.booking import Share
from pult.money.models import Allocation, BankDocument, Invoice, Payment, StatementFile
from pult.money.tests.factories import Document, Parsed, make_invoice

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL server"),
]


@pytest.fixture
def scene(freeze):
    freeze("2026-03-11 10:00")
    anna, zhanna = make_user("Анна", "am"), make_user("Жанна", "accountant")
    client = make_client("Ромашка", am=anna)
    make_entity(client, "7707083893")
    import_statement(by=zhanna, statement=Parsed([Document(amount=700_00)]), name="f", sha256="a")
    invoice = make_invoice(client, "15", (make_line(client), 1_000_00))
    return zhanna, BankDocument.objects.get(), invoice


def at_once(*acts):
    """Run the acts over connections of their own, together; returns what each came to."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except PultError as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_settlements_of_one_document_book_it_once(scene):
    zhanna, document, invoice = scene

    def act():
        share = Share(invoice_id=invoice.pk, amount=700_00)
        return settle(by=zhanna, document_id=document.pk, shares=[share])

    results = at_once(act, act, act)
    assert sum(isinstance(result, Conflict) for result in results) == 2
    assert Payment.objects.count() == Allocation.objects.count() == 1
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (700_00, "part")


def test_money_never_comes_to_an_invoice_that_is_being_cancelled(scene):
    zhanna, document, invoice = scene
    share = Share(invoice_id=invoice.pk, amount=700_00)
    results = at_once(
        lambda: settle(by=zhanna, document_id=document.pk, shares=[share]),
        lambda: cancel_invoice(
            by=zhanna, invoice_id=invoice.pk, version=invoice.version, reason_code="mistake"
        ),
    )
    assert sum(isinstance(result, PultError) for result in results) == 1
    stored = Invoice.objects.get(pk=invoice.pk)
    assert (stored.status == "cancelled") == (stored.paid == 0)
    assert stored.paid == sum(Allocation.objects.values_list("amount", flat=True))


def test_invoices_issued_at_once_never_share_a_number(scene):
    zhanna, _document, invoice = scene
    make_own_entity()
    client, service = invoice.client, invoice.lines.get().line
    asked = [make_invoice(client, "", (service, 100_00), status="requested") for _n in range(5)]
    acts = [partial(issue_invoice, by=zhanna, invoice_id=i.pk, version=i.version) for i in asked]
    assert sorted(issued.number for issued in at_once(*acts)) == ["1", "2", "3", "4", "5"]


def test_one_statement_posted_by_many_comes_in_once(scene):
    zhanna, _document, _invoice = scene
    rows = [Document(number=str(n), amount=100_00 + n) for n in range(300)]

    def act():
        return import_statement(by=zhanna, statement=Parsed(rows), name="f", sha256="b")

    results = at_once(*[act] * 6)
    assert all(isinstance(result, Conflict | StatementResult) for result in results)
    assert any(isinstance(result, StatementResult) and result.file_id for result in results)
    assert StatementFile.objects.filter(sha256="b", status="posted").count() == 1
    assert not StatementFile.objects.filter(status="staged").exists()
    assert BankDocument.objects.filter(file__sha256="b").exclude(match="pending").count() == 300
