"""What a client's advertising brought in a stretch of days, line by line (A2-04)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum

from pult.clients.access import clients_of
from pult.money.models import SpendDay
from pult.money.queries.spending import READERS

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class LineResult:
    """A line's figures; `cost` and `per_lead` in kopecks net of VAT, `leads` None where the
    platform tells of none."""

    line_id: int
    name: str
    cost: int
    impressions: int
    clicks: int
    leads: int | None

    @property
    def per_lead(self) -> int | None:
        """Whole kopecks of cost a lead; None without leads."""
        return self.cost // self.leads if self.leads else None


def line_results(user: "User", client_id: int, first: date, last: date) -> tuple[LineResult, ...]:
    """The client's lines that spent from day to day inclusive, the dearest first; none for who
    does not see the client or its spend. Two queries."""
    if not READERS & user.roles or not clients_of(user).filter(pk=client_id).exists():
        return ()
    days = SpendDay.objects.filter(line__client=client_id, day__gte=first, day__lte=last)
    sums = days.values_list("line", "line__name").annotate(
        Sum("cost"), Sum("impressions"), Sum("clicks"), Sum("conversions")
    )
    found = [LineResult(*row) for row in sums.order_by("line")]
    return tuple(sorted(found, key=lambda one: (-one.cost, one.name)))
