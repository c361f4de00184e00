"""How many clients each manager may hold on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pult.people.models import ClientLimit
from pult.people.queries.who import Moment, business_day


@dataclass(frozen=True)
class Limits:
    """Limits in whole clients: everybody's (None: not set) and people's own by id."""

    everybody: int | None
    own: dict[int, int]

    def of(self, user_id: int) -> int | None:
        return self.own.get(user_id, self.everybody)


def client_limits(user_ids: Collection[int] | None = None, at: Moment = None) -> Limits:
    """The limits in force, of these people or (None) of all; one query."""
    rows = ClientLimit.objects.filter(since__lte=business_day(at))
    if user_ids is not None:
        rows = rows.filter(Q(user=None) | Q(user__in=user_ids))
    return _in_force(rows.order_by("-since", "-id").values_list("user", "clients"))


def limits_ahead(after: date | None = None) -> list[ClientLimit]:
    """Limits signed for days that have not come, the nearest first."""
    rows = ClientLimit.objects.filter(since__gt=business_day(after))
    return list(rows.select_related("user").order_by("since", "id"))


def _in_force(newest_first: Iterable[tuple[int | None, int | None]]) -> Limits:
    said: dict[int | None, int | None] = {}
    for user_id, clients in newest_first:
        said.setdefault(user_id, clients)
    everybody = said.pop(None, None)
    return Limits(
        everybody, {pk: clients for pk, clients in said.items() if pk and clients is not None}
    )
