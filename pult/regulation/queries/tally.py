"""How much is asked of the whole agency: counted by the database, kept until the ledger moves on.

A head's day would otherwise read every live row of every client to show twenty-five of them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import connection

from pult.regulation import registry
from pult.regulation.evaluate.table import Flag, State
from pult.regulation.providers import providers
from pult.regulation.queries.asked import EXCUSED, PLAIN, Asked
from pult.regulation.queries.rows import moment

KEPT = 8
FLAGS = {"waiting": Flag.WAITS_CLIENT, "disputed": Flag.DISPUTED, "no_data": Flag.NO_DATA}
ASIDE_BANDS = tuple(FLAGS)
SET_ASIDE = 10  # acts of each band that asks nothing of anybody now
MANY = 1000  # clients that a query names, and rows set aside that a page shows
NEWEST = (
    "SELECT (SELECT max(id) FROM regulation_transition), (SELECT max(id) FROM kernel_fact),"
    " (SELECT max(id) FROM regulation_postponement)"
)
# An act discharges many rows; one without a name only its own.
ACTS = (
    f"count(DISTINCT CASE WHEN {PLAIN} AND act <> '' THEN act END)"
    f" + count(CASE WHEN {PLAIN} AND act = '' THEN 1 END)"
)
LATE = ACTS.replace("WHEN", f"WHEN state = {State.OVERDUE.value} AND")
EARLIEST = f"min(CASE WHEN {PLAIN} THEN due END)"
ROWS_ASIDE = f"count(CASE WHEN {EXCUSED} THEN 1 END)"
BAND = (
    "min(CASE"
    f" WHEN (flags & {Flag.DISPUTED.value}) <> 0 THEN {ASIDE_BANDS.index('disputed')}"
    f" WHEN (flags & {Flag.NO_DATA.value}) <> 0 THEN {ASIDE_BANDS.index('no_data')}"
    f" ELSE {ASIDE_BANDS.index('waiting')} END), root_id"
)
ONE_ACT_ASIDE = (
    "role, root_id, act, CASE WHEN act = '' THEN id END"
    f" HAVING count(CASE WHEN {PLAIN} THEN 1 END) = 0"
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
    """Acts asked for within the week, those overdue and rows set aside by band.

    `asked` is (role, client) → (acts, the earliest due as a minute); `first` are the clients
    that have the most urgent acts and the first rows set aside.
    """

    minute: int
    asked: dict[tuple[str, int], tuple[int, int]]
    overdue: int
    aside: dict[str, int]
    later: int
    first: tuple[int, ...] = ()
    made_for: object = field(repr=False, compare=False, default=None)

    @cached_property
    def count(self) -> int:
        return sum(acts for acts, _due in self.asked.values())

    @cached_property
    def by_root(self) -> Mapping[int, tuple[int, int]]:
        """Client → (acts, the earliest due), the client with the earliest on top."""
        found: dict[int, tuple[int, int]] = {}
        for (_role, root), (count, due) in self.asked.items():
            before = found.get(root, (0, due))
            found[root] = before[0] + count, min(before[1], due)
        return dict(sorted(found.items(), key=lambda one: (one[1][1], one[0])))

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


def tally(asked: Asked, minute: int, week_end: int, budget: int) -> Tally:
    """Counts over the rows `asked`, and the clients to look at for `budget` acts.

    Kept while no row of the ledger moved and nothing was recorded, for a minute at the most.
    """
    regulation = registry.current()
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        key = (asked, minute, week_end, budget, *cursor.fetchone())
    found = _kept.get(key)
    if found is None or found.made_for is not regulation:
        found = _count(asked, minute, week_end, budget, regulation)
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


def _count(asked: Asked, minute: int, week_end: int, budget: int, regulation: object) -> Tally:
    near = ("due <= %s", week_end)
    what = f"role, root_id, {ACTS}, {LATE}, {EARLIEST}, {ROWS_ASIDE}"
    found = asked.find(what, near, group="root_id, role")
    plain = [(role, root, acts, late, due) for role, root, acts, late, due, _aside in found if acts]
    aside = _acts_aside(asked, near, {root for _role, root, *_plain, rows in found if rows})
    later = asked.find("count(*)", ("due > %s", week_end))
    return Tally(
        minute=minute,
        asked={(role, root): (acts, due) for role, root, acts, _late, due in plain},
        overdue=sum(late for _role, _root, _acts, late, _due in plain),
        aside=Counter(ASIDE_BANDS[band] for band, _root in aside),
        later=later[0][0] if later else 0,
        first=tuple(dict.fromkeys(_most_urgent(plain, budget) + _first_of_each_band(aside))),
        made_for=regulation,
    )


def _most_urgent(plain: list[tuple[str, int, int, int, int]], budget: int) -> list[int]:
    """The clients of the `budget` most urgent acts: no more than that many have one of them."""
    overdue_first = sorted(plain, key=lambda found: (not found[3], found[4], found[1]))
    return list(dict.fromkeys(root for _role, root, *_acts in overdue_first))[:budget]


def _first_of_each_band(aside: list[tuple[int, int]]) -> list[int]:
    return [
        root
        for band in range(len(ASIDE_BANDS))
        for root in [of for found, of in aside if found == band][:SET_ASIDE]
    ]


def _acts_aside(asked: Asked, near: tuple[str, int], roots: set[int]) -> list[tuple[int, int]]:
    """(band as its place in ASIDE_BANDS, client) of the acts set aside, by due date; merged as in
    the day: any plain row makes an act plain."""
    of_them = asked._replace(roots=tuple(sorted(roots))) if len(roots) <= MANY else asked
    acts = of_them.find(BAND, near, group=ONE_ACT_ASIDE, order="min(due), min(id)")
    return [(band, root) for band, root in acts]
