"""From the address of the list to `TaskFilters`, and the lists everybody has."""

from collections.abc import Collection, Container
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.kernel.days import read_day
from pult.kernel.errors import BadInput
from pult.kernel.roles import STAFF, Role
from pult.kernel.words import id_of
from pult.web.saved_views import Seed
from pult.work.models import FLAGS, Task
from pult.work.queries import TaskFilters, department_choices

if TYPE_CHECKING:
    from pult.people.models import User

VIEWS = {
    "mine": pgettext_lazy("list of tasks", "Mine"),
    "queue": pgettext_lazy("list of tasks", "Queue of the department"),
    "set": pgettext_lazy("list of tasks", "Set by me"),
    "accept": pgettext_lazy("list of tasks", "Wait for my acceptance"),
    "watch": pgettext_lazy("list of tasks", "I watch"),
    "all": pgettext_lazy("list of tasks", "All I see"),
}
STATES = {
    "open": pgettext_lazy("list of tasks", "Open"),
    "overdue": pgettext_lazy("list of tasks", "Overdue"),
    "hot": pgettext_lazy("list of tasks", "Burning"),
    "closed": pgettext_lazy("list of tasks", "Closed"),
}
SORTS = ("due", "urgent", "created", "client", "person", "state", "title")
DOERS = frozenset({Role.AM, Role.EXECUTOR})
DISTRIBUTORS = frozenset({Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR})
LEADERS = frozenset({Role.HEAD, Role.DIRECTOR}) | DISTRIBUTORS
SEEDS = (
    Seed(_("Overdue"), "view=all&state=overdue", frozenset(STAFF)),
    Seed(_("Burning"), "view=all&state=hot", frozenset({Role.AM}) | LEADERS),
    Seed(_("Bounced"), "view=all&state=bounced", frozenset({Role.AM}) | LEADERS),
)


def first_view(user: "User") -> str:
    """The view a list opens on: what asks for something of this person by their roles."""
    if user.roles & DOERS:
        return "mine"
    if user.roles & DISTRIBUTORS:
        return "queue"
    return "all" if user.roles & LEADERS else "mine"


def filters_of(user: "User", query: QueryDict) -> TaskFilters:
    """What the address asks for, of the person's own view by default; unknown values are
    dropped."""
    departments = dict(department_choices())
    sort = query.get("sort", "")
    return TaskFilters(
        view=_known(query, "view", VIEWS) or first_view(user),
        q=query.get("q", "")[:200],
        state=_known(query, "state", (*STATES, *Task.State.values)),
        client=id_of(query.get("client", "")),
        project=id_of(query.get("project", "")),
        department=_known(query, "department", departments),
        person=id_of(query.get("person", "")),
        author=id_of(query.get("author", "")),
        flag=_known(query, "flag", FLAGS),
        due_from=_day(query, "from"),
        due_to=_day(query, "to"),
        snoozed=query.get("snoozed") == "1",
        sort=sort if sort.removeprefix("-") in SORTS else "due",
        page=id_of(query.get("page", "")) or 1,
    )


def offered_in(query: QueryDict) -> dict[str, Collection[str]]:
    """What may be chosen in the address of a list of tasks, by its part: numbers and days name
    themselves."""
    numbers = ("client", "project", "person", "author")
    return {
        "view": VIEWS,
        "state": (*STATES, *Task.State.values),
        "department": dict(department_choices()),
        "flag": FLAGS,
        "sort": SORTS,
        "snoozed": ("1",),
        **{
            name: [one for one in query.getlist(name) if id_of(one) is not None] for name in numbers
        },
        **{name: [query.get(name, "")] if _day(query, name) else () for name in ("from", "to")},
    }


def _known(query: QueryDict, name: str, codes: Container[str]) -> str:
    code = query.get(name, "")
    return code if code in codes else ""


def _day(query: QueryDict, name: str) -> date | None:
    try:
        return read_day(query.get(name, ""), name)
    except BadInput:
        return None
