"""Paid periods of lines without ad spend: withdrawn with the payment that made them."""

from typing import TYPE_CHECKING

from pult.kernel.facts import void
from pult.kernel.models import Fact
from pult.money.booking.books import Books
from pult.money.booking.facts import period_key
from pult.money.models import Invoice

if TYPE_CHECKING:
    from pult.people.models import User

REASON = "the invoice is not paid any more"


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
