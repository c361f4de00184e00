"""Bank documents written out of sight, and removed again when an import never ended.

What a document is to become is decided before it is written, so that one no invoice claims is
written once, as it will stay. One that pays is written as pending: it is booked once the file is
seen, and by then somebody may have been quicker.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from operator import attrgetter
from typing import Any

import orjson
from django.db import IntegrityError, transaction

from pult.kernel import bulk, clock
from pult.money import matcher
from pult.money.leases import Lease, Progress, busy, is_free
from pult.money.logic.bank import Placed
from pult.money.logic.matching import InvoiceIndex
from pult.money.matcher import Decision
from pult.money.models import BankDocument, StatementFile

# Long enough for somebody to see that an import was cut off and to drop its file again.
ABANDONED = timedelta(days=2)
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


def known_keys(keys: Iterable[str]) -> dict[str, int]:
    """Documents already here: key → file."""
    columns = ("content_key", "file_id")
    return dict(bulk.select("money_bankdocument", columns, "content_key", list(keys)))


def open_file(mine: StatementFile | None, **parts: Any) -> StatementFile:
    """The staged file these documents go into; Conflict when another import opened one first."""
    if mine is None:
        try:
            with transaction.atomic():
                return StatementFile.objects.create(**parts)
        except IntegrityError as error:
            raise busy() from error
    for name, value in parts.items():
        setattr(mine, name, value)
    return mine


def clear_way(known: dict[str, int], mine: int | None) -> dict[str, int]:
    """What is here already, without what imports that were cut off have staged of it: that is
    removed, for it comes again. Conflict while one of them is still at work."""
    files = set(known.values()) - {mine}
    dropped = set()
    for file in StatementFile.objects.filter(pk__in=files, status=StatementFile.Status.STAGED):
        Lease(file)
        dropped.add(file.pk)
        drop_file(file)
    return {key: file for key, file in known.items() if file not in dropped}


def insert_documents(
    file: StatementFile,
    fresh: list[Placed],
    index: InvoiceIndex,
    polite: bool,
    progress: Progress | None,
) -> dict[str, Decision]:
    """Write what is new; returns what is to be booked once the file is seen, by key.

    Conflict when another file brings the same documents meanwhile: what was written goes again.
    """
    paying: dict[str, Decision] = {}

    def lay(chunk: list[Sequence[Any]]) -> bulk.Ready:
        return bulk.lay("money_bankdocument", COLUMNS, bulk.Ready(chunk))

    def write(chunk: list[Sequence[Any]]) -> int:
        bulk.insert("money_bankdocument", COLUMNS, chunk)
        return len(chunk)

    done = 0
    try:
        for count in bulk.in_chunks(
            _rows(file.pk, fresh, index, paying), write, prepare=lay, polite=polite
        ):
            done += count
            if progress:
                progress(done, len(fresh))
    except IntegrityError as error:
        drop_file(file)
        raise busy() from error
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
    """A row of COLUMNS as every database takes it: days as text, which costs least."""
    # Of a document between two strangers the payer is shown.
    document, party = row.document, row.party or row.document.payer
    return (
        file_id,
        document.line,
        document.kind[:60],
        document.number[:40],
        document.date.isoformat(),
        row.money_on.isoformat(),
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
        is_free(), status=StatementFile.Status.STAGED, loaded_at__lt=clock.now() - ABANDONED
    ).exclude(sha256=besides)
    return sum(drop_file(file) for file in old)


def drop_file(file: StatementFile) -> int:
    """Remove a staged file with its documents; returns how many there were."""
    ids = list(file.documents.values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        BankDocument.objects.filter(pk__in=ids[start : start + 500]).delete()
    file.delete()
    return len(ids)
