"""Disputes for whoever decides: the row, the proof, and what became of those decided."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.kernel.errors import PultError
from pult.regulation.queries import DisputeItem, disputes
from pult.web.obligations import DECIDERS

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 20


@dataclass(frozen=True)
class Disputes:
    """`mine` are ids of disputes this person opened: somebody else decides those."""

    open: tuple[DisputeItem, ...]
    decided: tuple[DisputeItem, ...]
    mine: frozenset[int]
    problem: PultError | None = None
    problem_at: int = 0


def disputes_page(user: "User", problem: PultError | None = None, at: int = 0) -> Disputes:
    """Every open dispute and the last ones decided; `problem` stands at the dispute `at`."""
    waiting = tuple(disputes())
    return Disputes(
        open=waiting,
        decided=tuple(disputes(is_open=False, limit=SHOWN)),
        mine=frozenset(item.id for item in waiting if item.opened_by_id == user.pk),
        problem=problem,
        problem_at=at,
    )


def deciding_role(user: "User") -> str:
    """The role in which a person decides."""
    return next(iter(sorted(user.roles & DECIDERS)), "")
