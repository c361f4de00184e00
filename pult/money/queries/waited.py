"""Money we wait for from clients: what the regulation has asked for already, and has not come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from pult.kernel.ready import ready
from pult.money.asked import ON_THE_WAY, WHOLLY_PAID, NotSent, OnTheWay, not_sent
from pult.money.models import Invoice, InvoiceLine
from pult.people.queries import business_day
from pult.regulation.queries.asked import ALIVE

REMIND = "pay.remind"
GIVEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)
LATE = """
    SELECT invoice.*, client.name AS client_name
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
    late = ready(Invoice, query, [*GIVEN, today, *client_ids])
    rows: dict[int, list[Invoice]] = {}
    for invoice in late:
        rows.setdefault(invoice.client_id, []).append(invoice)
    return tuple(
        _waited(client_id, found[0].client_name, found, today) for client_id, found in rows.items()
    )


@dataclass(frozen=True)
class Awaited:
    """An invoice the client has and is still to pay, not late yet; `left` in kopecks."""

    invoice_id: int
    number: str
    left: int
    due_on: date


@dataclass(frozen=True)
class Unpaid:
    """What of a client's invoices is not over: late money, money not late yet, and the
    invoices of its lines that the client has not got yet."""

    waited: WaitedMoney | None
    awaited: tuple[Awaited, ...]
    on_the_way: NotSent


def unpaid_of(client_id: int, name: str) -> Unpaid:
    """The invoices of a client called `name` that are on the way to them, or there and not paid.
    One query."""
    today = business_day()
    lines = InvoiceLine.objects.filter(
        Q(invoice__status__in=ON_THE_WAY)
        | Q(invoice__status=Invoice.Status.SENT, invoice__paid__lt=F("invoice__total")),
        invoice__client=client_id,
    )
    on_the_way: list[tuple[int, str, OnTheWay]] = []
    invoices: dict[int, Invoice] = {}
    for line in lines.select_related("invoice").order_by("invoice", "pk"):
        invoices[line.invoice_id] = line.invoice
        if line.invoice.status != Invoice.Status.SENT:
            is_paid = line.invoice.paid_state in WHOLLY_PAID
            invoice = OnTheWay(line.invoice_id, line.invoice.number, is_paid)
            on_the_way.append((line.line_id, line.purpose, invoice))
    owed = (one for one in invoices.values() if one.due_on and one.paid < one.total)
    due = sorted(owed, key=lambda one: (one.due_on, one.pk))
    late = [one for one in due if one.status in GIVEN and one.due_on < today]
    return Unpaid(
        waited=_waited(client_id, name, late, today) if late else None,
        awaited=tuple(
            Awaited(one.pk, one.number, one.total - one.paid, one.due_on)
            for one in due
            if one.status == Invoice.Status.SENT and one.due_on >= today
        ),
        on_the_way=not_sent(on_the_way),
    )


def _waited(client_id: int, name: str, late: list[Invoice], today: date) -> WaitedMoney:
    return WaitedMoney(
        client_id=client_id,
        name=name,
        overdue=sum(invoice.total - invoice.paid for invoice in late),
        invoices=len(late),
        due_on=late[0].due_on,
        days=(today - late[0].due_on).days,
        oldest=late[0].pk,
    )
