"""Roles over people: who may give and end them, and who was given one lately."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.models import User
from pult.people.queries import Moment, business_day, full_names

APPOINTERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.DIRECTOR, Role.IT)
ONLY_DIRECTOR_GRANTS = {Role.DIRECTOR, Role.HEAD, Role.PRODUCTION_DIRECTOR, Role.IT}
POWERS_SHOWN = 20


@dataclass(frozen=True)
class Power:
    """A role that manages people, given to somebody; `by` is empty when Pult itself did."""

    person_id: int
    name: str
    role: str
    by: str
    at: datetime


def may_grant(by: User, role: str) -> bool:
    """Whether this person may give that role to somebody, and so end it."""
    if role in ONLY_DIRECTOR_GRANTS:
        return not by.roles.isdisjoint((Role.DIRECTOR, Role.IT))
    return not by.roles.isdisjoint(APPOINTERS)


def may_touch(by: User, user: User, at: Moment = None) -> bool:
    """Whether `by` could give every role of their own the person holds or is going to hold; what
    they hold for a colleague on some days is no power over whoever may touch them."""
    ahead = Q(until__isnull=True) | Q(until__gte=business_day(at))
    held = user.grants.filter(ahead, acts_for=None).values_list("role", flat=True)
    return by.pk != user.pk and all(may_grant(by, role) for role in held)


def powers_given(since: date) -> list[Power]:
    """Who was made director, head or IT from that day on, by whom, the newest first."""
    facts = Fact.objects.filter(
        kind__in=("role_granted", "deputy_named"),
        root_id=0,
        valid_at__date__gte=since,
        payload__role__in=[str(role) for role in ONLY_DIRECTOR_GRANTS],
    )
    rows = list(facts.select_related("actor").order_by("-valid_at", "-pk")[:POWERS_SHOWN])
    names = full_names(fact.refs["person"] for fact in rows)
    return [
        Power(
            fact.refs["person"],
            names.get(fact.refs["person"], ""),
            fact.payload["role"],
            str(fact.actor or ""),
            fact.valid_at,
        )
        for fact in rows
    ]
