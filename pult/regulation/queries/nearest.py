"""The next thing each of many clients is owed, for lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Min, Subquery

from pult.regulation.evaluate.table import BREACHES, Mode, State
from pult.regulation.labels import titles
from pult.regulation.models import Obligation
from pult.regulation.queries.asked import ALIVE
from pult.regulation.queries.rows import live, moment


@dataclass(frozen=True)
class Nearest:
    """The clause a client is owed first, its title and when it is due."""

    clause: str
    title: str
    due: datetime | None
    is_breach: bool


def nearest_rows(root_ids: Collection[int]) -> dict[int, Nearest]:
    """Client → the live row of theirs that is due first, as everybody sees it. One query."""
    if not root_ids:
        return {}
    marks = ", ".join(["%s"] * len(root_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root_id, clause, due, state FROM regulation_obligation"
            f" WHERE {ALIVE} AND mode >= %s AND root_id IN ({marks}) ORDER BY due DESC, id DESC",
            [Mode.VISIBLE, *root_ids],
        )
        first = {root_id: row for root_id, *row in cursor.fetchall()}
    names = titles() if first else {}
    return {
        root_id: Nearest(clause, names.get(clause, clause), moment(due), State(state) in BREACHES)
        for root_id, (clause, due, state) in first.items()
    }


def first_due(root: Any) -> Subquery:
    """When the client `root` (an outer reference) is owed something next, to sort clients by: a
    look into the index of live rows a client."""
    owed = live(Obligation.objects.filter(root_id=root, mode__gte=Mode.VISIBLE)).order_by()
    return Subquery(owed.values("root_id").annotate(first=Min("due")).values("first"))
