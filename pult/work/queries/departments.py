"""All departments at work for a client, side by side (R00-03)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.people.models import User
from pult.work.access import OF_CLIENTS, SEE_ALL
from pult.work.models import WAITING, Task
from pult.work.queries.rows import Words


@dataclass(frozen=True)
class DepartmentWork:
    """Open tasks of one department: how many stand at which stage, how many are late and with
    whom ("" is the queue), and the nearest deadline."""

    code: str
    label: str
    stages: tuple[tuple[str, int], ...]
    total: int
    late: int
    late_with: tuple[str, ...]
    next_due: datetime


def client_work(user: User, client_id: int) -> tuple[DepartmentWork, ...]:
    """The departments with open tasks of a client whose reader was checked already, the soonest
    first; nothing for those who do not see all of a client's tasks. One query."""
    if roles_of(user).isdisjoint(SEE_ALL | OF_CLIENTS):
        return ()
    rows = Task.objects.filter(client=client_id, closed_at=None).order_by("due", "pk")
    found: dict[str, list[tuple[str, datetime, str]]] = {}
    for department, *task in rows.values_list("department", "state", "due", "assignee__full_name"):
        found.setdefault(department, []).append((task[0], task[1], task[2] or ""))
    words, now = Words(), clock.now()
    return tuple(_department(code, tasks, words, now) for code, tasks in found.items())


def _department(
    code: str, tasks: list[tuple[str, datetime, str]], words: Words, now: datetime
) -> DepartmentWork:
    stages = Counter(state for state, _due, _doer in tasks)
    late = [doer for state, due, doer in tasks if state in WAITING and due < now]
    return DepartmentWork(
        code=code,
        label=words.departments[code],
        stages=tuple((words.states[state], n) for state, n in stages.items()),
        total=len(tasks),
        late=len(late),
        late_with=tuple(dict.fromkeys(late)),
        next_due=tasks[0][1],
    )
