"""What the page of the arrangement shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from pult.kernel.errors import PultError
from pult.people.queries import colleagues
from pult.work.models import Recurrence
from pult.work.queries import TaskCard, task_card, tasks_beside

if TYPE_CHECKING:
    from pult.people.models import User

Choices = tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class SetupPage:
    """`others` are (id, title, whether the task waits for it) of the client's open tasks."""

    card: TaskCard
    others: tuple[tuple[int, str, bool], ...]
    people: Choices
    bases: Choices
    units: Choices
    problem: PultError | None
    typed: Mapping[str, str]

    @property
    def repeats(self) -> bool:
        """Whether the task comes again already."""
        return bool(self.card.recurrence and not self.card.recurrence.is_stopped)


def setup_page(
    user: "User",
    task_id: int,
    *,
    problem: PultError | None = None,
    typed: QueryDict | None = None,
) -> SetupPage:
    """The task with what may stand around it; raises NotVisible."""
    card = task_card(user, task_id)
    chosen = {str(one.id) for one in card.waits_for}
    if typed and "after" in typed:
        chosen = set(typed.getlist("after"))
    waits = [(one.id, one.title) for one in card.waits_for]
    others = dict(waits) | dict(tasks_beside(user, card.row.client_id, task_id))
    return SetupPage(
        card=card,
        others=tuple((pk, title, str(pk) in chosen) for pk, title in others.items()),
        people=(("", ""), *colleagues()),
        bases=tuple(Recurrence.Basis.choices),
        units=tuple(Recurrence.Unit.choices),
        problem=problem,
        typed=typed or {},
    )
