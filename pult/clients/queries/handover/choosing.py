"""Whom a client may be handed to, and which leads may be handed over."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import clients_of
from pult.clients.models import Client, Handover
from pult.clients.models.handover import OPEN
from pult.clients.queries.load import Load, loads
from pult.people.queries import absences_between, business_day, missing

if TYPE_CHECKING:
    from pult.people.models import User

MOST = 500


@dataclass(frozen=True)
class Giver:
    """A manager with the number of their clients; `away_until` is None while nobody knows."""

    user_id: int
    name: str
    clients: int
    is_away: bool
    away_until: date | None


def givers() -> tuple[Giver, ...]:
    """Account managers by name, whose clients may go to others; four queries."""
    today = business_day()
    away = {one.user_id: one.until for one in absences_between(today, today)}
    return tuple(
        Giver(one.user_id, one.name, one.clients, one.user_id in away, away.get(one.user_id))
        for one in loads()
    )


def takers() -> tuple[tuple[int, str], ...]:
    """Managers by name, each with the load, the limit and why they are not here now; six queries
    at most, eight where somebody has hours of their own."""
    gone = missing()
    told = []
    for one in loads():
        parts = [one.name, _load(one)]
        if one.user_id in gone:
            parts.append(gone[one.user_id].words)
        told.append((one.user_id, " · ".join(parts)))
    return tuple(told)


def _load(one: Load) -> str:
    held = _weight(one.held)
    if one.limit is None:
        return _("clients by weight: %(held)s") % {"held": held}
    told = {"held": held, "limit": _weight(one.limit)}
    return _("clients by weight: %(held)s of %(limit)s") % told


def _weight(hundredths: int) -> str:
    units, rest = divmod(hundredths, 100)
    return f"{units},{rest:02}".rstrip("0") if rest else str(units)


def leads_to_hand(user: "User") -> tuple[tuple[int, str], ...]:
    """(id, name) of leads this person sees that nobody hands over yet; one query."""
    going = Handover.objects.filter(state__in=OPEN).values("client")
    leads = clients_of(user).filter(status=Client.Status.LEAD).exclude(pk__in=going)
    return tuple(leads.order_by("name", "pk").values_list("pk", "name")[:MOST])


def leads_on_their_way(user: "User") -> tuple[tuple[int, str], ...]:
    """(handover, client) of leads this person sees that are being handed over; one query."""
    going = Handover.objects.filter(
        state__in=OPEN,
        kind=Handover.Kind.SALES,
        client__in=clients_of(user).values("pk"),
    )
    return tuple(going.order_by("client__name").values_list("pk", "client__name")[:MOST])
