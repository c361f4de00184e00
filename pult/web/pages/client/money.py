"""The money tab: per line both balances and the forecast, then invoices and payments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.money.asked import ASK
from pult.money.queries import ClientMoney, client_money
from pult.money.queries.client import LineFunds
from pult.money.queries.invoices import InvoiceItem
from pult.people.queries import business_day
from pult.regulation.evaluate.build import stable_key
from pult.regulation.evaluate.table import Flag, State
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.queries import LedgerRow, rows_of_act
from pult.ui import formats
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
    """A line with its chart; `row` is the obligation its invoice-by date comes from, `sent_on` the
    day the invoice of this funding period went out, `sent` the newest one that did."""

    funds: LineFunds
    chart: Chart | None
    tone: str
    row: LedgerRow | None
    why_url: str
    sent_on: date | None
    sent: InvoiceItem | None = None

    @property
    def sent_day(self) -> date | None:
        """When the newest of its invoices went out."""
        return business_day(self.sent.sent_at) if self.sent and self.sent.sent_at else self.sent_on

    @property
    def sent_words(self) -> str:
        """Which invoice that was and whether it is paid."""
        return paid_words(self.sent) if self.sent else ""

    @property
    def counted(self) -> str:
        return counted_from(self.funds)


@dataclass(frozen=True)
class InvoiceView:
    item: InvoiceItem
    tone: str
    paid_tone: str
    url: str

    @property
    def names(self) -> tuple[str, ...]:
        """Each service line once: its ad money and its fee are two lines of the invoice."""
        return tuple(dict.fromkeys(line.line for line in self.item.lines))


@dataclass(frozen=True)
class MoneyPage:
    """`ends_on` is the first day money ends on any line; `not_before`
    until when it lasts where no end is foreseen; `invoice_by` the first day to invoice, with the
    words it is `counted` by; `sent`, the line whose invoice went out last, when nothing is left to
    send and something was; `has_ended` when `ends_on` is over; `blind` is the line
    without spend whose money is guessed to end first."""

    head: Head
    money: ClientMoney
    lines: tuple[LineMoney, ...]
    ended: tuple[LineMoney, ...]
    invoices: tuple[InvoiceView, ...]
    ends_on: date | None
    not_before: date | None
    has_ended: bool
    invoice_by: date | None
    counted: str
    sent: LineMoney | None
    inside: int | None
    on_time: int | None
    blind: LineFunds | None


def money_page(user: "User", client_id: int) -> MoneyPage:
    """Raises NotVisible for somebody else's client, and for roles that see no money."""
    money = client_money(user, client_id)
    asked = _invoice_rows(money)
    by_ledger = tuple(_as_asked(one, asked.get(one.line_id, ())) for one in money.lines)
    money = replace(money, lines=by_ledger)
    charts = _charts(money)
    today = business_day()
    sent = newest_sent(money.invoices)
    lines = [
        _line(funds, charts.get(funds.line_id), asked, today, sent.get(funds.line_id))
        for funds in money.lines
    ]
    owed = [line.funds for line in lines if line.funds.invoice_by and not line.sent_on]
    first = min(owed, key=lambda one: one.invoice_by, default=None)
    ends = min((one for one in money.lines if one.ends_on and one.stops), key=_end, default=None)
    inside, on_time = money.coverage.inside_share, money.coverage.on_time_share
    return MoneyPage(
        head=head_of(user, money.header, "client_money"),
        money=money,
        lines=tuple(line for line in lines if line.funds.status != "ended"),
        ended=tuple(line for line in lines if line.funds.status == "ended"),
        invoices=tuple(_invoice(item) for item in money.invoices),
        ends_on=ends.ends_on if ends else None,
        has_ended=bool(ends and ends.has_ended),
        not_before=min((f.not_before for f in money.lines if f.not_before), default=None),
        invoice_by=first.invoice_by if first else None,
        counted=counted_from(first) if first else "",
        sent=None
        if first
        else max(
            (line for line in lines if line.sent_on), key=lambda one: one.sent_day, default=None
        ),
        inside=None if inside is None else round(100 * inside),
        on_time=None if on_time is None else round(100 * on_time),
        blind=min((f for f in money.lines if f.lacks_spend), key=_guessed, default=None),
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


def _invoice_rows(money: ClientMoney) -> dict[int, tuple[LedgerRow, ...]]:
    """Line → the rows that ask for its invoices, by due date: live and done ones."""
    known = {("line", line.line_id): line.name for line in money.lines}
    known["client", money.client_id] = money.header.name
    rows: dict[int, tuple[LedgerRow, ...]] = {}
    for row in rows_of_act(money.client_id, ASK, "line", known):
        rows[row.subject_id] = (*rows.get(row.subject_id, ()), row)
    return rows


def _asking(funds: LineFunds, rows: Iterable[LedgerRow]) -> LedgerRow | None:
    """The nearest live row of a line; else the one of this funding period that is done."""
    period = stable_key(funds.period or "opening")
    done = None
    for row in rows:
        if row.state in LIVE_STATES and not row.has(Flag.CLOSED):
            return row
        if row.row_key == period and row.state in (State.MET, State.LATE):
            done = row
    return done


def _as_asked(funds: LineFunds, rows: Iterable[LedgerRow]) -> LineFunds:
    """With the day the ledger asks the invoice by: one date, whichever page tells it."""
    row = _asking(funds, rows)
    if row is None or row.due is None or funds.asks != "invoice":
        return funds
    return replace(funds, invoice_by=business_day(row.due))


def counted_from(funds: LineFunds) -> str:
    """From which day the invoice is counted back: that of the alarm, not the likely end."""
    if funds.alarm_on is None:
        return ""
    day = {"day": formats.short_day(funds.alarm_on)}
    if funds.has_ended or funds.alarm_on == funds.ends_on:
        return _("counted back from %(day)s") % day
    return _("counted back from %(day)s: 1 case in 10 ends by then") % day


def _guessed(funds: LineFunds) -> date:
    return funds.guessed_on or date.max


def _end(funds: LineFunds) -> date:
    return funds.ends_on or date.max


def _line(
    funds: LineFunds,
    chart: Chart | None,
    asked: Mapping[int, tuple[LedgerRow, ...]],
    today: date,
    sent: InvoiceItem | None,
) -> LineMoney:
    row = _asking(funds, asked.get(funds.line_id, ()))
    is_done = row is not None and row.state in (State.MET, State.LATE)
    sent_on = business_day(row.evidence_at) if row and is_done and row.evidence_at else None
    return LineMoney(
        funds=funds,
        chart=chart,
        tone=_tone(funds, today, sent_on),
        row=row,
        why_url=address_of("obligation_why", row.id) if row else "",
        sent_on=sent_on,
        sent=sent,
    )


def newest_sent(invoices: Iterable[InvoiceItem]) -> dict[int, InvoiceItem]:
    """Line → the invoice that went out last."""
    found: dict[int, InvoiceItem] = {}
    went = (one for one in invoices if one.sent_at and one.status == "sent")
    for one in sorted(went, key=lambda one: (one.sent_at, one.id)):
        found |= {line.line_id: one for line in one.lines}
    return found


def paid_words(invoice: InvoiceItem) -> str:
    """«№ 73, не оплачено 115 000 ₽»."""
    words = {"number": invoice.number, "sum": formats.money(invoice.left)}
    return (_("No. %(number)s, %(sum)s unpaid") if invoice.left else _("No. %(number)s, paid")) % (
        words
    )


def _tone(funds: LineFunds, today: date, sent_on: date | None) -> str:
    if funds.status != "running" or funds.asks in ("nothing", "watch"):
        return "plain"
    if funds.ends_on and funds.total <= 0:
        return "breach"
    if funds.invoice_by and funds.invoice_by <= today and not sent_on:
        return "soon"
    return "soon" if funds.ends_on and funds.ends_on <= today + SOON else "plain"


def _invoice(item: InvoiceItem) -> InvoiceView:
    return InvoiceView(
        item=item,
        tone="breach" if item.is_overdue else INVOICE_TONES.get(item.status, "plain"),
        paid_tone=PAID_TONES.get(item.paid_state, "plain"),
        url=address_of("invoice", item.id),
    )
