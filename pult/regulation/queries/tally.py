"""How much is asked of the whole agency: counted by the database, kept until the ledger moves on.

A head's day would otherwise read every live row of every client to show twenty-five of them.
"""

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
SET_ASIDE = 10  # rows of each band that asks nothing of anybody now
MANY = 1000  # clients that a query names, and rows set aside that a page shows
ROWS_AN_ACT = 8  # read ahead for each row of the budget: an act rarely discharges more
NEWEST = (
    "SELECT (SELECT max(id) FROM regulation_transition), (SELECT max(id) FROM kernel_fact),"
    " (SELECT max(id) FROM regulation_postponement)"
)
# An act discharges many rows; one without a name only its own.
ACTS = "count(DISTINCT CASE WHEN act <> '' THEN act END) + count(CASE WHEN act = '' THEN 1 END)"
LATE = ACTS.replace("WHEN act", f"WHEN state = {State.OVERDUE.value} AND act")
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

    `asked` is (role, client) → (acts, the earliest due as a minute); `first` are the clients
    that have the most urgent acts and the first rows set aside.
    """

    minute: int
    asked: dict[tuple[str, int], tuple[int, int]]
    burning: int
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
    what = f"role, root_id, {ACTS}, {LATE}, min(due)"
    found = asked.find(what, near, (PLAIN, None), group="root_id, role")
    later = asked.find("count(*)", ("due > %s", week_end))
    return Tally(
        minute=minute,
        asked={(role, root): (acts, first) for role, root, acts, _late, first in found},
        burning=sum(late for _role, _root, _acts, late, _first in found),
        aside=_acts_aside(asked, near),
        later=later[0][0] if later else 0,
        first=_first(asked, near, budget),
        made_for=regulation,
    )


def _first(asked: Asked, near: tuple[str, int], budget: int) -> tuple[int, ...]:
    columns, most = "root_id, role, act, id", "state DESC, due, id"
    read = budget * ROWS_AN_ACT
    found = asked.find(columns, near, (PLAIN, None), order=most, limit=read) if read else []
    acts = dict.fromkeys((root, role, act or pk) for root, role, act, pk in found)
    aside = asked.find(
        "root_id", near, (EXCUSED, None), order="due, id", limit=SET_ASIDE * len(ASIDE_BANDS)
    )
    roots = [root for root, _role, _act in list(acts)[:budget]] + [root for (root,) in aside]
    return tuple(dict.fromkeys(roots))


def _acts_aside(asked: Asked, near: tuple[str, int]) -> dict[str, int]:
    """Band → acts set aside, merged as in the day: any plain row makes an act plain."""
    acts: dict[tuple[str, int, str | int], str] = {}
    for role, root, act, pk, flags in asked.find(
        "role, root_id, act, id, flags", near, (EXCUSED, None)
    ):
        key, band = (role, root, act or pk), band_of_flags(flags)
        acts[key] = min(acts.get(key, band), band, key=ASIDE_BANDS.index)
    if acts:
        roots = tuple({root for _role, root, _act in acts})
        of_them = asked._replace(roots=roots) if len(roots) <= MANY else asked
        for key in of_them.find("DISTINCT role, root_id, act", near, (PLAIN, None)):
            acts.pop(key, None)
    counts: dict[str, int] = {}
    for band in acts.values():
        counts[band] = counts.get(band, 0) + 1
    return counts
