"""A client's projects by department (13.2)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.edits import change, check, only
from pult.clients.models import Client
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.ready import ready
from pult.people.queries import works_here
from pult.work.access import DEPARTMENTS, acting_role, project_for
from pult.work.models import CLOSED, Project

if TYPE_CHECKING:
    from pult.people.models import User

PLANNERS = ("am", "head", "production_head", "production_director", "director")
EDITABLE = frozenset({"title", "manager"})
USUAL = """
    SELECT * FROM work_project WHERE client_id = %s AND department = %s AND ended_on IS NULL
    ORDER BY title, id LIMIT 1
"""


def open_project(
    *, by: "User", client_id: int, department: str, title: str = "", manager: "User | None" = None
) -> Project:
    """Open a project of a client in a department; without a title it is the usual one."""
    role = require(by, *PLANNERS, act=_("open projects"))
    client = client_for(by, client_id)
    _check_manager(manager)
    with acting(client.pk):
        return _open(client, department, title, manager, by, role)


def usual_project(client: Client, department: str, by: "User") -> Project:
    """The client's open project of a department: the untitled one, else the oldest, else a new
    one. Inside an action."""
    found = ready(Project, USUAL, [client.pk, department])
    return found[0] if found else _open(client, department, "", None, by, acting_role(by))


def edit_project(*, by: "User", project_id: int, version: int, **changes: Any) -> Project:
    """Change a project's title or who controls its deadlines."""
    role = require(by, *PLANNERS, act=_("change projects"))
    project = project_for(by, project_id)
    _check_manager(changes.get("manager"))
    with acting(project.client_id):
        if fields := change(project, version, only(changes, EDITABLE)):
            _tell("project.edited", project, by, role, payload={"fields": fields})
    return project


def end_project(*, by: "User", project_id: int) -> Project:
    """End a project that has no open tasks."""
    role = require(by, *PLANNERS, act=_("end projects"))
    project = project_for(by, project_id)
    if project.ended_on:
        return project
    with acting(project.client_id):
        left = project.tasks.exclude(state__in=CLOSED).count()
        if left:
            raise Refusal(
                _("The project has open tasks: %(n)d") % {"n": left},
                cure=_("Finish or cancel them first"),
                subject=project,
            )
        today = clock.today(settings.TIME_ZONE)
        change(project, project.version, {"ended_on": max(today, project.started_on)})
        project.recurrences.filter(stopped_at=None).update(stopped_at=clock.now(), next_on=None)
        _tell("project.ended", project, by, role)
    return project


def _check_manager(manager: "User | None") -> None:
    """Deadlines are controlled by somebody at work here (A2-02)."""
    if manager is not None and not (manager.is_active and works_here(manager)):
        raise BadInput(_("Choose a colleague"), field="manager")


def _open(
    client: Client,
    department: str,
    title: str,
    manager: "User | None",
    by: "User",
    role: str,
) -> Project:
    if department not in DEPARTMENTS:
        raise BadInput(_("This department takes no tasks"), field="department")
    project = Project(
        client=client,
        department=department,
        title=title,
        manager=manager,
        started_on=clock.today(settings.TIME_ZONE),
    )
    check(project)
    project.save(force_insert=True)
    _tell("project.opened", project, by, role, payload={"department": department})
    return project


def _tell(kind: str, project: Project, by: "User", role: str, **fact: Any) -> None:
    refs = {"client": project.client_id, "project": project.pk}
    record(kind, root_id=project.client_id, refs=refs, by=by, role=role, **fact)
