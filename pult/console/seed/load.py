"""Writing a generated agency: rows straight into the tables, then one sweep for the ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction

from pult.console.seed.agency import Agency, found
from pult.console.seed.history import YEAR, Invoices, moment, rows, write_history
from pult.console.seed.tasks import hire_makers, write_tasks
from pult.console.untouched import refuse_work_of_others
from pult.kernel import bulk
from pult.kernel.facts import writing
from pult.kernel.money import without_vat
from pult.money.models import Allocation, Invoice, InvoiceLine, MoneyWait, Payment
from pult.regulation import editions
from pult.regulation.evaluate.table import Mode
from pult.regulation.modes import install_modes, set_go_live

CHUNK = 20_000
COLUMNS = ("id", *writing.COLUMNS)
AMOUNT = 12_200_000
VAT = 22
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Seeded:
    """What was made."""

    clients: int
    facts: int
    invoices: int


def seed_agency(
    *,
    clients: int,
    facts: int,
    seed: int,
    today: date,
    tasks: int = 0,
    progress: Progress = lambda name, done, total: None,
) -> Seeded:
    """Fill an empty database. The same arguments on the same day make the same rows. `tasks`
    are so many for each client.

    Raises Refusal before the first write when the database holds anybody's work.
    """
    refuse_work_of_others()
    since = datetime.combine(today - timedelta(days=YEAR), time(6), tzinfo=UTC)
    editions.sync()
    agency = found(clients, since)
    install_modes(Mode.VISIBLE, since.date())
    set_go_live(on=since.date(), by=None, role="head")
    columns, invoices = write_history(agency, facts=facts, seed=seed, today=today)
    total = len(columns["at"])
    before = _facts_already()
    zone = "" if connection.vendor == "sqlite" else "+00"
    for done, chunk in enumerate(rows(columns, agency, chunk=CHUNK, zone_mark=zone)):
        with transaction.atomic():
            _insert([(row[0] + before, *row[1:]) for row in chunk])
        progress("facts", min((done + 1) * CHUNK, total), total)
    _write_invoices(invoices, agency)
    _write_waiting(invoices, agency)
    if tasks:
        noon = datetime.combine(today, time(9), tzinfo=UTC)
        makers = hire_makers(clients, since)
        write_tasks(agency.clients, agency.managers, makers, each=tasks, seed=seed, now=noon)
    return Seeded(clients, total, len(invoices.client))


def _facts_already() -> int:
    """Facts recorded while the agency was founded: theirs are the first ids."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM kernel_fact")
        return int(cursor.fetchone()[0])


def _insert(chunk: list[tuple]) -> None:
    if connection.vendor == "postgresql":
        bulk.insert("kernel_fact", COLUMNS, chunk)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('kernel_fact', 'id'), %s)", [chunk[-1][0]]
            )
        return
    names, marks = ", ".join(COLUMNS), ", ".join(["?"] * len(COLUMNS))
    # The raw cursor: these values are already what SQLite stores.
    connection.connection.executemany(f"INSERT INTO kernel_fact ({names}) VALUES ({marks})", chunk)


def _write_invoices(invoices: Invoices, agency: Agency) -> None:
    days = [_moment(minute) for minute in invoices.asked]
    for start in range(0, len(days), CHUNK):
        part = range(start, min(start + CHUNK, len(days)))
        with transaction.atomic():
            Invoice.objects.bulk_create(
                (_invoice(n, int(invoices.client[n]), days[n], agency) for n in part),
                batch_size=1000,
            )
            InvoiceLine.objects.bulk_create(
                (
                    InvoiceLine(
                        invoice_id=n + 1,
                        line_id=agency.lines[int(invoices.client[n])],
                        amount=AMOUNT,
                        vat_rate=VAT,
                    )
                    for n in part
                ),
                batch_size=1000,
            )


def _write_waiting(invoices: Invoices, agency: Agency) -> None:
    """The payments whose ad money waits at the agency, and the word that it does (П.1)."""
    numbers = [int(n) for n in invoices.waiting]
    lines = InvoiceLine.objects.filter(invoice__in=[n + 1 for n in numbers])
    parts = dict(lines.values_list("invoice", "pk"))
    with transaction.atomic():
        payments = Payment.objects.bulk_create(
            Payment(
                client_id=agency.clients[int(invoices.client[n])],
                amount=AMOUNT,
                received_on=_moment(invoices.paid[n]).date(),
            )
            for n in numbers
        )
        Allocation.objects.bulk_create(
            Allocation(
                payment=payment,
                invoice_line_id=parts[n + 1],
                amount=AMOUNT,
                made_by_id=agency.accountant,
                made_at=_moment(since),
            )
            for payment, n, since in zip(payments, numbers, invoices.since, strict=True)
        )
        MoneyWait.objects.bulk_create(
            MoneyWait(
                line_id=agency.lines[int(invoices.client[n])],
                amount=without_vat(AMOUNT, VAT),
                state=MoneyWait.State.WAITS,
                told_at=_moment(since),
            )
            for n, since in zip(numbers, invoices.since, strict=True)
        )


def _moment(minute: int) -> datetime:
    return moment(minute).replace(tzinfo=UTC)


def _invoice(number: int, who: int, asked: datetime, agency: Agency) -> Invoice:
    issued = asked + timedelta(days=1)
    return Invoice(
        pk=number + 1,
        client_id=agency.clients[who],
        number=str(number + 1),
        year=issued.year,
        status=Invoice.Status.SENT,
        paid_state=Invoice.Paid.FULL,
        total=AMOUNT,
        paid=AMOUNT,
        requested_by_id=agency.managers[who],
        requested_at=asked,
        issued_by_id=agency.accountant,
        issued_on=issued.date(),
        due_on=issued.date() + timedelta(days=5),
        sent_at=issued,
    )
