"""Projects of clients, and how their tasks stand."""

from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from pult.clients.access import roles_of
from pult.clients.models import Assignment
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import Department, User
from pult.people.queries import full_names
from pult.work.access import DEPARTMENTS, SEE_ALL, clients_seen, project_for, queue_of, tasks_of
from pult.work.models import WAITING, Auditor, Project, Task
from pult.work.queries.rows import rows_of
from pult.work.queries.shapes import ProjectCard, ProjectList, ProjectRow

PAGE = 50
TASKS = 100


def project_list(
    user: User,
    *,
    client: int | None = None,
    department: str = "",
    with_ended: bool = False,
    page: int = 1,
) -> ProjectList:
    """The projects a person sees, by client and department; five queries."""
    rows = _seen(user)
    if client:
        rows = rows.filter(client=client)
    if department:
        rows = rows.filter(department=department)
    if not with_ended:
        rows = rows.filter(ended_on=None)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE
    shown = rows.select_related("client").order_by("client__name", "department", "title", "pk")
    return ProjectList(tuple(_rows(list(shown[start : start + PAGE]))), total, page, pages)


def project_card(user: User, project_id: int) -> ProjectCard:
    """One project with its tasks, the newest hundred in the order they began; raises NotVisible.

    Tasks are those of it that the person sees. At most nine queries.
    """
    project = project_for(user, project_id)
    tasks = tasks_of(user, among=Task.objects.filter(project=project))
    newest = tasks.order_by("-created_at", "-pk").values_list("pk", flat=True)[:TASKS]
    rows = rows_of(user, list(newest))
    return ProjectCard(
        row=_rows([project])[0],
        tasks=tuple(sorted(rows, key=lambda one: (one.created_at, one.id))),
        manager_id=project.manager_id,
        own_title=project.title,
    )


def department_choices() -> tuple[tuple[str, str], ...]:
    """(code, label) of the departments that take tasks."""
    return tuple((code, str(Department.Code(code).label)) for code in DEPARTMENTS)


def _seen(user: User) -> QuerySet[Project]:
    roles = roles_of(user)
    if roles & SEE_ALL:
        return Project.objects.all()
    tasks = Task.objects.order_by().values("project")
    watched = Auditor.objects.filter(user=user).values("task__project")
    seen = Q(pk__in=tasks.filter(assignee=user)) | Q(pk__in=tasks.filter(author=user))
    seen |= Q(pk__in=watched)
    if clients := clients_seen(user):
        seen |= Q(client__in=clients)
    if queue := queue_of(user):
        seen |= Q(department=queue)
    return Project.objects.filter(seen) if roles - {Role.CLIENT} else Project.objects.none()


def _rows(projects: list[Project]) -> list[ProjectRow]:
    ids = [project.pk for project in projects]
    now = clock.now()
    late = Q(closed_at=None, state__in=WAITING, due__lt=now)
    told = Task.objects.filter(project__in=ids).order_by().values("project")
    figures = {
        row["project"]: row
        for row in told.annotate(
            open=Count("pk", filter=Q(closed_at=None)),
            overdue=Count("pk", filter=late),
            done=Count("pk", filter=Q(state="accepted")),
            next_due=Min("due", filter=Q(closed_at=None)),
            last_due=Max("due", filter=Q(closed_at=None)),
        )
    }
    held = Assignment.objects.filter(
        client__in={project.client_id for project in projects}, role="am", until=None
    )
    managers = dict(held.values_list("client", "user"))
    controllers = {
        project.pk: project.manager_id or managers.get(project.client_id) for project in projects
    }
    names = full_names(pk for pk in controllers.values() if pk)
    return [
        _row(project, figures.get(project.pk, {}), names.get(controllers[project.pk], ""))
        for project in projects
    ]


def _row(
    project: Project, figures: dict[str, int | datetime | None], controller: str
) -> ProjectRow:
    label = str(Department.Code(project.department).label)
    return ProjectRow(
        id=project.pk,
        client_id=project.client_id,
        client=project.client.name,
        department=project.department,
        department_label=label,
        title=project.title or label,
        controller=controller,
        started_on=project.started_on,
        ended_on=project.ended_on,
        open=figures.get("open", 0),
        overdue=figures.get("overdue", 0),
        done=figures.get("done", 0),
        next_due=figures.get("next_due"),
        last_due=figures.get("last_due"),
        version=project.version,
    )
