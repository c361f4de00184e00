"""Matching what was posted: payments booked in short transactions, resumable at any document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Count

from pult.kernel import bulk, jobs
from pult.kernel.facts import (
    Draft,
    Encoded,
    acting,
    encode,
    insert_encoded,
    lock_roots,
    record_draft,
)
from pult.money import matcher
from pult.money.booking import (
    Books,
    Entry,
    draw_up,
    enter,
    misfit,
    spread,
)
from pult.money.matcher import Decision, Paper
from pult.money.models import BankDocument, StatementFile
from pult.people.queries import business_day

# Above what the regulation marks client by client: the worker then goes through all at once.
BATCH = 110
AT_ONCE = 30  # payments judged in their own transaction; facts of more wait for the worker
MATCH_REST = "money.match_statements"

Work = tuple[Paper, Decision]
Result = tuple[str, frozenset[int]]


@dataclass(frozen=True)
class Matched:
    """What one run decided, by state, and the service lines whose money changed."""

    matched: int
    unsettled: int
    not_client: int
    invoices: frozenset[int]


def match_pending(
    *,
    file_id: int | None = None,
    by_id: int | None = None,
    role: str = "",
    polite: bool = True,
    progress: Callable[[int, int], None] | None = None,
    decided: Mapping[str, Decision] | None = None,
) -> Matched:
    """Decide about every posted document that waits to be matched, the oldest money first.

    `decided` holds decisions taken a moment ago, by the documents' keys; all are needed to count.
    A document is decided in one transaction with its payments and facts; after a crash the rest
    goes on where it stopped, and two runs at once never book a document twice.
    """
    rows = BankDocument.objects.filter(
        file__status=StatementFile.Status.POSTED, match=BankDocument.Match.PENDING
    )
    if file_id:
        rows = rows.filter(file=file_id)
    rows = rows.order_by("money_on", "pk").values_list("content_key", *matcher.COLUMNS)
    keys = [row[0] for row in rows]
    waiting = list(matcher.papers(row[1:] for row in rows))
    if not waiting:
        return Matched(0, 0, 0, frozenset())
    if decided and decided.keys() >= set(keys):
        pairs = zip(waiting, keys, strict=True)
        work = [(paper, decided[key].of(paper.pk)) for paper, key in pairs]
    else:
        index = matcher.open_invoices(business_day())
        work = [(paper, matcher.decide(paper, index)) for paper in waiting]
    at_once = sum(len(decision.bookings) for _paper, decision in work) <= AT_ONCE

    states: dict[str, int] = {}
    invoices: set[int] = set()
    done = 0
    for result in _decided(work, by_id, role, at_once, polite):
        done += len(result)
        for state, paid in result:
            states[state] = states.get(state, 0) + 1
            invoices |= paid
        if progress:
            progress(done, len(work))
    return Matched(
        matched=states.get(BankDocument.Match.MATCHED, 0),
        unsettled=states.get(BankDocument.Match.UNSETTLED, 0),
        not_client=states.get(BankDocument.Match.NOT_CLIENT, 0),
        invoices=frozenset(invoices),
    )


def _decided(
    work: list[Work], by_id: int | None, role: str, at_once: bool, polite: bool
) -> Iterator[list[Result]]:
    """Write the decisions; those that book nothing are a plain update, by themselves. A booking
    reads and locks a good deal whatever its size: those go by the hundred."""
    plain = [item for item in work if not item[1].bookings]
    booked = [item for item in work if item[1].bookings]

    ids = iter(bulk.reserve_ids("money_payment", sum(len(item[1].bookings) for item in booked)))

    def prepare(chunk: list[Work]) -> Batch:
        return _draw_up(chunk, lambda count: list(islice(ids, count)), by_id, role)

    def write(batch: Batch) -> list[Result]:
        if not at_once:
            lock_roots(batch.clients)
            return _write(batch, by_id, role, insert_facts)
        with acting(*batch.clients):
            return _write(batch, by_id, role, record_facts)

    def note(rows: list[tuple[str, str, int]]) -> list[Result]:
        return [(state, frozenset()) for state, _proposal, _pk in rows[: _note(rows)]]

    yield from bulk.in_chunks(booked, write, prepare=prepare, polite=polite, least=BATCH)
    yield from bulk.in_chunks(plain, note, prepare=_noted, polite=polite)


def _noted(chunk: list[Work]) -> list[tuple[str, str, int]]:
    return [(d.state, orjson.dumps(d.proposal).decode(), p.pk) for p, d in chunk]


def _note(rows: list[tuple[str, str, int]]) -> int:
    """How many still waited: a document that somebody settled meanwhile stays as it is."""
    columns = ("match", "proposal")
    return bulk.update("money_bankdocument", columns, rows, where="match = 'pending'")


def _still_pending(documents: list[int]) -> set[int]:
    rows = BankDocument.objects.select_for_update().filter(pk__in=documents)
    # By the key alone: the index of what waits would be walked from end to end.
    states = rows.values_list("pk", "match")
    return {pk for pk, state in states if state == BankDocument.Match.PENDING}


@dataclass
class Batch:
    """What a chunk of matched documents comes to: all that is written, drawn up before the lock."""

    work: list[Work]
    clients: list[int]
    books: Books
    entry: Entry
    facts: Encoded
    notes: list[tuple[str, str, int]]
    results: list[Result]


def _draw_up(
    chunk: list[Work], ids: Callable[[int], list[int]], by_id: int | None, role: str
) -> Batch:
    bookings = [booking for _paper, decision in chunk for booking in decision.bookings]
    clients = sorted({booking.client_id for booking in bookings})
    books = Books.read({share.invoice_id for b in bookings for share in b.shares}, clients)
    good, notes, results = [], [], []
    for paper, decision in chunk:
        state, paid = decision.state, frozenset[int]()
        if any(misfit(booking, books) for booking in decision.bookings):
            # Somebody paid or cancelled the invoice since the index was read.
            state = BankDocument.Match.UNSETTLED
        else:
            good += [(booking, spread(booking, books)) for booking in decision.bookings]
            paid = frozenset(s.invoice_id for b in decision.bookings for s in b.shares)
        notes.append((state, orjson.dumps(decision.proposal).decode(), paper.pk))
        results.append((state, paid))
    entry = draw_up(good, books, ids(len(good)), by_id, role)
    entry.lay()
    facts = encode([*entry.told, *entry.states])
    return Batch(chunk, clients, books, entry, facts, notes, results)


def _write(
    batch: Batch, by_id: int | None, role: str, tell: Callable[[Batch], None]
) -> list[Result]:
    """Write the batch, or, when somebody was quicker, another one drawn up under the lock."""
    try:
        with transaction.atomic():
            if batch.books.are_stale() or _note(batch.notes) < len(batch.notes):
                raise _Overtaken
    except _Overtaken:
        still = _still_pending([paper.pk for paper, _decision in batch.work])
        work = [item for item in batch.work if item[0].pk in still]
        batch = _draw_up(work, partial(bulk.allocate_ids, "money_payment"), by_id, role)
        _note(batch.notes)
    if batch.entry.payments:
        enter(batch.entry, batch.books)
        tell(batch)
    return batch.results


class _Overtaken(Exception):
    """Somebody settled one of these documents, or moved this money, since they were read."""


def insert_facts(batch: Batch) -> None:
    """Facts by the thousand, which the worker judges."""
    insert_encoded(batch.facts)


def record_facts(batch: Batch) -> None:
    """A few facts, judged before the commit."""
    record_drafts([*batch.entry.told, *batch.entry.states])


def record_drafts(drafts: list[Draft]) -> None:
    """Record facts one by one, so that the regulation judges them before the commit."""
    for draft in drafts:
        record_draft(draft)


def count_states(file_id: int) -> dict[str, int]:
    """How many documents of a file stand in each state."""
    rows = BankDocument.objects.filter(file=file_id).order_by()
    return dict(rows.values_list("match").annotate(Count("pk")))


@jobs.job(MATCH_REST)
def _match_rest(job: Any) -> int:
    """Go on with what a stopped import left."""
    found = match_pending()
    return found.matched + found.unsettled + found.not_client
