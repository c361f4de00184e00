"""Lists of tasks: one's own, the queue, what one set, what waits to be accepted."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from pult.kernel import clock
from pult.kernel.search import search
from pult.people.models import User
from pult.work.access import clients_seen, tasks_of
from pult.work.models import CLOSED, OPEN
from pult.work.queries.rows import Words, rows_of
from pult.work.queries.shapes import BoardColumn, TaskFilters, TaskList, TaskRow
from pult.work.queries.wanted import (
    MOST_HITS,
    Wanted,
    awake,
    bound,
    counted,
    found,
    view_rows,
)

PAGE = 50
BOARD_ROWS = 15
BOARD_MOST = 100
MOST = 5000
MOST_OWN = 1000
RECENT = 14
OWN_VIEWS = ("mine", "queue", "set", "accept", "watch")
VIEWS = (*OWN_VIEWS, "all")
SOONEST = "task.due, task.id"
LATEST = "task.closed_at DESC, task.id"
SORTS = {
    "due": ("task.due", "task.id"),
    "urgent": ("-task.urgent", "task.due", "task.id"),
    "created": ("task.created_at", "task.id"),
    "client": ("client.name", "task.due", "task.id"),
    "person": ("person.full_name", "task.due", "task.id"),
    "state": ("task.state", "task.due", "task.id"),
    "title": ("task.title", "task.id"),
}
JOINED = {
    "client": "JOIN clients_client AS client ON client.id = task.client_id",
    "person": "LEFT JOIN people_user AS person ON person.id = task.assignee_id",
}
BOARD = ("new", "taken", "returned", "bounced", "done", "accepted")
Parts = dict[str, tuple[int, list[int]]]


def task_list(user: User, filters: TaskFilters, *, with_counts: bool = True) -> TaskList:
    """The tasks this person sees that fit: a page of fifty; at most six queries.

    More than `MOST` are not counted: a list asks for a filter long before its last page.
    """
    seen = clients_seen(user)
    fitting = found(user, filters, seen)
    views = OWN_VIEWS if with_counts else ()
    own = {view: _asking(user, view, seen, filters.snoozed) for view in views}
    total, *numbers = counted([(fitting, MOST + 1), *((rows, MOST_OWN) for rows in own.values())])
    pages = max(1, -(-min(total, MOST) // PAGE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE
    ids = _sorted(fitting, filters, limit=PAGE, start=start)
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
    rows = [(_asking(user, view, seen), MOST_OWN) for view in OWN_VIEWS]
    return dict(zip(OWN_VIEWS, counted(rows), strict=True))


def _asking(user: User, view: str, seen: Collection[int], snoozed: bool = False) -> Wanted:
    """What a tab counts is what its list shows: one's own without those put off."""
    rows = view_rows(user, view, seen)
    return awake(user, rows) if view == "mine" and not snoozed else rows


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
    told = rows.find("task.id, task.state", order=SOONEST, limit=MOST_OWN + 1)
    if len(told) > MOST_OWN:
        return {}
    parted: dict[str, list[int]] = {state: [] for state in BOARD}
    for pk, state in told:
        parted[state].append(pk)
    return {state: (len(ids), ids[:BOARD_ROWS]) for state, ids in parted.items()}


def _large_board(user: User, filters: TaskFilters, seen: Collection[int]) -> Parts:
    """The first tasks of each state by the index of states, and how many there are."""
    columns = {state: found(user, replace(filters, state=state), seen) for state in OPEN}
    totals = counted([(rows, BOARD_MOST) for rows in columns.values()])
    ids = {
        state: [pk for (pk,) in rows.find("task.id", order=SOONEST, limit=BOARD_ROWS)]
        for state, rows in columns.items()
    }
    told = {state: (total, ids[state]) for state, total in zip(columns, totals, strict=True)}
    return {state: told.get(state, (0, [])) for state in BOARD}


def _recent(user: User, filters: TaskFilters, seen: Collection[int]) -> tuple[int, list[int]]:
    rows = found(user, replace(filters, state="accepted"), seen)
    rows = rows.where("task.closed_at >= %s", bound(clock.now() - timedelta(days=RECENT)))
    ids = [pk for (pk,) in rows.find("task.id", order=LATEST, limit=BOARD_MOST)]
    return len(ids), ids[:BOARD_ROWS]


def export_rows(user: User, filters: TaskFilters) -> Iterator[TaskRow]:
    """Every task that fits, in the list's order, read by five hundred."""
    ids = _sorted(found(user, filters, clients_seen(user)), filters)
    for start in range(0, len(ids), 500):
        yield from rows_of(user, ids[start : start + 500])


def task_ids(user: User, filters: TaskFilters, limit: int) -> list[int]:
    """The ids of the tasks that fit, in the list's order; two queries."""
    return _sorted(found(user, filters, clients_seen(user)), filters, limit=limit)


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


def _sorted(rows: Wanted, filters: TaskFilters, *, limit: int = 0, start: int = 0) -> list[int]:
    """Their ids in the list's order."""
    name, joined = filters.sort.removeprefix("-"), ""
    if filters.state in ("closed", *CLOSED) and filters.sort == "due":
        order = LATEST
    else:
        columns = SORTS.get(name, SORTS["due"])
        order = ", ".join(_ordered(one, filters.sort.startswith("-")) for one in columns)
        joined = JOINED.get(name, "")
    told = rows.find("task.id", order=order, limit=limit, start=start, joined=joined)
    return [pk for (pk,) in told]


def _ordered(column: str, is_reversed: bool) -> str:
    falls = column.startswith("-") != is_reversed
    return f"{column.removeprefix('-')}{' DESC' if falls else ''}"
