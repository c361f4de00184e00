"""Disputes for whoever decides, and for whoever opened them: row, proof, answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.kernel.errors import PultError
from pult.regulation.queries import DisputeItem, disputes
from pult.web.obligations import DECIDERS

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 20


@dataclass(frozen=True)
class Together:
    """Rows of one act disputed with one proof: they are decided at once."""

    items: tuple[DisputeItem, ...]

    @property
    def first(self) -> DisputeItem:
        return self.items[0]

    @property
    def clauses(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((item.clause, item.title) for item in self.items))

    @property
    def title(self) -> str:
        return " · ".join(title for _clause, title in self.clauses)


@dataclass(frozen=True)
class Disputes:
    """`mine` are ids of disputes this person opened: somebody else decides those. Whoever decides
    nothing sees only their own."""

    open: tuple[Together, ...]
    decided: tuple[Together, ...]
    mine: frozenset[int]
    decides: bool
    problem: PultError | None = None
    problem_at: int = 0


def disputes_page(user: "User", problem: PultError | None = None, at: int = 0) -> Disputes:
    """Every open dispute and the last ones decided; `problem` stands at the dispute `at`."""
    decides = bool(user.roles & DECIDERS)
    whose = None if decides else user.pk
    waiting = disputes(opened_by=whose)
    return Disputes(
        open=_together(waiting),
        decided=_together(disputes(is_open=False, limit=SHOWN, opened_by=whose)),
        mine=frozenset(item.id for item in waiting if item.opened_by_id == user.pk),
        decides=decides,
        problem=problem,
        problem_at=at,
    )


def _together(items: Iterable[DisputeItem]) -> tuple[Together, ...]:
    groups: dict[tuple[object, ...], list[DisputeItem]] = {}
    for item in items:
        alone = 0 if item.every_deadline else item.id
        key = (item.opened_by_id, item.opened_at, item.proof, item.decision, alone)
        groups.setdefault(key, []).append(item)
    return tuple(Together(tuple(same)) for same in groups.values())


def deciding_role(user: "User") -> str:
    """The role in which a person decides."""
    return next(iter(sorted(user.roles & DECIDERS)), "")
