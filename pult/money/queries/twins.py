"""Invoices of one number: given before Pult refused the second of them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from pult.money.logic.matching.purpose import number_key
from pult.money.models import Invoice
from pult.money.numbering import LONGEST

CANCELLED = Invoice.Status.CANCELLED
COLUMNS = ("pk", "own_entity", "year", "number", "ordinal")


@dataclass(frozen=True)
class Twin:
    """An invoice whose number a payer could not tell from that of its neighbour in the list;
    `total` in kopecks."""

    id: int
    number: str
    client: str
    issued_on: date | None
    total: int
    own_entity: str


def invoice_twins() -> tuple[tuple[Twin, ...], ...]:
    """The live invoices of each number that more than one of a legal entity's year bears, compared
    as matching does (82, № 82 and 00082 are one). One query, another where there may be any.

    Numbers that count are grouped by the database; those with letters are compared here.
    """
    live = Invoice.objects.exclude(number="").exclude(status=CANCELLED).order_by()
    counted = live.filter(ordinal__isnull=False).values("own_entity", "year", "ordinal")
    twice = counted.annotate(times=Count("pk")).filter(times__gt=1).values("ordinal")
    ordinals, lettered = set[int](), {}
    known = live.filter(Q(ordinal=None) | Q(ordinal__in=twice)).values_list(*COLUMNS)
    for pk, entity, year, number, ordinal in known:
        if ordinal is None:
            lettered[pk] = entity, year, number_key(number)
        else:
            ordinals.add(ordinal)
    times = Counter(lettered.values())
    ordinals |= {int(key) for *_place, key in times if _counts(key)}
    doubtful = [pk for pk, place in lettered.items() if times[place] > 1 or _counts(place[2])]
    if not ordinals and not doubtful:
        return ()
    rows = live.filter(Q(pk__in=doubtful) | Q(ordinal__in=ordinals))
    groups: dict[tuple[int | None, int | None, str], list[Twin]] = defaultdict(list)
    for row in rows.select_related("client", "own_entity").order_by("year", "number", "pk"):
        groups[row.own_entity_id, row.year, number_key(row.number)].append(_twin(row))
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _counts(key: str) -> bool:
    """Whether the number counts by now, written before it did: № 83."""
    return key.isascii() and key.isdigit() and len(key) <= LONGEST


def _twin(row: Invoice) -> Twin:
    return Twin(
        id=row.pk,
        number=row.number,
        client=row.client.name,
        issued_on=row.issued_on,
        total=row.total,
        own_entity=row.own_entity.name if row.own_entity else "",
    )
