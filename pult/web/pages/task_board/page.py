"""What the board shows and what moving a card does."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel.words import id_of
from pult.ui.parts import Tab
from pult.web.fields import not_offered
from pult.web.pages.task_board.cards import drawn
from pult.web.pages.tasks.filters import VIEWS, filters_of
from pult.web.saved_views import canonical
from pult.work import actions
from pult.work.queries import BoardColumn, TaskFilters, board, board_moves, department_choices

if TYPE_CHECKING:
    from pult.people.models import User

# Acts of one press; the others ask for words on the page of the task.
ACTS = {
    "take": actions.take_task,
    "hand_in": actions.hand_in,
    "accept": actions.accept_task,
}


@dataclass(frozen=True)
class Column:
    """A state with its cards, drawn."""

    state: str
    label: str
    total: int
    more: str
    cards: SafeString


@dataclass(frozen=True)
class BoardPage:
    columns: tuple[Column, ...]
    filters: TaskFilters
    tabs: tuple[Tab, ...]
    departments: tuple[tuple[Any, Any], ...]
    address: str


def board_page(user: "User", query: QueryDict) -> BoardPage:
    """The tasks of the address by state."""
    filters = filters_of(user, query)
    columns = board(user, filters)
    moves = board_moves(user, (row for column in columns for row in column.rows))
    return BoardPage(
        columns=tuple(_column(one, moves, query) for one in columns),
        filters=filters,
        tabs=tuple(
            Tab(label, f"?{_with(query, view=code)}", code == filters.view)
            for code, label in VIEWS.items()
        ),
        departments=(("", _("Any department")), *department_choices()),
        address=canonical(query.urlencode()),
    )


def move_card(user: "User", given: QueryDict) -> str:
    """Do what the card's button says: «task:version:act»; returns what to tell."""
    number, version, act = [*given.get("move", "").split(":"), "", ""][:3]
    task_id = id_of(number)
    if task_id is None or act not in ACTS:
        raise not_offered("move")
    task = ACTS[act](by=user, task_id=task_id, version=id_of(version))
    return _("“%(title)s”: %(state)s") % {"title": task.title, "state": task.get_state_display()}


def _column(column: BoardColumn, moves: dict, query: QueryDict) -> Column:
    more = column.total - len(column.rows)
    address = f"?{_with(query, state=column.state)}" if more > 0 else ""
    return Column(column.state, column.label, column.total, address, drawn(column.rows, moves))


def _with(query: QueryDict, **changes: str) -> str:
    fresh = query.copy()
    fresh.pop("page", None)
    for name, value in changes.items():
        fresh[name] = value
    return fresh.urlencode()
