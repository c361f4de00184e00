"""How much is asked of the whole agency: counted by the database, kept until the ledger moves on.

A head's day would otherwise read every live row of every client to show twenty-five of them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from pult.regulation import registry
from pult.regulation.evaluate.table import Flag, State
from pult.regulation.models import Obligation
from pult.regulation.providers import providers
from pult.regulation.queries.rows import moment

KEPT = 8
ASIDE_BANDS = ("waiting", "disputed", "no_data")
ASIDE = Flag.DISPUTED | Flag.NO_DATA | Flag.WAITS_CLIENT
NEWEST = (
    "SELECT (SELECT max(id) FROM regulation_transition), (SELECT max(id) FROM kernel_fact),"
    " (SELECT max(id) FROM regulation_postponement)"
)
_kept: dict[tuple[object, ...], "Tally"] = {}


@dataclass(frozen=True)
class Held:
    """What is asked of one person: `user_id` 0 when nobody holds the role there."""

    user_id: int
    count: int
    clients: int
    due: datetime | None


@dataclass(frozen=True)
class Tally:
    """Acts asked for within the week, those that burn and rows set aside by band.

    `asked` is (role, client) → (acts, the earliest due as a minute).
    """

    minute: int
    asked: dict[tuple[str, int], tuple[int, int]]
    burning: int
    aside: dict[str, int]
    later: int
    made_for: object = field(repr=False, compare=False, default=None)

    @cached_property
    def count(self) -> int:
        return sum(acts for acts, _due in self.asked.values())

    @cached_property
    def by_holder(self) -> tuple[Held, ...]:
        """By whoever answers for it now, the one with most to do first."""
        held: dict[int, list[tuple[int, int]]] = {}
        for role in {role for role, _root in self.asked}:
            answers = providers().holders(role, self.minute, None)
            for (asked_of, root), found in self.asked.items():
                if asked_of == role:
                    held.setdefault(answers.get(root, 0), []).append(found)
        people = [
            Held(
                user,
                sum(acts for acts, _ in found),
                len(found),
                moment(min(due for _, due in found)),
            )
            for user, found in held.items()
        ]
        return tuple(sorted(people, key=lambda one: (-one.count, one.user_id)))


def tally(
    asked: QuerySet[Obligation], key: tuple[object, ...], minute: int, week_end: int
) -> Tally:
    """Counts over the live rows `asked`; `key` names what they were chosen by.

    Kept while no row of the ledger moved and nothing was recorded, for a minute at the most.
    """
    regulation = registry.current()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        key = (*key, minute, week_end, *cursor.fetchone())
    found = _kept.get(key)
    if found is None or found.made_for is not regulation:
        found = _count(asked, minute, week_end, regulation)
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = found
    return found


def band_of_flags(flags: int) -> str:
    """Why a row is set aside: disputed, no_data or waiting; empty when it is not."""
    if flags & Flag.DISPUTED:
        return "disputed"
    if flags & Flag.NO_DATA:
        return "no_data"
    return "waiting" if flags & Flag.WAITS_CLIENT else ""


def set_aside(rows: QuerySet[Obligation], *, aside: bool) -> QuerySet[Obligation]:
    """The rows that something excuses, or those that nothing does."""
    rows = rows.alias(excused=F("flags").bitand(ASIDE))
    return rows.exclude(excused=0) if aside else rows.filter(excused=0)


def _count(asked: QuerySet[Obligation], minute: int, week_end: int, regulation: object) -> Tally:
    near = asked.filter(due__lte=week_end)
    found = list(
        set_aside(near, aside=False)
        .order_by()
        .values_list("role", "root_id")
        .annotate(acts=_acts(Q()), late=_acts(Q(state=State.OVERDUE)), first=Min("due"))
    )
    return Tally(
        minute=minute,
        asked={(role, root): (acts, first) for role, root, acts, _late, first in found},
        burning=sum(late for _role, _root, _acts, late, _first in found),
        aside=_acts_aside(near),
        later=asked.filter(due__gt=week_end).count(),
        made_for=regulation,
    )


def _acts_aside(near: QuerySet[Obligation]) -> dict[str, int]:
    """Band → acts set aside, merged as in the day: any plain row makes an act plain."""
    excused = set_aside(near, aside=True).order_by()
    acts: dict[tuple[str, int, str | int], str] = {}
    for role, root, act, pk, flags in excused.values_list("role", "root_id", "act", "pk", "flags"):
        key, band = (role, root, act or pk), band_of_flags(flags)
        acts[key] = min(acts.get(key, band), band, key=ASIDE_BANDS.index)
    if acts:
        plain = set_aside(near, aside=False).filter(root_id__in=excused.values("root_id"))
        for role, root, act in plain.order_by().values_list("role", "root_id", "act").distinct():
            acts.pop((role, root, act), None)
    counts: dict[str, int] = {}
    for band in acts.values():
        counts[band] = counts.get(band, 0) + 1
    return counts


def _acts(rows: Q) -> CombinedExpression:
    """How many acts discharge these rows of one role and client."""
    named = Count("act", distinct=True, filter=rows & ~Q(act=""))
    return named + Count("pk", filter=rows & Q(act=""))
