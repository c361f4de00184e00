"""Whom their people and what their statuses are here: said once for all of them, remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pult.integrations.migration.actions.sources import map_person, map_status
from pult.integrations.migration.models import TheirStatus
from pult.integrations.migration.queries import (
    PersonItem,
    StatusItem,
    people_of,
    source_name,
    statuses_of,
)
from pult.kernel.access import access
from pult.kernel.errors import PultError
from pult.kernel.facts import acting
from pult.kernel.words import id_of
from pult.people.queries import people as colleagues
from pult.ui.render import render_page
from pult.web.answers import attempt, done, status_of
from pult.web.fields import not_offered
from pult.web.pages.migration.view import FORM, ROLES

ASKED, NOBODY = "ask", "none"


@dataclass(frozen=True)
class PeoplePage:
    """`rows` are (person there, the answer so far); `options` the answers."""

    source_id: int
    name: str
    rows: tuple[tuple[PersonItem, str], ...]
    options: tuple[tuple[str, str], ...]
    problem: PultError | None = None


@dataclass(frozen=True)
class StatusesPage:
    source_id: int
    name: str
    rows: tuple[StatusItem, ...]
    options: tuple[tuple[str, str], ...]
    problem: PultError | None = None


@access(*ROLES)
@FORM
def people(request: HttpRequest, source_id: int) -> HttpResponse:
    rows = people_of(request.user, source_id)
    known = {str(one.id): _answer(one) for one in rows}
    options = _colleagues()
    problem = None
    if request.method == "POST":
        offered = {code for code, _label in options}
        given = _given(request, known, offered)
        problem = _say(given, lambda pk, value: _person(request.user, pk, value))
        if problem is None:
            return _saved(request, source_id)
    name = source_name(request.user, source_id)
    shown = tuple((one, known[str(one.id)]) for one in rows)
    page = PeoplePage(source_id, name, shown, options, problem)
    return render_page(request, "migration/people.html", page, status=status_of(problem))


@access(*ROLES)
@FORM
def statuses(request: HttpRequest, source_id: int) -> HttpResponse:
    rows = statuses_of(request.user, source_id)
    options = tuple((value, str(label)) for value, label in TheirStatus.Ours.choices)
    problem = None
    if request.method == "POST":
        offered = {code for code, _label in options}
        known = {str(one.id): one.ours if one.is_decided else ASKED for one in rows}
        given = _given(request, known, offered)
        problem = _say(given, lambda pk, value: _status(request.user, pk, value))
        if problem is None:
            return _saved(request, source_id)
    name = source_name(request.user, source_id)
    page = StatusesPage(source_id, name, rows, options, problem)
    return render_page(request, "migration/statuses.html", page, status=status_of(problem))


def _given(request: HttpRequest, known: dict[str, str], offered: set[str]) -> dict[str, str]:
    """What the form says anew, by id."""
    found = {}
    for pk, before in known.items():
        value = request.POST.get(f"is_{pk}", before)
        if value != before:
            found[pk] = value if value in offered else "?"
    return found


def _say(given: dict[str, str], act: Callable[[int, str], Any]) -> PultError | None:
    """All of the answers or none."""

    def all_of_them() -> None:
        with acting(0):
            for pk, value in given.items():
                if value == "?":
                    raise not_offered("decision")
                act(int(pk), value)

    return attempt(all_of_them)


def _person(by: Any, pk: int, value: str) -> None:
    if value != ASKED:
        map_person(by=by, person_id=pk, user_id=id_of(value))


def _status(by: Any, pk: int, value: str) -> None:
    map_status(by=by, status_id=pk, ours=value)


def _answer(one: PersonItem) -> str:
    if one.user_id:
        return str(one.user_id)
    return NOBODY if one.is_decided else ASKED


def _colleagues() -> tuple[tuple[str, str], ...]:
    named = ((str(one.id), one.name) for one in colleagues())
    return ((ASKED, _("nobody has said")), (NOBODY, _("nobody here")), *named)


def _saved(request: HttpRequest, source_id: int) -> HttpResponse:
    to = reverse("migration_source", args=[source_id])
    return done(request, _("Said once, remembered."), to=to)
