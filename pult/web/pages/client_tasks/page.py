"""What the tab of a client's tasks shows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.ui.parts import Tab
from pult.web.pages.client.head import Head, head_of
from pult.web.pages.tasks.rows import drawn
from pult.work.queries import TaskFilters, TaskList, task_list

if TYPE_CHECKING:
    from pult.people.models import User


# Who reads what the client's former system held.
BEFORE = frozenset({Role.AM, Role.SALES, Role.HEAD, Role.DIRECTOR})


@dataclass(frozen=True)
class TasksTab:
    """`rows` are drawn, as in the list of tasks but for the ticks."""

    head: Head
    found: TaskList
    rows: SafeString
    tabs: tuple[Tab, ...]
    sees_before: bool


def tasks_tab(user: "User", client_id: int, query: QueryDict) -> TasksTab:
    """The open tasks of the client, or the closed ones; raises NotVisible."""
    head = head_of(user, client_id, "client_tasks")
    state = "closed" if query.get("state") == "closed" else "open"
    page = id_of(query.get("page", "")) or 1
    wanted = TaskFilters(view="all", client=client_id, state=state, page=page)
    found = task_list(user, wanted, with_counts=False)
    return TasksTab(
        head=head,
        found=found,
        rows=drawn(found.rows, with_client=False),
        tabs=(
            Tab(_("Open ones"), "?state=open", state == "open"),
            Tab(_("Closed ones"), "?state=closed", state == "closed"),
        ),
        sees_before=bool(BEFORE & user.roles),
    )
