"""The money tab of a client: balances, forecasts, invoices, payments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from pult.clients.access import client_for, sees_money
from pult.clients.models import Client, PlannedPause, ServiceLine
from pult.clients.queries import schemes_of_lines
from pult.clients.queries.schemes import Scheme
from pult.kernel.errors import NotVisible
from pult.kernel.models import Fact
from pult.money.logic.balances import Balance, balances
from pult.money.models import Allocation, Invoice, LineForecast, Payment, SpendDay
from pult.money.queries.coverage import Coverage, forecast_coverage
from pult.money.queries.funds import line_money, with_wallets
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
    overdue; sums of `lines` count a shared wallet once in `total`."""

    client_id: int
    lines: tuple[LineFunds, ...]
    invoices: tuple[InvoiceItem, ...]
    payments: tuple[PaymentItem, ...]
    total: int
    advance: int
    debt: int
    coverage: Coverage


def client_money(user: "User", client_id: int) -> ClientMoney:
    """The money tab; raises NotVisible for another's client or a role that sees no money."""
    client = client_for(user, client_id)
    if not sees_money(user):
        raise NotVisible("money")
    lines = list(ServiceLine.objects.filter(client=client).order_by("name", "pk"))
    ids = [line.pk for line in lines]
    found = balances(line_money(with_wallets(ids))) if ids else {}
    lead = invoice_lead()
    funds = _funds(client, lines, found, lead)
    invoices = _items(Invoice.objects.filter(client=client).order_by("-pk")[:INVOICES])
    pots = {line.wallet_id or -line.pk: found[line.pk].on_platform for line in lines}
    return ClientMoney(
        client_id=client.pk,
        lines=funds,
        invoices=invoices,
        payments=_payments(client),
        total=sum(pots.values()) + sum(found[pk].with_agency for pk in ids),
        advance=client_advance(client.pk),
        debt=sum(invoice.left for invoice in invoices if invoice.is_overdue),
        coverage=forecast_coverage(ids, lead),
    )


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


def _funds(
    client: Client,
    lines: list[ServiceLine],
    found: dict[int, Balance],
    lead: "Callable[[date], date]",
) -> tuple[LineFunds, ...]:
    ids, today = [line.pk for line in lines], business_day()
    forecasts = {f.line_id: f for f in LineForecast.objects.filter(line__in=ids, current=True)}
    schemes = schemes_of_lines(ids, today)
    spend, paid_until = _spend(ids, today), _paid_until(client, today)
    pauses = list(
        PlannedPause.objects.filter(
            Q(last_day=None) | Q(last_day__gte=today), client=client, cancelled_at=None
        )
    )
    order = {"running": 0, "paused": 1, "planned": 2, "ended": 3}
    return tuple(
        _line(
            line,
            found[line.pk],
            forecasts.get(line.pk),
            schemes.get(line.pk),
            lead,
            tuple(spend.get(line.pk, ())),
            paid_until.get(line.pk),
            tuple((p.first_day, p.last_day) for p in pauses if p.line_id in (None, line.pk)),
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


def _spend(ids: list[int], today: date) -> dict[int, list[tuple[date, int]]]:
    rows = (
        SpendDay.objects.filter(line__in=ids, day__gte=today - timedelta(days=CHART_DAYS))
        .order_by("day")
        .values_list("line", "day")
        .annotate(Sum("cost"))
    )
    spend = defaultdict(list)
    for line, day, cost in rows:
        spend[line].append((day, cost))
    return spend


def _paid_until(client: Client, today: date) -> dict[int, date]:
    """The last paid day of lines without ad spend, as far as facts tell."""
    facts = Fact.objects.filter(root_id=client.pk, kind="line.paid_until", voided_by=None)
    latest: dict[int, dict[str, date]] = defaultdict(dict)
    for refs, key, day in facts.order_by("pk").values_list("refs", "key", "day"):
        latest[refs["line"]][key] = day
    return {line: max(days.values()) for line, days in latest.items()}


def _payments(client: Client) -> tuple[PaymentItem, ...]:
    rows = list(
        Payment.objects.filter(client=client, voided_at=None).order_by("-received_on", "-pk")[
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
