"""The money tab of a client: balances, forecasts, invoices, payments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, QuerySet, When

from pult.clients.access import sees_money
from pult.clients.models import ServiceLine
from pult.clients.queries import rests_under_header, schemes_of
from pult.clients.queries.schemes import Scheme
from pult.clients.queries.shapes import ClientHeader, PauseItem
from pult.kernel.errors import NotVisible
from pult.money.logic.balances import Balance, balances
from pult.money.models import Invoice, LineForecast
from pult.money.queries.asks import STOPPING, guessed_ends, what_is_asked
from pult.money.queries.coverage import Coverage, Judged, coverage_of
from pult.money.queries.funds import (
    Moved,
    Opening,
    Paid,
    line_money,
    movements,
    openings_of,
    paid_days,
)
from pult.money.queries.history import Flows, daily_flows, paid_until
from pult.money.queries.invoices import InvoiceItem, _items
from pult.money.queries.leads import invoice_lead
from pult.money.queries.payments import PaymentItem, client_payments
from pult.money.queries.spent import by_balance
from pult.people.queries import business_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pult.people.models import User

CHART_DAYS = 28
INVOICES = 50


@dataclass(frozen=True)
class LineFunds:
    """Where the money of a line stands, kopecks net of VAT.

    `asks` says what the scheme asks of us when money is short: *invoice* (ad money ahead),
    *watch* (the client pays the platform), *postpaid* (invoice after; `limit` and `days` of the
    scheme), *fee* (only the fee is invoiced), *nothing* (barter, trial, ended).
    `ends_on` is the expected day (50 %), `ends_from`…`ends_to` the 80 % band, `alarm_on` the day
    the alarm stands on, `invoice_by` that day less {invoice.lead}; once the money `has_ended`, they
    are the days it did. `period` names the funding period the forecast speaks of. `band` is the
    chance in per mille that the money has ended `n + 1` days after `as_of`; `spend` are (day,
    kopecks) before. `paid_until` is for lines without ad spend. A running line on a platform
    `lacks_spend` while nothing foretells its end: `guessed_on` is then the day its money would end
    by the budget, by which nothing is asked.
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
    period: str = ""
    is_spent: bool = False
    platform: str = ""
    lacks_spend: bool = False
    guessed_on: date | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the end of the money is no forecast but a day that has come."""
        foretold = self.ends_on and self.as_of and self.ends_on <= self.as_of
        return self.is_spent or bool(foretold)

    @property
    def stops(self) -> bool:
        """Whether the line stops without money: under other schemes it is worked for ahead."""
        return self.asks in STOPPING

    @property
    def not_before(self) -> date | None:
        """The day until which money lasts when its end lies beyond what is foreseen."""
        if self.ends_on or self.as_of is None or self.status != "running":
            return None
        if self.ends_from or not self.band:
            return self.ends_from
        return self.as_of + timedelta(days=len(self.band))


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
    lines = list(_with_openings(ServiceLine.objects.filter(client=client_id)))
    ids, today, lead = [line.pk for line in lines], business_day(), invoice_lead()
    forecasts, judged = _forecasts(ids)
    payments = client_payments(client_id)
    began = _began(lines)
    others = began.keys() - set(ids)
    paid = {**payments.ad_money(began), **(paid_days(others) if others else {})}
    since = min([today, *(f.as_of for f in forecasts.values())]) - timedelta(days=CHART_DAYS)
    moved = movements(began, ids, since) if ids else Moved()
    found = balances(line_money(ids, began, paid, moved)) if ids else {}
    unforeseen = [line for line in lines if line.pk not in forecasts]
    told = _Told(
        found,
        forecasts,
        schemes_of({line.pk: line.contract_id for line in lines}, today),
        moved.daily,
        paid_until(client_id) if len(forecasts) < len(lines) else {},
        pauses,
        guessed_ends(unforeseen, found, began, paid, pauses),
    )
    asked = Invoice.objects.filter(client=client_id).order_by("-pk")[:INVOICES]
    invoices = _items(asked, payments.by_invoice_line())
    pots = {line.wallet_id or -line.pk: found[line.pk].on_platform for line in lines}
    flows = daily_flows(paid, moved.daily, began)
    return ClientMoney(
        client_id=client_id,
        header=header,
        lines=by_balance(_funds(lines, told, lead, today), flows, since, today),
        invoices=invoices,
        payments=payments.items,
        total=sum(pots.values()) + sum(found[pk].with_agency for pk in ids),
        advance=payments.advance,
        debt=sum(invoice.left for invoice in invoices if invoice.is_overdue),
        coverage=coverage_of(judged, lead),
        flows=flows,
        paid=paid,
    )


def _with_openings(lines: QuerySet[ServiceLine]) -> QuerySet[ServiceLine]:
    return lines.order_by("name", "pk").annotate(
        opened_on=F("opening_balances__day"),
        opened_with_agency=F("opening_balances__with_agency"),
        opened_on_platform=F("opening_balances__on_platform"),
    )


def _began(lines: "Iterable[Any]") -> dict[int, Opening]:
    """What these lines, and those that share a platform wallet with them, began with."""
    began = {
        line.pk: Opening(
            line.wallet_id or 0,
            line.opened_on,
            line.opened_with_agency or 0,
            line.opened_on_platform or 0,
        )
        for line in lines
    }
    if wallets := {opening.wallet for opening in began.values()} - {0}:
        began |= openings_of(ServiceLine.objects.filter(wallet__in=wallets))
    return began


def _forecasts(line_ids: list[int]) -> "tuple[dict[int, Any], list[Judged]]":
    """Line → its forecast of today, and every forecast whose money has ended. One query."""
    rows = LineForecast.objects.filter(Q(current=True) | ~Q(ended_on=None), line__in=line_ids)
    columns = ("line", "period", "as_of", "q10", "q90", "alarm_on", "ended_on")
    current, judged = {}, []
    for row in (
        rows.order_by("as_of", "pk")
        .annotate(shown=Case(When(current=True, then="band")))
        .values_list(*columns, "current", "q50", "stale_days", "shown", named=True)
    ):
        if row.current:
            current[row.line] = row
        if row.ended_on is not None:
            judged.append(row[: len(columns)])
    return current, judged


@dataclass(frozen=True)
class _Told:
    """What was read of the lines, by line."""

    balances: dict[int, Balance]
    forecasts: dict[int, Any]
    schemes: dict[int, Scheme]
    spend: dict[int, list[tuple[date, int]]]
    paid_until: dict[int, date]
    pauses: tuple[PauseItem, ...]
    guessed: dict[int, date]


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
            told.guessed.get(line.pk),
        )
        for line in sorted(lines, key=lambda line: order[line.status])
    )


def _line(
    line: ServiceLine,
    balance: Balance,
    forecast: Any,
    scheme: Scheme | None,
    lead: "Callable[[date], date]",
    spend: tuple[tuple[date, int], ...],
    paid_until: date | None,
    pauses: tuple[tuple[date, date | None], ...],
    guessed_on: date | None,
) -> LineFunds:
    asks = what_is_asked(line, scheme.kind if scheme else "")
    alarm = forecast.alarm_on if forecast else paid_until
    runs = bool(line.platform) and line.status == ServiceLine.Status.RUNNING
    lacks_spend = runs and asks in STOPPING and not (forecast or paid_until)
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
        band=tuple(forecast.shown) if forecast else (),
        spend=spend,
        paid_until=paid_until,
        pauses=pauses,
        period=forecast.period if forecast else "",
        platform=line.platform,
        lacks_spend=lacks_spend,
        guessed_on=guessed_on if lacks_spend else None,
    )
