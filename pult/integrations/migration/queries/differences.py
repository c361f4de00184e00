"""Differences between a former system and Pult, for whoever conducts the client."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from pult.clients.access import clients_of
from pult.integrations.migration.models import Difference
from pult.integrations.migration.words import FIELDS, KIND
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50


@dataclass(frozen=True)
class DifferenceItem:
    """What is not the same. `takes` says whether theirs can be taken here by one press."""

    id: int
    client_id: int
    client: str
    source: str
    kind: str
    field: str
    theirs: str
    ours: str
    mark: str
    is_gone: bool
    takes: bool
    later_until: date | None
    found_at: datetime


def difference_items(
    user: "User", *, later: bool = False, page: int = 1
) -> tuple[tuple[DifferenceItem, ...], int]:
    """A page of them, the oldest first, and how many there are; those put off apart."""
    rows = _rows(user, later=later)
    first = (page - 1) * PAGE
    found = rows.select_related("client", "item__source").order_by("found_at", "pk")
    return tuple(_item(row) for row in found[first : first + PAGE]), rows.count()


def open_differences(user: "User") -> int:
    """How many wait for this person's word."""
    return _rows(user, later=False).count()


def _rows(user: "User", *, later: bool) -> QuerySet[Difference]:
    """Put off ones come back by themselves on their day."""
    put_off = Q(state="later", later_until__gt=business_day())
    rows = Difference.objects.filter(state__in=["open", "later"])
    rows = rows.filter(put_off) if later else rows.exclude(put_off)
    mine = clients_of(user)
    return rows.filter(Q(client__in=mine) | Q(client__merged_into__in=mine))


def _item(row: Difference) -> DifferenceItem:
    is_gone = row.field == "gone"
    theirs = row.theirs
    if row.field == "state":
        theirs = _state(theirs)
    return DifferenceItem(
        id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        source=row.item.source.name,
        kind=str(KIND[row.item.kind]),
        field=str(FIELDS.get(row.field, row.field)),
        theirs=theirs,
        ours=_state(row.ours) if row.field == "state" else row.ours,
        mark=row.mark,
        is_gone=is_gone,
        takes=row.field != "responsible" and not (is_gone and row.item.kind == "company"),
        later_until=row.later_until,
        found_at=row.found_at,
    )


def _state(word: str) -> str:
    return pgettext("task there", "closed") if word else pgettext("task there", "open")
