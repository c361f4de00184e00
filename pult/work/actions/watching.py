"""Marks of a task and who watches it (13.1)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.kernel.roles import STAFF
from pult.people.models import User
from pult.people.queries import who_is, works_here
from pult.work.access import acting_role, manager_of, roles_of, task_for, works_on
from pult.work.models import FLAGS, Auditor
from pult.work.steps import again, check_seen, tell, write

if TYPE_CHECKING:
    from pult.work.models import Task

CALLS_HEAD = frozenset({"is_global", "is_important", "is_disputed"})


def set_flag(*, by: User, task_id: int, flag: str, on: bool, version: int | None = None) -> "Task":
    """Mark a task urgent, global, important or disputed; the last three call the head of client
    service as an auditor. Whoever sees a task may call it disputed."""
    if flag not in FLAGS:
        raise BadInput(_("There is no such mark"), field="flag")
    task = task_for(by, task_id)
    if not (flag == "is_disputed" and on) and not works_on(by, task):
        raise _not_yours(task, _("mark the task"))
    role = acting_role(by)
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        task.refresh_from_db(fields=[flag])
        if getattr(task, flag) == on:
            return task
        write(task, **{flag: on})
        tell("task.flagged", task, by, role, key=flag, state="on" if on else "off")
        if on:
            _call_head(task, by, role, flag)
    return task


def add_auditor(*, by: User, task_id: int, user_id: int) -> None:
    """Let a colleague watch a task: they see it and change nothing."""
    task = task_for(by, task_id)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if not works_on(by, task) or not roles_of(by) & STAFF:
        raise _not_yours(task, _("add auditors"))
    if user is None or not works_here(user):
        raise BadInput(_("Choose a colleague"), field="user")
    with acting(task.client_id):
        watch(task, by, acting_role(by), user, automatic=False)


def remove_auditor(*, by: User, task_id: int, user_id: int) -> None:
    """Let a colleague watch no more; whom 13.1 put there stays while a mark calls for them."""
    task = task_for(by, task_id)
    if user_id != by.pk and not works_on(by, task):
        raise _not_yours(task, _("remove auditors"))
    with acting(task.client_id):
        row = Auditor.objects.filter(task=task, user=user_id).first()
        if row is None:
            return
        task.refresh_from_db(fields=CALLS_HEAD)  # a mark may have been set meanwhile
        if row.is_automatic and any(getattr(task, flag) for flag in CALLS_HEAD):
            raise Refusal(
                _("The task is marked, so the head of client service watches it"),
                clause="13.1",
                cure=_("Take the mark off first"),
                subject=task,
            )
        row.delete()
        state = {"key": str(user_id), "state": "off", "payload": {"automatic": False}}
        tell("task.auditor", task, by, acting_role(by), **state)


def watch_flags(
    task: "Task", by: User, role: str, flags: Iterable[str], auditor_ids: Iterable[int]
) -> None:
    """Tell the marks of a new task and put its auditors there, inside an action."""
    for flag in flags:
        tell("task.flagged", task, by, role, key=flag, state="on")
        _call_head(task, by, role, flag)
    wanted = set(auditor_ids)
    users = list(User.objects.filter(pk__in=wanted, is_active=True)) if wanted else []
    if len(users) != len(wanted):
        raise BadInput(_("Choose a colleague"), field="auditors")
    for user in users:
        watch(task, by, role, user, automatic=False)


def watch_optimisation(task: "Task", by: User | None, role: str) -> None:
    """The account manager watches optimisation set by somebody else."""
    manager = manager_of(task.client_id) if task.template == "optimisation" else None
    if manager and manager.pk != task.author_id:
        watch(task, by, role, manager, automatic=True)


def _call_head(task: "Task", by: User, role: str, flag: str) -> None:
    if flag not in CALLS_HEAD:
        return
    for head in who_is("head")[:1]:
        watch(task, by, role, head, automatic=True)


def watch(task: "Task", by: User | None, role: str, user: User, *, automatic: bool) -> None:
    """Put an auditor there, inside an action; once is enough."""
    _row, is_new = Auditor.objects.get_or_create(
        task=task, user=user, defaults={"is_automatic": automatic, "added_at": clock.now()}
    )
    if is_new:
        payload = {"automatic": automatic}
        tell("task.auditor", task, by, role, key=str(user.pk), state="on", payload=payload)


def _not_yours(task: "Task", act: str) -> Refusal:
    return Refusal(_("Your role does not allow this: %(act)s") % {"act": act}, who=str(task.author))
