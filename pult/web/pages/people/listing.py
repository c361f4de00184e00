"""The list of the agency's people: found, narrowed, sorted, drawn and taken as a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel.roles import DEPARTMENT, STAFF, Role
from pult.kernel.words import id_of
from pult.people.actions import note_export
from pult.people.actions.absences import NOTERS
from pult.people.actions.duties import PLANNERS
from pult.people.models import User
from pult.people.powers import Power
from pult.people.queries import (
    PersonRow,
    business_day,
    department_names,
    freed_duties,
    off_now,
)
from pult.people.queries import people as everybody
from pult.web.holders import role_label
from pult.web.matching import matching
from pult.web.pages.people.lately import told_of_powers
from pult.web.pages.people.rows import Colleague, drawn, today_in_words
from pult.web.tables import TYPES, table_file

if TYPE_CHECKING:
    from django.http import QueryDict

Options = tuple[tuple[str, Any], ...]
ROWS = 100
HERE, AWAY, OFF = "here", "away", "off"
SORTS: dict[str, Callable[[Colleague], Any]] = {
    "name": lambda one: one.person.name.casefold(),
    "department": lambda one: (one.person.department or "\uffff").casefold(),
    "role": lambda one: (one.roles or "\uffff").casefold(),
    "team": lambda one: (one.person.team or "\uffff").casefold(),
    "today": lambda one: (one.state, one.person.away_until or date.max),
}


@dataclass(frozen=True)
class PeoplePage:
    """`total` people in `pages` pages; `away` is how many of all are not here today.

    A director is told in `powers` who was given a role over people in the last month, they and
    heads who was let in again; who plans duty in `freed` which days nobody has since somebody left.
    `chosen` are the choices made, `address` all of the query for a file.
    """

    people: tuple[Colleague, ...]
    total: int
    number: int
    pages: int
    q: str
    former: bool
    chosen: dict[str, str]
    address: str
    departments: Options
    roles: Options
    states: Options
    away: int
    may_hire: bool
    may_weigh: bool
    powers: tuple[Power, ...]
    freed: tuple[tuple[date, str], ...]

    @property
    def drawn(self) -> SafeString:
        return drawn(self.people)


def offered() -> dict[str, Iterable[str]]:
    """The choices of the list by the names they have in its address."""
    return {
        "former": ("1",),
        "department": department_names(),
        "role": STAFF,
        "state": (HERE, AWAY, OFF),
        "sort": SORTS,
    }


def people_page(user: User, query: "QueryDict", *, may_hire: bool) -> PeoplePage:
    """A hundred by name; four queries, six when somebody has hours of their own."""
    q, former = query.get("q", "").strip()[:100], query.get("former") == "1"
    chosen = {name: _chosen(query, name) for name in ("department", "role", "state")}
    rows = _colleagues(user, former)
    said = _wanted(rows, q, chosen, query.get("sort", ""))
    pages = max(1, -(-len(said) // ROWS))
    number = min(max(1, id_of(query.get("page", "")) or 1), pages)
    anything = ("", "—")
    return PeoplePage(
        people=tuple(said[(number - 1) * ROWS : number * ROWS]),
        total=len(said),
        number=number,
        pages=pages,
        q=q,
        former=former,
        chosen=chosen,
        address=query.urlencode(),
        departments=(anything, *sorted(department_names().items(), key=lambda one: one[1])),
        roles=(anything, *((role.value, role.label) for role in Role if role in STAFF)),
        states=(
            anything,
            (HERE, _("at work")),
            (AWAY, _("away")),
            (OFF, _("out of their own hours")),
        ),
        away=sum(one.person.is_away for one in rows),
        may_hire=may_hire,
        may_weigh=bool(user.roles & DEPARTMENT),
        powers=told_of_powers(user),
        freed=tuple(freed_duties()) if user.roles & set(PLANNERS) else (),
    )


def people_file(user: User, query: "QueryDict", kind: str) -> HttpResponse:
    """The list as it is narrowed and sorted, whole; 404 for a kind that is neither csv nor xlsx."""
    if kind not in TYPES:
        raise Http404
    chosen = {name: _chosen(query, name) for name in ("department", "role", "state")}
    rows = _colleagues(user, query.get("former") == "1")
    said = _wanted(rows, query.get("q", "").strip()[:100], chosen, query.get("sort", ""))
    note_export(by=user, what="people", rows=len(said))
    head = [_("Full name"), _("Department"), _("Roles"), _("Team"), _("Today"), _("Stands in")]
    head += [_("E-mail"), _("Phone")]
    lines = [
        (
            one.person.name,
            one.person.department,
            one.roles,
            one.person.team,
            today_in_words(one),
            one.person.substitute,
            one.person.email,
            one.person.phone,
        )
        for one in said
    ]
    name = f"people-{business_day().isoformat()}"
    answer = table_file(kind, name, head, lines)
    answer["Cache-Control"] = "no-store"
    return answer


def _chosen(query: "QueryDict", name: str) -> str:
    value = query.get(name, "")
    return value if value in offered()[name] else ""


def _colleagues(user: User, former: bool) -> list[Colleague]:
    """Everybody but those who are clients only; the cause of an absence for whoever notes them."""
    labels = {role.value: role_label(role) for role in Role}
    sees_cause, off = bool(user.roles & set(NOTERS)), off_now()
    return [
        Colleague(
            row if sees_cause or row.id == user.pk else replace(row, away_for=""),
            ", ".join(labels[role] for role in row.roles),
            AWAY if row.is_away else OFF if row.id in off else HERE,
        )
        for row in everybody(with_former=former)
        if not row.roles or not STAFF.isdisjoint(row.roles)
    ]


def _wanted(rows: list[Colleague], q: str, chosen: dict[str, str], sort: str) -> list[Colleague]:
    if chosen["department"]:
        rows = [one for one in rows if one.person.department_code == chosen["department"]]
    if chosen["role"]:
        rows = [one for one in rows if chosen["role"] in one.person.roles]
    if chosen["state"]:
        rows = [one for one in rows if one.person.is_active and one.state == chosen["state"]]
    said = matching(q, rows, _said)
    by = SORTS.get(sort.removeprefix("-"))
    return sorted(said, key=by, reverse=sort.startswith("-")) if by else said


def _said(one: Colleague) -> str:
    person: PersonRow = one.person
    return f"{person.name} {one.roles} {person.team} {person.department}"
