"""The facts that follow from booked money."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel import clock
from pult.kernel.facts import Draft
from pult.kernel.models import Fact
from pult.money.booking.books import OPEN, Account, Booking, Books, Row, paid_state
from pult.money.models import Invoice, InvoiceLine, Payment
from pult.money.sums import paid_by_line

SOURCE = "bank"
# Money learned of within a week is news of today; older money is history of its own day.
NEWS = timedelta(days=7)
WITHOUT_SPEND = frozenset({"seo", "smm", "design", "web", "analytics", "other"})


def payment_facts(
    pk: int,
    booking: Booking,
    parts: Iterable[tuple[Row, int]],
    by_id: int | None,
    role: str,
    *,
    at: datetime | None = None,
    rest_at: datetime | None = None,
    telling: int = 0,
) -> Iterator[Draft]:
    """One fact a service line and invoice; one for the rest, which is the client's advance.

    `telling` numbers the facts of a payment told anew, when its advance went to an invoice `at`;
    what is left of the advance is the client's since `rest_at`, as before.
    """
    common = {
        "root_id": booking.client_id,
        "by_id": by_id,
        "role": role,
        "at": at or known_at(booking.received_on, clock.now()),
        "day": booking.received_on,
        "source": SOURCE,
    }
    if booking.kind == Payment.Kind.RETURN:
        refs = {"client": booking.client_id}
        yield Draft(
            kind="payment.returned",
            refs=refs,
            value=booking.amount,
            external_id=external_id(pk, telling=telling),
            **common,
        )
        return
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for row, amount in parts:
        sums[row.invoice_id, row.line_id] += amount
    for (invoice, line), amount in sums.items():
        yield Draft(
            kind="payment.received",
            refs={"client": booking.client_id, "line": line, "invoice": invoice},
            value=amount,
            external_id=external_id(pk, invoice, line, telling),
            **common,
        )
    if rest := booking.amount - sum(sums.values()):
        yield Draft(
            kind="payment.received",
            refs={"client": booking.client_id},
            value=rest,
            external_id=external_id(pk, telling=telling),
            **common | {"at": rest_at or common["at"]},
        )


def external_id(payment: int, invoice: int = 0, line: int = 0, telling: int = 0) -> str:
    """What the fact of a payment is known by; it begins with the payment."""
    return f"{payment}:{invoice}:{line}:{telling}"


def facts_of_payment(payment: Payment) -> list[Fact]:
    """What was told of a payment and not taken back; found by the client, then by the payment."""
    told = Fact.objects.filter(
        root_id=payment.client_id,
        kind__in=("payment.received", "payment.returned"),
        source=SOURCE,
        external_id__startswith=f"{payment.pk}:",
        voided_by=None,
    )
    return list(told)


def known_at(day: date, now: datetime) -> datetime:
    """When the agency is held to know of money that came on `day`: deadlines run from now for
    fresh money, and from that day's noon for a statement of the past."""
    noon = _noon(day)
    return noon if now - noon > NEWS else now


@lru_cache(maxsize=1000)
def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def state_facts(books: Books, by_id: int | None, role: str) -> list[Draft]:
    """invoice.paid, line.funded and line.paid_until of the invoices touched, where they changed."""
    changed = [
        pk for pk in sorted(books.touched) if books.invoices[pk].paid_state != books.before[pk]
    ]
    drafts = []
    common = {"by_id": by_id, "role": role}
    for pk in changed:
        invoice = books.invoices[pk]
        refs = {"client": invoice.client_id, "invoice": pk}
        drafts.append(
            Draft(
                kind="invoice.paid",
                root_id=invoice.client_id,
                refs=refs,
                state=invoice.paid_state,
                **common,
            )
        )
        if invoice.paid_state == Invoice.Paid.FULL and invoice.covers_to:
            drafts += _paid_until(invoice, books.lines[pk], common)
    lines = {row.line_id: books.invoices[pk].client_id for pk in changed for row in books.lines[pk]}
    for line, state in funded(lines, books).items():
        refs = {"client": lines[line], "line": line}
        drafts.append(
            Draft(kind="line.funded", root_id=lines[line], refs=refs, state=state, **common)
        )
    return drafts


def period_key(invoice: Account) -> str:
    """The key of the period an invoice pays for: its month, and the invoice that paid it."""
    return f"{invoice.covers_from or invoice.covers_to:%Y-%m}:{invoice.pk}"


def _paid_until(invoice: Account, rows: list[Row], common: dict) -> Iterator[Draft]:
    for line, tool in {row.line_id: row.tool for row in rows}.items():
        if tool in WITHOUT_SPEND:
            yield Draft(
                kind="line.paid_until",
                root_id=invoice.client_id,
                refs={"client": invoice.client_id, "line": line},
                key=period_key(invoice),
                day=invoice.covers_to,
                **common,
            )


def funded(line_ids: Iterable[int], books: Books) -> dict[int, str]:
    """How far the newest invoice of each line that any money came for is paid: none, part, full.

    A newer invoice that waits for money does not shut a line that is paid for already. What is
    entered in the books counts, whether it is written yet or not.
    """
    newest: dict[int, tuple[tuple[date, int], int, int]] = {}
    wanted = list(line_ids)

    def consider(rows: Iterable[tuple[int, tuple[date, int], int, int]]) -> None:
        for line, order, got, amount in rows:
            if got > 0 and (line not in newest or order > newest[line][0]):
                newest[line] = (order, got, amount)

    consider(_paid_now(books))
    consider(_paid_before(wanted, books, newest))
    states = {}
    for line in wanted:
        state = paid_state(*newest[line][1:]) if line in newest else Invoice.Paid.NONE
        states[line] = Invoice.Paid.FULL if state == Invoice.Paid.OVER else state
    return states


def _paid_now(books: Books) -> Iterator[tuple[int, tuple[date, int], int, int]]:
    """(line, (issued, invoice), paid, asked) of the open invoices in the books."""
    for pk, invoice in books.invoices.items():
        if invoice.status not in OPEN:
            continue
        asked: dict[int, int] = defaultdict(int)
        got: dict[int, int] = defaultdict(int)
        for row in books.lines[pk]:
            asked[row.line_id] += row.amount
            got[row.line_id] += books.paid.get(row.pk, 0)
        for line, amount in asked.items():
            yield line, (invoice.issued_on or date.min, pk), got[line], amount


def _paid_before(
    lines: list[int],
    books: Books,
    newest: dict[int, tuple[tuple[date, int], int, int]],
) -> Iterator[tuple[int, tuple[date, int], int, int]]:
    """The same of every other open invoice of these lines that any money came for and that is
    newer than the `newest` of its line in the books."""
    # The state is looked at here: the index by it would lead the database through every invoice.
    rows = InvoiceLine.objects.filter(line__in=lines, invoice__paid__gt=0)
    if oldest := _oldest(lines, newest):
        rows = rows.filter(invoice__issued_on__gte=oldest)
    found: dict[int, tuple[int, tuple[date, int], int]] = {}
    columns = ("pk", "line", "invoice", "invoice__issued_on", "amount", "invoice__status")
    for pk, line, invoice, issued_on, amount, status in rows.values_list(*columns):
        order = (issued_on or date.min, invoice)
        passed = line in newest and order < newest[line][0]
        if status in OPEN and invoice not in books.invoices and not passed:
            found[pk] = (line, order, amount)
    paid = paid_by_line(list(found)) if found else {}
    sums: dict[tuple[int, tuple[date, int]], list[int]] = defaultdict(lambda: [0, 0])
    for pk, (line, order, amount) in found.items():
        total = sums[line, order]
        total[0] += paid.get(pk, 0)
        total[1] += amount
    for (line, order), (got, amount) in sums.items():
        yield line, order, got, amount


def _oldest(lines: list[int], newest: dict[int, tuple[tuple[date, int], int, int]]) -> date | None:
    """The day before which nothing can be newer; None when some line has nothing yet."""
    if any(line not in newest for line in lines):
        return None
    return min((newest[line][0][0] for line in lines), default=None)
