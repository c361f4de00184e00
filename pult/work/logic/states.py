"""The states of a task and what leads from one to another. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

NEW, TAKEN, DONE = "new", "taken", "done"
ACCEPTED, RETURNED, BOUNCED, CANCELLED = "accepted", "returned", "bounced", "cancelled"


@dataclass(frozen=True)
class Step:
    """An act: from which states it leads, and where to; "" is back to where a bounce came from."""

    sources: frozenset[str]
    target: str


STEPS = {
    "take": Step(frozenset({NEW, RETURNED}), TAKEN),
    "hand_in": Step(frozenset({TAKEN, RETURNED}), DONE),
    "accept": Step(frozenset({DONE}), ACCEPTED),
    "send_back": Step(frozenset({DONE, ACCEPTED}), RETURNED),
    "bounce": Step(frozenset({NEW, TAKEN, RETURNED}), BOUNCED),
    "mend": Step(frozenset({BOUNCED}), ""),
    "release": Step(frozenset({NEW, TAKEN, RETURNED}), NEW),
    "cancel": Step(frozenset({NEW, TAKEN, RETURNED, BOUNCED, DONE}), CANCELLED),
    "restore": Step(frozenset({CANCELLED}), NEW),
}
STATES = frozenset({NEW, TAKEN, DONE, ACCEPTED, RETURNED, BOUNCED, CANCELLED})
EDITABLE = frozenset({NEW, TAKEN, RETURNED, BOUNCED})


def can(act: str, state: str) -> bool:
    """Whether the act leads from this state anywhere."""
    return state in STEPS[act].sources


def after(act: str, state: str, came_from: str = NEW) -> str:
    """The state an act leads to; ValueError when it does not lead from `state`."""
    step = STEPS[act]
    if state not in step.sources:
        raise ValueError(f"{act} does not lead from {state}")
    return step.target or came_from


def acts_from(state: str) -> tuple[str, ...]:
    """Every act possible in a state, for buttons; who may do it is another question."""
    return tuple(act for act in STEPS if can(act, state))


def replay(states: Iterable[str]) -> str:
    """The state a task is in by its recorded states, oldest first; "" before the first."""
    last = ""
    for state in states:
        last = state
    return last


def is_overdue(state: str, due: int, now: int, done: int | None = None) -> bool:
    """Whether the doer is late: the deadline passed before the work was handed in. Minutes."""
    if state in (NEW, TAKEN, RETURNED):
        return now > due
    return state in (DONE, ACCEPTED) and done is not None and done > due


def loops(edges: Collection[tuple[int, int]], task: int, after_task: int) -> bool:
    """Whether making `task` wait for `after_task` would make it wait for itself; `edges` are
    (task, what it waits for)."""
    waits: dict[int, list[int]] = {}
    for one, other in edges:
        waits.setdefault(one, []).append(other)
    ahead, seen = [after_task], set()
    while ahead:
        one = ahead.pop()
        if one == task:
            return True
        if one not in seen:
            seen.add(one)
            ahead += waits.get(one, [])
    return False
