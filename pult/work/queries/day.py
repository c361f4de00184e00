"""What of the tasks a day begins with: of specialists and of account managers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import User
from pult.work.access import led_by, queue_of
from pult.work.models import WAITING
from pult.work.queries.lists import MOST_OWN, SOONEST
from pult.work.queries.rows import aware, rows_of
from pult.work.queries.shapes import TaskRow
from pult.work.queries.wanted import Wanted, asked, awake, counted, view_rows

SHOWN = 8
MOST = 100
Soon = tuple[int, Any, str]  # id, deadline, state
MAKERS = frozenset({Role.AM, Role.EXECUTOR, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR})


@dataclass(frozen=True)
class WorkOfDay:
    """The soonest of one's own tasks, of those that wait for one's acceptance and of the queue one
    works from or distributes; the counts are those of the lists, up to a thousand. `late`: one's
    own overdue, `queue_late` those of the queue; of those bounced the clock stands."""

    mine: tuple[TaskRow, ...] = ()
    mine_count: int = 0
    late: int = 0
    accept: tuple[TaskRow, ...] = ()
    accept_count: int = 0
    queue: tuple[TaskRow, ...] = ()
    queue_count: int = 0
    queue_late: int = 0

    def __bool__(self) -> bool:
        return bool(self.mine_count or self.accept_count or self.queue_count)


def work_of_day(user: User, managed: Collection[int] = ()) -> WorkOfDay:
    """Nothing for those who make and accept nothing. Two queries; one more for very many tasks.

    `managed`: the clients whose handed-in work an account manager accepts."""
    roles = roles_of(user)
    if roles.isdisjoint(MAKERS):
        return WorkOfDay()
    lists = {"mine": awake(user, view_rows(user, "mine", managed))}
    if Role.AM in roles:
        lists["accept"] = view_rows(user, "accept", managed)
    if queue_of(user) or led_by(user):
        lists["queue"] = view_rows(user, "queue", managed)
    found = _soonest(lists)
    counts = _counts(lists, found)
    shown = [pk for part in found.values() for pk, *_when in part[:SHOWN]]
    rows = {row.id: row for row in rows_of(user, shown)}
    told = {name: tuple(rows[pk] for pk, *_when in part[:SHOWN]) for name, part in found.items()}
    now = clock.now()
    return WorkOfDay(
        mine=told["mine"],
        mine_count=counts["mine"],
        late=_late(found["mine"], now),
        accept=told["accept"],
        accept_count=counts["accept"],
        queue=told["queue"],
        queue_count=counts["queue"],
        queue_late=_late(found["queue"], now),
    )


def _late(part: Iterable[Soon], now: datetime) -> int:
    return sum(due < now and state in WAITING for _pk, due, state in part)


def _counts(lists: dict[str, Wanted], found: dict[str, list[Soon]]) -> dict[str, int]:
    """How many each list has: of those not read to their end the database counts the rest."""
    told = {name: len(part) for name, part in found.items()}
    more = [name for name, number in told.items() if number >= MOST]
    if more:
        numbers = counted([(lists[name], MOST_OWN) for name in more])
        told.update(zip(more, numbers, strict=True))
    return told


def _soonest(lists: dict[str, Wanted]) -> dict[str, list[Soon]]:
    """Of each list its first hundred, all by one statement."""
    parts, params = [], []
    for name, rows in lists.items():
        what = f"'{name}' AS part, task.id, task.due, task.state"
        sql, told = rows.query(what, order=SOONEST, limit=MOST)
        parts.append(f"SELECT * FROM ({sql}) AS {name}_rows")
        params += told
    found: dict[str, list[Soon]] = {"mine": [], "accept": [], "queue": []}
    for name, pk, due, state in asked(" UNION ALL ".join(parts), params):
        found[name].append((pk, aware(due), state))
    for part in found.values():
        part.sort(key=lambda one: (one[1], one[0]))
    return found
