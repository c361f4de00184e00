"""What the list of projects, a project over time and a new one show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.clients.queries import client_header, client_names
from pult.clients.queries.directory import client_choice
from pult.clients.queries.held import held_by
from pult.kernel import clock
from pult.kernel.errors import PultError
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.people.queries import colleagues, standing_in
from pult.ui import charts
from pult.web.pages.projects.rows import drawn
from pult.web.pages.task.page import TONES
from pult.work.queries import (
    ProjectCard,
    ProjectList,
    TaskRow,
    department_choices,
    project_card,
    project_list,
)

if TYPE_CHECKING:
    from pult.people.models import User

PLANNERS = (
    Role.AM,
    Role.HEAD,
    Role.PRODUCTION_HEAD,
    Role.PRODUCTION_DIRECTOR,
    Role.DIRECTOR,
)
FOUND = 20
Choices = tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class FoundClients:
    """Clients to choose from, (id, name): `own` all of them, of the `others` the first; `more`
    fit and are left out."""

    own: Choices = ()
    others: Choices = ()
    more: int = 0


@dataclass(frozen=True)
class ProjectsPage:
    found: ProjectList
    departments: Choices
    department: str
    client: int | None
    with_ended: bool
    may_open: bool

    @property
    def drawn_rows(self) -> SafeString:
        """The body of the table."""
        return drawn(self.found.rows)


@dataclass(frozen=True)
class Stretch:
    """A task on the line of time; `bar` is drawn."""

    task: TaskRow
    tone: str
    bar: SafeString


@dataclass(frozen=True)
class ProjectPage:
    """`since` and `until` are the ends of the line of time."""

    card: ProjectCard
    stretches: tuple[Stretch, ...]
    since: datetime
    until: datetime
    people: Choices
    may_change: bool
    problem: PultError | None
    typed: Mapping[str, str]


@dataclass(frozen=True)
class NewProject:
    """Without a client it is looked for: `clients` are (id, name) of those found."""

    client_id: int | None
    client: str
    q: str
    clients: tuple[tuple[int, str], ...]
    departments: Choices
    people: Choices
    typed: Mapping[str, str]
    problem: PultError | None


def projects_page(user: "User", query: QueryDict) -> ProjectsPage:
    """The projects this person sees that fit the address."""
    known = dict(department_choices())
    department = query.get("department", "")
    client = id_of(query.get("client", ""))
    with_ended = query.get("ended") == "1"
    found = project_list(
        user,
        client=client,
        department=department if department in known else "",
        with_ended=with_ended,
        page=id_of(query.get("page", "")) or 1,
    )
    return ProjectsPage(
        found=found,
        departments=(("", _("Any department")), *known.items()),
        department=department,
        client=client,
        with_ended=with_ended,
        may_open=not user.roles.isdisjoint(PLANNERS),
    )


def project_page(
    user: "User",
    project_id: int,
    *,
    problem: PultError | None = None,
    typed: Mapping[str, str] | None = None,
) -> ProjectPage:
    """A project with its tasks on one line of time; raises NotVisible."""
    card = project_card(user, project_id)
    now = clock.now()
    since = min((one.created_at for one in card.tasks), default=now)
    until = max((now + timedelta(days=1), *(_end(one) for one in card.tasks)))
    may_change = not user.roles.isdisjoint(PLANNERS)
    return ProjectPage(
        card=card,
        stretches=tuple(_stretch(one, since, until, now) for one in card.tasks),
        since=since,
        until=until,
        people=(("", _("The client's account manager")), *colleagues()) if may_change else (),
        may_change=may_change and card.row.ended_on is None,
        problem=problem,
        typed=typed or {},
    )


def new_page(user: "User", given: QueryDict, problem: PultError | None) -> NewProject:
    """The step that what is given leads to; raises NotVisible for somebody else's client."""
    client_id = id_of(given.get("client", ""))
    header = client_header(user, client_id) if client_id else None
    q = given.get("q", "")[:200]
    return NewProject(
        client_id=client_id if header else None,
        client=header.name if header else "",
        q=q,
        clients=FoundClients() if header else found_clients(user, q),
        departments=department_choices(),
        people=(("", _("The client's account manager")), *colleagues()) if header else (),
        typed=given,
        problem=problem,
    )


def found_clients(user: "User", text: str) -> FoundClients:
    """The clients that fit the words, for a choice: the reader's own and those they stand in for
    before the others."""
    fitting, total = client_choice(user, text[:200])
    managed = _managed(user.pk) if Role.AM in user.roles else frozenset()
    own = client_names(managed) if not text.strip() else _among(fitting, managed)
    others = [(pk, name) for pk, name in fitting.items() if pk not in own][:FOUND]
    return FoundClients(
        own=tuple(sorted(own.items(), key=lambda one: one[1])),
        others=tuple(others),
        more=max(0, total - len(own) - len(others)),
    )


def _managed(user_id: int) -> frozenset[int]:
    return frozenset(held_by([user_id, *standing_in(user_id)], Role.AM))


def _among(names: Mapping[int, str], ids: frozenset[int]) -> dict[int, str]:
    return {pk: name for pk, name in names.items() if pk in ids}


def _end(task: TaskRow) -> datetime:
    return max(task.due, task.created_at)


def _stretch(task: TaskRow, since: datetime, until: datetime, now: datetime) -> Stretch:
    span = (until - since) / timedelta(seconds=1) or 1.0

    def share(at: datetime) -> float:
        return (at - since) / timedelta(seconds=1) / span

    tone = "breach" if task.is_overdue else TONES.get(task.state, "plain")
    bar = charts.span(
        share(task.created_at), share(_end(task)), title=task.title, tone=tone, now=share(now)
    )
    return Stretch(task, tone, SafeString(bar))
