"""Money we wait for from clients: what the regulation has asked for already, and has not come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from pult.money.models import Invoice
from pult.people.queries import business_day
from pult.regulation.queries.asked import ALIVE

REMIND = "pay.remind"
GIVEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)
LATE = """
    SELECT invoice.id, client_id, total, paid, due_on, client.name AS client_name
    FROM money_invoice AS invoice JOIN clients_client AS client ON client.id = client_id
    WHERE invoice.status IN (%s, %s) AND due_on < %s AND paid < total
"""
NOTHING_ASKED = f"""
    AND NOT EXISTS (
        SELECT 1 FROM regulation_obligation AS asked
        WHERE asked.root_id = client_id AND asked.act = '{REMIND}'
        AND asked.subject_type = 'invoice' AND asked.subject_id = invoice.id AND {ALIVE}
    )
"""
OLDEST = "ORDER BY due_on, invoice.id"


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


def waited_money(client_ids: Collection[int], *, unasked: bool = False) -> tuple[WaitedMoney, ...]:
    """Clients with overdue invoices, the longest late first; with `unasked` of those invoices
    alone that no reminder is asked about any more. One query."""
    if not client_ids:
        return ()
    today = business_day()
    which = f"AND client_id IN ({', '.join(['%s'] * len(client_ids))})"
    query = f"{LATE} {which} {NOTHING_ASKED if unasked else ''} {OLDEST}"
    late = Invoice.objects.raw(query, [*GIVEN, today, *client_ids])
    rows: dict[int, list[Invoice]] = {}
    for invoice in late:
        rows.setdefault(invoice.client_id, []).append(invoice)
    return tuple(
        WaitedMoney(
            client_id=client_id,
            name=found[0].client_name,
            overdue=sum(invoice.total - invoice.paid for invoice in found),
            invoices=len(found),
            due_on=found[0].due_on,
            days=(today - found[0].due_on).days,
            oldest=found[0].pk,
        )
        for client_id, found in rows.items()
    )


@dataclass(frozen=True)
class Awaited:
    """An invoice the client has and is still to pay, not late yet; `left` in kopecks."""

    invoice_id: int
    number: str
    left: int
    due_on: date


def awaited_money(client_id: int) -> tuple[Awaited, ...]:
    """The invoices a client is to pay from today on, the nearest first. One query."""
    rows = Invoice.objects.filter(
        client=client_id,
        status=Invoice.Status.SENT,
        due_on__gte=business_day(),
        paid__lt=F("total"),
    ).order_by("due_on", "pk")
    return tuple(Awaited(one.pk, one.number, one.total - one.paid, one.due_on) for one in rows)
