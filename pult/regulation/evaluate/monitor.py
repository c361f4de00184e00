"""Monitors: a measure beyond its plan opens a row to react; days in a row are one crossing."""

import numpy as np

from pult.regulation.evaluate.card import Word
from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.columns import EMPTY
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.obligation import obligations
from pult.regulation.evaluate.rows import Outcome
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled
from pult.regulation.evaluate.triggers import Born, cells_of


def monitors(reader: Reader, until: int) -> Outcome:
    """An obligation to react for each crossing.

    Days are compared where both measure and plan are known, newest values winning; a crossing runs
    until a compared day within tolerance. Identity: subject, key and first day of the crossing. It
    opens with the fact by which that day was found beyond.
    """
    return obligations(reader, until, _crossings(reader))


def _crossings(reader: Reader) -> Born:
    monitor = reader.card.monitor
    assert monitor is not None
    days, plans = _newest(reader, monitor.measured), _newest(reader, monitor.plan)
    at = _paired(days, plans)
    days, plans = days.take(at >= 0), plans.take(at[at >= 0])
    root, subject = days.root, days.subject
    instant = np.maximum(days.at, plans.at)
    tolerance, _ = reader.parameters.amount(
        monitor.tolerance, instant, reader.card.subject, subject, root
    )
    beyond = np.zeros(len(subject), bool)
    if monitor.side in ("above", "both"):
        beyond |= days.value * 100 > plans.value * (100 + tolerance)
    if monitor.side in ("below", "both"):
        beyond |= days.value * 100 < plans.value * (100 - tolerance)
    before = np.zeros(len(subject), bool)
    same = (subject[1:] == subject[:-1]) & (days.key[1:] == days.key[:-1])
    before[1:] = same & beyond[:-1]
    opens = (beyond & ~before).nonzero()[0]
    place = np.where(plans.at > days.at, plans.place, days.place)[opens]
    never, none = filled(len(opens), NEVER), filled(len(opens), NONE)
    return Born(
        cells_of(reader, place, subject[opens]) if len(opens) else Cells(EMPTY, EMPTY, EMPTY),
        _identity(days.key[opens], days.day[opens]),
        place,
        instant[opens],
        never,
        none,
    )


class _Days:
    """The newest value of each (subject, key, day), sorted so."""

    def __init__(self, **columns: Ints) -> None:
        self.columns = columns
        self.root, self.subject, self.key, self.day, self.value, self.at, self.place = (
            columns[name] for name in ("root", "subject", "key", "day", "value", "at", "place")
        )

    def take(self, chosen: Ints) -> "_Days":
        return _Days(**{name: column[chosen] for name, column in self.columns.items()})


def _newest(reader: Reader, word: Word) -> _Days:
    steps = reader.index.steps(word, reader.card.subject)
    facts, place = reader.index.facts, steps.place
    key, day = facts.key[place].astype(np.int64), facts.day[place].astype(np.int64)
    order = np.lexsort((np.arange(len(place)), day, key, steps.owner))
    place, key, day, owner = place[order], key[order], day[order], steps.owner[order]
    last = np.ones(len(place), bool)
    last[:-1] = (owner[1:] != owner[:-1]) | (key[1:] != key[:-1]) | (day[1:] != day[:-1])
    place = place[last]
    return _Days(
        root=facts.root[place].astype(np.int64),
        subject=owner[last],
        key=key[last],
        day=day[last],
        value=facts.value[place].astype(np.int64),
        at=facts.at[place].astype(np.int64),
        place=place,
    )


def _paired(days: _Days, plans: _Days) -> Ints:
    """For each measured day the position of its plan, −1 if it has none."""
    both = len(days.subject)
    order = np.lexsort(
        (
            np.repeat([1, 0], [both, len(plans.subject)]),
            np.concatenate([days.day, plans.day]),
            np.concatenate([days.key, plans.key]),
            np.concatenate([days.subject, plans.subject]),
        )
    )
    result = filled(both, -1)
    if len(order) < 2:
        return result
    left, right = order[:-1], order[1:]
    near = ((left >= both) & (right < both)).nonzero()[0]
    plan, day = left[near] - both, right[near]
    same = (plans.subject[plan] == days.subject[day]) & (plans.key[plan] == days.key[day])
    same &= plans.day[plan] == days.day[day]
    result[day[same]] = plan[same]
    return result


def _identity(key: Ints, day: Ints) -> Ints:
    """One number for (key, day) within a subject."""
    with np.errstate(over="ignore"):
        mixed = key ^ (day * np.int64(0x2545F4914F6CDD1D))
    return mixed & np.int64(2**63 - 1)
