"""Keeping the ledger equal to `evaluate`: a client's cells at a time, inside its own lock.

Whoever calls `settle` holds the client's lock, so that two writers cannot both read old facts and
the later one overwrite what the earlier one saw.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from pult.kernel import bulk, clock
from pult.kernel.facts import lock_roots
from pult.kernel.memory import no_collections
from pult.kernel.models import Fact
from pult.kernel.statements import answers, at_once, carry_out
from pult.regulation import registry
from pult.regulation.difference import (
    CALENDAR,
    DUE,
    EDITION,
    IDENTITY,
    PARAMETER,
    ROOT,
    STATE,
    VALUES,
    Cell,
    Difference,
    Identity,
    Values,
    by_identity,
    compare,
    lines,
    of_root,
    wakes,
)
from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import Facts
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.reading import asking, packed
from pult.regulation.registry import Regulation, Together

CELLS_AT_ONCE = 50
ROOTS_AT_ONCE = 100
CLIENT = "client"
LINES = f"SELECT {', '.join((*IDENTITY, *VALUES))} FROM regulation_obligation"
TIMERS = "SELECT clause, wake_at FROM regulation_timer"
SAME = " AND ".join(f"{column} = %s" for column in IDENTITY)
TRANSITION = (
    *IDENTITY,
    "root_id",
    "known_at",
    "from_state",
    "to_state",
    "due",
    "cause",
    "cause_fact",
    "edition_id",
    "parameter_value",
    "calendar_version",
)
MOVED = (
    f"INSERT INTO regulation_transition ({', '.join(TRANSITION)}) "
    f"VALUES ({', '.join(['%s'] * len(TRANSITION))})"
)


@dataclass(frozen=True)
class Cause:
    """Why rows are looked at again: fact | time | parameter | calendar | mode | edition | sweep;
    for a fact, its id."""

    code: str
    fact: int = 0


def settle(root_id: int, clauses: Collection[str], cause: Cause, now: int | None = None) -> int:
    """Evaluate these clauses (and those they read) for one client and write what changed.

    `now` in minutes, by default the clock's. Returns how many rows were written or removed.
    Call it inside `acting(root_id)` or with the client's lock held.
    """
    now = clock.to_minute(clock.now()) if now is None else now
    regulation = registry.current()
    cells = regulation.together(clauses)
    if not cells.cards:
        return 0
    return _settle(regulation, root_id, cells, _stored(root_id, cells), cause, now)


@dataclass(frozen=True)
class Stored:
    """What is known of a client's cells: the facts, the ledger's whole lines, the timers."""

    facts: Facts
    lines: list[Values]
    timers: dict[Cell, int]


def _stored(root_id: int, cells: Together) -> Stored:
    told = [root_id, *sorted(cells.clauses)]
    marks = ", ".join(["%s"] * len(cells.clauses))
    rows, timers, *facts = answers(
        (f"{LINES} WHERE root_id = %s AND clause IN ({marks})", told),
        (f"{TIMERS} WHERE root_id = %s AND clause IN ({marks})", told),
        *asking(root_id, cells.kinds, cells.agency_kinds),
    )
    return Stored(
        packed(list(chain.from_iterable(facts))),
        rows,
        {(root_id, clause): wake for clause, wake in timers},
    )


def _settle(
    regulation: Regulation, root_id: int, cells: Together, stored: Stored, cause: Cause, now: int
) -> int:
    parameters = regulation.parameters(cells.clauses, [root_id])
    ledger = evaluate(cells.cards, stored.facts, parameters, regulation.calendars, now)
    if cells.agency_kinds:
        ledger = of_root(ledger, root_id)
    # Most rows say what they said: whole lines are compared, their parts only where they differ.
    had = dict.fromkeys(stored.lines, True)
    fresh = [line for line in lines(ledger, cells.cards) if not had.pop(line, False)]
    standing = by_identity(had)
    difference = compare(by_identity(fresh), standing)
    wanted = wakes(ledger, cells.cards, now)
    if difference or wanted != stored.timers:
        with at_once():
            write(difference, {}, cause, now, standing)
            set_timers(root_id, stored.timers, wanted)
    return len(difference.written) + len(difference.gone)


def write(
    difference: Difference,
    first_seen: Mapping[Identity, int],
    cause: Cause,
    now: int,
    standing: Mapping[Identity, Values] | None = None,
) -> None:
    """Apply a difference: rows, transitions; nothing is said when nothing changed.

    Of rows known to stand as in `standing` only what changed is written.
    """
    standing = standing or {}
    whole = [
        (*identity, *values, first_seen.get(identity, now), now)
        for identity, values in difference.written.items()
        if identity not in standing
    ]
    if whole:
        columns = (*IDENTITY, *VALUES, "first_seen", "changed_at")
        bulk.upsert("regulation_obligation", columns, whole, key=IDENTITY)
    if len(whole) < len(difference.written):
        _amend(difference.written, standing, now)
    if difference.gone:
        carry_out(f"DELETE FROM regulation_obligation WHERE {SAME}", list(difference.gone))
    if difference.moved:
        carry_out(MOVED, [_transition(*move, cause, now) for move in difference.moved])


def _amend(
    written: Mapping[Identity, Values], standing: Mapping[Identity, Values], now: int
) -> None:
    """Most acts change a count alone: the indexes of a row are left in peace."""
    by_places: dict[tuple[int, ...], list[tuple[object, ...]]] = {}
    for identity in filter(standing.__contains__, written):
        old, new = standing[identity], written[identity]
        places = tuple(place for place, value in enumerate(new) if value != old[place])
        row = (*(new[place] for place in places), now, *identity)
        by_places.setdefault(places, []).append(row)
    for places, rows in by_places.items():
        changes = "".join(f"{VALUES[place]} = %s, " for place in places)
        carry_out(f"UPDATE regulation_obligation SET {changes}changed_at = %s WHERE {SAME}", rows)


def _transition(
    identity: Identity, old: Values | None, new: Values | None, cause: Cause, now: int
) -> tuple[object, ...]:
    values = new or old
    assert values is not None
    return (
        *identity,
        values[ROOT],
        now,
        old[STATE] if old else -1,
        new[STATE] if new else -1,
        values[DUE],
        cause.code,
        cause.fact,
        values[EDITION],
        values[PARAMETER],
        values[CALENDAR],
    )


def set_timers(root_id: int, have: Mapping[Cell, int], wanted: Mapping[Cell, int]) -> None:
    """Make a client's timers, of which these are stored, exactly `wanted`."""
    write_timers(
        root_id,
        {cell: wake for cell, wake in wanted.items() if have.get(cell) != wake},
        [clause for _root, clause in have.keys() - wanted.keys()],
    )


def write_timers(root_id: int, changed: Mapping[Cell, int], stale: Collection[str]) -> None:
    """Write changed timers of a client and remove those of `stale` clauses."""
    if changed:
        rows = [(*cell, wake) for cell, wake in changed.items()]
        columns = ("root_id", "clause", "wake_at")
        bulk.upsert("regulation_timer", columns, rows, key=("root_id", "clause"))
    if stale:
        carry_out(
            "DELETE FROM regulation_timer WHERE root_id = %s AND clause = %s",
            [(root_id, clause) for clause in stale],
        )


def mark(cells: Iterable[Cell], reason: str) -> None:
    """Leave (client, clause) cells to the worker; ALL_ROOTS means every client, "" every clause."""
    rows = [(*cell, reason) for cell in sorted(set(cells))]
    if rows:
        bulk.insert("regulation_dirty", ("root_id", "clause", "reason"), rows)


@no_collections()
def judge(facts: Sequence[Fact]) -> None:
    """Evaluate, before the action commits, the cells its facts touch; too many go to the worker."""
    regulation = registry.current()
    roots = sorted({fact.root_id for fact in facts})
    lock_roots(roots)
    for root_id in roots:
        own = [fact for fact in facts if fact.root_id == root_id]
        kinds = {_kind(fact) for fact in own}
        clauses = regulation.touched_by(kinds)
        if root_id == 0:
            mark([(ALL_ROOTS, clause) for clause in regulation.touched_everywhere(kinds)], "fact")
        cells = regulation.together(clauses)
        if not cells.cards:
            continue
        stored = _stored(root_id, cells)
        if count_cells(cells.cards, stored.facts) > CELLS_AT_ONCE:
            mark([(root_id, clause) for clause in clauses], "fact")
            continue
        cause = Cause("fact", max(fact.pk for fact in own))
        _settle(regulation, root_id, cells, stored, cause, clock.to_minute(clock.now()))


def _kind(fact: Fact) -> str:
    return fact.voids.kind if fact.voids_id else fact.kind


def count_cells(cards: Iterable[Card], facts: Facts) -> int:
    """How many (subject, clause) cells an evaluation of a client's facts looks at."""
    subjects = {card.clause: card.subject for card in cards}
    known = {CLIENT: 1}
    for name in facts.refs.keys() & set(subjects.values()) - {CLIENT}:
        known[name] = len(np.unique(facts.refs[name]))
    return sum(known.get(subject, 0) for subject in subjects.values())


def postpone_judgement(touched: set[tuple[int, str]]) -> None:
    """Mark what an imported chunk touched; the worker evaluates it once the chunk stands."""
    regulation = registry.current()
    kinds = {kind for _root, kind in touched}
    if len({root for root, _kind in touched}) > ROOTS_AT_ONCE:
        mark([(ALL_ROOTS, clause) for clause in _clauses(regulation, kinds)], "import")
        return
    mark(
        [(root, clause) for root, kind in touched for clause in _clauses(regulation, [kind])],
        "import",
    )


def _clauses(regulation: Regulation, kinds: Collection[str]) -> Collection[str]:
    return [""] if "void" in kinds else regulation.touched_by(kinds)
