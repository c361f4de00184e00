"""What came and went on service lines, summed by the database into `LineMoney`."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Sum, Value

from pult.clients.models import ServiceLine
from pult.kernel.money import without_vat
from pult.money.logic.balances import Balance, LineMoney, balances
from pult.money.models import Allocation, InvoiceLine, Payment, SpendDay, TopUp


@dataclass(frozen=True)
class Opening:
    """What a line began with: its wallet (0: none) and the balance taken on `day`, if any."""

    wallet: int
    day: date | None
    with_agency: int
    on_platform: int


# Line → (day it was received, kopecks net of VAT; what went back is negative).
Paid = Mapping[int, Sequence[tuple[date, int]]]


def line_money(
    line_ids: Collection[int],
    began: Mapping[int, Opening] | None = None,
    paid: Paid | None = None,
) -> list[LineMoney]:
    """The money of each line since it moved in, net of VAT; three queries however many lines,
    fewer when `openings` and `paid_days` of them are at hand."""
    began = openings(line_ids) if began is None else began
    days = paid_days(line_ids) if paid is None else paid
    came = {line: sum(net for _day, net in rows) for line, rows in days.items()}
    topped_up, spent = _moved(line_ids)
    return [
        LineMoney(
            line_id=line_id,
            wallet=opening.wallet,
            opening_with_agency=opening.with_agency,
            opening_on_platform=opening.on_platform,
            paid=came.get(line_id, 0),
            topped_up=topped_up.get(line_id, 0),
            spent=spent.get(line_id, 0),
            tracks_top_ups=line_id in topped_up,
        )
        for line_id, opening in began.items()
    ]


def openings(line_ids: Collection[int]) -> dict[int, Opening]:
    """What each line began with. One query."""
    rows = ServiceLine.objects.filter(pk__in=line_ids).values_list(
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
    """Ad money paid for each line since it moved in, by day. One query.

    VAT is rounded in each line of an invoice, as on paper: rounded once for all of them, the sum
    is a kopeck off from what was moved to the platform invoice by invoice.
    """
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    held: dict[int, int] = defaultdict(int)
    rows = _allocated(line_ids, "invoice_line", "payment__received_on")
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


def _moved(line_ids: Collection[int]) -> tuple[dict[int, int], dict[int, int]]:
    """What was topped up and what was spent, by line; lines without either are left out."""
    topped = TopUp.objects.filter(_after_opening("on", "line__"), line__in=line_ids, voided_at=None)
    spent = SpendDay.objects.filter(_after_opening("day", "line__"), line__in=line_ids)
    sums: tuple[dict[int, int], dict[int, int]] = ({}, {})
    rows = _sums(topped, "amount", 0).union(_sums(spent, "cost", 1), all=True)
    for line_id, which, total in rows:
        sums[which][line_id] = total
    return sums


def _sums(rows: QuerySet[Any], column: str, which: int) -> QuerySet[Any]:
    tagged = rows.order_by().annotate(which=Value(which, IntegerField()))
    return tagged.values_list("line", "which").annotate(total=Sum(column))
