"""Clients whose whole work rests today, and from when till when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pult.clients.models import PlannedPause
from pult.people.queries import business_day


@dataclass(frozen=True)
class Stretch:
    """The days of a pause, both counted; `last_day` is None until somebody ends it."""

    first_day: date
    last_day: date | None


def pauses_today(client_ids: Iterable[int]) -> dict[int, Stretch]:
    """Client → the pause of its whole work that holds today, the longest of several. One query,
    none without clients."""
    wanted = set(client_ids)
    if not wanted:
        return {}
    today = business_day()
    rows = PlannedPause.objects.filter(
        Q(last_day=None) | Q(last_day__gte=today),
        client__in=wanted,
        line=None,
        cancelled_at=None,
        first_day__lte=today,
    ).values_list("client", "first_day", "last_day")
    found: dict[int, Stretch] = {}
    for client_id, *days in sorted(rows, key=lambda row: row[2] or date.max):
        found[client_id] = Stretch(*days)
    return found
