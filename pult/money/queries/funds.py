"""What came and went on service lines, summed by the database into `LineMoney`."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, Q, Sum

from pult.clients.models import OpeningBalance, ServiceLine
from pult.kernel.money import without_vat
from pult.money.logic.balances import Balance, LineMoney, balances
from pult.money.models import Allocation, InvoiceLine, Payment, SpendDay, TopUp


def line_money(line_ids: Collection[int]) -> list[LineMoney]:
    """The money of each line since it moved in, net of VAT; five queries however many lines."""
    opening = {row.line_id: row for row in OpeningBalance.objects.filter(line__in=line_ids)}
    wallets = dict(ServiceLine.objects.filter(pk__in=line_ids).values_list("pk", "wallet_id"))
    paid, topped_up, spent = _paid(line_ids), _topped_up(line_ids), _spent(line_ids)
    return [
        LineMoney(
            line_id=line_id,
            wallet=wallets[line_id] or 0,
            opening_with_agency=opening[line_id].with_agency if line_id in opening else 0,
            opening_on_platform=opening[line_id].on_platform if line_id in opening else 0,
            paid=paid.get(line_id, 0),
            topped_up=topped_up.get(line_id, 0),
            spent=spent.get(line_id, 0),
            tracks_top_ups=line_id in topped_up,
        )
        for line_id in wallets
    ]


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


def _paid(line_ids: Collection[int]) -> dict[int, int]:
    rows = (
        Allocation.objects.filter(
            _after_opening("payment__received_on", "invoice_line__line__"),
            invoice_line__line__in=line_ids,
            invoice_line__purpose=InvoiceLine.Purpose.AD_MONEY,
            payment__voided_at=None,
            reversed_at=None,
        )
        .order_by()
        .values_list("invoice_line__line", "invoice_line", "invoice_line__vat_rate")
        .annotate(
            came=Sum("amount", filter=Q(payment__kind=Payment.Kind.IN), default=0),
            went=Sum("amount", filter=Q(payment__kind=Payment.Kind.RETURN), default=0),
        )
    )
    total: dict[int, int] = defaultdict(int)
    # VAT is rounded in each line of an invoice, as on paper: rounded once for all of them, the
    # sum is a kopeck off from what was moved to the platform invoice by invoice.
    for line_id, _invoice_line, rate, came, went in rows:
        total[line_id] += without_vat(came - went, rate)
    return total


def _topped_up(line_ids: Collection[int]) -> dict[int, int]:
    rows = TopUp.objects.filter(_after_opening("on", "line__"), line__in=line_ids, voided_at=None)
    return _sums(rows, "amount")


def _spent(line_ids: Collection[int]) -> dict[int, int]:
    return _sums(
        SpendDay.objects.filter(_after_opening("day", "line__"), line__in=line_ids), "cost"
    )


def _sums(rows, column: str) -> dict[int, int]:
    return dict(rows.order_by().values_list("line").annotate(Sum(column)))
