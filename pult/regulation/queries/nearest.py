"""The next thing each of many clients is owed, for lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pult.regulation.evaluate.table import BREACHES, Mode, State
from pult.regulation.labels import titles
from pult.regulation.models import Obligation
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
    owed = live(Obligation.objects.filter(root_id__in=list(root_ids), mode__gte=Mode.VISIBLE))
    first: dict[int, tuple[str, int, int]] = {}
    for root_id, *row in owed.order_by("due", "id").values_list(
        "root_id", "clause", "due", "state"
    ):
        first.setdefault(root_id, tuple(row))
    names = titles() if first else {}
    return {
        root_id: Nearest(clause, names.get(clause, clause), moment(due), State(state) in BREACHES)
        for root_id, (clause, due, state) in first.items()
    }
