"""Invoices that wait for money: a generated agency has been paid for everything it asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from pult.clients.models import ServiceLine
from pult.kernel.facts import Draft, record_many
from pult.money.models import Invoice, InvoiceLine

ISSUED_DAYS_AGO = 6
TERM = timedelta(days=5)
AMOUNT = 12_200_000
STEPS = ("invoice.requested", "invoice.issued", "invoice.sent")


def ask(count: int, today: date) -> list[tuple[int, str, date, int]]:
    """Send `count` invoices, one client after another; (client, number, issued, total) of each."""
    lines = list(ServiceLine.objects.order_by("pk").values_list("pk", "client"))
    issued = today - timedelta(days=ISSUED_DAYS_AGO)
    first = (Invoice.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    numbers = range(first, first + count) if lines else range(0)
    with transaction.atomic():
        asked = Invoice.objects.bulk_create(
            (_invoice(number, lines[number % len(lines)][1], issued) for number in numbers),
            batch_size=2000,
        )
        rows = InvoiceLine.objects.bulk_create(
            (
                InvoiceLine(
                    invoice=invoice,
                    line_id=lines[number % len(lines)][0],
                    amount=invoice.total,
                    vat_rate=22,
                )
                for number, invoice in zip(numbers, asked, strict=True)
            ),
            batch_size=2000,
        )
    record_many(_told(rows))
    return [(row.client_id, row.number, issued, row.total) for row in asked]


def _invoice(number: int, client: int, issued: date) -> Invoice:
    sent = datetime.combine(issued, time(9), tzinfo=UTC)
    return Invoice(
        client_id=client,
        number=str(number),
        year=issued.year,
        status=Invoice.Status.SENT,
        total=AMOUNT + 100 * (number % 997),
        requested_at=sent,
        issued_on=issued,
        due_on=issued + TERM,
        sent_at=sent,
    )


def _told(rows: list[InvoiceLine]) -> Iterator[Draft]:
    for row in rows:
        invoice = row.invoice
        for kind in STEPS:
            yield Draft(
                kind=kind,
                root_id=invoice.client_id,
                refs={"client": invoice.client_id, "invoice": invoice.pk, "line": row.line_id},
                at=invoice.sent_at,
                role="accountant",
                source="bench",
            )
