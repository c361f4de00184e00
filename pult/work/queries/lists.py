"""Lists of tasks: one's own, the queue, what one set, what waits to be accepted."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from pult.clients.access import clients_of, roles_of
from pult.kernel import clock
from pult.kernel.search import search
from pult.people.models import User
from pult.regulation.calendars import current_calendar
from pult.work.access import ACCOUNTS, led_by, queue_of, tasks_of
from pult.work.models import OPEN, WAITING, Auditor, Snooze, Task
from pult.work.queries.rows import Words, rows_of
from pult.work.queries.shapes import BoardColumn, TaskFilters, TaskList, TaskRow

PAGE = 50
MOST_HITS = 500
BOARD_ROWS = 50
VIEWS = ("mine", "queue", "set", "accept", "watch", "all")
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
FLAGS = ("urgent", "is_global", "is_important", "is_disputed")


def task_list(user: User, filters: TaskFilters) -> TaskList:
    """The tasks this person sees that fit: a page of fifty."""
    fitting = found(user, filters)
    total = fitting.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE
    ids = list(_sorted(fitting, filters.sort).values_list("pk", flat=True)[start : start + PAGE])
    return TaskList(
        rows=rows_of(user, ids),
        total=total,
        page=page,
        pages=pages,
        counts=counts(user),
        filters=replace(filters, page=page),
    )


def counts(user: User) -> dict[str, int]:
    """How many open tasks each of the person's own views has; the whole is not counted."""
    views = {view: _view(user, view).order_by() for view in VIEWS if view != "all"}
    return {view: rows.count() for view, rows in views.items()}


def board(user: User, filters: TaskFilters) -> tuple[BoardColumn, ...]:
    """The same tasks by state; closed ones are those of the last two weeks."""
    words, columns = Words(), []
    for state in BOARD:
        fitting = found(user, replace(filters, state=state))
        if state == "accepted":
            fitting = fitting.filter(closed_at__gte=clock.now() - timedelta(days=14))
        ids = list(_sorted(fitting, filters.sort).values_list("pk", flat=True)[: BOARD_ROWS + 1])
        total = len(ids) if len(ids) <= BOARD_ROWS else fitting.count()
        rows = rows_of(user, ids[:BOARD_ROWS])
        columns.append(BoardColumn(state, words.states[state], total, rows))
    return tuple(columns)


def due_between(
    user: User, filters: TaskFilters, first: date, last: date
) -> dict[date, tuple[TaskRow, ...]]:
    """Day → the open tasks due on it, for a calendar of at most six weeks."""
    fitting = found(user, replace(filters, due_from=first, due_to=last))
    ids = list(fitting.order_by("due", "id").values_list("pk", flat=True)[:1000])
    days: dict[date, list[TaskRow]] = {}
    for row in rows_of(user, ids):
        days.setdefault(_day(row.due), []).append(row)
    return {day: tuple(rows) for day, rows in days.items()}


def export_rows(user: User, filters: TaskFilters) -> Iterator[TaskRow]:
    """Every task that fits, in the list's order, read by five hundred."""
    ids = list(_sorted(found(user, filters), filters.sort).values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        yield from rows_of(user, ids[start : start + 500])


def found(user: User, filters: TaskFilters) -> QuerySet[Task]:
    """The tasks that fit, unordered."""
    rows = _by_state(user, filters)
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
        rows = rows.filter(due__gte=_midnight(filters.due_from))
    if filters.due_to:
        rows = rows.filter(due__lt=_midnight(filters.due_to + timedelta(days=1)))
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


def _by_state(user: User, filters: TaskFilters) -> QuerySet[Task]:
    state, now = filters.state, clock.now()
    rows = _view(user, filters.view, whole=state != "")
    if state == "closed":
        return rows.filter(closed_at__isnull=False)
    if state == "overdue":
        return rows.filter(closed_at=None, state__in=WAITING, due__lt=now)
    if state == "hot":
        burning = Q(due__lte=hot_until(now)) | Q(urgent=True)
        return rows.filter(burning, closed_at=None, state__in=WAITING)
    if state in Task.State.values:
        rows = rows.filter(state=state)
        return rows.filter(closed_at=None) if state in OPEN else rows
    return rows.filter(closed_at=None)


def _view(user: User, view: str, *, whole: bool = False) -> QuerySet[Task]:
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
        if "am" in roles_of(user):
            mine |= Q(client__in=list(clients_of(user).values_list("pk", flat=True)))
        rows = rows.filter(mine)
        return rows if whole else rows.filter(state="done")
    seen = tasks_of(user)
    return seen if whole else seen.filter(closed_at=None)


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


def _sorted(rows: QuerySet[Task], sort: str) -> QuerySet[Task]:
    order = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    if sort.startswith("-"):
        order = tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
    return rows.order_by(*order)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
