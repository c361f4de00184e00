"""What is asked of the accountant already: nobody asks twice for one line and period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pult.kernel.errors import Conflict
from pult.money.models import Invoice, InvoiceLine

if TYPE_CHECKING:
    from pult.money.actions.invoices import Wanted

ON_THE_WAY = (Invoice.Status.REQUESTED, Invoice.Status.ISSUED)
LINES = "FROM money_invoiceline JOIN money_invoice ON money_invoice.id = invoice_id"
NOT_SENT = (
    f"SELECT line_id, status {LINES} WHERE status IN (%s, %s)"
    f" AND line_id IN (SELECT line_id {LINES} WHERE status = %s) ORDER BY invoice_id"
)


class AlreadyAsked(Conflict):
    """The request `invoice_id` waits for the accountant: it is to be opened, not repeated."""

    def __init__(self, message: Any, *, cure: Any, invoice_id: int) -> None:
        super().__init__(message, cure=cure)
        self.invoice_id = invoice_id


@dataclass(frozen=True)
class OnTheWay:
    """An invoice of a line that the client has not got yet; `number` once it is issued."""

    invoice_id: int
    number: str

    @property
    def is_issued(self) -> bool:
        return bool(self.number)


def on_the_way(line_ids: Iterable[int]) -> dict[int, OnTheWay]:
    """Line → its newest invoice that was asked for or issued, and not sent. One query."""
    wanted = list(line_ids)
    if not wanted:
        return {}
    rows = _not_sent(wanted).order_by("invoice").values_list("line", "invoice", "invoice__number")
    return {line: OnTheWay(invoice, number) for line, invoice, number in rows}


def with_accountant() -> frozenset[int]:
    """Lines whose newest invoice was asked for and is the accountant's to issue. One query."""
    with connection.cursor() as cursor:  # on every manager's day: the ORM would cost more than it
        cursor.execute(NOT_SENT, [*ON_THE_WAY, Invoice.Status.REQUESTED])
        newest = dict(cursor.fetchall())
    return frozenset(line for line, status in newest.items() if status == Invoice.Status.REQUESTED)


def refuse_twice(
    lines: Iterable["Wanted"],
    services: Mapping[int, Any],
    covers_from: date | None,
    covers_to: date | None,
) -> None:
    """Raise AlreadyAsked when one of these sums waits for the accountant for the same days.

    Call inside the action that asks."""
    wanted = {(row.line_id, row.purpose) for row in lines}
    rows = _not_sent(services).filter(invoice__status=Invoice.Status.REQUESTED)
    for row in rows.select_related("invoice__requested_by").order_by("pk"):
        other = row.invoice
        mine, theirs = (covers_from, covers_to), (other.covers_from, other.covers_to)
        if (row.line_id, row.purpose) in wanted and _overlap(mine, theirs):
            raise AlreadyAsked(
                _("%(who)s has already asked the accountant for an invoice for “%(line)s”")
                % {"who": other.requested_by or _("Somebody"), "line": services[row.line_id].name},
                cure=_("Open that request: wait for it, or cancel it and ask anew"),
                invoice_id=other.pk,
            )


def _not_sent(line_ids: Iterable[int]) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(line__in=list(line_ids), invoice__status__in=ON_THE_WAY)


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two periods share a day; one without its ends has none of its own."""
    first, last = max(_first(one), _first(other)), min(_last(one), _last(other))
    return first <= last


def _first(period: tuple[date | None, date | None]) -> date:
    return period[0] or date.min


def _last(period: tuple[date | None, date | None]) -> date:
    return period[1] or date.max
