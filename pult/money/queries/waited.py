"""Money we wait for from clients: what the regulation has asked for already, and has not come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from pult.money.models import Invoice
from pult.people.queries import business_day

GIVEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)


@dataclass(frozen=True)
class WaitedMoney:
    """What a client has not paid in time: kopecks with VAT, of how many invoices, how many days
    the oldest is late and which it is."""

    client_id: int
    name: str
    overdue: int
    invoices: int
    due_on: date
    days: int
    oldest: int


def waited_money(client_ids: Collection[int]) -> tuple[WaitedMoney, ...]:
    """Clients with overdue invoices, the longest late first. One query."""
    today = business_day()
    late = Invoice.objects.filter(
        client__in=client_ids, status__in=GIVEN, due_on__lt=today, paid__lt=F("total")
    )
    rows: dict[int, list[tuple[int, str, int, date]]] = {}
    columns = ("client", "pk", "client__name", "total", "paid", "due_on")
    for client_id, pk, name, total, paid, due_on in late.order_by("due_on", "pk").values_list(
        *columns
    ):
        rows.setdefault(client_id, []).append((pk, name, total - paid, due_on))
    return tuple(
        WaitedMoney(
            client_id=client_id,
            name=found[0][1],
            overdue=sum(left for _pk, _name, left, _due in found),
            invoices=len(found),
            due_on=found[0][3],
            days=(today - found[0][3]).days,
            oldest=found[0][0],
        )
        for client_id, found in rows.items()
    )
