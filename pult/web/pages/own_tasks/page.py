"""A contractor's tasks as the template sees them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.web.pages.task.page import TONES
from pult.work.queries import TaskRow, own_tasks

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class Line:
    """A task with the tone of its state."""

    row: TaskRow
    tone: str


@dataclass(frozen=True)
class OwnPage:
    going: tuple[Line, ...]
    closed: tuple[Line, ...]
    has_more: bool


def own_page(user: "User") -> OwnPage:
    """Everything this person is asked to do."""
    found = own_tasks(user)
    return OwnPage(_lines(found.going), _lines(found.closed), found.has_more)


def _lines(rows: tuple[TaskRow, ...]) -> tuple[Line, ...]:
    return tuple(Line(row, TONES.get(row.state, "plain")) for row in rows)
