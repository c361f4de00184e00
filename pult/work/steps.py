"""One step of a task: the frame every action of this package shares.

The row is read again under the client's lock; the state moves by a conditional update, so of two
people at once one is told what the other did.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import Conflict, Refusal
from pult.kernel.facts import kind_of, record
from pult.kernel.models import Fact
from pult.work.logic import states
from pult.work.models import CLOSED, Task

if TYPE_CHECKING:
    from pult.people.models import User


def refs_of(task: Task, **more: int) -> dict[str, int]:
    """What every fact about a task names."""
    refs = {"client": task.client_id, "task": task.pk}
    if task.line_id:
        refs["line"] = task.line_id
    return refs | more


def tell(kind: str, task: Task, by: "User | None", role: str, **fact: Any) -> Fact:
    """Record a fact about a task; `refs` among `fact` are added to the task's own."""
    refs = refs_of(task, **fact.pop("refs", {}))
    return record(kind, root_id=task.client_id, refs=refs, by=by, role=role, **fact)


def tell_due(task: Task, by: "User | None", role: str) -> None:
    """Record the deadline: the newest fact rules."""
    minute = clock.to_minute(task.due)
    day = task.due.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    tell("task.due", task, by, role, key=str(task.pk), day=day, payload={"minute": minute})


def again(task: Task) -> None:
    """Read what may have moved meanwhile, under the lock."""
    task.refresh_from_db(
        fields=[
            "state", "version", "due", "assignee", "taken_at", "done_at", "closed_at", "bounces",
            "moves", "returns", "missed_at", "department", "project", "client",
        ]
    )  # fmt: skip


def check_seen(task: Task, version: int | None) -> None:
    """Raises Conflict, saying what somebody changed, when the person saw an older version."""
    if version is not None and task.version != version:
        raise changed_meanwhile(task)


def changed_meanwhile(task: Task) -> Conflict:
    """What the other one did, by the newest fact about the task."""
    facts = Fact.objects.filter(root_id=task.client_id, refs__task=task.pk).exclude(kind="void")
    newest = facts.select_related("actor").order_by("-id").first()
    cure = _("Open it again and repeat your change")
    if newest is None:
        return Conflict(_("Somebody changed this while you were editing"), cure=cure)
    who = str(newest.actor) if newest.actor else _("Pult")
    what = kind_of(newest.kind).label(get_language() or "ru")
    if newest.state and newest.kind == "task.state":
        what = f"{what}: {Task.State(newest.state).label}"
    return Conflict(
        _("%(who)s changed this while you were editing: %(what)s") % {"who": who, "what": what},
        cure=cure,
    )


def must(act: str, task: Task) -> None:
    """Raises Refusal when the act does not lead from the task's state."""
    if not states.can(act, task.state):
        raise Refusal(
            _("The task is already: %(state)s") % {"state": Task.State(task.state).label},
            cure=_("Open it again to see what can be done now"),
            subject=task,
        )


def step(
    act: str,
    task: Task,
    by: "User | None",
    role: str,
    *,
    came_from: str = states.NEW,
    reason_code: str = "",
    at: datetime | None = None,
    **columns: Any,
) -> None:
    """Move the task by an act, with these columns, and record its new state."""
    must(act, task)
    now = at or clock.now()
    target = states.after(act, task.state, came_from)
    columns |= {"state": target, "changed_at": now}
    columns["closed_at"] = now if target in CLOSED else None
    _write(task, columns)
    payload = {"reason_code": reason_code} if reason_code else {}
    tell("task.state", task, by, role, state=target, payload=payload, at=at)


def write(task: Task, **columns: Any) -> None:
    """Change columns that are not the state; the version goes up."""
    _write(task, columns | {"changed_at": clock.now()})


def _write(task: Task, columns: dict[str, Any]) -> None:
    mine = Task.objects.filter(pk=task.pk, version=task.version, state=task.state)
    if not mine.update(version=F("version") + 1, **columns):
        raise changed_meanwhile(task)
    for name, value in columns.items():
        setattr(task, name, value)
    task.version += 1
