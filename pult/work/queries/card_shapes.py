"""What the page of one task is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pult.work.queries.shapes import TaskRow


@dataclass(frozen=True)
class FieldValue:
    """A field of a form and what a task has in it. `value` of money is kopecks, hidden (None,
    `is_hidden`) from those who neither see money nor work on the task; of a choice it is the code
    of one of `options`."""

    code: str
    label: str
    type: str
    required: bool
    options: tuple[tuple[str, str], ...]
    value: Any
    is_hidden: bool = False


@dataclass(frozen=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True)
class CommentItem:
    """A comment; `text` is empty once erased. `is_new`: the reader has not read it."""

    id: int
    by: Person
    at: datetime
    text: str
    edited_at: datetime | None
    is_erased: bool
    is_new: bool
    is_mine: bool
    mentions: tuple[Person, ...]
    files: tuple["FileItem", ...]
    version: int


@dataclass(frozen=True)
class FileItem:
    id: int
    name: str
    size: int
    mime: str
    by: Person
    at: datetime
    is_mine: bool


@dataclass(frozen=True)
class CheckItem:
    id: int
    text: str
    done_by: str
    done_at: datetime | None


@dataclass(frozen=True)
class LinkItem:
    """Another task this one waits for, or that waits for it."""

    id: int
    title: str
    state: str
    state_label: str


@dataclass(frozen=True)
class MoveItem:
    """A move of the deadline, or one asked for (`is_open`: nobody has answered)."""

    id: int
    before: datetime
    after: datetime
    reason: str
    note: str
    by: str
    at: datetime
    after_breach: bool
    is_proposal: bool
    is_open: bool
    granted: bool


@dataclass(frozen=True)
class BounceItem:
    """A bounce; `fields` are the labels of what is missing, `codes` their codes."""

    id: int
    number: int
    clause: str
    clause_title: str
    codes: tuple[str, ...]
    fields: tuple[str, ...]
    note: str
    by: str
    at: datetime
    fixed_at: datetime | None
    is_unfounded: bool
    needs_talk: bool
    decision: str


@dataclass(frozen=True)
class TimeItem:
    id: int
    user: Person
    day: date
    minutes: int
    note: str
    is_mine: bool


@dataclass(frozen=True)
class AuditorItem:
    user: Person
    is_automatic: bool


@dataclass(frozen=True)
class RecurrenceItem:
    """How a task comes again, how often in words; `next_on` is empty while the last one is not
    accepted yet."""

    id: int
    basis: str
    often: str
    next_on: date | None
    ends_on: date | None
    is_stopped: bool


@dataclass(frozen=True)
class TaskCard:
    """One task with everything around it. `acts` are what this reader may do now (see
    `card.ACTS`); `stopped` says the doer's clock stands; `promised` is what the
    client was told when the date has slipped since and they do not know."""

    row: TaskRow
    line_id: int | None
    line: str
    template: str
    template_title: str
    result: str
    measure: str
    fields: tuple[FieldValue, ...]
    due_first: datetime
    missed_at: datetime | None
    taken_by: str
    taken_at: datetime | None
    done_at: datetime | None
    closed_at: datetime | None
    controller: Person | None
    manager: Person | None
    recurrence: RecurrenceItem | None
    stopped: bool
    snoozed_until: date | None
    promised: datetime | None
    acts: frozenset[str]
    auditors: tuple[AuditorItem, ...]
    checklist: tuple[CheckItem, ...]
    waits_for: tuple[LinkItem, ...]
    holds: tuple[LinkItem, ...]
    comments: tuple[CommentItem, ...]
    files: tuple[FileItem, ...]
    times: tuple[TimeItem, ...]
    moves: tuple[MoveItem, ...]
    bounces: tuple[BounceItem, ...]
    sees_client: bool
    # Agreed with a contractor, in kopecks, for them and for whoever answers for the task.
    price: int | None = None
    terms: str = ""
    may_price: bool = False


@dataclass(frozen=True)
class FormItem:
    """A form to choose, with its fields and its departments (code, label)."""

    code: str
    version: int
    title: str
    about: str
    kind: str
    departments: tuple[tuple[str, str], ...]
    term: int
    fields: tuple[FieldValue, ...]
    checklist: tuple[str, ...]
    is_active: bool
    is_shipped: bool
