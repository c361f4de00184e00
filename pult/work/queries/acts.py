"""What a reader may do with a task in its state, for buttons; the actions check again."""

from collections.abc import Collection, Iterable

from pult.clients.access import roles_of
from pult.kernel.roles import Role
from pult.people.models import User
from pult.work.access import ACCOUNTS, Standing, clients_seen, leads, queue_of
from pult.work.logic import states
from pult.work.queries.shapes import BoardMove, TaskRow

ON_BOARD = ("take", "hand_in", "accept", "send_back", "bounce", "cancel")


def step_acts(state: str, department: str, assignee_id: int | None, standing: Standing) -> set[str]:
    """The acts that move the task, or put somebody else to it."""
    possible = set(states.acts_from(state))
    answers, led = standing.conducts, standing.leads
    does, in_queue = standing.does, standing.is_in_queue
    own_work = department == ACCOUNTS and answers
    may = set()
    if does or in_queue or led or own_work:
        may |= {"take"} & possible
    if does or led:
        may |= {"hand_in", "release"} & possible
    if does or in_queue or led:
        may |= {"bounce"} & possible
    if answers:
        may |= {"accept", "send_back", "mend", "cancel", "restore"} & possible
    if assignee_id is None:
        may.discard("release")
    if "release" in possible and (led or own_work):
        may.add("assign")
    return may


def board_moves(user: User, rows: Iterable[TaskRow]) -> dict[int, tuple[BoardMove, ...]]:
    """Task → where this reader may move its card. At most two queries, however many the cards."""
    seen, led = frozenset(clients_seen(user)), {}
    queue = queue_of(user)
    found = {}
    for row in rows:
        if row.department not in led:
            led[row.department] = leads(user, row.department)
        standing = _standing(user, row, led[row.department], queue, seen)
        may = step_acts(row.state, row.department, row.assignee_id, standing)
        found[row.id] = tuple(
            BoardMove(act, states.STEPS[act].target) for act in ON_BOARD if act in may
        )
    return found


def _standing(user: User, row: TaskRow, led: bool, queue: str, seen: Collection[int]) -> Standing:
    roles = roles_of(user)
    answers = row.author_id == user.pk or bool(roles & {"head", "director"})
    return Standing(
        manager=None,
        sees_client=row.client_id in seen,
        conducts=answers or (Role.AM in roles and row.client_id in seen),
        leads=led,
        does=row.assignee_id == user.pk,
        is_in_queue=row.assignee_id is None and row.department == queue,
    )
