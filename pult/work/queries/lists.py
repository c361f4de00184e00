"""Lists of tasks: one's own, the queue, what one set, what waits to be accepted."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.search import search
from pult.people.models import User
from pult.regulation.calendars import current_calendar
from pult.work.access import ACCOUNTS, clients_seen, led_by, queue_of, tasks_of
from pult.work.models import CLOSED, OPEN, WAITING, Auditor, Snooze, Task
from pult.work.queries.rows import Words, rows_of
from pult.work.queries.shapes import BoardColumn, TaskFilters, TaskList, TaskRow

PAGE = 50
MOST_HITS = 500
BOARD_ROWS = 15
BOARD_MOST = 100
MOST = 5000
MOST_OWN = 1000
RECENT = 14
OWN_VIEWS = ("mine", "queue", "set", "accept", "watch")
VIEWS = (*OWN_VIEWS, "all")
SORTS = {
    "due": ("due", "id"),
    "urgent": ("-urgent", "due", "id"),
    "created": ("created_at", "id"),
    "client": ("client__name", "due", "id"),
    "person": ("assignee__full_name", "due", "id"),
    "state": ("state", "due", "id"),
    "title": ("title", "id"),
}
BOARD = ("new", "taken", "returned", "bounced", "done", "accepted")
Parts = dict[str, tuple[int, list[int]]]
FLAGS = ("urgent", "is_global", "is_important", "is_disputed")


def task_list(user: User, filters: TaskFilters, *, with_counts: bool = True) -> TaskList:
    """The tasks this person sees that fit: a page of fifty; at most six queries.

    More than `MOST` are not counted: a list asks for a filter long before its last page.
    """
    seen = clients_seen(user)
    fitting = found(user, filters, seen)
    views = OWN_VIEWS if with_counts else ()
    own = {view: _view(user, view, seen) for view in views}
    total, *numbers = counted([(fitting, MOST + 1), *((rows, MOST_OWN) for rows in own.values())])
    pages = max(1, -(-min(total, MOST) // PAGE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE
    ids = list(_sorted(fitting, filters).values_list("pk", flat=True)[start : start + PAGE])
    return TaskList(
        rows=rows_of(user, ids),
        total=min(total, MOST),
        has_more=total > MOST,
        page=page,
        pages=pages,
        counts=dict(zip(own, numbers, strict=True)),
        filters=replace(filters, page=page),
    )


def counts(user: User) -> dict[str, int]:
    """How many open tasks each of the person's own views has, up to a thousand."""
    seen = clients_seen(user)
    rows = [(_view(user, view, seen), MOST_OWN) for view in OWN_VIEWS]
    return dict(zip(OWN_VIEWS, counted(rows), strict=True))


def board(user: User, filters: TaskFilters) -> tuple[BoardColumn, ...]:
    """The same tasks by state; accepted ones are those of the last two weeks."""
    seen, words = clients_seen(user), Words()
    parts = _small_board(user, filters, seen) or _large_board(user, filters, seen)
    parts["accepted"] = _recent(user, filters, seen)
    shown = [pk for _total, ids in parts.values() for pk in ids]
    rows = {row.id: row for row in rows_of(user, shown)}
    return tuple(
        BoardColumn(state, words.states[state], total, tuple(rows[pk] for pk in ids if pk in rows))
        for state, (total, ids) in parts.items()
    )


def _small_board(user: User, filters: TaskFilters, seen: Collection[int]) -> Parts:
    """Every open task that fits, parted by state; nothing when they are too many for that."""
    rows = found(user, replace(filters, state=""), seen)
    if filters.view == "mine":
        rows = found(user, replace(filters, state="open"), seen)
    told = list(rows.order_by("due", "id").values_list("pk", "state")[: MOST_OWN + 1])
    if len(told) > MOST_OWN:
        return {}
    parted: dict[str, list[int]] = {state: [] for state in BOARD}
    for pk, state in told:
        parted[state].append(pk)
    return {state: (len(ids), ids[:BOARD_ROWS]) for state, ids in parted.items()}


def _large_board(user: User, filters: TaskFilters, seen: Collection[int]) -> Parts:
    """The first tasks of each state by the index of states, and how many there are."""
    columns = {
        state: found(user, replace(filters, state=state), seen).order_by("due", "id")
        for state in OPEN
    }
    totals = counted([(rows, BOARD_MOST) for rows in columns.values()])
    ids = {
        state: list(rows.values_list("pk", flat=True)[:BOARD_ROWS])
        for state, rows in columns.items()
    }
    told = {state: (total, ids[state]) for state, total in zip(columns, totals, strict=True)}
    return {state: told.get(state, (0, [])) for state in BOARD}


def _recent(user: User, filters: TaskFilters, seen: Collection[int]) -> tuple[int, list[int]]:
    rows = found(user, replace(filters, state="accepted"), seen)
    rows = rows.filter(closed_at__gte=clock.now() - timedelta(days=RECENT))
    ids = list(rows.order_by("-closed_at", "id").values_list("pk", flat=True)[:BOARD_MOST])
    return len(ids), ids[:BOARD_ROWS]


def export_rows(user: User, filters: TaskFilters) -> Iterator[TaskRow]:
    """Every task that fits, in the list's order, read by five hundred."""
    ids = list(_sorted(found(user, filters), filters).values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        yield from rows_of(user, ids[start : start + 500])


def found(user: User, filters: TaskFilters, seen: Collection[int] | None = None) -> QuerySet[Task]:
    """The tasks that fit, unordered; `seen` are the person's `clients_seen`, when known."""
    rows = _by_state(user, filters, clients_seen(user) if seen is None else seen)
    same = {
        "client": filters.client,
        "project": filters.project,
        "department": filters.department,
        "author": filters.author,
        "kind": filters.kind,
        "template": filters.template,
    }
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    if filters.person is not None:
        rows = rows.filter(assignee=filters.person or None)
    if filters.flag in FLAGS:
        rows = rows.filter(**{filters.flag: True})
    if filters.due_from:
        rows = rows.filter(due__gte=midnight(filters.due_from))
    if filters.due_to:
        rows = rows.filter(due__lt=midnight(filters.due_to + timedelta(days=1)))
    if filters.q.strip():
        hits = search(filters.q, kinds=["task"], limit=MOST_HITS)
        rows = rows.filter(pk__in=[hit.object_id for hit in hits])
    if filters.view == "mine" and not filters.snoozed:
        rows = rows.exclude(pk__in=_snoozed(user))
    return rows


def tasks_found(user: User, text: str, limit: int) -> tuple[TaskRow, ...]:
    """The tasks a person sees that hold every word: open ones first. Three queries."""
    hits = [hit.object_id for hit in search(text, kinds=["task"], limit=MOST_HITS)]
    if not hits:
        return ()
    seen = tasks_of(user).filter(pk__in=hits).values_list("pk", "closed_at")
    closed = dict(seen)
    ids = sorted((pk for pk in hits if pk in closed), key=lambda pk: closed[pk] is not None)
    return rows_of(user, ids[:limit])


def task_titles(user: User, ids: Iterable[int]) -> dict[int, str]:
    """Titles by id of those among these tasks that a person sees."""
    return dict(tasks_of(user).filter(pk__in=list(ids)).values_list("pk", "title"))


def hot_until(now: datetime) -> datetime:
    """The end of the next working day: what is due before burns already."""
    calendar = current_calendar(ACCOUNTS)
    today = calendar.day_of(clock.to_minute(now))
    return clock.from_minute(calendar.day_end(calendar.add_workdays(today, 1)))


def _by_state(user: User, filters: TaskFilters, seen: Collection[int]) -> QuerySet[Task]:
    state, now = filters.state, clock.now()
    rows = _view(user, filters.view, seen, whole=state != "")
    if state == "open":
        return rows.filter(closed_at=None)
    if state == "closed":
        return rows.filter(closed_at__isnull=False)
    if state == "overdue":
        return rows.filter(closed_at=None, state__in=WAITING, due__lt=now)
    if state == "hot":
        burning = Q(due__lte=hot_until(now)) | Q(urgent=True)
        return rows.filter(burning, closed_at=None, state__in=WAITING)
    if state in Task.State.values:
        return rows.filter(state=state, closed_at__isnull=state in OPEN)
    return rows.filter(closed_at=None)


def _view(user: User, view: str, seen: Collection[int], *, whole: bool = False) -> QuerySet[Task]:
    """The tasks of a view: those that ask for something of the person, or the `whole` of it."""
    rows = Task.objects.all() if whole else Task.objects.filter(closed_at=None)
    if view == "mine":
        rows = rows.filter(assignee=user)
        return rows if whole else rows.filter(state__in=(*WAITING, "bounced"))
    if view == "queue":
        rows = rows.filter(department__in=_queues(user))
        return rows if whole else rows.filter(assignee=None)
    if view == "set":
        return rows.filter(author=user)
    if view == "watch":
        return rows.filter(pk__in=Auditor.objects.filter(user=user).values("task"))
    if view == "accept":
        mine = Q(author=user)
        if seen and "am" in roles_of(user):
            mine |= Q(client__in=seen)
        rows = rows.filter(mine)
        return rows if whole else rows.filter(state="done")
    return tasks_of(user, seen, rows)


def _queues(user: User) -> tuple[str, ...]:
    """The departments whose queue the person works from or distributes."""
    own = queue_of(user)
    led = led_by(user)
    if not led and "am" in roles_of(user):
        return (ACCOUNTS,)
    return tuple(dict.fromkeys((*((own,) if own else ()), *led)))


def _snoozed(user: User) -> list[int]:
    today = clock.today(settings.TIME_ZONE)
    rows = Snooze.objects.filter(user=user, until__gt=today)
    return list(rows.values_list("task", flat=True))


def counted(wanted: Sequence[tuple[QuerySet[Task], int]]) -> list[int]:
    """How many rows each has, counted up to its bound; one statement for all."""
    parts, params = [], []
    for rows, most in wanted:
        try:
            sql, told = rows.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:
            sql, told = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        params += told
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone())


def _sorted(rows: QuerySet[Task], filters: TaskFilters) -> QuerySet[Task]:
    if filters.state in ("closed", *CLOSED) and filters.sort == "due":
        return rows.order_by("-closed_at", "id")
    order = SORTS.get(filters.sort.removeprefix("-"), SORTS["due"])
    if filters.sort.startswith("-"):
        order = tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
    return rows.order_by(*order)


def midnight(day: date) -> datetime:
    """When the agency's day begins."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
