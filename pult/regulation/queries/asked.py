"""What is asked of people now, read by plain SQL: no page is opened more often than a day, and
building these queries took several times as long as answering them."""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.table import Flag, Mode, State

ASIDE = int(Flag.DISPUTED | Flag.NO_DATA | Flag.WAITS_CLIENT)
# The condition of the indexes of live rows: written in any other way it would not use them.
ALIVE = (
    f"state <= {State.OVERDUE.value} AND NOT (state = {State.MET.value})"
    f" AND (flags & {Flag.CLOSED.value}) = 0"
)
ASKED = f"{ALIVE} AND state IN ({State.OPEN.value}, {State.OVERDUE.value})"
PLAIN = f"(flags & {ASIDE}) = 0"
EXCUSED = f"(flags & {ASIDE}) <> 0"
# Until when somebody put off a `row` of the ledger; the mark is today.
PUT_OFF = "SELECT until FROM regulation_postponement AS said WHERE until > %s AND " + " AND ".join(
    f"said.{name} = row.{name}" for name in IDENTITY
)


class Asked(NamedTuple):
    """Live rows that are due or will be: of these clients (None: all) and roles, at least as loud
    as `mode`; SHADOW asks for what is in shadow alone."""

    roots: tuple[int, ...] | None
    roles: tuple[str, ...]
    mode: int
    without: tuple[int, ...] = ()  # ids of rows left out

    def find(
        self, what: str, *more: tuple[str, Any], group: str = "", order: str = "", limit: int = 0
    ) -> list[tuple[Any, ...]]:
        """`what` of the rows for which `more` hold too: pairs of a condition and what its mark
        stands for, several marks for a collection. Words are ours, never a person's."""
        conditions = [
            (f"{ASKED} AND mode {'=' if self.mode == Mode.SHADOW else '>='} %s", self.mode),
            ("role IN (%s)", self.roles),
            *([("root_id IN (%s)", self.roots)] if self.roots is not None else []),
            *([("id NOT IN (%s)", self.without)] if self.without else []),
            *more,
        ]
        words, told = [], []
        for condition, value in conditions:
            many = isinstance(value, tuple)
            if many and not value:
                return []
            words.append(condition % ", ".join(["%s"] * len(value)) if many else condition)
            told.extend(value if many else [value] if value is not None else [])
        query = [f"SELECT {what} FROM regulation_obligation WHERE {' AND '.join(words)}"]
        query += [f"GROUP BY {group}"] if group else []
        query += [f"ORDER BY {order}"] if order else []
        query += [f"LIMIT {limit:d}"] if limit else []
        with connection.cursor() as cursor:
            cursor.execute(" ".join(query), told)
            return cursor.fetchall()


def day_kept(kept: date | str | None) -> date | None:
    """A day as a ready query tells it: SQLite hands it out as it keeps it."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept
