"""Who leads whom, and whether one leads too many: five without a word, seven at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SOFT, HARD = 5, 7
Tone = Literal["plain", "soon", "breach"]


@dataclass(frozen=True)
class Post:
    """A person's place: team and department (0: none), and whether they lead there."""

    user_id: int
    team: int
    department: int
    leads: bool


def reports(posts: Iterable[Post]) -> dict[int, tuple[int, ...]]:
    """Leader → who reports to them directly.

    Whoever is in a team reports to its leaders. The leader of a team, and whoever is in no team,
    reports to the leaders of the department who lead no team of it; where there are none, those
    without a team report to the leaders of its teams.
    """
    known = list(posts)
    return {
        leader.user_id: tuple(
            sorted({one.user_id for one in known if _reports(one, leader, known)})
        )
        for leader in known
        if leader.leads
    }


def _reports(one: Post, leader: Post, known: list[Post]) -> bool:
    if one.user_id == leader.user_id:
        return False
    if one.team and one.team == leader.team:
        return not one.leads
    if not one.department or one.department != leader.department:
        return False
    if not leader.team:
        return (not one.team and not one.leads) or bool(one.team and _above(one, known))
    return not one.team and not one.leads and not _whole(one.department, known)


def _above(one: Post, known: list[Post]) -> bool:
    """Whether this person answers to the department itself: leads a team, or nobody leads it."""
    return one.leads or not any(other.leads and other.team == one.team for other in known)


def _whole(department: int, known: list[Post]) -> bool:
    """Whether somebody leads the department as a whole."""
    return any(one.leads and not one.team and one.department == department for one in known)


def tone_of(count: int, soft: int = SOFT, hard: int = HARD) -> Tone:
    """`soon` above the soft bound, `breach` above the hard one."""
    if count > hard:
        return "breach"
    return "soon" if count > soft else "plain"
