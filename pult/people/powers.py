"""Roles over people: who may give and end them, and who was given one lately.

A role held for a colleague has less power than one's own: it reaches whoever stands below it, never
the colleague nor their equals, and what it gives of the roles that sign ends with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q

from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.models import RoleGrant, User
from pult.people.queries import ahead, business_day, full_names, on_day

APPOINTERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.DIRECTOR, Role.IT)
ONLY_DIRECTOR_GRANTS = {Role.DIRECTOR, Role.HEAD, Role.PRODUCTION_DIRECTOR, Role.IT}
SIGNING = (
    Role.HEAD,
    Role.ACCOUNTANT,
    Role.DIRECTOR,
    Role.PRODUCTION_HEAD,
    Role.PRODUCTION_DIRECTOR,
    Role.IT,
)
POWERS_SHOWN = 20


@dataclass(frozen=True)
class Power:
    """A role that manages people, given to somebody, or with no role a way in that was opened to
    them again; `by` is empty when Pult itself did."""

    person_id: int
    name: str
    role: str
    by: str
    at: datetime


def may_grant(by: User, role: str) -> bool:
    """Whether this person may give that role to somebody, and so end it: by a role of their own, or
    by one they hold for a colleague that stands above it."""
    return may_give_themself(by, role) or any(_is_above(lent, role) for lent in by.acts_for)


def may_give_themself(by: User, role: str) -> bool:
    """The same by a role of their own alone."""
    return not own_roles(by).isdisjoint(givers_of(role))


def gives_until(by: User, role: str) -> date | None:
    """The last day of what they may give of a role that signs, where they hold the power to give it
    for a colleague; None is without end."""
    if role not in SIGNING or may_give_themself(by, role):
        return None
    lent = [held for held in by.acts_for if _is_above(held, role)]
    today = RoleGrant.objects.filter(on_day(business_day()), user=by, role__in=lent)
    return today.exclude(acts_for=None).aggregate(last=Max("until"))["last"]


def own_roles(user: User) -> frozenset[str]:
    """Roles of today that are held for nobody else."""
    return user.roles - user.acts_for.keys()


def givers_of(role: str) -> tuple[Role, ...]:
    """The roles that give this one."""
    return (Role.DIRECTOR, Role.IT) if role in ONLY_DIRECTOR_GRANTS else APPOINTERS


def _is_above(one: str, other: str) -> bool:
    """Whether the first gives the second and not the other way round, as equals do."""
    return one in givers_of(other) and other not in givers_of(one)


def may_touch(by: User, user: User, held: Iterable[str] | None = None) -> bool:
    """Whether `by` could give every role of their own the person holds or is going to hold; what
    the person holds for a colleague on some days does not count, and what `by` holds for one gives
    no power over that colleague. `held` are those roles where they are known already."""
    if by.pk == user.pk:
        return False
    if held is None:
        held = set(user.grants.filter(ahead(), acts_for=None).values_list("role", flat=True))
    if all(may_give_themself(by, role) for role in held):
        return True
    return user.pk not in by.acts_for.values() and all(may_grant(by, role) for role in held)


def was_shut_out(user: User) -> bool:
    """Whether the person's doors were ever shut: their next invitation goes by letter alone."""
    told = Fact.objects.filter(root_id=0, kind="doors_closed", refs__person=user.pk)
    return told.exists()


def powers_given(since: date, *, doors_alone: bool = False) -> list[Power]:
    """Who was made director, head or IT from that day on, and who was let in again, by whom, the
    newest first."""
    powers = Q(
        kind__in=("role_granted", "deputy_named"),
        payload__role__in=[str(role) for role in ONLY_DIRECTOR_GRANTS],
    )
    doors = Q(kind="doors_opened")
    facts = Fact.objects.filter(
        doors if doors_alone else powers | doors, root_id=0, valid_at__date__gte=since
    )
    rows = list(facts.select_related("actor").order_by("-valid_at", "-pk")[:POWERS_SHOWN])
    names = full_names(fact.refs["person"] for fact in rows)
    return [
        Power(
            fact.refs["person"],
            names.get(fact.refs["person"], ""),
            fact.payload.get("role", ""),
            str(fact.actor or ""),
            fact.valid_at,
        )
        for fact in rows
    ]
