"""Lines whose ad money is over: told on the client's card when no row asks about it any more."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery

from pult.clients.models import PaymentScheme, ServiceLine
from pult.money.models import Invoice, InvoiceLine, LineForecast
from pult.money.queries.asks import STOPPING, what_is_asked
from pult.people.queries import business_day

UNPAID = (Invoice.Status.REQUESTED, Invoice.Status.ISSUED, Invoice.Status.SENT)


@dataclass(frozen=True)
class EndedMoney:
    """A line with nothing left to spend. `since` is the day its money ended, None when nobody
    knows; `asks` is *invoice* or *watch* (see `LineFunds`); `invoice_id` its newest invoice that
    is not paid in full, if any."""

    line_id: int
    line: str
    since: date | None
    asks: str
    invoice_id: int | None


def ended_money(client_id: int) -> tuple[EndedMoney, ...]:
    """Running lines of a client that have nothing left, the longest without money first. One
    query."""
    told = LineForecast.objects.filter(line=OuterRef("line"), period=OuterRef("period"))
    invoices = InvoiceLine.objects.filter(
        line=OuterRef("line"), invoice__status__in=UNPAID, invoice__paid__lt=F("invoice__total")
    )
    schemes = PaymentScheme.objects.filter(
        contract=OuterRef("line__contract"), since__lte=business_day()
    )
    rows = LineForecast.objects.filter(
        current=True,
        balance__lte=0,
        line__client=client_id,
        line__status=ServiceLine.Status.RUNNING,
    ).select_related("line")
    rows = rows.annotate(
        since=Subquery(told.exclude(ended_on=None).order_by("-ended_on").values("ended_on")[:1]),
        unpaid=Subquery(invoices.order_by("-invoice").values("invoice")[:1]),
        scheme=Subquery(schemes.order_by("-since").values("kind")[:1]),
    )
    found = [
        EndedMoney(row.line_id, row.line.name, row.since or row.q50, asks, row.unpaid)
        for row in rows
        if (asks := what_is_asked(row.line, row.scheme or "")) in STOPPING
    ]
    return tuple(sorted(found, key=lambda one: (one.since or date.max, one.line)))
