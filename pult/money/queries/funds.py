"""What came and went on service lines, summed by the database into `LineMoney`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from pult.clients.models import ServiceLine
from pult.kernel.money import without_vat
from pult.money.logic.balances import Balance, LineMoney, balances
from pult.money.models import Allocation, InvoiceLine, Payment

# What was topped up and spent after the day a line's opening balance was taken.
MOVED = """
    SELECT moved.line_id, 'topped_up' AS which, CAST(NULL AS date) AS of_day,
        CAST(SUM(moved.amount) AS bigint) AS total
    FROM money_topup AS moved
    LEFT JOIN clients_openingbalance AS opening ON opening.line_id = moved.line_id
    WHERE moved.line_id IN ({marks}) AND moved.voided_at IS NULL
        AND (opening.day IS NULL OR moved."on" > opening.day)
    GROUP BY moved.line_id
    UNION ALL
    SELECT moved.line_id, 'spent', CAST(NULL AS date), CAST(SUM(moved.cost) AS bigint)
    FROM money_spendday AS moved
    LEFT JOIN clients_openingbalance AS opening ON opening.line_id = moved.line_id
    WHERE moved.line_id IN ({marks}) AND (opening.day IS NULL OR moved.day > opening.day)
    GROUP BY moved.line_id
"""
DAILY = """
    SELECT line_id, 'daily' AS which, day AS of_day, CAST(SUM(cost) AS bigint) AS total
    FROM money_spendday WHERE line_id IN ({marks}) AND day >= %s GROUP BY line_id, day
"""


@dataclass(frozen=True)
class Opening:
    """What a line began with: its wallet (0: none) and the balance taken on `day`, if any."""

    wallet: int
    day: date | None
    with_agency: int
    on_platform: int


# Line → (day it was received, kopecks net of VAT; what went back is negative).
Paid = Mapping[int, Sequence[tuple[date, int]]]


@dataclass(frozen=True)
class Moved:
    """What was topped up and what was spent since the opening, by line, and what was spent by day
    (in order); lines without any are left out."""

    topped_up: dict[int, int] = field(default_factory=dict)
    spent: dict[int, int] = field(default_factory=dict)
    daily: dict[int, list[tuple[date, int]]] = field(default_factory=dict)


def line_money(
    line_ids: Collection[int],
    began: Mapping[int, Opening] | None = None,
    paid: Paid | None = None,
    moved: Moved | None = None,
) -> list[LineMoney]:
    """The money of each line since it moved in, net of VAT; three queries however many lines,
    fewer when `openings`, `paid_days` and `movements` of them are at hand."""
    began = openings(line_ids) if began is None else began
    days = paid_days(line_ids) if paid is None else paid
    came = {line: sum(net for _day, net in rows) for line, rows in days.items()}
    moved = movements(line_ids) if moved is None else moved
    return [
        LineMoney(
            line_id=line_id,
            wallet=opening.wallet,
            opening_with_agency=opening.with_agency,
            opening_on_platform=opening.on_platform,
            paid=came.get(line_id, 0),
            topped_up=moved.topped_up.get(line_id, 0),
            spent=moved.spent.get(line_id, 0),
            tracks_top_ups=line_id in moved.topped_up,
        )
        for line_id, opening in began.items()
    ]


def openings(line_ids: Collection[int]) -> dict[int, Opening]:
    """What each line began with. One query."""
    return openings_of(ServiceLine.objects.filter(pk__in=line_ids))


def openings_of(lines: QuerySet[ServiceLine]) -> dict[int, Opening]:
    """The same for the lines of a query."""
    rows = lines.values_list(
        "pk",
        "wallet_id",
        "opening_balances__day",
        "opening_balances__with_agency",
        "opening_balances__on_platform",
    )
    return {
        pk: Opening(wallet or 0, day, agency or 0, platform or 0)
        for pk, wallet, day, agency, platform in rows
    }


def line_balances(line_ids: Collection[int]) -> dict[int, Balance]:
    """The two balances of each line. Lines that share a wallet need all its lines in the list to
    be counted right; `with_wallets` adds them."""
    wanted = with_wallets(line_ids)
    found = balances(line_money(wanted))
    return {line_id: found[line_id] for line_id in line_ids if line_id in found}


def with_wallets(line_ids: Collection[int]) -> set[int]:
    """These lines and the ones that share a platform wallet with them."""
    shared = ServiceLine.objects.filter(wallet__lines__in=line_ids).values_list("pk", flat=True)
    return {*line_ids, *shared}


def _after_opening(day: str, line: str) -> Q:
    """Only what happened after the day the line's opening balance was taken."""
    opened = f"{line}opening_balances__day"
    return Q(**{f"{opened}__isnull": True}) | Q(**{f"{day}__gt": F(opened)})


def paid_days(line_ids: Collection[int]) -> Paid:
    """Ad money paid for each line since it moved in, by day. One query."""
    return net_by_day(_allocated(line_ids, "invoice_line", "payment__received_on"))


def net_by_day(rows: Iterable[tuple[int, int | None, str, int, date, int]]) -> Paid:
    """(line, VAT rate, kind of payment, invoice line, day, kopecks) without VAT, by line.

    VAT is rounded in each line of an invoice, as on paper: rounded once for all of them, the sum
    is a kopeck off from what was moved to the platform invoice by invoice.
    """
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    held: dict[int, int] = defaultdict(int)
    for line_id, rate, kind, row, day, amount in sorted(rows, key=itemgetter(4)):
        before = held[row]
        held[row] += amount if kind == Payment.Kind.IN else -amount
        found[line_id].append((day, without_vat(held[row], rate) - without_vat(before, rate)))
    return found


def _allocated(line_ids: Collection[int], *by: str) -> QuerySet[Allocation, Any]:
    """(line, VAT rate, kind of payment, *by, kopecks) of the ad money paid."""
    return (
        Allocation.objects.filter(
            _after_opening("payment__received_on", "invoice_line__line__"),
            invoice_line__line__in=line_ids,
            invoice_line__purpose=InvoiceLine.Purpose.AD_MONEY,
            payment__voided_at=None,
            reversed_at=None,
        )
        .order_by()
        .values_list("invoice_line__line", "invoice_line__vat_rate", "payment__kind", *by)
        .annotate(Sum("amount"))
    )


def movements(
    line_ids: Collection[int], daily_of: Collection[int] = (), since: date | None = None
) -> Moved:
    """What moved on these lines, and what `daily_of` spent by day from `since` on. One query."""
    if not line_ids:
        return Moved()
    marks, daily = _marks(line_ids), daily_of if since else ()
    query, told = MOVED.format(marks=marks), [*line_ids, *line_ids]
    if daily:
        query = f"{DAILY.format(marks=_marks(daily))} UNION ALL {query}"
        told = [*daily, since, *told]
    with connection.cursor() as cursor:  # on every money tab: the ORM would cost more than it
        cursor.execute(query, told)
        rows = cursor.fetchall()
    moved = Moved(daily=defaultdict(list))
    for line_id, which, day, total in rows:
        if which == "daily":
            moved.daily[line_id].append((_local_day(day), total))
        else:
            getattr(moved, which)[line_id] = total
    for days in moved.daily.values():
        days.sort()
    return moved


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _local_day(day: date | str) -> date:
    """SQLite hands the days of a joint query out as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day
