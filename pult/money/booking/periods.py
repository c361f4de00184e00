"""Periods that money had begun, withdrawn with it: paid ones of lines without ad spend, and the
funding periods whose end was foreseen."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from pult.kernel.facts import void
from pult.kernel.models import Fact
from pult.money.booking.books import Books
from pult.money.booking.facts import period_key
from pult.money.models import Invoice, LineForecast

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pult.people.models import User

REASON = "the invoice is not paid any more"
OPENING = "opening"  # the key of the period a line lives on what it moved in with


def void_periods(books: Books, by: "User") -> None:
    """A period is not paid any more once its invoice is not: by a return or a settlement undone.

    Call inside the action, after the books have moved.
    """
    for pk in books.touched:
        invoice = books.invoices[pk]
        was_full = books.before[pk] == Invoice.Paid.FULL
        if not was_full or invoice.paid_state == Invoice.Paid.FULL or not invoice.covers_to:
            continue
        for fact in Fact.objects.filter(
            root_id=invoice.client_id,
            kind="line.paid_until",
            key=period_key(invoice),
            voided_by=None,
        ):
            void(fact, by=by, reason=REASON)


def withdraw(row: LineForecast, client_id: int) -> bool:
    """The end moved beyond the horizon: the prediction is taken back, not moved to nowhere."""
    facts = list(_foretold(row.line_id, client_id).filter(key=row.period or OPENING))
    for fact in facts:
        void(fact, by=None, reason="beyond the horizon")
    return bool(facts)


def withdraw_lost(line_id: int, client_id: int, periods: Collection[str]) -> None:
    """Take back what was foretold, since one of its `periods` last was, of periods a line has no
    more: their money was given back or their booking undone. What is older stays history."""
    facts = list(_foretold(line_id, client_id).order_by("pk"))
    live = {OPENING, *periods}
    last = max((fact.pk for fact in facts if fact.key in live), default=0)
    for fact in facts:
        if fact.key not in live and fact.pk > last:
            void(fact, by=None, reason="the money that began the period is gone")


def _foretold(line_id: int, client_id: int) -> "QuerySet[Fact]":
    return Fact.objects.filter(
        root_id=client_id, kind="line.funds_end", refs__line=line_id, voided_by=None
    )
