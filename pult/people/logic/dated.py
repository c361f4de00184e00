"""Dated roles and substitutions as plain values: no database here.

A span runs from its first day to its last day, both inclusive; no last day means "still".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@dataclass(frozen=True)
class Span:
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, other: "Span") -> bool:
        return (self.until is None or other.since <= self.until) and (
            other.until is None or self.since <= other.until
        )


def is_place(zone: str) -> bool:
    """Whether this names the time of a place (`Europe/Moscow`) or UTC: not a folder of zones."""
    return zone == "UTC" or ("/" in zone and zone in _zones())


def zone_of(zone: str, otherwise: str) -> ZoneInfo:
    """The time zone of that name; of `otherwise` when there is none. Never fails for a name."""
    return ZoneInfo(zone if is_place(zone) else otherwise)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass(frozen=True)
class Held:
    """A role held by a person, in a team or (team None) everywhere."""

    user_id: int
    role: str
    team_id: int | None
    span: Span


@dataclass(frozen=True)
class Away:
    """An absence and who stands in."""

    user_id: int
    substitute_id: int | None
    span: Span


def holders(grants: Iterable[Held], role: str, day: date, team_id: int | None = None) -> list[int]:
    """Who holds `role` on `day`, in order of appointment.

    With a team: its own holders; when it has none, those who hold the role everywhere.
    """
    then = [g for g in grants if g.role == role and g.span.covers(day)]
    then.sort(key=lambda g: (g.span.since, g.user_id))
    own = [g.user_id for g in then if g.team_id == team_id] if team_id is not None else []
    chosen = own or [g.user_id for g in then if team_id is None or g.team_id is None]
    return list(dict.fromkeys(chosen))


def stand_ins(user_id: int, day: date, absences: Iterable[Away]) -> list[int]:
    """The chain of substitutes of a person away on `day`; the last one is at work.

    Empty when the person is at work, when nobody was named, or when the names go in a circle.
    """
    away = absent_on(day, absences)
    chain: list[int] = []
    current = user_id
    while current in away:
        following = away[current]
        if following is None or following == user_id or following in chain:
            return []
        chain.append(following)
        current = following
    return chain


def stood_in_for(user_id: int, day: date, absences: Iterable[Away]) -> set[int]:
    """Whose work lands on this person on `day`, through any chain of substitutes."""
    known = list(absences)
    return {
        absent
        for absent in absent_on(day, known)
        if (chain := stand_ins(absent, day, known)) and chain[-1] == user_id
    }


def absent_on(day: date, absences: Iterable[Away]) -> Mapping[int, int | None]:
    """Person → substitute for everybody away on `day`; the absence noted last rules."""
    return {a.user_id: a.substitute_id for a in absences if a.span.covers(day)}
