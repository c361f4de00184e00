"""The money tab: per line both balances and the forecast, then invoices and payments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pult.money.queries import ClientMoney, client_money
from pult.money.queries.client import LineFunds
from pult.money.queries.invoices import InvoiceItem
from pult.people.queries import business_day
from pult.regulation.queries import LedgerRow, client_obligations
from pult.web.answers import address_of
from pult.web.pages.client.chart import Chart, balance_chart
from pult.web.pages.client.head import Head, head_of

if TYPE_CHECKING:
    from pult.people.models import User

SOON = timedelta(days=14)
INVOICE_TONES = {"requested": "accent", "issued": "soon", "sent": "plain", "cancelled": "quiet"}
PAID_TONES = {"none": "plain", "part": "soon", "full": "ok", "over": "accent"}


@dataclass(frozen=True)
class LineMoney:
    """A line with its chart; `row` is the obligation its invoice-by date comes from."""

    funds: LineFunds
    chart: Chart | None
    tone: str
    row: LedgerRow | None
    why_url: str


@dataclass(frozen=True)
class InvoiceView:
    item: InvoiceItem
    tone: str
    paid_tone: str
    url: str


@dataclass(frozen=True)
class MoneyPage:
    """`ends_on` is the first day money ends on any line; `not_before`
    until when it lasts where no end is foreseen; `invoice_by` the first day to invoice."""

    head: Head
    money: ClientMoney
    lines: tuple[LineMoney, ...]
    ended: tuple[LineMoney, ...]
    invoices: tuple[InvoiceView, ...]
    ends_on: date | None
    not_before: date | None
    invoice_by: date | None
    inside: int | None
    on_time: int | None


def money_page(user: "User", client_id: int) -> MoneyPage:
    """Raises NotVisible for somebody else's client, and for roles that see no money."""
    money = client_money(user, client_id)
    charts = _charts(money)
    asked = _invoice_rows(money)
    today = business_day()
    lines = [_line(funds, charts.get(funds.line_id), asked, today) for funds in money.lines]
    inside, on_time = money.coverage.inside_share, money.coverage.on_time_share
    return MoneyPage(
        head=head_of(user, money.header, "client_money"),
        money=money,
        lines=tuple(line for line in lines if line.funds.status != "ended"),
        ended=tuple(line for line in lines if line.funds.status == "ended"),
        invoices=tuple(_invoice(item) for item in money.invoices),
        ends_on=min((f.ends_on for f in money.lines if f.ends_on), default=None),
        not_before=min((f.not_before for f in money.lines if f.not_before), default=None),
        invoice_by=min((f.invoice_by for f in money.lines if f.invoice_by), default=None),
        inside=None if inside is None else round(100 * inside),
        on_time=None if on_time is None else round(100 * on_time),
    )


def _charts(money: ClientMoney) -> dict[int, Chart]:
    """Lines of one wallet spend one pot, so its charts are of the pot. The first line has it."""
    pots: dict[Any, list[LineFunds]] = defaultdict(list)
    for funds in money.lines:
        pots[funds.wallet_id or f"line{funds.line_id}"].append(funds)
    charts = {}
    for members in pots.values():
        if not any(one.as_of for one in members):
            continue
        total = members[0].on_platform + sum(one.with_agency for one in members)
        joint: dict[date, int] = defaultdict(int)
        for one in members:
            for day, amount in money.flows.get(one.line_id, {}).items():
                joint[day] += amount
        shown = next(one for one in members if one.as_of)
        came = [day for one in members for day, net in money.paid.get(one.line_id, ()) if net > 0]
        if chart := balance_chart(shown, total, joint, came):
            charts[shown.line_id] = chart
    return charts


def _invoice_rows(money: ClientMoney) -> dict[int, LedgerRow]:
    """Line → the live row of section 5 about it, the nearest one."""
    rows: dict[int, LedgerRow] = {}
    known = {("line", line.line_id): line.name for line in money.lines}
    known["client", money.client_id] = money.header.name
    for row in client_obligations(money.client_id, known=known):
        if row.clause.startswith("5.") and row.subject_type == "line":
            rows.setdefault(row.subject_id, row)
    return rows


def _line(
    funds: LineFunds, chart: Chart | None, asked: dict[int, LedgerRow], today: date
) -> LineMoney:
    row = asked.get(funds.line_id)
    return LineMoney(
        funds=funds,
        chart=chart,
        tone=_tone(funds, today),
        row=row,
        why_url=address_of("obligation_why", row.id) if row else "",
    )


def _tone(funds: LineFunds, today: date) -> str:
    if funds.status != "running" or funds.asks in ("nothing", "watch"):
        return "plain"
    if funds.ends_on and funds.total <= 0:
        return "breach"
    if funds.invoice_by and funds.invoice_by <= today:
        return "soon"
    return "soon" if funds.ends_on and funds.ends_on <= today + SOON else "plain"


def _invoice(item: InvoiceItem) -> InvoiceView:
    return InvoiceView(
        item=item,
        tone="breach" if item.is_overdue else INVOICE_TONES.get(item.status, "plain"),
        paid_tone=PAID_TONES.get(item.paid_state, "plain"),
        url=address_of("invoice", item.id),
    )
