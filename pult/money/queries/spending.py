"""What was spent day by day: the one picture its manager and its specialist look at together."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from pult.kernel.roles import Role
from pult.money.models import SpendDay
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

DAYS, WEEK = 14, 7
READERS = frozenset(
    {
        Role.AM,
        Role.EXECUTOR,
        Role.PRODUCTION_HEAD,
        Role.PRODUCTION_DIRECTOR,
        Role.ACCOUNTANT,
        Role.HEAD,
        Role.DIRECTOR,
    }
)


@dataclass(frozen=True)
class RecentSpend:
    """Kopecks net of VAT: `days` are the last fourteen, oldest first, None without data; `week` the
    last seven with data known up to `newest`."""

    days: tuple[int | None, ...]
    week: int
    newest: date


def recent_spend(user: "User", client_id: int) -> dict[int, RecentSpend]:
    """The last two weeks of each line of a client this reader may open; empty for other roles.

    One query. A line without data in these days is left out.
    """
    if not READERS & user.roles:
        return {}
    today = business_day()
    first = today - timedelta(days=DAYS)
    found: dict[int, dict[date, int]] = {}
    rows = SpendDay.objects.filter(line__client=client_id, day__gte=first, day__lt=today)
    for line, day, cost in rows.values_list("line", "day").annotate(Sum("cost")).order_by("day"):
        found.setdefault(line, {})[day] = cost
    return {line: _recent(costs, first) for line, costs in found.items()}


def _recent(costs: dict[date, int], first: date) -> RecentSpend:
    newest = max(costs)
    week = sum(cost for day, cost in costs.items() if day > newest - timedelta(days=WEEK))
    days = tuple(costs.get(first + timedelta(days=n)) for n in range(DAYS))
    return RecentSpend(days, week, newest)
