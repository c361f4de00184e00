"""Cadences by gap: never longer than so much between two acts. One live row a subject."""

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.active import living, subjects
from pult.regulation.evaluate.cadence import aging_wakes
from pult.regulation.evaluate.card import Deadline
from pult.regulation.evaluate.cells import Cells, Spans, expand
from pult.regulation.evaluate.columns import EMPTY, Steps, marks
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.due import due_of
from pult.regulation.evaluate.moments import Moments
from pult.regulation.evaluate.obligation import pauses_after, settled
from pult.regulation.evaluate.rows import NO_ROWS, Outcome
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled
from pult.regulation.evaluate.triggers import Born
from pult.regulation.evaluate.waivers import remissions


def gaps(reader: Reader, until: int, since: int) -> Outcome:
    """The live wait of each subject and the waits that were too long.

    A wait begins with an act, or with the moment the card became active (not before go-live nor
    before `since`, the clause's first edition). Identity: the act, or minus that moment.
    """
    cells = subjects(reader)
    if not len(cells):
        return Outcome(NO_ROWS, EMPTY, EMPTY)
    wakes = aging_wakes(reader, cells)
    rows, evidence = asked_waits(reader, cells, until, since)
    if not len(rows):
        return Outcome(NO_ROWS, *wakes)
    deadline = Deadline(reader.card.cadence.gap, "after")
    pauses = pauses_after(reader, rows)
    due = due_of(reader, rows, deadline, pauses, np.minimum(evidence.at, rows.close))
    # Most waits ended in time; nothing can make rows of them.
    ended, bound = np.minimum(evidence.at, rows.close), np.where(due.held, NEVER, due.at)
    some = ((ended > bound) | (ended == NEVER)).nonzero()[0]
    rows, evidence, due = rows.take(some), evidence.take(some), due.take(some)
    pardons = remissions(reader, rows.cells, rows.key)
    closing = (rows.close, rows.closer)
    result = settled(reader, rows, 0, due, evidence, closing, rows.opened, pardons)
    quiet = (result["state"] == codes.WAIVED) & (result["evidence_at"] != NONE)
    return Outcome(result[~quiet] if quiet.any() else result, *wakes)


def asked_waits(reader: Reader, cells: Cells, until: int, since: int) -> tuple[Born, Moments]:
    """Every wait begun while the edition was in force, and the act that ended it."""
    rows, evidence = _waits(reader, cells, living(reader, cells), since)
    kept = (rows.opened >= reader.card.effective_from) & (rows.opened < until)
    kept = (kept & (rows.opened <= reader.now)).nonzero()[0]
    ended = Moments(evidence.at[kept], evidence.place[kept], evidence.recorded[kept])
    return rows.take(kept), ended


def _waits(reader: Reader, cells: Cells, spans: Spans, since: int) -> tuple[Born, Moments]:
    steps = reader.steps(reader.card.cadence.act).only_on
    floor = np.maximum(reader.parameters.go_live(reader.now, cells.root), since)
    start = np.maximum(spans.start, floor[spans.row])
    kept = (start < spans.end).nonzero()[0]
    row, start, end = spans.row[kept], start[kept], spans.end[kept]
    ids = reader.ids(cells, reader.card.cadence.act)
    span, place = _acts_inside(steps, ids[row], start, end)
    owner = np.concatenate([np.arange(len(row)), span])
    opened = np.concatenate([start, steps.at[place]])
    fact = np.concatenate([filled(len(row), NONE), steps.place[place]])
    key = np.concatenate([-start, reader.index.facts.id[steps.place[place]].astype(np.int64)])
    order = np.argsort((owner << 41) | opened, kind="stable")
    owner, opened, fact, key = owner[order], opened[order], fact[order], key[order]
    following = np.zeros(len(owner), bool)
    following[:-1] = owner[1:] == owner[:-1]
    nxt = np.minimum(np.arange(len(owner)) + 1, max(len(owner) - 1, 0))
    facts = reader.index.facts
    evidence = Moments(
        np.where(following, opened[nxt], NEVER),
        np.where(following, fact[nxt], NONE),
        np.where(following, facts.recorded[np.maximum(fact[nxt], 0)], 0),
    )
    close = np.where(following, NEVER, end[owner])
    none = filled(len(owner), NONE)
    return Born(cells.take(row[owner]), key, fact, opened, close, none), evidence


def _acts_inside(steps: Steps, ids: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """(span, position) of every act strictly after the start of a span and before its end."""
    if not len(steps.owner):
        return EMPTY, EMPTY
    low = steps.mark.searchsorted(marks(ids, start), "right")
    high = steps.mark.searchsorted(marks(ids, np.minimum(end, 2**32 - 1)), "left")
    return expand(low, np.maximum(high - low, 0))
