"""Imports, settlement and invoices.

Дарья runs ads for Анна's client and sees no money of it. A dropped file is of one session: for
everybody else there is none.
"""

from typing import Any

from pult.clients.models import ImportBatch
from pult.clients.tests import factories as make
from pult.kernel import clock
from pult.money.models import BankDocument, Invoice, StatementFile
from pult.people.queries import business_day
from tests.access.table import Row, opens, posted, writes

FEEDERS = ("am", "another_am", "executor", "accountant", "head", "director", "it")
BANK = ("accountant", "head", "director")
HEADS = ("head", "director")
READERS = ("am", "another_am", "sales", *BANK)
SENDERS = ("am", "head", "accountant")
BY_MAIL, SLIP = {"channel": "mail"}, {"reason": "mistake"}
NOT_YOURS = {"another_am": 404, "sales": 404}
NO_FILE = "0" * 64


def world(cast: Any) -> dict[str, Any]:
    """A statement with one document, an invoice of Анна's client, a move-in by Вера."""
    row = make.make_client("Лесная мебель", am=cast.anna)
    file = StatementFile.objects.create(
        sha256="1" * 64,
        name="kl_to_1c.txt",
        format="1CClientBankExchange",
        status="posted",
        loaded_at=clock.now(),
        summary={"incoming": 0, "outgoing": 0, "accounts": [], "refused": []},
    )
    paper = BankDocument.objects.create(
        file=file,
        line_no=1,
        kind="Платежное поручение",
        number="1",
        money_on=business_day(),
        amount=100_00,
        direction="in",
        own_account="40702810900000000001",
        content_key="1",
        match="unsettled",
    )
    batch = ImportBatch.objects.create(
        file_name="clients.xlsx",
        signature="1",
        go_live=business_day(),
        balance_day=business_day(),
        by=cast.vera,
        created_at=clock.now(),
    )
    invoice = Invoice.objects.create(client=row, total=100_00, number="1", status="issued")
    sent = Invoice.objects.create(
        client=row, total=100_00, number="2", status="sent", issued_on=business_day()
    )
    asked = Invoice.objects.create(client=row, total=100_00, status="requested")
    return {
        "client": row.pk,
        "asked": asked.pk,
        "invoice": invoice.pk,
        "sent": sent.pk,
        "statement": file.pk,
        "document": paper.pk,
        "batch": batch.pk,
        "sha": NO_FILE,
        "template": "clients",
        "job": 10**9,
    }


def missing(name: str, args: str, *who: str) -> Row:
    """A row of an address that names a file or a job nobody has."""
    return opens(name, args, *who, status=404, writers=())


def nowhere(name: str, args: str, *who: str) -> Row:
    """The same for an address that takes a POST alone."""
    return opens(name, args, *who, status=405, writers=())


ROWS = [
    writes("imports", "", *FEEDERS),
    opens("import_template", "template", *FEEDERS),
    opens("import_job", "job", *FEEDERS, status=404),
    missing("import_bank", "sha", "accountant"),
    nowhere("import_bank_columns", "sha", "accountant"),
    opens("statement", "statement", *BANK),
    nowhere("statement_go_on", "statement", "accountant"),
    missing("import_spend", "sha", *FEEDERS),
    nowhere("import_spend_columns", "sha", *FEEDERS),
    writes("campaigns", "", *FEEDERS),
    opens("import_clients", "", *HEADS),
    opens("import_batch", "batch", *HEADS),
    posted("import_batch_undo", "batch", *HEADS),
    posted("import_batch_resume", "batch", *HEADS),
    missing("import_clients_file", "sha", *HEADS),
    writes("payment_by_hand", "", "accountant"),
    nowhere("import_clients_columns", "sha", *HEADS),
    nowhere("import_clients_plan", "sha", *HEADS),
    opens("settlement", "", *BANK),
    opens(
        "settlement_document",
        "document",
        *BANK,
        writers=("accountant",),
        refused=HEADS,
        form={"client": "client"},
    ),
    posted("settlement_proposal", "document", "accountant"),
    posted("settlement_not_client", "document", "accountant"),
    posted("settlement_undo", "document", "accountant"),
    opens("invoice_requests", "", *READERS),
    opens("invoice", "invoice", "am", *BANK, **NOT_YOURS),
    # Which of them issues is said by М4.9, a clause and not a role.
    posted("invoice_issue", "asked", "am", *BANK, rivals=READERS),
    opens(
        "invoice_sending",
        "invoice",
        *READERS,
        status=303,
        writers=SENDERS,
        form={"channel": "mail"},
        refused=("director",),
    ),
    posted(
        "invoice_cancellation",
        "invoice",
        "accountant",
        "director",
        rivals=READERS,
        refused=("am", "head"),
        form={"reason": "mistake"},
    ),
    posted("invoice_due", "invoice", *BANK),
    posted("invoice_number", "invoice", "accountant"),
    writes("invoice_letter", "sent", "am", *HEADS, another_am=404),
    writes("invoice_new", "client", "am", *HEADS, **NOT_YOURS),
]
