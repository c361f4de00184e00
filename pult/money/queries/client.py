"""The money tab of a client: balances, forecasts, invoices, payments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from pult.clients.access import sees_money
from pult.clients.models import ServiceLine
from pult.clients.queries import rests_under_header, schemes_of
from pult.clients.queries.schemes import Scheme
from pult.clients.queries.shapes import ClientHeader, PauseItem
from pult.kernel.errors import NotVisible
from pult.money.logic.balances import Balance, balances
from pult.money.models import Allocation, Invoice, LineForecast, Payment
from pult.money.queries.coverage import Coverage, forecast_coverage
from pult.money.queries.funds import Paid, line_money, openings, paid_days, with_wallets
from pult.money.queries.history import Flows, daily_flows, paid_until, spend_days
from pult.money.queries.invoices import InvoiceItem, _items
from pult.money.queries.leads import invoice_lead
from pult.people.queries import business_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from pult.people.models import User

CHART_DAYS = 28
PAYMENTS = INVOICES = 50
FREE = ("barter", "trial")


@dataclass(frozen=True)
class LineFunds:
    """Where the money of a line stands, kopecks net of VAT.

    `asks` says what the scheme asks of us when money is short: *invoice* (ad money ahead),
    *watch* (the client pays the platform), *postpaid* (invoice after; `limit` and `days` of the
    scheme), *fee* (only the fee is invoiced), *nothing* (barter, trial, ended).
    `ends_on` is the expected day (50 %), `ends_from`…`ends_to` the 80 % band, `alarm_on` the day
    the alarm stands on, `invoice_by` that day less {invoice.lead}. `band` is the chance in per
    mille that the money has ended `n + 1` days after `as_of`; `spend` are (day, kopecks) before.
    `paid_until` is for lines without ad spend.
    """

    line_id: int
    name: str
    tool_label: str
    status: str
    status_label: str
    money_flow: str
    wallet_id: int | None
    monthly_budget: int
    with_agency: int
    on_platform: int
    is_pooled: bool
    total: int
    asks: str
    scheme: str
    days: int | None
    limit: int | None
    as_of: date | None
    ends_on: date | None
    ends_from: date | None
    ends_to: date | None
    alarm_on: date | None
    invoice_by: date | None
    stale_days: int
    band: tuple[int, ...]
    spend: tuple[tuple[date, int], ...]
    paid_until: date | None
    pauses: tuple[tuple[date, date | None], ...]

    @property
    def not_before(self) -> date | None:
        """The day until which money lasts when its end lies beyond what is foreseen."""
        if self.ends_on or self.as_of is None or self.status != "running":
            return None
        if self.ends_from or not self.band:
            return self.ends_from
        return self.as_of + timedelta(days=len(self.band))


@dataclass(frozen=True)
class PaymentItem:
    """Money that came (`kind` in) or went back (return). `shares` are (invoice id, number,
    kopecks); `advance` is not allocated to any invoice."""

    id: int
    kind: str
    kind_label: str
    received_on: date
    amount: int
    payer: str
    document_id: int | None
    shares: tuple[tuple[int, str, int], ...]
    advance: int


@dataclass(frozen=True)
class ClientMoney:
    """A client's money tab. `advance` is the client's money no invoice holds, `debt` what is
    overdue; sums of `lines` count a shared wallet once in `total`. `flows` are (line → day →
    kopecks net of VAT) the money that came less what was spent, `paid` what came alone."""

    client_id: int
    header: ClientHeader
    lines: tuple[LineFunds, ...]
    invoices: tuple[InvoiceItem, ...]
    payments: tuple[PaymentItem, ...]
    total: int
    advance: int
    debt: int
    coverage: Coverage
    flows: Flows
    paid: Paid


def client_money(user: "User", client_id: int) -> ClientMoney:
    """The money tab; raises NotVisible for another's client or a role that sees no money."""
    if not sees_money(user):
        raise NotVisible("money")
    header, pauses = rests_under_header(user, client_id)
    lines = list(ServiceLine.objects.filter(client=client_id).order_by("name", "pk"))
    ids, today, lead = [line.pk for line in lines], business_day(), invoice_lead()
    wanted = with_wallets(ids) if any(line.wallet_id for line in lines) else set(ids)
    began, paid = openings(wanted), paid_days(wanted)
    found = balances(line_money(wanted, began, paid)) if ids else {}
    forecasts = {f.line_id: f for f in LineForecast.objects.filter(line__in=ids, current=True)}
    since = min([today, *(f.as_of for f in forecasts.values())]) - timedelta(days=CHART_DAYS)
    spend = spend_days(ids, since)
    told = _Told(
        found,
        forecasts,
        schemes_of({line.pk: line.contract_id for line in lines}, today),
        spend,
        paid_until(client_id) if len(forecasts) < len(lines) else {},
        pauses,
    )
    invoices = _items(Invoice.objects.filter(client=client_id).order_by("-pk")[:INVOICES])
    payments = _payments(client_id)
    pots = {line.wallet_id or -line.pk: found[line.pk].on_platform for line in lines}
    return ClientMoney(
        client_id=client_id,
        header=header,
        lines=_funds(lines, told, lead, today),
        invoices=invoices,
        payments=payments,
        total=sum(pots.values()) + sum(found[pk].with_agency for pk in ids),
        advance=_advance(client_id, payments),
        debt=sum(invoice.left for invoice in invoices if invoice.is_overdue),
        coverage=forecast_coverage(ids, lead),
        flows=daily_flows(paid, spend, began),
        paid=paid,
    )


def _advance(client_id: int, payments: tuple[PaymentItem, ...]) -> int:
    """`client_advance`, out of the payments themselves when they are all here."""
    if len(payments) >= PAYMENTS:
        return client_advance(client_id)
    signs = {Payment.Kind.IN: 1, Payment.Kind.RETURN: -1}
    return sum(signs.get(payment.kind, 0) * payment.advance for payment in payments)


def client_advance(client_id: int) -> int:
    """The client's money on our account that no invoice holds."""
    kinds = {Payment.Kind.IN: 1, Payment.Kind.RETURN: -1}
    live = Payment.objects.filter(client=client_id, voided_at=None).order_by()
    came = dict(live.values_list("kind").annotate(Sum("amount")))
    held = dict(
        Allocation.objects.filter(payment__in=live.values("pk"), reversed_at=None)
        .order_by()
        .values_list("payment__kind")
        .annotate(Sum("amount"))
    )
    return sum(sign * (came.get(kind, 0) - held.get(kind, 0)) for kind, sign in kinds.items())


@dataclass(frozen=True)
class _Told:
    """What was read of the lines, by line."""

    balances: dict[int, Balance]
    forecasts: dict[int, LineForecast]
    schemes: dict[int, Scheme]
    spend: dict[int, list[tuple[date, int]]]
    paid_until: dict[int, date]
    pauses: tuple[PauseItem, ...]


def _funds(
    lines: list[ServiceLine], told: _Told, lead: "Callable[[date], date]", today: date
) -> tuple[LineFunds, ...]:
    order = {"running": 0, "paused": 1, "planned": 2, "ended": 3}
    first = today - timedelta(days=CHART_DAYS)
    return tuple(
        _line(
            line,
            told.balances[line.pk],
            told.forecasts.get(line.pk),
            told.schemes.get(line.pk),
            lead,
            tuple(one for one in told.spend.get(line.pk, ()) if one[0] >= first),
            told.paid_until.get(line.pk),
            tuple((p.first_day, p.last_day) for p in told.pauses if p.line_id in (None, line.pk)),
        )
        for line in sorted(lines, key=lambda line: order[line.status])
    )


def _line(
    line: ServiceLine,
    balance: Balance,
    forecast: LineForecast | None,
    scheme: Scheme | None,
    lead: "Callable[[date], date]",
    spend: tuple[tuple[date, int], ...],
    paid_until: date | None,
    pauses: tuple[tuple[date, date | None], ...],
) -> LineFunds:
    asks = what_is_asked(line, scheme.kind if scheme else "")
    alarm = forecast.alarm_on if forecast else paid_until
    return LineFunds(
        line_id=line.pk,
        name=line.name,
        tool_label=line.get_tool_display(),
        status=line.status,
        status_label=line.get_status_display(),
        money_flow=line.money_flow,
        wallet_id=line.wallet_id,
        monthly_budget=line.monthly_budget,
        with_agency=balance.with_agency,
        on_platform=balance.on_platform,
        is_pooled=balance.pooled,
        total=balance.total,
        asks=asks,
        scheme=scheme.kind if scheme else "",
        days=scheme.days if scheme else None,
        limit=scheme.limit if scheme else None,
        as_of=forecast.as_of if forecast else None,
        ends_on=forecast.q50 if forecast else None,
        ends_from=forecast.q10 if forecast else None,
        ends_to=forecast.q90 if forecast else None,
        alarm_on=forecast.alarm_on if forecast else None,
        invoice_by=lead(alarm) if alarm and asks == "invoice" else None,
        stale_days=forecast.stale_days if forecast else 0,
        band=tuple(forecast.band) if forecast else (),
        spend=spend,
        paid_until=paid_until,
        pauses=pauses,
    )


def what_is_asked(line: ServiceLine, scheme: str) -> str:
    """invoice | watch | postpaid | fee | nothing: see `LineFunds`."""
    if line.status == ServiceLine.Status.ENDED or scheme in FREE:
        return "nothing"
    if line.money_flow == ServiceLine.MoneyFlow.PLATFORM:
        return "watch"
    return {"postpaid": "postpaid", "fee_only": "fee"}.get(scheme, "invoice")


def _payments(client_id: int) -> tuple[PaymentItem, ...]:
    rows = list(
        Payment.objects.filter(client=client_id, voided_at=None).order_by("-received_on", "-pk")[
            :PAYMENTS
        ]
    )
    shares: dict[int, dict[tuple[int, str], int]] = defaultdict(lambda: defaultdict(int))
    for payment, invoice, number, amount in Allocation.objects.filter(
        payment__in=[row.pk for row in rows], reversed_at=None
    ).values_list("payment", "invoice_line__invoice", "invoice_line__invoice__number", "amount"):
        shares[payment][invoice, number] += amount
    return tuple(
        PaymentItem(
            id=row.pk,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            received_on=row.received_on,
            amount=row.amount,
            payer=row.payer_name,
            document_id=row.document_id,
            shares=tuple((pk, number, sum_) for (pk, number), sum_ in shares[row.pk].items()),
            advance=row.amount - sum(shares[row.pk].values()),
        )
        for row in rows
    )
