"""The first moment at which a condition is met from an instant on: evidence and cancellation."""

from dataclasses import dataclass

import numpy as np

from pult.regulation.evaluate.card import Condition, Holds
from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.table import NEVER, NONE, Ints, filled


@dataclass(frozen=True)
class Moments:
    """For each cell: the instant (NEVER if none), the fact behind it (position, NONE if several or
    none) and the instant by which all its facts were recorded."""

    at: Ints
    place: Ints
    recorded: Ints

    def take(self, places: Ints) -> "Moments":
        return Moments(self.at[places], self.place[places], self.recorded[places])

    @classmethod
    def never(cls, count: int) -> "Moments":
        return cls(
            filled(count, NEVER),
            filled(count, NONE),
            np.zeros(count, np.int64),
        )


def first(
    reader: Reader, condition: Condition | None, cells: Cells, start: Ints, trigger: Ints
) -> Moments:
    """When the condition is first met at or after `start`.

    An event counts from `start` on and stays done; a state, another clause or a count of children
    must hold at the moment. `trigger` is the position of the fact that opened the row: it never
    proves itself.
    """
    best = Moments.never(len(cells))
    if condition is None or not len(cells):
        return best
    for group in condition.any_of:
        found = _together(reader, group, cells, start, trigger)
        sooner = found.at < best.at
        best = Moments(
            np.where(sooner, found.at, best.at),
            np.where(sooner, found.place, best.place),
            np.where(sooner, found.recorded, best.recorded),
        )
    return best


def _together(
    reader: Reader, group: tuple[Holds, ...], cells: Cells, start: Ints, trigger: Ints
) -> Moments:
    at = start.copy()
    place = filled(len(cells), NONE)
    recorded = np.zeros(len(cells), np.int64)
    lasting = tuple(hold for hold in group if _is_event(hold) and not hold.negated)
    barred = tuple(hold for hold in group if _is_event(hold) and hold.negated)
    holding = tuple(hold for hold in group if not _is_event(hold))
    for hold in lasting:
        found, when, where = _next_event(reader, hold, cells, start, trigger)
        place = np.where(found & (when >= at), where, place)
        known = reader.index.facts.recorded[np.maximum(where, 0)] if len(where) else recorded
        recorded = np.where(found, np.maximum(recorded, known), recorded)
        at = np.where(found, np.maximum(at, when), NEVER)
    if holding:
        at, place, recorded = _while_holding(reader, holding, cells, at, place, recorded)
    for hold in barred:
        found, when, _ = _next_event(reader, hold, cells, start, trigger)
        at = np.where(found & (when <= at), NEVER, at)
    return Moments(at, place, recorded)


def _is_event(hold: Holds) -> bool:
    return bool(hold.word and not hold.quantifier and hold.word.shape != "state")


def _next_event(
    reader: Reader, hold: Holds, cells: Cells, start: Ints, trigger: Ints
) -> tuple[np.ndarray, Ints, Ints]:
    steps = reader.steps(hold.word).only_on
    ids = reader.ids(cells, hold.word)
    found, position = steps.next(ids, start)
    if not len(steps.owner):
        return found, filled(len(ids), NEVER), filled(len(ids), NONE)
    itself = found & (steps.place[position] == trigger)
    if itself.any():
        later, following = steps.after(ids, position)
        found, position = np.where(itself, later, found), np.where(itself, following, position)
    when = np.where(found, steps.at[position], NEVER)
    return found, when, np.where(found, steps.place[position], NONE)


def _while_holding(
    reader: Reader,
    holds: tuple[Holds, ...],
    cells: Cells,
    at: Ints,
    place: Ints,
    recorded: Ints,
) -> tuple[Ints, Ints, Ints]:
    spans = reader.spans(Condition((holds,)), cells)
    row, start, end = spans.row, spans.start, spans.end
    useful = end > at[row]
    row, start = row[useful], start[useful]
    opens = np.ones(len(row), bool)
    opens[1:] = row[1:] != row[:-1]
    moment = filled(len(cells), NEVER)
    moment[row[opens]] = np.maximum(start[opens], at[row[opens]])
    for hold in holds:
        if hold.word is None or hold.quantifier or hold.negated:
            continue
        steps = reader.steps(hold.word)
        found, position = steps.newest(reader.ids(cells, hold.word), moment)
        found &= moment < NEVER
        if found.any():
            where = steps.place[position]
            facts = reader.index.facts
            newer = found & ((place == NONE) | (facts.at[where] > facts.at[place]))
            place = np.where(newer, where, place)
            recorded = np.where(found, np.maximum(recorded, facts.recorded[where]), recorded)
    return moment, np.where(moment < NEVER, place, NONE), recorded
