"""Which tasks a list asks for, as plain SQL: lists are opened all day, and building these queries
took several times as long as answering them.

States are written out, never marked: the indexes of open tasks are found by them.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.kernel.search import search
from pult.people.left import burns_until
from pult.people.models import User
from pult.people.queries import business_day, next_working_day
from pult.work.access import ACCOUNTS, SEE_ALL, led_by, queue_of
from pult.work.models import FLAGS, OPEN, WAITING, Task
from pult.work.queries.shapes import TaskFilters

MOST_HITS = 500
IS_OPEN = "task.closed_at IS NULL"
SET_BY = "task.author_id = %s"
WATCHED = "task.id IN (SELECT watched.task_id FROM work_auditor AS watched WHERE user_id = %s)"
SNOOZED = "task.id NOT IN (SELECT put_off.task_id FROM work_snooze AS put_off WHERE {})"
NOBODYS = "1 = 0"
Way = tuple[str, Sequence[Any]]


class Wanted(NamedTuple):
    """Rows of `work_task AS task` for which every condition holds; `told` are what the marks stand
    for. With `ways` at least one of them holds too: each walks an index of its own."""

    conditions: tuple[str, ...] = ()
    told: tuple[Any, ...] = ()
    ways: tuple[Way, ...] = ()

    def where(self, condition: str, *told: Any) -> "Wanted":
        """Those of them for which this holds too."""
        more = (*self.conditions, condition), (*self.told, *told)
        return self._replace(conditions=more[0], told=more[1])

    def query(
        self, what: str, *, order: str = "", limit: int = 0, start: int = 0, joined: str = ""
    ) -> tuple[str, list[Any]]:
        """The statement that answers `what`, and what its marks stand for."""
        holds, told = " AND ".join(self.conditions) or "1 = 1", list(self.told)
        if self.ways:
            # The first of all are among the first of each way, which its index gives in order.
            first = f"ORDER BY {order} LIMIT {start + limit:d}" if order and limit else ""
            ways, told = self._each(first, joined)
            holds = f"task.id IN ({' UNION ALL '.join(ways)})"
        words = [f"SELECT {what} FROM work_task AS task {joined} WHERE {holds}"]
        words += [f"ORDER BY {order}"] if order else []
        words += [f"LIMIT {limit:d}"] if limit else []
        words += [f"OFFSET {start:d}"] if start else []
        return " ".join(words), told

    def counting(self, most: int) -> tuple[str, list[Any]]:
        """The statement that counts them up to a bound."""
        if self.ways:
            ways, told = self._each(f"LIMIT {most:d}")
            rows = f"SELECT id FROM ({' UNION '.join(ways)}) AS seen LIMIT {most:d}"
        else:
            rows, told = self.query("task.id", limit=most)
        return f"SELECT COUNT(*) FROM ({rows}) AS counted", told

    def _each(self, first: str = "", joined: str = "") -> tuple[list[str], list[Any]]:
        """A statement of ids for each way, and what the marks of all of them stand for."""
        holds = " AND ".join(("1 = 1", *self.conditions))
        rows = f"SELECT task.id FROM work_task AS task {joined} WHERE {holds} AND "
        told = [one for _way, more in self.ways for one in (*self.told, *more)]
        if not first:
            return [f"{rows}{way}" for way, _more in self.ways], told
        return [f"SELECT id FROM ({rows}{way} {first}) AS way" for way, _more in self.ways], told

    def find(self, what: str, **how: Any) -> list[tuple[Any, ...]]:
        """`what` of them; one query."""
        return asked(*self.query(what, **how))


def counted(wanted: Iterable[tuple[Wanted, int]]) -> list[int]:
    """How many there are of each, counted up to its bound; one statement for all."""
    parts, params = [], []
    for rows, most in wanted:
        sql, told = rows.counting(most)
        parts.append(f"({sql})")
        params += told
    return list(asked(f"SELECT {', '.join(parts)}", params)[0])


def found(user: User, filters: TaskFilters, seen: Collection[int]) -> Wanted:
    """The tasks that fit; `seen` are the person's `clients_seen`."""
    rows = _by_state(user, filters, seen)
    same = {
        "client_id": filters.client,
        "project_id": filters.project,
        "department": filters.department,
        "author_id": filters.author,
        "kind": filters.kind,
        "template": filters.template,
    }
    for column, value in same.items():
        rows = rows.where(f"task.{column} = %s", value) if value else rows
    if filters.person:
        rows = rows.where("task.assignee_id = %s", filters.person)
    elif filters.person is not None:
        rows = rows.where("task.assignee_id IS NULL")
    if filters.flag in FLAGS:
        rows = rows.where(f"task.{filters.flag}")
    if filters.due_from:
        rows = rows.where("task.due >= %s", bound(midnight(filters.due_from)))
    if filters.due_to:
        rows = rows.where("task.due < %s", bound(midnight(filters.due_to + timedelta(days=1))))
    if filters.q.strip():
        hits = search(filters.q, kinds=["task"], limit=MOST_HITS)
        rows = rows.where(*among("id", [hit.object_id for hit in hits]))
    if filters.view == "mine" and not filters.snoozed:
        rows = awake(user, rows)
    return rows


def awake(user: User, rows: Wanted) -> Wanted:
    """Those of them that the person has not put off."""
    today = clock.today(settings.TIME_ZONE).isoformat()
    return rows.where(SNOOZED.format("user_id = %s AND until > %s"), user.pk, today)


def view_rows(user: User, view: str, seen: Collection[int], *, whole: bool = False) -> Wanted:
    """The tasks of a view: those that ask for something of the person, or the `whole` of it."""
    rows = Wanted() if whole else Wanted((IS_OPEN,))
    if view == "mine":
        rows = rows.where("task.assignee_id = %s", user.pk)
        return rows if whole else rows.where(in_states(*WAITING, "bounced"))
    if view == "queue":
        rows = rows.where(*among("department", _queues(user)))
        if whole:
            return rows
        return rows.where("task.assignee_id IS NULL").where(in_states(*WAITING))
    if view == "set":
        return rows.where(SET_BY, user.pk)
    if view == "watch":
        return rows.where(WATCHED, user.pk)
    if view == "accept":
        # What is handed in is open, and of clients it has an index of its own that says no more.
        rows = Wanted() if whole else Wanted((in_states("done"),))
        ways: list[Way] = [(SET_BY if whole else f"{IS_OPEN} AND {SET_BY}", (user.pk,))]
        if seen and Role.AM in roles_of(user):
            condition, *clients = among("client_id", seen)
            ways.append((condition, clients))
        return rows._replace(ways=tuple(ways))
    return _all(user, rows, seen)


def midnight(day: date) -> datetime:
    """When the agency's day begins."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def bound(at: datetime) -> Any:
    """An instant as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def in_states(*states: str) -> str:
    """A condition of these states, our own codes."""
    codes = ", ".join(f"'{state}'" for state in states)
    return f"task.state IN ({codes})" if len(states) > 1 else f"task.state = {codes}"


def marks(values: Collection[Any]) -> str:
    """A mark for each."""
    return ", ".join(["%s"] * len(values))


def asked(statement: str, told: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows a ready statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchall()


def among(column: str, values: Collection[Any]) -> tuple[Any, ...]:
    """A condition that a column is one of these, with what its marks stand for."""
    if not values:
        return (NOBODYS,)
    return (f"task.{column} IN ({marks(values)})", *values)


def _by_state(user: User, filters: TaskFilters, seen: Collection[int]) -> Wanted:
    state, now = filters.state, clock.now()
    rows = view_rows(user, filters.view, seen, whole=state != "")
    if state == "closed":
        return rows.where("task.closed_at IS NOT NULL")
    if state == "overdue":
        return rows.where(IS_OPEN).where(in_states(*WAITING)).where("task.due < %s", bound(now))
    if state == "hot":
        rows = rows.where(IS_OPEN).where(in_states(*WAITING))
        soon = burns_until(next_working_day(user, business_day(now)))
        return rows.where("(task.due < %s OR task.urgent)", bound(soon))
    if state in Task.State.values:
        return rows.where(IS_OPEN if state in OPEN else "task.closed_at IS NOT NULL").where(
            in_states(state)
        )
    return rows.where(IS_OPEN) if state else rows


def _all(user: User, rows: Wanted, seen: Collection[int]) -> Wanted:
    """What `access.tasks_of` says, of these rows."""
    roles = roles_of(user)
    if roles & SEE_ALL:
        return rows
    if not roles - {Role.CLIENT}:
        return rows.where(NOBODYS)
    ways: list[Way] = [
        ("task.assignee_id = %s", (user.pk,)),
        (SET_BY, (user.pk,)),
        (WATCHED, (user.pk,)),
    ]
    if seen:
        condition, *clients = among("client_id", seen)
        ways.append((condition, clients))
    if department := queue_of(user):
        ways.append(("task.department = %s", (department,)))
    return rows._replace(ways=tuple(ways))


def _queues(user: User) -> tuple[str, ...]:
    """The departments whose queue the person works from or distributes."""
    own = queue_of(user)
    led = led_by(user)
    if not led and Role.AM in roles_of(user):
        return (ACCOUNTS,)
    return tuple(dict.fromkeys((*((own,) if own else ()), *led)))
