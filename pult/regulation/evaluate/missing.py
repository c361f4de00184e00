"""Rows asked for because something is absent or has grown old."""

import numpy as np

from pult.regulation.evaluate.card import Amount, Trigger
from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.columns import Steps
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled
from pult.regulation.evaluate.triggers import Born, cells_of, entries


def by_absence(reader: Reader, trigger: Trigger) -> Born:
    """A row for each stretch without a fact of `missing`, from the moment it exceeds `older_than`.

    A stretch is counted from a fact of `missing`, and, when `since` is given, only while `since`
    holds: the fact's age then speaks from the moment `since` began, and where there is no fact the
    stretch begins with `since`. Identity: the last fact, or the fact that opened `since` when the
    stretch began with it.
    """
    subject = reader.card.subject
    absent = reader.index.steps(trigger.missing, subject).only_on
    if trigger.since is None:
        base, owner, until = absent.place, absent.owner, _following(absent)
        start = counted = absent.at
    else:
        base, owner, start, counted, until = _while_since(reader, trigger, absent)
    cells = cells_of(reader, base, owner)
    at = np.maximum(_older(reader, trigger.older_than, cells, counted), start)
    asked = at < until
    later = asked & (at > reader.now)
    chosen = (asked & (at <= reader.now)).nonzero()[0]
    place = base[chosen]
    count = len(chosen)
    return Born(
        cells.take(chosen),
        reader.index.facts.id[place].astype(np.int64, copy=False),
        place,
        at[chosen],
        filled(count, NEVER),
        filled(count, NONE),
        wake_root=cells.root[later],
        wake_at=at[later],
    )


def _following(steps: Steps) -> Ints:
    """The instant of the next step of the same owner, NEVER for the last."""
    result = filled(len(steps.owner), NEVER)
    same = (steps.owner[1:] == steps.owner[:-1]).nonzero()[0]
    result[same] = steps.at[same + 1]
    return result


def _while_since(
    reader: Reader, trigger: Trigger, absent: Steps
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """(fact, owner, not before, counted from, until) of every stretch while `since` holds."""
    since = reader.steps(trigger.since)
    if reader.column(trigger.since) != reader.card.subject:
        raise ValueError(f"{reader.card.clause}: `since` must be about the card's own subject")
    opens = (entries(since) if trigger.since.shape == "state" else since.on).nonzero()[0]
    end = filled(len(since.owner), NEVER)
    if trigger.since.shape == "state":
        end = _ends(since)
    owner, began, ended = since.owner[opens], since.at[opens], end[opens]
    had, last = absent.newest(owner, began)
    found, upcoming = absent.next(owner, began + 1)
    stop = np.where(found, absent.at[upcoming], NEVER) if len(absent.owner) else ended
    counted = np.where(had, absent.at[last], began) if len(absent.owner) else began
    # Facts inside a stretch of `since` begin a new count; the ones before only lend their age.
    inside, ends = _inside(owner, began, ended, absent)
    return (
        np.concatenate([since.place[opens], absent.place[inside]]),
        np.concatenate([owner, absent.owner[inside]]),
        np.concatenate([began, absent.at[inside]]),
        np.concatenate([counted, absent.at[inside]]),
        np.concatenate([np.minimum(ended, stop), np.minimum(ends, _following(absent)[inside])]),
    )


def _ends(steps: Steps) -> Ints:
    """For each step the instant of the first later step of its owner that is off, else NEVER."""
    result = filled(len(steps.owner), NEVER)
    off = (~steps.on).nonzero()[0]
    if not len(off):
        return result
    place = off.searchsorted(np.arange(len(steps.owner)), "right")
    safe = off[np.minimum(place, len(off) - 1)]
    found = (place < len(off)) & (steps.owner[safe] == steps.owner)
    result[found] = steps.at[safe[found]]
    return result


def _inside(owner: Ints, began: Ints, ended: Ints, absent: Steps) -> tuple[Ints, Ints]:
    """(steps of `absent` strictly inside a stretch of their owner, that stretch's end)."""
    if not len(owner) or not len(absent.owner):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    mark = (owner << 32) | began
    place = mark.searchsorted(absent.mark, "left") - 1
    safe = np.maximum(place, 0)
    found = (place >= 0) & (owner[safe] == absent.owner) & (absent.at < ended[safe])
    return found.nonzero()[0], ended[safe[found]]


def _older(reader: Reader, amount: Amount | None, cells: Cells, at: Ints) -> Ints:
    """The first instant at which `at` is older than the amount; `at` itself without one."""
    if amount is None:
        return at
    return reader.reach(at, amount, cells) + 1
