"""The portfolio as arrays: what the forecast reads, built from rows in a handful of queries.

A *unit* is what spends one pot of money: a line, or the lines of one platform wallet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Max, Q, QuerySet, Sum

from pult.clients.models import LineBudget, PlannedPause, ServiceLine
from pult.money.logic.balances import balances
from pult.money.logic.forecast import HORIZON
from pult.money.logic.periods import Came, Period, funding_of
from pult.money.models import Allocation, InvoiceLine, Payment, SpendDay
from pult.money.queries.funds import line_money, with_wallets

HISTORY = 120


@dataclass(frozen=True)
class Unit:
    """Lines that spend one pot; `as_of` is the last day with spend known, `periods` the keys of its
    funding periods, the newest last."""

    line_ids: tuple[int, ...]
    as_of: date
    balance: int
    periods: tuple[str, ...]

    @property
    def period(self) -> str:
        """The funding period it lives on; empty for the balance it moved in with."""
        return self.periods[-1] if self.periods else ""


@dataclass(frozen=True)
class Portfolio:
    """`spend[unit, day]` and `plan[unit, day + HORIZON]` end at the units' common `as_of`."""

    as_of: date
    units: tuple[Unit, ...]
    spend: np.ndarray
    plan: np.ndarray


def spending_lines(line_ids: Collection[int] | None = None) -> dict[int, ServiceLine]:
    """Lines whose money runs out: running, paid through the agency, with a feed of spend."""
    rows = _spending()
    if line_ids is not None:
        rows = rows.filter(pk__in=with_wallets(line_ids))
    return {row.pk: row for row in rows}


def spending_count() -> int:
    """How many lines there are whose money runs out."""
    return _spending().count()


def _spending() -> QuerySet[ServiceLine]:
    return ServiceLine.objects.filter(
        status=ServiceLine.Status.RUNNING,
        money_flow=ServiceLine.MoneyFlow.AGENCY,
        client__staged=False,
    )


def portfolios(lines: dict[int, ServiceLine], today: date) -> list[Portfolio]:
    """Units grouped by the last day their spend is known, freshest first; a unit without any spend
    in the history is left out: its money does not end by itself."""
    last_days = dict(
        SpendDay.objects.filter(line__in=lines, day__lt=today)
        .values_list("line")
        .annotate(Max("day"))
    )
    oldest = today - timedelta(days=HISTORY)
    money = {row.line_id: row for row in line_money(list(lines))}
    totals = balances(money.values())
    periods = funding_periods(lines)
    groups: dict[date, list[Unit]] = defaultdict(list)
    for members in _pots(lines.values()):
        known = [last_days[pk] for pk in members if pk in last_days]
        if not known or max(known) <= oldest:
            continue
        platform = totals[members[0]].on_platform
        held = sum(totals[pk].with_agency for pk in members)
        began = sorted(period for pk in members for period in periods.get(pk, ()))
        keys = tuple(period.key for period in began)
        groups[max(known)].append(Unit(members, max(known), platform + held, keys))
    return [_arrays(day, tuple(groups[day]), lines) for day in sorted(groups, reverse=True)]


def funding_periods(line_ids: Iterable[int]) -> dict[int, tuple[Period, ...]]:
    """Line → its funding periods, the oldest first (see `logic.periods`). Two queries."""
    ad_money = {"line__in": list(line_ids), "purpose": InvoiceLine.Purpose.AD_MONEY}
    billed = InvoiceLine.objects.filter(invoice__paid__gt=0, **ad_money).order_by()
    asked = billed.values_list("line", "invoice").annotate(Sum("amount"))
    shares = Allocation.objects.filter(
        invoice_line__in=billed, payment__voided_at=None, reversed_at=None
    ).values_list(
        "pk",
        "invoice_line__line",
        "invoice_line__invoice",
        "payment",
        "amount",
        "made_at",
        "payment__kind",
    )
    came = (
        Came(*of, -amount if kind == Payment.Kind.RETURN else amount, made_at)
        for *of, amount, made_at, kind in shares
    )
    return funding_of(came, {(line, invoice): amount for line, invoice, amount in asked})


def _pots(lines: Iterable[ServiceLine]) -> list[tuple[int, ...]]:
    pots: dict[tuple[str, int], list[int]] = defaultdict(list)
    for line in lines:
        pots[("wallet", line.wallet_id) if line.wallet_id else ("line", line.pk)].append(line.pk)
    return [tuple(sorted(members)) for members in pots.values()]


def _arrays(as_of: date, units: tuple[Unit, ...], lines: dict[int, ServiceLine]) -> Portfolio:
    first = as_of - timedelta(days=HISTORY - 1)
    row_of = {pk: row for row, unit in enumerate(units) for pk in unit.line_ids}
    spend = np.zeros((len(units), HISTORY))
    costs = (
        SpendDay.objects.filter(line__in=row_of, day__gte=first, day__lte=as_of)
        .order_by()
        .values_list("line", "day")
        .annotate(Sum("cost"))
    )
    for line_id, day, cost in costs:
        spend[row_of[line_id], (day - first).days] += cost
    plans = _plans(row_of, lines, first)
    plan = np.zeros((len(units), HISTORY + HORIZON))
    for line_id, row in row_of.items():
        plan[row] += plans[line_id]
    return Portfolio(as_of, units, spend, plan)


def _plans(
    line_ids: Collection[int], lines: dict[int, ServiceLine], first: date
) -> dict[int, np.ndarray]:
    """The planned daily budget of each line by day: dated budgets, pauses and the paid period.

    A line without any budget is planned at 1 a day: only the shape matters to the forecast.
    """
    days = HISTORY + HORIZON
    plans = {pk: np.ones(days) for pk in line_ids}
    for pk, since, monthly in (
        LineBudget.objects.filter(line__in=line_ids, monthly__gt=0)
        .order_by("line", "since")
        .values_list("line", "since", "monthly")
    ):
        start = (since - first).days
        if start <= 0:
            plans[pk][:] = monthly
        else:
            plans[pk][start:] = monthly
            if (plans[pk][:start] == 1).all():
                plans[pk][:start] = monthly
    clients = {lines[pk].client_id for pk in line_ids}
    pauses = PlannedPause.objects.filter(
        Q(line__in=line_ids) | Q(line=None, client__in=clients), cancelled_at=None
    ).values_list("client", "line", "first_day", "last_day")
    for client_id, line_id, start_day, end_day in pauses:
        start = max((start_day - first).days, 0)
        stop = days if end_day is None else max((end_day - first).days + 1, 0)
        for pk in line_ids:
            if pk == line_id or (line_id is None and lines[pk].client_id == client_id):
                plans[pk][start:stop] = 0
    for pk in line_ids:
        last = lines[pk].period_to
        if last and not lines[pk].always_on:
            plans[pk][max((last - first).days + 1, 0) :] = 0
    return plans
