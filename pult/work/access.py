"""Which tasks a person sees: the only door from a user and an id to a task.

Heads and directors see all; an account manager and sales those of the clients they see; a
specialist and an accountant their department's; everybody those they set, do or watch. A task
that is not one's own does not exist (`NotVisible`, a 404). A task shows its client's name to
whoever sees the task; the client's card stays behind `client_for`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import client_holders, clients_of, holder, holding, ids_of, roles_of
from pult.clients.models import Assignment
from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role
from pult.people.models import Department, User
from pult.work.models import Auditor, Project, Task

if TYPE_CHECKING:
    from pult.clients.models import Client

SEE_ALL = frozenset({"head", "director", "production_head", "production_director"})
OF_CLIENTS = frozenset({"am", "sales"})
OF_DEPARTMENT = frozenset({"executor", "accountant", "it"})
ACCOUNTS = Department.Code.ACCOUNTS.value
PRODUCTION = Department.Code.PRODUCTION.value
DEPARTMENTS = tuple(
    code.value
    for code in (
        Department.Code.CONTEXT,
        Department.Code.TARGET,
        Department.Code.DESIGN,
        Department.Code.SMM,
        Department.Code.SEO,
        Department.Code.WEB,
        Department.Code.ANALYTICS,
        Department.Code.PRODUCTION,
        Department.Code.ACCOUNTS,
        Department.Code.ACCOUNTING,
    )
)


def tasks_of(
    user: User, seen: Collection[int] | None = None, among: QuerySet[Task] | None = None
) -> QuerySet[Task]:
    """The tasks a person sees, to be narrowed by queries; `seen` are `clients_seen`, if known.

    `among`: only these, all by default. Each way to see a task walks an index of its own.
    """
    roles = roles_of(user)
    rows = Task.objects.all() if among is None else among
    if roles & SEE_ALL:
        return rows
    if not roles - {Role.CLIENT}:
        return rows.none()
    ways = [rows.filter(assignee=user), rows.filter(author=user)]
    ways.append(rows.filter(pk__in=Auditor.objects.filter(user=user).values("task")))
    if clients := clients_seen(user) if seen is None else seen:
        ways.append(rows.filter(client__in=clients))
    if department := queue_of(user):
        ways.append(rows.filter(department=department))
    first, *others = (way.order_by().values("pk") for way in ways)
    return Task.objects.filter(pk__in=first.union(*others, all=True))


def clients_seen(user: User) -> list[int]:
    """The clients all of whose tasks the person sees: those of an account manager or of sales,
    stood in for too; none for who sees every task anyway."""
    roles = roles_of(user)
    if roles & SEE_ALL or not roles & OF_CLIENTS:
        return []
    found = ids_of(user)
    return sorted(clients_of(user).values_list("pk", flat=True) if found is None else found)


def client_seen(user: User, client_id: int) -> frozenset[int]:
    """The same of one client that this person is known to see: asks nothing."""
    roles = roles_of(user)
    return frozenset() if roles & SEE_ALL or not roles & OF_CLIENTS else frozenset([client_id])


def task_for(user: User, task_id: int) -> Task:
    """The task with its client and project, if this person sees it; raises NotVisible."""
    task = _task(task_id, "client", "project", "assignee", "author", "line")
    if task is None or not _sees(user, task):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return task


@dataclass(frozen=True)
class Standing:
    """How a person stands to a task, asked once for its page. `manager` is (id, name) of the
    client's account manager; the rest are the answers of `conducts`, `leads` and `clients_of`."""

    manager: tuple[int, str] | None
    sees_client: bool
    conducts: bool
    leads: bool
    does: bool
    is_in_queue: bool


def task_and_standing(user: User, task_id: int) -> tuple[Task, Standing]:
    """`task_for` with all that its page asks about the reader; at most four queries."""
    task = _task(task_id, "project__manager", "line", "taken_by", "recurrence", "price")
    if task is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    sees_client, held = client_holders(user, task.client_id)
    roles = roles_of(user)
    seen = _sees_itself(user, task) or (bool(roles & OF_CLIENTS) and sees_client)
    if not (seen or (roles - {Role.CLIENT} and task.auditors.filter(user=user).exists())):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    manager = next(((row.user_id, row.holder) for row in reversed(held) if row.role == "am"), None)
    answers = task.author_id == user.pk or bool(roles & {"head", "director"})
    return task, Standing(
        manager=manager,
        sees_client=sees_client,
        conducts=answers or (Role.AM in roles and sees_client),
        leads=leads(user, task.department),
        does=task.assignee_id == user.pk,
        is_in_queue=task.assignee_id is None and task.department == queue_of(user),
    )


def project_for(user: User, project_id: int) -> Project:
    """The project with its client; seen by whoever sees the client or a task of it."""
    project = None
    if project_id < 2**63:
        project = Project.objects.select_related("client").filter(pk=project_id).first()
    if project is None or not _sees_project(user, project):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return project


def queue_of(user: User) -> str:
    """The department whose queue a specialist works from; "" for those without one.

    What is set to the accountants goes to whoever has the role, in no department too (5.5).
    """
    roles = roles_of(user)
    if not roles & OF_DEPARTMENT:
        return ""
    if user.department_id is None:
        return Department.Code.ACCOUNTING.value if Role.ACCOUNTANT in roles else ""
    code = user.department.code
    return code if code in DEPARTMENTS and code != ACCOUNTS else ""


def leads(user: User, department: str) -> bool:
    """Whether the person distributes the department's work.

    The head and the director lead every department; the production director every one of
    production; a head of production their own, or all of production when in none of them.
    """
    roles = roles_of(user)
    if roles & {"head", "director"}:
        return True
    if department in (ACCOUNTS, Department.Code.ACCOUNTING):
        return False
    if "production_director" in roles:
        return True
    if "production_head" not in roles:
        return False
    own = user.department.code if user.department_id else ""
    return own in (department, PRODUCTION) or own not in DEPARTMENTS


def led_by(user: User) -> tuple[str, ...]:
    """The departments whose work the person distributes."""
    return tuple(code for code in DEPARTMENTS if leads(user, code))


def conducts(user: User, task: Task) -> bool:
    """Whether the person answers for the task before the client: accepts, mends, cancels.

    Its author, the client's account manager (or their stand-in), the head and the director.
    """
    roles = roles_of(user)
    if task.author_id == user.pk or roles & {"head", "director"}:
        return True
    return Role.AM in roles and clients_of(user).filter(pk=task.client_id).exists()


def works_on(user: User, task: Task) -> bool:
    """Whether the person does, leads or answers for the task: those who only watch it do not."""
    return task.assignee_id == user.pk or leads(user, task.department) or conducts(user, task)


def role_in(user: User, client_id: int) -> str:
    """The role a doer acts in with a client: М4 follows it (A2-06).

    Whoever manages this client's account is its manager here; others act as what they are.
    """
    held = set(
        Assignment.objects.filter(holding(clock.now()), client=client_id, user=user).values_list(
            "role", flat=True
        )
    )
    roles = roles_of(user)
    if "am" in held and "am" in roles:
        return "am"
    for role in ("executor", "production_head", "production_director", "accountant", "am"):
        if role in roles:
            return role
    return next(iter(sorted(roles)), "")


def acting_role(user: User, *preferred: str) -> str:
    """The role to write beside a fact: the first preferred one held, else any."""
    roles = roles_of(user)
    order = (*preferred, "am", "executor", "production_head", "production_director", "head")
    return next((role for role in order if role in roles), next(iter(sorted(roles)), ""))


def manager_of(client: "Client | int") -> User | None:
    """The client's account manager now."""
    return holder(client if isinstance(client, int) else client.pk, "am")


def _task(task_id: int, *joined: str) -> Task | None:
    if task_id >= 2**63:  # no id of the database's
        return None
    return Task.objects.select_related(*joined).filter(pk=task_id).first()


def _sees(user: User, task: Task) -> bool:
    if _sees_itself(user, task):
        return True
    roles = roles_of(user)
    if roles & OF_CLIENTS and clients_of(user).filter(pk=task.client_id).exists():
        return True
    return bool(roles - {Role.CLIENT}) and task.auditors.filter(user=user).exists()


def _sees_itself(user: User, task: Task) -> bool:
    """What the task alone says: everybody's, one's own, one's department's."""
    roles = roles_of(user)
    if roles & SEE_ALL:
        return True
    if not roles - {Role.CLIENT}:
        return False
    return user.pk in (task.author_id, task.assignee_id) or task.department == queue_of(user)


def _sees_project(user: User, project: Project) -> bool:
    roles = roles_of(user)
    if roles & SEE_ALL or project.department == queue_of(user):
        return bool(roles - {Role.CLIENT})
    if roles & OF_CLIENTS and clients_of(user).filter(pk=project.client_id).exists():
        return True
    return tasks_of(user).filter(project=project).exists()
