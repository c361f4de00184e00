"""Which number an invoice bore on a day: what is told of it keeps the number it was told with."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pult.kernel.models import Fact


@dataclass(frozen=True)
class Renumbering:
    """A correction of a number, told by the fact `id` at a moment."""

    at: datetime
    id: int
    before: str


def renumberings(client_id: int, invoices: Collection[int]) -> dict[int, list[Renumbering]]:
    """Invoice → corrections of its number, the oldest first; those never corrected are left out.
    One query; access was checked already."""
    facts = Fact.objects.filter(root_id=client_id, kind="invoice.renumbered", voided_by=None)
    found: dict[int, list[Renumbering]] = defaultdict(list)
    told = facts.order_by("valid_at", "id").values_list("refs", "valid_at", "id", "payload")
    for refs, at, pk, payload in told:
        if refs["invoice"] in invoices:
            found[refs["invoice"]].append(Renumbering(at, pk, payload["before"]))
    return found


def number_at(number: str, corrections: list[Renumbering], at: datetime, fact_id: int) -> str:
    """The number before the first correction that is newer than a fact; else the one of now."""
    later = (one.before for one in corrections if (one.at, one.id) > (at, fact_id))
    return next(later, number)
