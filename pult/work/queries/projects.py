"""Projects of clients, and how their tasks stand."""

from collections.abc import Sequence
from typing import Any

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import Department, User
from pult.work.access import DEPARTMENTS, SEE_ALL, clients_seen, project_for, queue_of, tasks_of
from pult.work.models import WAITING, Task
from pult.work.queries.rows import Words, as_day, aware, rows_of
from pult.work.queries.shapes import ProjectCard, ProjectList, ProjectRow
from pult.work.queries.wanted import NOBODYS, asked, bound, marks

PAGE = 50
TASKS = 100
# Clients are walked by name: no project is sorted that the page does not show.
IN_ORDER = """
    SELECT project.id FROM clients_client AS client CROSS JOIN work_project AS project
    WHERE project.client_id = client.id AND {}
    ORDER BY client.name, client.id, project.department, project.title, project.id
    LIMIT {:d} OFFSET {:d}
"""
# Each way to see a project walks an index of its own.
OF_DOER = "SELECT task.project_id FROM work_task AS task WHERE task.assignee_id = %s"
OF_AUTHOR = "SELECT task.project_id FROM work_task AS task WHERE task.author_id = %s"
WATCHED = """
    SELECT task.project_id FROM work_auditor AS watched
    JOIN work_task AS task ON task.id = watched.task_id WHERE watched.user_id = %s
"""
OF_CLIENTS = "SELECT own.id FROM work_project AS own WHERE own.client_id IN ({})"
OF_QUEUE = "SELECT own.id FROM work_project AS own WHERE own.department = %s"
ROWS = """
    SELECT project.id, project.client_id, client.name, project.department, project.title,
        COALESCE(controller.full_name, (
            SELECT manager.full_name FROM clients_assignment AS held
            JOIN people_user AS manager ON manager.id = held.user_id
            WHERE held.client_id = project.client_id AND held.role = 'am' AND held.until IS NULL
            ORDER BY held.since DESC LIMIT 1
        ), ''), project.started_on, project.ended_on, project.version, stands.left_open,
        stands.late, stands.accepted, stands.next_due, stands.last_due
    FROM work_project AS project
    JOIN clients_client AS client ON client.id = project.client_id
    LEFT JOIN people_user AS controller ON controller.id = project.manager_id
    LEFT JOIN (
        SELECT task.project_id,
            SUM(CASE WHEN task.closed_at IS NULL THEN 1 ELSE 0 END) AS left_open,
            SUM(CASE WHEN task.closed_at IS NULL AND task.state IN ({waiting})
                AND task.due < %s THEN 1 ELSE 0 END) AS late,
            SUM(CASE WHEN task.state = 'accepted' THEN 1 ELSE 0 END) AS accepted,
            MIN(CASE WHEN task.closed_at IS NULL THEN task.due END) AS next_due,
            MAX(CASE WHEN task.closed_at IS NULL THEN task.due END) AS last_due
        FROM work_task AS task WHERE task.project_id IN ({marks}) GROUP BY task.project_id
    ) AS stands ON stands.project_id = project.id
    WHERE project.id IN ({marks})
"""


def project_list(
    user: User,
    *,
    client: int | None = None,
    department: str = "",
    with_ended: bool = False,
    page: int = 1,
) -> ProjectList:
    """The projects a person sees, by client and department; four queries."""
    conditions, told = _seen(user)
    for column, value in (("client_id", client), ("department", department)):
        if value:
            conditions.append(f"project.{column} = %s")
            told.append(value)
    if not with_ended:
        conditions.append("project.ended_on IS NULL")
    holds = " AND ".join(conditions) or "1 = 1"
    (total,) = asked(f"SELECT COUNT(*) FROM work_project AS project WHERE {holds}", told)[0]
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    shown = asked(IN_ORDER.format(holds, PAGE, (page - 1) * PAGE), told)
    return ProjectList(_rows([pk for (pk,) in shown]), total, page, pages)


def project_card(user: User, project_id: int) -> ProjectCard:
    """One project with its tasks, the newest hundred in the order they began; raises NotVisible.

    Tasks are those of it that the person sees. At most nine queries.
    """
    project = project_for(user, project_id)
    tasks = tasks_of(user, among=Task.objects.filter(project=project))
    newest = tasks.order_by("-created_at", "-pk").values_list("pk", flat=True)[:TASKS]
    rows = rows_of(user, list(newest))
    return ProjectCard(
        row=_rows([project.pk])[0],
        tasks=tuple(sorted(rows, key=lambda one: (one.created_at, one.id))),
        manager_id=project.manager_id,
        own_title=project.title,
    )


def department_choices() -> tuple[tuple[str, str], ...]:
    """(code, label) of the departments that take tasks."""
    return tuple((code, str(Department.Code(code).label)) for code in DEPARTMENTS)


def _seen(user: User) -> tuple[list[str], list[Any]]:
    """Conditions of the projects a person sees, and what their marks stand for."""
    roles = roles_of(user)
    if roles & SEE_ALL:
        return [], []
    if not roles - {Role.CLIENT}:
        return [NOBODYS], []
    ways, told = [OF_DOER, OF_AUTHOR, WATCHED], [user.pk, user.pk, user.pk]
    if clients := clients_seen(user):
        ways.append(OF_CLIENTS.format(marks(clients)))
        told += clients
    if queue := queue_of(user):
        ways.append(OF_QUEUE)
        told.append(queue)
    return [f"project.id IN ({' UNION ALL '.join(ways)})"], told


def _rows(ids: Sequence[int]) -> tuple[ProjectRow, ...]:
    """These projects in this order; one query, none for no ids."""
    if not ids:
        return ()
    waiting = ", ".join(f"'{state}'" for state in WAITING)
    statement = ROWS.format(waiting=waiting, marks=marks(ids))
    found = {row[0]: row for row in asked(statement, [bound(clock.now()), *ids, *ids])}
    labels = Words().departments
    return tuple(_row(found[pk], labels) for pk in ids)


def _row(row: tuple[Any, ...], labels: dict[str, str]) -> ProjectRow:
    (pk, client_id, client, department, title, controller, started, ended, version, left, late,
     accepted, next_due, last_due) = row  # fmt: skip
    return ProjectRow(
        id=pk,
        client_id=client_id,
        client=client,
        department=department,
        department_label=labels[department],
        title=title or labels[department],
        controller=controller,
        started_on=as_day(started),
        ended_on=as_day(ended),
        open=left or 0,
        overdue=late or 0,
        done=accepted or 0,
        next_due=aware(next_due),
        last_due=aware(last_due),
        version=version,
    )
