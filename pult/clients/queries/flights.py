"""The planned and past runs of a service line."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pult.clients.access import line_for, sees_money

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class FlightItem:
    """One run of a line; `budget` in kopecks, None without a right to money."""

    id: int
    starts_on: date
    ends_on: date
    budget: int | None
    started_at: datetime | None


def line_flights(user: "User", line_id: int) -> tuple[FlightItem, ...]:
    """The runs of a line in order; raises NotVisible for somebody else's."""
    line = line_for(user, line_id)
    shows = sees_money(user)
    return tuple(
        FlightItem(
            id=row.pk,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            budget=row.budget if shows else None,
            started_at=row.started_at,
        )
        for row in line.flights.order_by("starts_on")
    )
