"""Goals, needs and wishes as pages and proposals read them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pult.clients.access import client_for
from pult.clients.models import GOALS, Aim
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class AimItem:
    """One goal, need or wish; `is_late` when it is open past its day."""

    id: int
    kind: str
    kind_label: str
    text: str
    set_on: date
    due_on: date | None
    state: str
    state_label: str
    resolution: str
    closed_on: date | None
    is_late: bool
    version: int

    @property
    def is_goal(self) -> bool:
        return self.kind in GOALS


def client_aims(user: "User", client_id: int) -> tuple[AimItem, ...]:
    """Everything the client wants: open ones first by their day, settled ones last."""
    return aims_of(client_for(user, client_id).pk)


def client_goals(user: "User", client_id: int) -> tuple[AimItem, ...]:
    """The client's open goals, for whatever is proposed or agreed with it."""
    aims = client_aims(user, client_id)
    return tuple(aim for aim in aims if aim.is_goal and aim.state == Aim.State.OPEN)


def aims_of(client_id: int) -> tuple[AimItem, ...]:
    """The same for a client whose reader was checked already. One query."""
    today = business_day()
    items = [_item(aim, today) for aim in Aim.objects.filter(client=client_id).order_by("pk")]
    return tuple(
        sorted(items, key=lambda aim: (aim.state != Aim.State.OPEN, aim.due_on or date.max))
    )


def _item(aim: Aim, today: date) -> AimItem:
    is_open = aim.state == Aim.State.OPEN
    return AimItem(
        id=aim.pk,
        kind=aim.kind,
        kind_label=str(Aim.Kind(aim.kind).label),
        text=aim.text,
        set_on=aim.set_on,
        due_on=aim.due_on,
        state=aim.state,
        state_label=str(Aim.State(aim.state).label),
        resolution=aim.resolution,
        closed_on=aim.closed_on,
        is_late=bool(is_open and aim.due_on and aim.due_on < today),
        version=aim.version,
    )
