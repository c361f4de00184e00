"""What the list of tasks shows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui.parts import Tab
from pult.web.pages.task.page import CANCEL_REASONS
from pult.web.pages.tasks.bulk import ACTS
from pult.web.pages.tasks.filters import SEEDS, STATES, VIEWS, filters_of
from pult.web.pages.tasks.rows import drawn
from pult.web.saved_views import View, canonical, views_for
from pult.work.models import DeadlineMove, Task
from pult.work.queries import TaskList, department_choices, doers_of, task_list

if TYPE_CHECKING:
    from pult.people.models import User

Choices = tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class TasksPage:
    """The list with everything around it; `query` is its address without the page."""

    found: TaskList
    query: str
    address: str
    tabs: tuple[Tab, ...]
    views: tuple[View, ...]
    states: Choices
    departments: Choices
    people: Choices
    acts: Choices
    move_reasons: Choices
    cancel_reasons: Choices

    @property
    def drawn_rows(self) -> SafeString:
        """The body of the table."""
        return drawn(self.found.rows)


def tasks_page(user: "User", query: QueryDict) -> TasksPage:
    """The tasks this person sees that fit the address."""
    found = task_list(user, filters_of(user, query))
    address = canonical(query.urlencode())
    people = doers_of(user, {row.department for row in found.rows})
    return TasksPage(
        found=found,
        query=address,
        address=query.urlencode(),
        tabs=_tabs(query, found),
        views=views_for(user, "tasks", SEEDS, address),
        states=(("", _("Any state")), *STATES.items(), *Task.State.choices),
        departments=(("", _("Any department")), *department_choices()),
        people=(("", _("Into the queue")), *people),
        acts=tuple(ACTS.items()),
        move_reasons=tuple(DeadlineMove.Reason.choices),
        cancel_reasons=tuple(CANCEL_REASONS.items()),
    )


def _tabs(query: QueryDict, found: TaskList) -> tuple[Tab, ...]:
    """One tab a view, each keeping the other filters."""
    shown = []
    for code, label in VIEWS.items():
        fresh = query.copy()
        fresh.pop("page", None)
        fresh["view"] = code
        current = code == found.filters.view
        shown.append(Tab(label, f"?{fresh.urlencode()}", current, found.counts.get(code)))
    return tuple(shown)
