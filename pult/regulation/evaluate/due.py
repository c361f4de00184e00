"""When rows are due: parameters as of the trigger, the calendar's version, pauses, predictions."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.calendars import fold
from pult.regulation.evaluate.card import Amount, Deadline
from pult.regulation.evaluate.cells import Spans, renumbered
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.deadline import (
    STOPPED_BY_PAUSES,
    clipped_spans,
    due_of_day,
    due_of_instant,
)
from pult.regulation.evaluate.reads import GRACE
from pult.regulation.evaluate.table import NEVER, NONE, Ints
from pult.regulation.evaluate.triggers import Born, Revisions


@dataclass(frozen=True)
class Due:
    """For each row: the due, the aim (NONE), the parameter value's id, the calendar's version,
    whether grace moved the due, whether a pause without an end holds it, and the instant from
    which a warning is in place (NEVER)."""

    at: Ints
    soft: Ints
    parameter: Ints
    version: Ints
    short: np.ndarray
    held: np.ndarray
    warn: Ints

    def take(self, places: Ints) -> "Due":
        """Only the rows at `places`."""
        return Due(**{name: column[places] for name, column in vars(self).items()})


def due_of(reader: Reader, rows: Born, deadline: Deadline, pauses: Spans, closed: Ints) -> Due:
    """The dues of rows that close at `closed` (NEVER while open)."""
    ended = pauses.end < NEVER
    met = np.minimum(pauses.end, closed[pauses.row])
    spans = (pauses.row[ended], pauses.start[ended], pauses.end[ended])
    open_but_row_closed = ~ended & (met < NEVER)
    spans = tuple(
        np.concatenate([span, column[open_but_row_closed]])
        for span, column in zip(spans, (pauses.row, pauses.start, met), strict=True)
    )
    value, source = amount_at(reader, deadline.amount, rows)
    compute = _computation(reader, rows, deadline, value, spans, closed)
    (at, short), version = fold(reader.calendars, rows.cells.root, closed, compute)
    soft = np.full(len(rows), NONE, np.int64)
    if deadline.soft is not None:
        aim = Deadline(deadline.soft, deadline.side)
        sooner, _ = amount_at(reader, deadline.soft, rows)
        compute = _computation(reader, rows, aim, sooner, spans, closed)
        soft = fold(reader.calendars, rows.cells.root, closed, compute)[0][0]
    held = np.zeros(len(rows), bool)
    endless = ~ended & (met == NEVER)
    if deadline.side == "after":
        held[pauses.row[endless]] = (pauses.start <= at[pauses.row])[endless]
    warn = _warned_at(reader, rows, deadline, at, spans)
    return Due(at, soft, source, version, short.astype(bool), held, warn)


def own_time(reader: Reader, rows: Born, deadline: Deadline, pauses: Spans) -> Ints:
    """From when what is done counts for a deadline that asks for it anew: before the day from the
    row's opening, on the day from its morning, after it once the day is over."""
    if deadline.side == "before":
        return rows.opened
    if deadline.side == "at":
        due = due_of(reader, rows, deadline, pauses, np.full(len(rows), NEVER, np.int64)).at
        return reader.calendars.map(
            rows.cells.root,
            lambda calendar, some: calendar.midnight(calendar.day_of(due[some])),
        )
    return reader.calendars.map(
        rows.cells.root,
        lambda calendar, some: calendar.midnight(_own_day(calendar, rows, some) + 1),
    )


def _own_day(calendar: BusinessCalendar, rows: Born, some: Ints) -> Ints:
    """The local day rows are counted from: the newest predicted, or that of the opening."""
    if rows.revisions is None:
        return calendar.day_of(rows.opened[some])
    newest = np.searchsorted(rows.revisions.row, some, "right") - 1
    return rows.revisions.day[newest]


def _warned_at(
    reader: Reader, rows: Born, deadline: Deadline, due: Ints, spans: tuple[Ints, Ints, Ints]
) -> Ints:
    """When the warning share of the working time between opening and due has passed, the pauses
    that moved the due left out."""
    if deadline.warn_percent is None:
        return np.full(len(rows), NEVER, np.int64)
    percent, _ = amount_at(reader, deadline.warn_percent, rows)
    stands_still = deadline.side == "after" and deadline.amount.unit in STOPPED_BY_PAUSES

    def share(calendar: BusinessCalendar, some: Ints) -> Ints:
        opened, end = rows.opened[some], due[some]
        whole = np.maximum(calendar.between(opened, end), 0)
        if not stands_still or not len(spans[0]):
            return calendar.add(opened, -(-whole * percent[some] // 100))
        row, start, stop = clipped_spans(spans, some, due)
        paused = calendar.between(np.maximum(start, opened[row]), np.maximum(stop, opened[row]))
        lost = np.bincount(row, paused, minlength=len(some)).astype(np.int64)
        minutes = -(-np.maximum(whole - lost, 0) * percent[some] // 100)
        return calendar.add_with_pauses_array(opened, minutes, [(row, start, stop)])

    return reader.calendars.map(rows.cells.root, share)


def amount_at(reader: Reader, amount: Amount, rows: Born) -> tuple[Ints, Ints]:
    """(value, id) of a number of the card as of each row's opening."""
    cells = rows.cells
    return reader.parameters.amount(
        amount, rows.opened, reader.card.subject, cells.subject, cells.root
    )


def _computation(
    reader: Reader,
    rows: Born,
    deadline: Deadline,
    value: Ints,
    spans: tuple[Ints, Ints, Ints],
    closed: Ints,
) -> Callable[[BusinessCalendar, Ints], tuple[Ints, Ints]]:
    unit, side = deadline.amount.unit, deadline.side

    def of_instants(calendar: BusinessCalendar, some: Ints) -> tuple[Ints, Ints]:
        pauses = clipped_spans(spans, some, closed) if len(spans[0]) else None
        due = due_of_instant(calendar, rows.opened[some], value[some], unit, side, pauses)
        return due, np.zeros(len(some), np.int64)

    def of_predictions(calendar: BusinessCalendar, some: Ints) -> tuple[Ints, Ints]:
        assert rows.revisions is not None
        revisions = _of_rows(rows.revisions, some, len(rows))
        where = some[revisions.row]
        pauses = clipped_spans(spans, where, closed) if len(spans[0]) else None
        naive = due_of_day(calendar, revisions.day, value[where], unit, side, pauses)
        floor = graced(reader, calendar, revisions, rows, where)
        return settle_predictions(revisions, naive, floor, len(some), early=side == "before")

    return of_predictions if rows.revisions is not None else of_instants


def _of_rows(revisions: Revisions, some: Ints, count: int) -> Revisions:
    if len(some) == count:
        return revisions
    kept, row = renumbered(revisions.row, some, count)
    return Revisions(
        row,
        revisions.day[kept],
        revisions.recorded[kept],
        revisions.nth[kept],
        revisions.place[kept],
    )


def graced(
    reader: Reader, calendar: BusinessCalendar, revisions: Revisions, rows: Born, where: Ints
) -> Ints:
    """The earliest due a prediction may ask for: `forecast.grace` after it was recorded."""
    cells = rows.cells.take(where)
    days, _ = reader.parameters.amount(
        GRACE, revisions.recorded, reader.card.subject, cells.subject, cells.root
    )
    return due_of_instant(calendar, revisions.recorded, days, GRACE.unit, "after")


def settle_predictions(
    revisions: Revisions, naive: Ints, floor: Ints, count: int, early: bool
) -> tuple[Ints, Ints]:
    """(due, short notice) after the predictions of each row in turn.

    A prediction that moves the due earlier moves it no further than its floor; neither may the
    first one of a lead time (`early`) ask for what is already past.
    """
    due, short = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for nth, now in enumerate(revisions.turns):
        row, asked = revisions.row[now], naive[now]
        if nth:
            limit = np.where(asked < due[row], np.minimum(due[row], floor[now]), asked)
        else:
            limit = floor[now] if early else asked
        due[row] = np.maximum(asked, limit)
        short[row] = asked < limit
    return due, short
