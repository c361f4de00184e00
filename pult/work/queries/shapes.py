"""What pages of work are told: plain values, no rows of the database."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TaskFilters:
    """What a list shows; the same values stand in its address and in a saved view.

    `view`: mine | queue | set | accept | watch | all. `state`: "" (what the view
    asks for), open, closed, overdue, hot
    (overdue, urgent, or due by the end of the next working day) or a state's code. `flag`:
    urgent, is_global, is_important, is_disputed. `snoozed`: show what one put off too.
    `sort` is one of `lists.SORTS`, with a leading minus for the reverse.
    """

    view: str = "mine"
    q: str = ""
    state: str = ""
    client: int | None = None
    project: int | None = None
    department: str = ""
    person: int | None = None
    author: int | None = None
    kind: str = ""
    template: str = ""
    flag: str = ""
    due_from: date | None = None
    due_to: date | None = None
    snoozed: bool = False
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True)
class TaskRow:
    """One task of a list, a board or a calendar. `unread` are comments the reader has not read;
    `waits` how many tasks it waits for; `checks` (ticked, all) of its checklist."""

    id: int
    title: str
    client_id: int
    client: str
    project_id: int
    project: str
    department: str
    department_label: str
    kind: str
    state: str
    state_label: str
    due: datetime
    is_overdue: bool
    is_promised: bool
    missed: bool
    urgent: bool
    is_global: bool
    is_important: bool
    is_disputed: bool
    assignee_id: int | None
    assignee: str
    author_id: int
    author: str
    comments: int
    unread: int
    checks: tuple[int, int]
    waits: int
    bounces: int
    moves: int
    returns: int
    estimate: int
    spent: int
    created_at: datetime
    version: int


@dataclass(frozen=True)
class TaskList:
    """A page of tasks. `counts`: how many open ones each view of this reader has. `has_more`:
    there are more than `total`, which are not counted."""

    rows: tuple[TaskRow, ...]
    total: int
    has_more: bool
    page: int
    pages: int
    counts: dict[str, int]
    filters: TaskFilters


@dataclass(frozen=True)
class BoardMove:
    """An act that moves a card, and the state it leads to."""

    act: str
    target: str


@dataclass(frozen=True)
class BoardColumn:
    """A state with its first rows; `total` may be more."""

    state: str
    label: str
    total: int
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True)
class DueDay:
    """A day of the calendar with its soonest tasks; `total` may be more."""

    day: date
    total: int
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True)
class ProjectRow:
    """A project with how its tasks stand; `last_due` is the last open deadline (A2-03)."""

    id: int
    client_id: int
    client: str
    department: str
    department_label: str
    title: str
    controller: str
    started_on: date
    ended_on: date | None
    open: int
    overdue: int
    done: int
    next_due: datetime | None
    last_due: datetime | None
    version: int


@dataclass(frozen=True)
class ProjectCard:
    """A project with its tasks by when they began; `own_title` is empty for the usual one of
    its department, `manager_id` when the account manager controls it."""

    row: ProjectRow
    tasks: tuple[TaskRow, ...]
    manager_id: int | None
    own_title: str


@dataclass(frozen=True)
class ProjectList:
    rows: tuple[ProjectRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class WorkloadDay:
    """A person's day: tasks due, minutes they are estimated at, minutes logged; `capacity` are
    the working minutes of the day, none when away."""

    day: date
    due: int
    planned: int
    logged: int
    capacity: int


@dataclass(frozen=True)
class WorkloadRow:
    """A person (or, with id None, the queue) and their days; `open` and `overdue` altogether."""

    id: int | None
    name: str
    department: str
    open: int
    overdue: int
    days: tuple[WorkloadDay, ...]
