"""Cadences: at least N acts a period, fewer where the period has fewer days to do them in."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.active import living, subjects
from pult.regulation.evaluate.card import Card, Condition, Period
from pult.regulation.evaluate.cells import Cells, Spans, covering
from pult.regulation.evaluate.columns import EMPTY, Steps, marks
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.periods import Asked, asked_periods, periods_of
from pult.regulation.evaluate.reads import derived
from pult.regulation.evaluate.rows import (
    NO_ROWS,
    Outcome,
    asked_for,
    earliest,
    ids_at,
    ledger_rows,
)
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled
from pult.regulation.evaluate.waivers import Remissions, remissions


def cadences(reader: Reader, until: int) -> Outcome:
    """A row for each period of each subject that asks for at least one act.

    Required = ⌈N × open working days ÷ usual working days⌉, at most N. A day is open when the card
    is active and not paused through all its working time; usual is Monday to Friday. Identity: the
    period's number. Due: the end of the period's last working day, or of the day `by`.
    """
    cells = subjects(reader)
    if not len(cells):
        return Outcome(NO_ROWS, EMPTY, EMPTY)
    spans = living(reader, cells)
    wake_root, wake_at = _wakes(reader, cells, spans)
    pauses = reader.word_spans(reader.card.pauses, cells)
    asked = asked_periods(reader, cells, spans, pauses, until)
    rows = NO_ROWS if asked is None else _rows(reader, pauses, asked)
    return Outcome(rows, wake_root, wake_at)


@dataclass(frozen=True)
class Verdict:
    """How periods stand before anybody is pardoned: cards that differ in their clause share it.

    at, place: the act that was enough (NEVER, NONE); over: whether the period has ended; pending:
    whether acts are still missing.
    """

    asked: Asked
    need: Ints
    done: Ints
    at: Ints
    place: Ints
    state: Ints
    flags: Ints
    over: np.ndarray
    pending: np.ndarray


def _rows(reader: Reader, pauses: Spans, asked: Asked) -> np.ndarray:
    card = reader.card
    key = (
        id(asked),
        id(pauses),
        card.cadence,
        card.each,
        card.waits_for,
        card.feed,
        card.feed_limit,
    )
    if key not in reader.shared:
        reader.shared[key] = (_verdict(reader, pauses, asked), asked, pauses)
    return _judged(reader, reader.shared[key][0])


def _verdict(reader: Reader, pauses: Spans, asked: Asked) -> Verdict:
    card, now = reader.card, reader.now
    need = asked.need(asked.times)
    kept = (need > 0).nonzero()[0]
    asked, need = asked.take(kept), need[kept]
    paused = covering(pauses, asked.row, np.full(len(kept), now))
    who, start, end, due = asked.who, asked.start, asked.end, asked.due
    steps = reader.steps(card.cadence.act).only_on
    ids = reader.ids(who, card.cadence.act)
    low, done = count_acts(steps, ids, start, end)
    enough = done >= need
    last = np.where(enough, low + need - 1, 0)
    at = np.where(enough, steps.at[last] if len(steps.at) else 0, NEVER)
    place = np.where(enough, steps.place[last] if len(steps.at) else 0, NONE)
    over = now >= end
    state = filled(len(who), codes.OPEN)
    state[now > due] = codes.OVERDUE
    state[enough] = np.where(at <= due, codes.MET, codes.LATE)[enough]
    flags = np.zeros(len(who), np.int64)
    known = _recorded(reader, steps, low, need, enough)
    flags[(state == codes.MET) & (known > due)] |= codes.LOGGED_LATE
    flags[(state == codes.OVERDUE) & over] |= codes.CLOSED
    flags[(state == codes.OPEN) & paused] |= codes.PAUSED
    judged = np.minimum(now, due)
    silent, _ = silent_feed(reader, who, judged)
    waits = waiting(reader, who, judged)
    pending = (state == codes.OPEN) | (state == codes.OVERDUE)
    flags[pending & silent] |= codes.NO_DATA
    flags[pending & waits] |= codes.WAITS_CLIENT
    excused = (state == codes.OVERDUE) & (silent | waits)
    state[excused] = np.where(over, codes.WAIVED, codes.OPEN)[excused]
    return Verdict(asked, need, done, at, place, state, flags, over, pending)


def _judged(reader: Reader, known: Verdict) -> np.ndarray:
    asked, now = known.asked, reader.now
    mode = reader.parameters.mode(reader.card.clause, np.minimum(now, asked.due), asked.who.root)
    pardons = remissions(reader, asked.who, asked.number)
    if not pardons.concern_nobody:
        return asked_for(_told(reader, known, mode, pardons), mode)
    key = ("unpardoned", id(known))
    if key not in reader.shared:
        reader.shared[key] = (_told(reader, known, mode, pardons), known)
    rows = reader.shared[key][0].copy()
    rows["mode"] = mode
    return asked_for(rows, mode)


def _told(reader: Reader, known: Verdict, mode: Ints, pardons: Remissions) -> np.ndarray:
    """Rows of periods, those pardoned included."""
    asked, over, now = known.asked, known.over, reader.now
    who, due, judged = asked.who, asked.due, np.minimum(now, asked.due)
    state, flags = known.state.copy(), known.flags.copy()
    pending = known.pending
    latest = np.maximum(judged, np.minimum(now, asked.end - 1))
    waived = pardons.waived_within(judged, latest)
    pardoned = (pending | (state == codes.LATE)) & (waived | pardons.upheld)
    state[pardoned] = codes.WAIVED
    flags[state == codes.WAIVED] &= ~codes.CLOSED
    flags[pardons.disputed] |= codes.DISPUTED
    ids = reader.index.facts.id
    running = pending & ~over
    wake = earliest(
        now,
        len(who),
        np.where(running, due + 1, NEVER),
        np.where(running, asked.end, NEVER),
        np.where(pardoned & ~over, pardons.expiry(now), NEVER),
    )
    return ledger_rows(
        who,
        asked.number,
        state=state,
        flags=flags,
        mode=mode,
        opened=asked.start,
        due=due,
        evidence=ids_at(ids, known.place),
        evidence_at=np.where(known.at < NEVER, known.at, NONE),
        need=known.need,
        done=np.minimum(known.done, 32767),
        parameter=asked.source,
        calendar=asked.version,
        wake=wake,
    )


def count_acts(steps: Steps, ids: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """(position of the first act, number of acts) of each id in [start, end)."""
    if not len(steps.owner):
        zero = np.zeros(len(ids), np.int64)
        return zero, zero
    low = steps.mark.searchsorted(marks(ids, start), "left")
    return low, steps.mark.searchsorted(marks(ids, end), "left") - low


def _recorded(reader: Reader, steps: Steps, low: Ints, need: Ints, enough: np.ndarray) -> Ints:
    """The instant by which the first `need` acts had all been recorded."""
    known = np.zeros(len(low), np.int64)
    for nth in range(int(need[enough].max(initial=0))):
        some = (enough & (need > nth)).nonzero()[0]
        recorded = reader.index.facts.recorded[steps.place[low[some] + nth]]
        known[some] = np.maximum(known[some], recorded)
    return known


def _wakes(reader: Reader, cells: Cells, spans: Spans) -> tuple[Ints, Ints]:
    """The next period of everyone active now, and whatever time alone does to `active`."""
    unit = reader.card.cadence.period
    key = ("next period", unit, id(cells), id(spans))
    if key not in reader.shared:
        reader.shared[key] = (_next_periods(reader, unit, cells, spans), cells, spans)
    following = reader.shared[key][0]
    aging = aging_wakes(reader, cells)
    if not len(aging[0]):
        return following
    return np.concatenate([following[0], aging[0]]), np.concatenate([following[1], aging[1]])


def _next_periods(reader: Reader, unit: Period, cells: Cells, spans: Spans) -> tuple[Ints, Ints]:
    root = np.unique(cells.root[spans.row[spans.end == NEVER]])
    now = filled(len(root), reader.now)
    at = reader.calendars.map(
        root, lambda calendar, rows: periods_of(calendar, unit).next(now[rows])
    )
    return root, at


def aging_wakes(reader: Reader, cells: Cells) -> tuple[Ints, Ints]:
    """When conditions with an age ("younger than 3 months") change without a fact."""
    roots, instants = [EMPTY], [EMPTY]
    for condition in _aging(reader.card):
        at = reader.changes_next(condition, cells)
        roots.append(cells.root[at < NEVER])
        instants.append(at[at < NEVER])
    if len(roots) == 1:
        return EMPTY, EMPTY
    return np.concatenate(roots), np.concatenate(instants)


@derived
def _aging(card: Card) -> tuple[Condition, ...]:
    """Conditions of the card that time alone may change."""
    conditions = [card.active] if card.active else []
    conditions += [exception.condition for exception in card.exceptions]
    return tuple(
        condition
        for condition in conditions
        if any(hold.within or hold.clause for group in condition.any_of for hold in group)
    )
