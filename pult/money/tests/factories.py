"""Rows and files for tests of money, with only what a test does not care about filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pult.clients.models import Client, ServiceLine
from pult.kernel.models import Fact
from pult.money.actions.statements import import_statement
from pult.money.booking import Share
from pult.money.models import BankDocument, Invoice, InvoiceLine

OURS = "40702810900000000001"
DAY = date(2026, 3, 10)


def make_invoice(
    client: Client,
    number: str = "15",
    *sums: tuple[ServiceLine, int],
    issued_on: date = date(2026, 3, 2),
    **fields: Any,
) -> Invoice:
    """A sent invoice with a sum for each line."""
    fields = {"status": "sent", "issued_on": issued_on, "year": issued_on.year, **fields}
    total = sum(amount for _line, amount in sums)
    invoice = Invoice.objects.create(client=client, number=number, total=total, **fields)
    for line, amount in sums:
        InvoiceLine.objects.create(invoice=invoice, line=line, amount=amount, vat_rate=22)
    return invoice


@dataclass
class Party:
    name: str = "ООО «Ромашка»"
    inn: str = "7707083893"
    kpp: str = ""
    account: str = "40702810100000000002"
    bik: str = ""
    bank: str = ""
    settlement: str = ""


@dataclass
class Document:
    """An incoming payment of 1,000 roubles for nothing in particular."""

    amount: int = 1_000_00
    purpose: str = "Оплата за услуги"
    number: str = "1"
    date: date = DAY
    payer: Party = field(default_factory=Party)
    payee: Party = field(default_factory=lambda: Party("ООО «Агентство»", "7700000023", "", OURS))
    credited_on: date | None = DAY
    debited_on: date | None = None
    line: int = 10
    kind: str = "Платежное поручение"
    bank_ref: str = ""
    currency: str = "RUB"
    op_code: str = ""


@dataclass
class Parsed:
    """A statement as a connector reads it."""

    documents: list[Document]
    accounts: list[Any] = field(default_factory=list)
    problems: list[Any] = field(default_factory=list)
    format: str = "1CClientBankExchange"
    encoding: str = "cp1251"
    stated: tuple[str, ...] = (OURS,)

    def stated_accounts(self) -> list[str]:
        return list(self.stated)


def outgoing(amount: int, purpose: str, **fields: Any) -> Document:
    """A document by which money left."""
    there, ours = Party(), Party("ООО «Агентство»", "7700000023", "", OURS)
    fields = {"credited_on": None, "debited_on": DAY, "payer": ours, "payee": there, **fields}
    return Document(amount=amount, purpose=purpose, **fields)


def arrive(by, *documents, sha="a"):
    """Documents imported; returns their ids in the order given."""
    for line, document in enumerate(documents, 1):
        document.line = line
    import_statement(by=by, statement=Parsed(list(documents)), name="f", sha256=sha)
    came = BankDocument.objects.order_by("-pk").values_list("line_no", "pk")[: len(documents)]
    return [pk for _line, pk in sorted(came)]


def load_statement(by, *documents, sha="a", **parts):
    return import_statement(by=by, statement=Parsed(list(documents), **parts), name="f", sha256=sha)


def share(invoice, amount, **parts):
    return Share(invoice_id=invoice.pk, amount=amount, **parts)


def live(kind):
    return Fact.objects.filter(kind=kind, voided_by=None)
