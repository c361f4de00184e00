"""Booking money: payments, their shares in invoices, and the facts that follow.

Called inside a transaction that holds the locks of the clients; one home for statements matched
by the thousand and for one document settled by hand.

    Σ payments in − Σ returns = Σ allocations in − Σ allocations of returns + advances
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
    "named",
    "paid_state",
    "payment_facts",
    "period_key",
    "renamed",
    "spread",
    "state_facts",
]

PAYMENT = ["id", "client_id", "document_id", "kind", "amount", "received_on", "payer_name"]
ALLOCATION = ["payment_id", "invoice_line_id", "amount", "made_by_id", "made_at"]

Parts = list[tuple[Row, int]]


@dataclass
class Entry:
    """Payments drawn up and not written: rows but for the ids, which are taken on writing.

    `shares` and the external ids of `told` begin with the payment's place in `payments`.
    """

    payments: list[tuple[Any, ...]]
    shares: list[tuple[Any, ...]]
    told: list[Draft]
    states: list[Draft]


def draw_up(
    bookings: Sequence[tuple[Booking, Parts]], books: Books, by_id: int | None, role: str
) -> Entry:
    """What is written for payments whose parts `spread` has entered into the books."""
    now = clock.now()
    entry = Entry([], [], [], [])
    for place, (booking, parts) in enumerate(bookings):
        row = (booking.client_id, booking.document_id, booking.kind, booking.amount)
        entry.payments.append((*row, booking.received_on, booking.payer_name[:255]))
        entry.shares += [(place, line.pk, amount, by_id, now) for line, amount in parts]
        at = known_at(booking.received_on, now)
        entry.told += payment_facts(place, booking, parts, by_id, role, at=at)
    entry.states = state_facts(books, by_id, role)
    return entry


def enter(entry: Entry, books: Books) -> list[int]:
    """Write an entry in the current transaction, but for its facts; returns the payments' ids."""
    ids = bulk.allocate_ids("money_payment", len(entry.payments))
    rows = [(pk, *row) for pk, row in zip(ids, entry.payments, strict=True)]
    bulk.insert("money_payment", PAYMENT, rows)
    insert_allocations([(ids[place], *row) for place, *row in entry.shares])
    books.write()
    return ids


def named(external_id: str, ids: Sequence[int]) -> str:
    """The external id of an entry's fact once its payment has an id."""
    place, colon, rest = external_id.partition(":")
    return f"{ids[int(place)]}{colon}{rest}"


def renamed(entry: Entry, ids: Sequence[int]) -> list[Draft]:
    """The entry's facts of payments under their final names."""
    return [replace(fact, external_id=named(fact.external_id, ids)) for fact in entry.told]


def book(
    bookings: Sequence[tuple[Booking, Parts]], books: Books, by_id: int | None, role: str
) -> list[Draft]:
    """Write payments at once; returns the facts to record in this transaction."""
    entry = draw_up(bookings, books, by_id, role)
    ids = enter(entry, books)
    return renamed(entry, ids) + entry.states


def insert_allocations(rows: Iterable[tuple[int, int, int, int | None, datetime]]) -> None:
    """(payment, invoice line, kopecks, who, when) of each share."""
    bulk.insert("money_allocation", ALLOCATION, list(rows))
