"""The day of everybody, for whoever heads: what was said this morning, who has closed the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pult.kernel.errors import PultError
from pult.kernel.roles import Role
from pult.people.models import DayClose, DayDecision, DayNotice
from pult.people.queries import (
    Decided,
    Lateness,
    Missing,
    business_day,
    closes_on,
    colleagues,
    decided_between,
    lateness_on,
    missing,
    names_of,
    notices_on,
)

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Closed:
    """A manager's day: None while it is open; `missing` is why they are not here."""

    person_id: int
    name: str
    close: DayClose | None
    missing: Missing | None


@dataclass(frozen=True)
class DayPeople:
    """Notices of today, who is `away` (id, name, why), how the managers' days stand, and what was
    decided within a week, by name. `words`: what a decision may say. No score, no count over
    days."""

    today: date
    notices: tuple[DayNotice, ...]
    late: tuple[tuple[str, Lateness], ...]
    away: tuple[tuple[int, str, Missing], ...]
    decided: tuple[tuple[str, Decided], ...]
    closed: tuple[Closed, ...]
    kinds: tuple[tuple[str, Any], ...]
    people: tuple[tuple[str, str], ...]
    words: Mapping[str, tuple[tuple[str, Any], ...]]
    sent: Mapping[str, str] = field(default_factory=dict)
    problem: PultError | None = None


def day_people_page(
    *, sent: Mapping[str, str] | None = None, problem: PultError | None = None
) -> DayPeople:
    """Nine queries, eleven where somebody has hours of their own."""
    today, gone = business_day(), missing()
    closed, people = closes_on(today), colleagues()
    managers, names = names_of(Role.AM), dict(people)
    at_work = {int(pk): name for pk, name in people} | dict(managers)
    return DayPeople(
        today=today,
        notices=tuple(notices_on(today)),
        late=tuple((names.get(str(one.person_id), ""), one) for one in lateness_on(today)),
        away=tuple((pk, name, gone[pk]) for pk, name in at_work.items() if pk in gone),
        decided=tuple(
            (names.get(str(one.person_id), ""), one) for one in decided_between(today - WEEK, today)
        ),
        closed=tuple(Closed(pk, name, closed.get(pk), gone.get(pk)) for pk, name in managers),
        kinds=tuple(DayNotice.Kind.choices),
        people=people,
        words={
            "about": tuple(DayDecision.About.choices),
            "decision": tuple(DayDecision.Word.choices),
            "reason": tuple(DayDecision.Reason.choices),
        },
        sent=sent or {},
        problem=problem,
    )
