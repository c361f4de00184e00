"""*Мой день*: what the regulation asks of somebody now, one row an act, within the noise budget.

One reading of the rows, one of the names; what is chosen among them costs no more queries.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.parameters import number
from pult.regulation.providers import Subject, providers
from pult.regulation.queries.asked import Asked
from pult.regulation.queries.merging import ASIDE_BANDS, BANDS, Act, merge, urgency
from pult.regulation.queries.near import Passed, Said, found_among
from pult.regulation.queries.rows import LedgerRow, moment, named_row, subjects_of, words_of
from pult.regulation.queries.tally import SET_ASIDE, Tally

NOISE_ROWS = ("noise.rows", 25)
WEEK = 5
TOTALLED = ("overdue", *ASIDE_BANDS)
FOLDS = 20  # clients named in the fold
PASSED = "passed"


@dataclass(frozen=True)
class DayRow:
    """One thing to do: an act for a client, with every clause it discharges.

    `due` is the earliest; `rows` stand by due date. `band` is overdue, today, week, waiting,
    disputed, no_data or passed.
    """

    root_id: int
    client: str
    act: str
    role: str
    band: str
    due: datetime | None
    clauses: tuple[str, ...]
    rows: tuple[LedgerRow, ...]

    @property
    def first(self) -> LedgerRow:
        """The most urgent of the rows."""
        return self.rows[0]

    @property
    def is_breach(self) -> bool:
        return any(row.is_breach for row in self.rows)


@dataclass(frozen=True)
class Folded:
    """What the noise budget left out, by client."""

    root_id: int
    client: str
    count: int
    due: datetime | None


@dataclass(frozen=True)
class Day:
    """A person's day. `later` and `postponed` are how many rows are not shown yet.

    `totals` counts what is overdue and each band that waits, shown or not; `folded` names the
    clients with the nearest of what the budget left out, `folded_clients` counts them all. `tally`
    is there for whoever sees every client.
    """

    overdue: tuple[DayRow, ...]
    today: tuple[DayRow, ...]
    week: tuple[DayRow, ...]
    waiting: tuple[DayRow, ...]
    disputed: tuple[DayRow, ...]
    no_data: tuple[DayRow, ...]
    folded: tuple[Folded, ...]
    folded_clients: int
    count: int
    totals: Mapping[str, int]
    later: int
    postponed: int
    tally: Tally | None = field(default=None, compare=False)
    passed: tuple[DayRow, ...] = ()
    put_off: Mapping[tuple[Any, ...], Said] = field(default_factory=dict)


def day_rows(
    root_ids: Collection[int] | None,
    roles: Collection[str],
    now: datetime,
    *,
    shadow: bool = False,
    whole: str = "",
    passed: Passed | None = None,
    overseer: int = 0,
) -> Day:
    """The day of somebody who holds these clients (None: all) and acts in these roles.

    Shadow rows are for nobody's day unless the head asks for them. Of the bands that only wait
    the first rows are shown; `whole` names the one to show in full. Rows `passed` to somebody
    else are shown apart and burn for nobody here. `overseer` is who looks over everybody: rows that
    others put off burn in that day all the same once they are overdue.
    """
    minute = clock.to_minute(now)
    today, week_end = _horizons(minute)
    roots = None if root_ids is None else tuple(sorted(root_ids))
    asked = Asked(roots, tuple(sorted(roles)), Mode.SHADOW if shadow else Mode.VISIBLE)
    budget = number(*NOISE_ROWS)
    found = found_among(
        asked, minute, week_end, budget, whole=whole, passed=passed, overseer=overseer
    )
    counted, acts = found.tally, merge(found.near, today)
    main = sorted((act for act in acts if act.band in BANDS), key=urgency)[:budget]
    aside = {band: [act for act in acts if act.band == band] for band in ASIDE_BANDS}
    aside[PASSED] = [act._replace(band=PASSED) for act in merge(found.passed, today)]
    few = {band: all_[: None if band == whole else SET_ASIDE] for band, all_ in aside.items()}
    left = _left_of_all(counted, main) if counted else _left_out(acts, main)
    nearest = list(islice(left, FOLDS))
    shown = [*main, *(act for some in few.values() for act in some)]
    names = _names(shown, nearest)
    rows = _day_rows(shown, names)
    return Day(
        **{band: tuple(rows[act.id] for act in main if act.band == band) for band in BANDS},
        **{band: tuple(rows[act.id] for act in some) for band, some in few.items()},
        folded=tuple(
            Folded(root, names.get(("client", root), ""), left[root][0], moment(left[root][1]))
            for root in nearest
        ),
        folded_clients=len(left),
        count=counted.count if counted else sum(act.band in BANDS for act in acts),
        totals={**_totals(acts, counted), PASSED: len(aside[PASSED])},
        later=found.later,
        postponed=found.hidden,
        tally=counted,
        put_off=found.put_off,
    )


def _horizons(minute: int) -> tuple[int, int]:
    calendar = registry.current().calendars.newest(0)
    day = int(calendar.day_of(minute))
    last = int(calendar.add_workdays(day, WEEK))
    return int(calendar.midnight(day + 1)) - 1, int(calendar.midnight(last + 1)) - 1


def _names(acts: Iterable[Act], roots: Iterable[int]) -> Mapping[Subject, str]:
    """Names of all that is shown and of the folded clients, looked up at once."""
    wanted = subjects_of(row for act in acts for row in act.rows)
    wanted |= {("client", root) for root in roots}
    return providers().names(wanted) if wanted else {}


def _day_rows(acts: Collection[Act], names: Mapping[Subject, str]) -> dict[int, DayRow]:
    """The acts, by their id, with all there is to say about their rows."""
    words = iter(words_of([row for act in acts for row in act.rows], names))
    return {act.id: _day_row(act, tuple(islice(words, len(act.rows)))) for act in acts}


@lru_cache(maxsize=2048)
def _day_row(act: Act, words: tuple[tuple[str, str, str], ...]) -> DayRow:
    """Kept for all that it says: from one look at a day to the next a row or two of it change."""
    rows = tuple(named_row(row, *said) for row, said in zip(act.rows, words, strict=True))
    return DayRow(
        root_id=act.root_id,
        client=rows[0].client,
        act=rows[0].act,
        role=rows[0].role,
        band=act.band,
        due=rows[0].due,
        clauses=tuple(dict.fromkeys(row.clause for row in rows)),
        rows=rows,
    )


def _left_out(acts: Iterable[Act], shown: Iterable[Act]) -> dict[int, tuple[int, int]]:
    """Client → (how many things the budget left out, the earliest due), that one on top."""
    left: dict[int, tuple[int, int]] = {}
    seen = {act.id for act in shown}
    for act in acts:
        if act.band in BANDS and act.id not in seen:
            count, due = left.get(act.root_id, (0, act.due))
            left[act.root_id] = count + 1, min(due, act.due)
    return dict(sorted(left.items(), key=lambda one: (one[1][1], one[0])))


def _left_of_all(counted: Tally, shown: Iterable[Act]) -> dict[int, tuple[int, int]]:
    """The same of what was counted: everything but what is shown."""
    left = dict(counted.by_root)
    for act in shown:
        count, due = left.get(act.root_id, (0, 0))
        if count > 1:
            left[act.root_id] = count - 1, due
        else:
            left.pop(act.root_id, None)
    return left


def _totals(acts: Iterable[Act], counted: Tally | None) -> dict[str, int]:
    if counted:
        return {"overdue": counted.overdue, **counted.aside}
    totals: dict[str, int] = {}
    for act in acts:
        if act.band in TOTALLED:
            totals[act.band] = totals.get(act.band, 0) + 1
    return totals
