"""*Мой день*: what the regulation asks of somebody now, one row an act, within the noise budget.

Rows are chosen by a few columns first; only those that are shown are read whole.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.calendars import local_day
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation, Postponement
from pult.regulation.parameters import number
from pult.regulation.providers import providers
from pult.regulation.queries.briefs import (
    ASIDE_BANDS,
    BANDS,
    Act,
    Brief,
    briefs,
    merge,
    urgency,
)
from pult.regulation.queries.rows import LedgerRow, live, moment, rows_from
from pult.regulation.queries.tally import Tally, set_aside, tally

NOISE_ROWS = ("noise.rows", 25)
WEEK = 5
TOTALLED = ("burning", *ASIDE_BANDS)
FOLDS = 20  # clients named in the fold
SET_ASIDE = 10  # rows of each band that asks nothing of anybody now
PASSED = "passed"
ROWS_AN_ACT = 8  # read ahead for each row of the budget: an act rarely discharges more


@dataclass(frozen=True)
class Passed:
    """Subjects whose `act` has been begun and is with somebody else now."""

    act: str
    subject_type: str
    subjects: Collection[int]


@dataclass(frozen=True)
class DayRow:
    """One thing to do: an act for a client, with every clause it discharges.

    `due` is the earliest; `rows` stand by due date. `band` is burning, today, week, waiting,
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

    `totals` counts what burns and each band that waits, shown or not; `folded` names the clients
    with the nearest of what the budget left out, `folded_clients` counts them all. `tally` is
    there for whoever sees every client.
    """

    burning: tuple[DayRow, ...]
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


def day_rows(
    root_ids: Collection[int] | None,
    roles: Collection[str],
    now: datetime,
    *,
    shadow: bool = False,
    whole: str = "",
    passed: Passed | None = None,
) -> Day:
    """The day of somebody who holds these clients (None: all) and acts in these roles.

    Shadow rows are for nobody's day unless the head asks for them. Of the bands that only wait
    the first rows are shown; `whole` names the one to show in full. Rows `passed` to somebody
    else are shown apart and burn for nobody here.
    """
    minute = clock.to_minute(now)
    today, week_end = _horizons(minute)
    asked = _asked(root_ids, roles, Mode.SHADOW if shadow else Mode.VISIBLE)
    hidden = _postponed(asked.filter(due__lte=week_end), root_ids, minute)
    if hidden:
        asked = asked.exclude(pk__in=hidden)
    elsewhere = _passed(asked.filter(due__lte=week_end), passed)
    if elsewhere:
        asked = asked.exclude(pk__in=[row.id for row in elsewhere])
    near = asked.filter(due__lte=week_end)
    budget = number(*NOISE_ROWS)
    if root_ids is None:
        counted = tally(asked, (tuple(sorted(roles)), shadow), minute, week_end)
        acts = merge(_most_urgent(near, budget), today)
    else:
        counted = None
        acts = merge(briefs(near.order_by("due", "id")), today)
    main = sorted((act for act in acts if act.band in BANDS), key=urgency)[:budget]
    aside = {band: [act for act in acts if act.band == band] for band in ASIDE_BANDS}
    aside[PASSED] = [act._replace(band=PASSED) for act in merge(elsewhere, today)]
    few = {band: all_[: None if band == whole else SET_ASIDE] for band, all_ in aside.items()}
    shown = _whole_rows([*main, *(act for some in few.values() for act in some)])
    later = counted.later if counted else asked.filter(due__gt=week_end).count()
    left = _left_out(acts, main, counted)
    return Day(
        **{band: tuple(shown[act] for act in main if act.band == band) for band in BANDS},
        **{band: tuple(shown[act] for act in some) for band, some in few.items()},
        folded=_folds(left),
        folded_clients=len(left),
        count=counted.count if counted else sum(act.band in BANDS for act in acts),
        totals={**_totals(acts, counted), PASSED: len(aside[PASSED])},
        later=later,
        postponed=len(hidden),
        tally=counted,
    )


def _horizons(minute: int) -> tuple[int, int]:
    calendar = registry.current().calendars.newest(0)
    day = int(calendar.day_of(minute))
    last = int(calendar.add_workdays(day, WEEK))
    return int(calendar.midnight(day + 1)) - 1, int(calendar.midnight(last + 1)) - 1


def _asked(
    root_ids: Collection[int] | None, roles: Collection[str], mode: Mode
) -> QuerySet[Obligation]:
    rows = live(Obligation.objects.filter(role__in=roles, mode__gte=mode))
    rows = rows.filter(state__in=(State.OPEN, State.OVERDUE))
    return rows if root_ids is None else rows.filter(root_id__in=root_ids)


def _postponed(
    near: QuerySet[Obligation], root_ids: Collection[int] | None, minute: int
) -> list[int]:
    """Ids of the rows of these weeks that somebody put off."""
    said = Postponement.objects.filter(until__gt=local_day(minute))
    if root_ids is not None:
        said = said.filter(root_id__in=root_ids)
    keys = set(said.values_list("clause", "part", "subject_type", "subject_id", "row_key"))
    if not keys:
        return []
    found = near.filter(
        clause__in={key[0] for key in keys}, subject_id__in={key[3] for key in keys}
    )
    return [row.id for row in briefs(found) if row.identity in keys]


def _passed(near: QuerySet[Obligation], passed: Passed | None) -> list[Brief]:
    """The rows of these weeks that wait for somebody else, and that nothing else excuses."""
    if passed is None or not passed.subjects:
        return []
    rows = set_aside(near, aside=False).filter(act=passed.act, subject_type=passed.subject_type)
    return briefs(rows.filter(subject_id__in=passed.subjects).order_by("due", "id"))


def _most_urgent(near: QuerySet[Obligation], budget: int) -> list[Brief]:
    """Every row of the clients that have the most urgent acts and the first rows set aside."""
    plain = set_aside(near, aside=False).order_by("-state", "due", "id")
    first = plain.values_list("root_id", "role", "act", "id")[: budget * ROWS_AN_ACT]
    acts = dict.fromkeys((root, role, act or pk) for root, role, act, pk in first)
    roots = {root for root, _role, _act in list(acts)[:budget]}
    aside = set_aside(near, aside=True).order_by("due", "id")
    roots |= set(aside.values_list("root_id", flat=True)[: SET_ASIDE * len(ASIDE_BANDS)])
    return briefs(near.filter(root_id__in=roots).order_by("due", "id")) if roots else []


def _whole_rows(acts: Collection[Act]) -> dict[Act, DayRow]:
    """The acts with all there is to say about their rows."""
    wanted = [row.id for act in acts for row in act.rows]
    rows = {row.id: row for row in rows_from(Obligation.objects.filter(pk__in=wanted))}
    return {act: _day_row(act, rows) for act in acts}


def _day_row(act: Act, known: Mapping[int, LedgerRow]) -> DayRow:
    rows = tuple(known[row.id] for row in act.rows)
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


def _left_out(
    acts: Iterable[Act], shown: Collection[Act], counted: Tally | None
) -> dict[int, tuple[int, int]]:
    """Client → (how many things the budget left out, the earliest due)."""
    left: dict[int, tuple[int, int]] = {}
    if counted:
        for (_role, root), (count, due) in counted.asked.items():
            before = left.get(root, (0, due))
            left[root] = before[0] + count, min(before[1], due)
        for act in shown:
            count, due = left.get(act.root_id, (0, 0))
            left[act.root_id] = count - 1, due
        return {root: found for root, found in left.items() if found[0] > 0}
    seen = set(shown)
    for act in acts:
        if act.band in BANDS and act not in seen:
            count, due = left.get(act.root_id, (0, act.due))
            left[act.root_id] = count + 1, min(due, act.due)
    return left


def _folds(left: Mapping[int, tuple[int, int]]) -> tuple[Folded, ...]:
    nearest = sorted(left, key=lambda root: (left[root][1], root))[:FOLDS]
    names = providers().names({("client", root) for root in nearest}) if nearest else {}
    return tuple(
        Folded(root, names.get(("client", root), ""), left[root][0], moment(left[root][1]))
        for root in nearest
    )


def _totals(acts: Iterable[Act], counted: Tally | None) -> dict[str, int]:
    if counted:
        return {"burning": counted.burning, **counted.aside}
    totals: dict[str, int] = {}
    for act in acts:
        if act.band in TOTALLED:
            totals[act.band] = totals.get(act.band, 0) + 1
    return totals
