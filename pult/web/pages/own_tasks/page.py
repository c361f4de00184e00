"""A contractor's tasks as the template sees them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.web.pages.task.page import TONES
from pult.work.queries import TaskRow, own_tasks
from pult.work.queries.prices import ActItem, acts_of, own_prices

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class Line:
    """A task with the tone of its state and its price in kopecks."""

    row: TaskRow
    tone: str
    price: int | None


@dataclass(frozen=True)
class OwnPage:
    going: tuple[Line, ...]
    closed: tuple[Line, ...]
    has_more: bool
    acts: tuple[ActItem, ...]


def own_page(user: "User") -> OwnPage:
    """Everything this person is asked to do."""
    found, prices = own_tasks(user), own_prices(user)
    going, closed = _lines(found.going, prices), _lines(found.closed, prices)
    return OwnPage(going, closed, found.has_more, acts_of(user))


def _lines(rows: tuple[TaskRow, ...], prices: dict[int, int]) -> tuple[Line, ...]:
    return tuple(Line(row, TONES.get(row.state, "plain"), prices.get(row.id)) for row in rows)
