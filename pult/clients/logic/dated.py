"""Days in force: pauses that must not overlap, values that hold until the next one begins."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar


class Days(Protocol):
    """Whatever lasts from a first to a last day, both included; without a last day: still."""

    first_day: date
    last_day: date | None


class Since(Protocol):
    """Whatever holds from a day until the next of its kind begins."""

    since: date


Spell = TypeVar("Spell", bound=Days)
Value = TypeVar("Value", bound=Since)


def covers(spell: Days, day: date) -> bool:
    """Whether the day is one of the spell's."""
    return spell.first_day <= day and (spell.last_day is None or day <= spell.last_day)


def overlap(first: date, last: date | None, spells: Iterable[Spell]) -> Spell | None:
    """The first of `spells` that shares a day with first…last."""
    for spell in spells:
        if (last is None or spell.first_day <= last) and (
            spell.last_day is None or first <= spell.last_day
        ):
            return spell
    return None


def in_force(values: Sequence[Value], day: date) -> Value | None:
    """The value that holds on a day: the latest of those that began on or before it."""
    begun = [value for value in values if value.since <= day]
    return max(begun, key=lambda value: value.since, default=None)


def status_on(status: str, pauses: Iterable[Days], day: date) -> str:
    """A line's status as people see it: running, but resting on the days of its pauses."""
    if status == "running" and any(covers(pause, day) for pause in pauses):
        return "paused"
    return status
