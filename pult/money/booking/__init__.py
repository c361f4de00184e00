"""Booking money: payments, their shares in invoices, and the facts that follow.

Called inside a transaction that holds the locks of the clients; one home for statements matched
by the thousand and for one document settled by hand.

    Σ payments in − Σ returns = Σ allocations in − Σ allocations of returns + advances
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pult.kernel import bulk, clock
from pult.kernel.facts import Draft
from pult.money.booking.books import (
    OPEN,
    Booking,
    Books,
    Row,
    Share,
    misfit,
    paid_state,
    spread,
)
from pult.money.booking.facts import (
    facts_of_payment,
    known_at,
    payment_facts,
    period_key,
    state_facts,
)

__all__ = [
    "OPEN",
    "Booking",
    "Books",
    "Entry",
    "Share",
    "book",
    "draw_up",
    "enter",
    "facts_of_payment",
    "insert_allocations",
    "known_at",
    "misfit",
    "paid_state",
    "payment_facts",
    "period_key",
    "spread",
    "state_facts",
]

PAYMENT = ["id", "client_id", "document_id", "kind", "amount", "received_on", "payer_name"]
ALLOCATION = ["payment_id", "invoice_line_id", "amount", "made_by_id", "made_at"]

Parts = list[tuple[Row, int]]


@dataclass
class Entry:
    """Payments drawn up and not written: the rows of the tables, the facts of the payments, and
    those of what became of the invoices."""

    payments: Sequence[Any]
    shares: Sequence[Any]
    told: list[Draft]
    states: list[Draft]

    def lay(self) -> None:
        """Hand the rows over before the lock is taken."""
        self.payments = bulk.lay("money_payment", PAYMENT, self.payments)
        self.shares = bulk.lay("money_allocation", ALLOCATION, self.shares)


def draw_up(
    bookings: Sequence[tuple[Booking, Parts]],
    books: Books,
    ids: Sequence[int],
    by_id: int | None,
    role: str,
) -> Entry:
    """What is written for payments of these ids, whose parts `spread` has entered into the
    books."""
    now = clock.now()
    payments, shares, told = [], [], []
    for pk, (booking, parts) in zip(ids, bookings, strict=True):
        row = (pk, booking.client_id, booking.document_id, booking.kind, booking.amount)
        payments.append((*row, booking.received_on, booking.payer_name[:255]))
        shares += [(pk, line.pk, amount, by_id, now) for line, amount in parts]
        at = known_at(booking.received_on, now)
        told += payment_facts(pk, booking, parts, by_id, role, at=at)
    return Entry(payments, shares, told, state_facts(books, by_id, role))


def enter(entry: Entry, books: Books) -> None:
    """Write an entry in the current transaction, but for its facts."""
    bulk.insert("money_payment", PAYMENT, entry.payments)
    insert_allocations(entry.shares)
    books.write()


def book(
    bookings: Sequence[tuple[Booking, Parts]], books: Books, by_id: int | None, role: str
) -> list[Draft]:
    """Write payments at once; returns the facts to record in this transaction."""
    ids = bulk.allocate_ids("money_payment", len(bookings))
    entry = draw_up(bookings, books, ids, by_id, role)
    enter(entry, books)
    return entry.told + entry.states


def insert_allocations(rows: Sequence[tuple[Any, ...]]) -> None:
    """(payment, invoice line, kopecks, who, when) of each share."""
    bulk.insert("money_allocation", ALLOCATION, rows)
