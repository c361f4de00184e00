"""Booking money: payments, their shares in invoices, and the facts that follow.

Called inside a transaction that holds the locks of the clients; one home for statements matched
by the thousand and for one document settled by hand.

    Σ payments in − Σ returns = Σ allocations in − Σ allocations of returns + advances
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pult.kernel import bulk, clock
from pult.kernel.facts import Draft
from pult.money.booking.books import OPEN, Booking, Books, Share, misfit, paid_state, spread
from pult.money.booking.facts import (
    facts_of_payment,
    known_at,
    payment_facts,
    period_key,
    record_draft,
    state_facts,
)
from pult.money.models import InvoiceLine

__all__ = [
    "OPEN",
    "Booking",
    "Books",
    "Share",
    "book",
    "facts_of_payment",
    "insert_allocations",
    "known_at",
    "misfit",
    "paid_state",
    "payment_facts",
    "period_key",
    "record_draft",
    "spread",
    "state_facts",
]

PAYMENT = ["id", "client_id", "document_id", "kind", "amount", "received_on", "payer_name"]
ALLOCATION = ["payment_id", "invoice_line_id", "amount", "made_by_id", "made_at"]

Parts = list[tuple[InvoiceLine, int]]


def book(
    bookings: Sequence[tuple[Booking, Parts]], books: Books, by_id: int | None, role: str
) -> list[Draft]:
    """Write payments whose parts `spread` has entered into the books; returns the facts to record
    in this transaction."""
    now = clock.now()
    payments, shares, drafts = [], [], []
    ids = bulk.allocate_ids("money_payment", len(bookings))
    for pk, (booking, parts) in zip(ids, bookings, strict=True):
        row = (booking.client_id, booking.document_id, booking.kind, booking.amount)
        payments.append((pk, *row, booking.received_on, booking.payer_name[:255]))
        shares += [(pk, line.pk, amount, by_id, now) for line, amount in parts]
        drafts += payment_facts(pk, booking, parts, by_id, role)
    bulk.insert("money_payment", PAYMENT, payments)
    insert_allocations(shares)
    books.write()
    return drafts + state_facts(books, by_id, role)


def insert_allocations(rows: Iterable[tuple[int, int, int, int | None, datetime]]) -> None:
    """(payment, invoice line, kopecks, who, when) of each share."""
    bulk.insert("money_allocation", ALLOCATION, list(rows))
