"""What the forms of projects do."""

from typing import TYPE_CHECKING

from django.http import QueryDict

from pult.people.queries import colleague
from pult.web.fields import id_in, not_offered
from pult.work.actions import edit_project, open_project

if TYPE_CHECKING:
    from pult.people.models import User
    from pult.work.models import Project


def open_typed(user: "User", given: QueryDict) -> "Project":
    """Open the project as typed; BadInput naming the field."""
    if (client_id := id_in(given, "client")) is None:
        raise not_offered("client")
    return open_project(
        by=user,
        client_id=client_id,
        department=given.get("department", ""),
        title=given.get("title", ""),
        manager=_manager(given),
    )


def edit_typed(user: "User", project_id: int, given: QueryDict) -> "Project":
    """Change the project as typed; Conflict when somebody was quicker."""
    return edit_project(
        by=user,
        project_id=project_id,
        version=id_in(given, "version") or 0,
        title=given.get("title", ""),
        manager=_manager(given),
    )


def _manager(given: QueryDict) -> "User | None":
    if (chosen := id_in(given, "manager")) is None:
        return None
    if (found := colleague(chosen)) is None:
        raise not_offered("manager")
    return found
