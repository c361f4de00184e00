"""What heads decided about days, for the head and for the person decided about."""

from dataclasses import dataclass
from datetime import date, timedelta

from pult.kernel.models import Fact
from pult.people.models import DayDecision, User
from pult.people.queries.day import Lateness

SEEN = timedelta(days=30)


@dataclass(frozen=True)
class Decided:
    """A head's word about a colleague's day; `label`, `about_label` and `reason` are for people."""

    fact: Fact
    person_id: int
    day: date
    about: str
    label: str
    about_label: str
    reason: str


def decided_between(first: date, last: date, user: User | None = None) -> list[Decided]:
    """What was decided about days, of everybody or of one person, the newest day first; one
    query."""
    return [_decided(row) for row in _said(("person.decision",), first, last, user)]


def said_of(user: User, today: date) -> tuple[tuple[Lateness, ...], tuple[Decided, ...]]:
    """For the person: lateness noted today, and what was decided within a month; one query."""
    rows = _said(("person.late", "person.decision"), today - SEEN, today, user)
    late = (row for row in rows if row.kind == "person.late" and row.key == today.isoformat())
    return (
        tuple(
            Lateness(row, user.pk, row.payload["minutes"], row.state == "over")
            for row in sorted(late, key=lambda row: row.pk)
        ),
        tuple(_decided(row) for row in rows if row.kind == "person.decision"),
    )


def _said(kinds: tuple[str, ...], first: date, last: date, user: User | None) -> list[Fact]:
    days = (first.isoformat(), last.isoformat())
    rows = Fact.objects.filter(root_id=0, kind__in=kinds, key__range=days, voided_by=None)
    if user is not None:
        rows = rows.filter(refs__person=user.pk)
    return list(rows.select_related("actor").order_by("-key", "-pk"))


def _decided(row: Fact) -> Decided:
    about, reason = row.payload["about"], row.payload["reason_code"]
    return Decided(
        fact=row,
        person_id=row.refs["person"],
        day=date.fromisoformat(row.key),
        about=about,
        label=str(DayDecision.Word(row.state).label),
        about_label=str(DayDecision.About(about).label),
        reason=str(DayDecision.Reason(reason).label),
    )
