"""Bank documents written out of sight, and removed again when an import never ended.

What a document is to become is decided before it is written, so that one no invoice claims is
written once, as it will stay. One that pays is written as pending: it is booked once the file is
seen, and by then somebody may have been quicker.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from operator import attrgetter
from typing import Any

import orjson
from django.db import IntegrityError
from django.utils.translation import gettext as _

from pult.kernel import bulk, clock
from pult.kernel.errors import Conflict
from pult.money import matcher
from pult.money.logic.bank import Placed
from pult.money.logic.matching import InvoiceIndex
from pult.money.matcher import Decision
from pult.money.models import BankDocument, StatementFile

ABANDONED = timedelta(hours=1)
COLUMNS = (
    "file_id",
    "line_no",
    "kind",
    "number",
    "date",
    "money_on",
    "amount",
    "currency",
    "direction",
    "own_account",
    "party_name",
    "party_inn",
    "party_account",
    "purpose",
    "content_key",
    "match",
    "proposal",
)
Progress = Callable[[int, int], None]


def known_keys(keys: Iterable[str]) -> dict[str, int]:
    """Documents already here: key → file."""
    columns = ("content_key", "file_id")
    return dict(bulk.select("money_bankdocument", columns, "content_key", list(keys)))


def refuse_race(known: dict[str, int], mine: int | None) -> None:
    files = set(known.values()) - {mine}
    busy = StatementFile.objects.filter(pk__in=files, status=StatementFile.Status.STAGED)
    if busy.exists():
        raise Conflict(
            _("Somebody is importing a statement with the same documents right now"),
            cure=_("Try again in a minute"),
        )


def insert_documents(
    file: StatementFile,
    fresh: list[Placed],
    index: InvoiceIndex,
    polite: bool,
    progress: Progress | None,
) -> dict[str, Decision]:
    """Write what is new; returns what is to be booked once the file is seen, by key."""
    paying: dict[str, Decision] = {}

    def write(chunk: list[Sequence[Any]]) -> int:
        bulk.insert("money_bankdocument", COLUMNS, chunk)
        return len(chunk)

    done = 0
    try:
        for count in bulk.in_chunks(
            _rows(file.pk, fresh, index, paying), write, prepare=bulk.ready, polite=polite
        ):
            done += count
            if progress:
                progress(done, len(fresh))
    except IntegrityError:
        refuse_race(known_keys(row.key for row in fresh), file.pk)
        raise
    return paying


def _rows(
    file_id: int, fresh: Iterable[Placed], index: InvoiceIndex, paying: dict[str, Decision]
) -> Iterator[Sequence[Any]]:
    """The oldest money first; those that pay stand together at the end, where they are booked."""
    last = []
    for row in sorted(fresh, key=attrgetter("money_on")):
        decision = matcher.decide(matcher.paper_of(row), index)
        if decision.bookings:
            paying[row.key] = decision
            last.append(row)
            continue
        yield _row(file_id, row, decision.state, orjson.dumps(decision.proposal).decode())
    for row in last:
        yield _row(file_id, row, BankDocument.Match.PENDING, "{}")


def _row(file_id: int, row: Placed, state: str, proposal: str) -> Sequence[Any]:
    # Of a document between two strangers the payer is shown.
    document, party = row.document, row.party or row.document.payer
    return (
        file_id,
        document.line,
        document.kind[:60],
        document.number[:40],
        document.date,
        row.money_on,
        document.amount,
        document.currency[:3],
        row.direction,
        row.own_account[:34],
        party.name[:255],
        party.inn[:14],
        party.account[:34],
        document.purpose,
        row.key,
        state,
        proposal,
    )


def drop_abandoned(besides: str = "") -> int:
    """Remove what imports that never ended have staged; nobody has seen it. Returns documents."""
    old = StatementFile.objects.filter(
        status=StatementFile.Status.STAGED, loaded_at__lt=clock.now() - ABANDONED
    ).exclude(sha256=besides)
    count = 0
    for file in old:
        ids = list(file.documents.values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            count += BankDocument.objects.filter(pk__in=part).delete()[0]
        file.delete()
    return count
