"""Obligations: trigger → deadline → evidence; one row for each trigger and deadline."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.cells import Spans, renumbered
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.due import Due, amount_at, due_of, own_time
from pult.regulation.evaluate.excuses import silent_feed, waiting
from pult.regulation.evaluate.moments import Moments, first
from pult.regulation.evaluate.reads import HORIZON
from pult.regulation.evaluate.rows import Outcome, asked_for, earliest, ids_at, joined, ledger_rows
from pult.regulation.evaluate.scope import in_force
from pult.regulation.evaluate.table import NEVER, NONE, Ints
from pult.regulation.evaluate.triggers import Born, born
from pult.regulation.evaluate.waivers import Remissions, remissions


def obligations(reader: Reader, until: int, rows: Born | None = None) -> Outcome:
    """Rows of an obligation in force until the next edition (`until`); `rows` when a monitor, not
    the card's trigger, says what to ask."""
    rows = born(reader) if rows is None else rows
    asked = in_force(reader, rows, until)
    parts = list(_parts(reader, asked)) if len(asked) else []
    return Outcome(joined(parts), rows.wake_root, rows.wake_at)


@dataclass(frozen=True)
class Prepared:
    """All that is known of an obligation's rows before any due: who may not be asked is gone."""

    rows: Born
    pauses: Spans
    close: Ints
    closer: Ints
    pardons: Remissions

    def take(self, places: Ints) -> "Prepared":
        """Only the rows at ascending `places`."""
        kept, row = renumbered(self.pauses.row, places, len(self.rows))
        return Prepared(
            self.rows.take(places),
            Spans(row, self.pauses.start[kept], self.pauses.end[kept]),
            self.close[places],
            self.closer[places],
            self.pardons.take(places),
        )


def prepared(reader: Reader, rows: Born) -> Prepared:
    """Pauses, cancellations, waivers and disputes of rows in force."""
    card = reader.card
    pauses = pauses_after(reader, rows)
    cancelled = first(reader, card.cancels, rows.cells, rows.opened, rows.place)
    return Prepared(
        rows,
        pauses,
        np.minimum(rows.close, cancelled.at),
        np.where(cancelled.at < rows.close, cancelled.place, rows.closer),
        remissions(reader, rows.cells, rows.key),
    )


def pauses_after(reader: Reader, rows: Born) -> Spans:
    """The card's pauses that had not ended when their row opened."""
    pauses = reader.word_spans(reader.card.pauses, rows.cells)
    some = np.flatnonzero(pauses.end > rows.opened[pauses.row])
    return Spans(pauses.row[some], pauses.start[some], pauses.end[some])


def _parts(reader: Reader, rows: Born) -> Iterable[np.ndarray]:
    card = reader.card
    known = prepared(reader, rows)
    start = rows.opened
    for part, deadline in enumerate(card.deadlines):
        if deadline.anew:
            start = np.maximum(start, own_time(reader, rows, deadline, known.pauses))
        evidence = first(reader, card.evidence, rows.cells, start, rows.place)
        closed = np.minimum(evidence.at, known.close)
        due = due_of(reader, rows, deadline, known.pauses, closed)
        opens = _opens(reader, rows, due, start if part else None)
        closing = (known.close, known.closer)
        pardons = remissions(reader, rows.cells, rows.key, part) if part else known.pardons
        yield settled(reader, rows, part, due, evidence, closing, opens, pardons)
        start = np.maximum(rows.opened, due.at + 1)


def _opens(reader: Reader, rows: Born, due: Due, start: Ints | None) -> Ints:
    """When a row leaves FORECAST: `forecast.horizon` before the due of a predicted day, and not
    before the deadline that precedes it among several."""
    opens = rows.opened
    if rows.revisions is not None:
        days, _ = amount_at(reader, HORIZON, rows)
        horizon = reader.calendars.map(
            rows.cells.root,
            lambda calendar, some: calendar.day_start(
                calendar.add_workdays(calendar.day_of(due.at[some]), -days[some])
            ),
        )
        opens = np.maximum(opens, horizon)
    return opens if start is None else np.maximum(opens, start)


def settled(
    reader: Reader,
    rows: Born,
    part: int,
    due: Due,
    evidence: Moments,
    closing: tuple[Ints, Ints],
    opens: Ints,
    pardons: Remissions,
) -> np.ndarray:
    """States, flags and wakes of rows whose due and evidence are known."""
    now, count = reader.now, len(rows)
    close, closer = closing
    proved = (evidence.at < NEVER) & (evidence.at <= close)
    closed = ~proved & (close < NEVER)
    bound = np.where(due.held, NEVER, due.at)
    met = proved & (evidence.at <= bound)
    state = np.full(count, codes.OPEN, np.int64)
    state[now < opens] = codes.FORECAST
    state[now > bound] = codes.OVERDUE
    state[met] = codes.MET
    state[proved & ~met] = codes.LATE
    state[closed] = np.where(close <= bound, codes.VOID, codes.OVERDUE)[closed]
    alive = ~proved & ~closed
    flags = np.zeros(count, np.int64)
    flags[closed & (state == codes.OVERDUE)] |= codes.CLOSED
    flags[met & (evidence.recorded > due.at) & ~due.held] |= codes.LOGGED_LATE
    flags[due.short] |= codes.SHORT_NOTICE
    flags[due.held & alive] |= codes.PAUSED
    flags[_provisional(reader, rows, due)] |= codes.PROVISIONAL
    # Open rows are judged now, late ones at their due: was the feed fresh, does the client owe us?
    judged = np.where(alive, now, due.at)
    silent, onset = silent_feed(reader, rows.cells, judged)
    silent &= alive | (state == codes.LATE)
    flags[silent] |= codes.NO_DATA
    waits = alive & waiting(reader, rows.cells, judged)
    flags[waits] |= codes.WAITS_CLIENT
    excused = alive & (state == codes.OVERDUE) & (silent | waits)
    state[excused] = codes.OPEN
    asked = (state == codes.OPEN) | (state == codes.FORECAST) | (state == codes.OVERDUE)
    when = np.where(state == codes.LATE, evidence.at, np.where(closed, due.at, now))
    pardoned = (asked | (state == codes.LATE)) & pardons.waived(when)
    pardoned |= (asked | (state == codes.LATE)) & pardons.upheld
    flags[pardons.disputed] |= codes.DISPUTED
    flags[alive & ~pardoned & ~due.held & (state == codes.OPEN) & (due.warn <= now)] |= codes.WARNED
    state[pardoned] = codes.WAIVED
    timers = [np.where(alive & ~due.held, due.at + 1, NEVER), np.where(alive, opens, NEVER)]
    timers += [np.where(alive, due.warn, NEVER), np.where(alive, onset, NEVER)]
    timers += [np.where(pardoned & ~pardons.upheld & alive, pardons.expiry(now), NEVER)]
    mode = reader.parameters.mode(reader.card.clause, np.minimum(now, due.at), rows.cells.root)
    facts = reader.index.facts
    shown = np.where(proved, evidence.place, np.where(closed, closer, NONE))
    shown_at = np.where(proved, evidence.at, np.where(closed, close, NONE))
    result = ledger_rows(
        rows.cells,
        rows.key,
        part=part,
        state=state,
        flags=flags,
        mode=mode,
        trigger=ids_at(facts.id, rows.place),
        opened=rows.opened,
        soft=due.soft,
        due=due.at,
        evidence=ids_at(facts.id, shown),
        evidence_at=shown_at,
        parameter=due.parameter,
        calendar=due.version,
        wake=earliest(now, count, *timers),
    )
    return asked_for(result, mode)


def _provisional(reader: Reader, rows: Born, due: Due) -> np.ndarray:
    known = reader.calendars.map(
        rows.cells.root, lambda calendar, some: calendar.is_provisional(due.at[some]).astype(int)
    )
    return known.astype(bool)
