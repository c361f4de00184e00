"""Ad money on its way to the ad account: what waits, what was logged today."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Sum

from pult.money.logic.top_ups import DAYS_TOGETHER, at_agency, laid_out
from pult.money.models import MoneyWait, TopUp
from pult.money.queries.funds import line_money, with_wallets
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class LoggedTopUp:
    """A top-up somebody logged today and may still take back; kopecks net of VAT."""

    id: int
    client: str
    line: str
    amount: int


def held_at_agency(line_ids: Collection[int]) -> dict[int, int]:
    """Line → kopecks net of VAT and fee of its client's ad money at the agency. Four queries."""
    found = at_agency(line_money(with_wallets(line_ids)))
    return {line_id: found.get(line_id, 0) for line_id in line_ids}


def laid_out_around(line_id: int, on: date) -> int:
    """Kopecks the agency laid out for the line ahead of its client within `DAYS_TOGETHER` days of
    one: what was topped up then, as far as no payment covers it. Five queries."""
    near = (on - timedelta(days=DAYS_TOGETHER), on + timedelta(days=DAYS_TOGETHER))
    rows = TopUp.objects.filter(line=line_id, on__range=near, voided_at=None)
    moved = rows.aggregate(sum=Sum("amount"))["sum"] or 0
    return min(moved, laid_out(line_money(with_wallets([line_id]))).get(line_id, 0))


def money_waiting(line_ids: Iterable[int]) -> dict[int, int]:
    """Line → kopecks П.1 asks to be topped up. One query at most."""
    wanted = list(line_ids)
    if not wanted:
        return {}
    rows = MoneyWait.objects.filter(line__in=wanted, state=MoneyWait.State.WAITS)
    return dict(rows.values_list("line", "amount"))


def top_ups_of_today(user: "User") -> tuple[LoggedTopUp, ...]:
    """The top-ups this person logged today, the newest first. One query."""
    midnight = datetime.combine(business_day(), time(), ZoneInfo(settings.TIME_ZONE))
    rows = TopUp.objects.filter(made_by=user, made_at__gte=midnight, voided_at=None)
    columns = ("pk", "line__client__name", "line__name", "amount")
    return tuple(LoggedTopUp(*row) for row in rows.order_by("-pk").values_list(*columns))
