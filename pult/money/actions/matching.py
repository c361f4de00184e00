"""Matching what was posted: payments booked in short transactions, resumable at any document."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from pult.kernel import bulk, jobs
from pult.kernel.facts import Draft, acting, lock_roots, record_many
from pult.money import matcher
from pult.money.booking import Books, book, misfit, record_draft, spread
from pult.money.matcher import Decision, Paper
from pult.money.models import BankDocument, StatementFile
from pult.people.queries import business_day

BATCH = 100
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
) -> Matched:
    """Decide about every posted document that waits to be matched, the oldest money first.

    A document is decided in one transaction with its payments and facts; after a crash the rest
    goes on where it stopped, and two runs at once never book a document twice.
    """
    rows = BankDocument.objects.filter(
        file__status=StatementFile.Status.POSTED, match=BankDocument.Match.PENDING
    )
    if file_id:
        rows = rows.filter(file=file_id)
    waiting = list(matcher.papers(rows.order_by("money_on", "pk").values_list(*matcher.COLUMNS)))
    if not waiting:
        return Matched(0, 0, 0, frozenset())
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

    def write(read: tuple[list[Work], Books]) -> list[Result]:
        return _write(*read, by_id, role, at_once)

    yield from bulk.in_chunks(booked, write, prepare=_read, polite=polite, least=BATCH)
    yield from bulk.in_chunks(plain, _note, polite=polite)


def _read(chunk: list[Work]) -> tuple[list[Work], Books]:
    """The invoices of a chunk, read before the lock is taken and compared under it."""
    return chunk, Books.read(
        {s.invoice_id for _p, d in chunk for b in d.bookings for s in b.shares}
    )


def _note(chunk: list[Work]) -> list[Result]:
    still = _still_pending(chunk)
    rows = [(d.state, json.dumps(d.proposal), p.pk) for p, d in chunk if p.pk in still]
    bulk.update("money_bankdocument", ("match", "proposal"), rows)
    return [(state, frozenset()) for state, _proposal, _pk in rows]


def _still_pending(chunk: list[Work]) -> set[int]:
    waiting = BankDocument.objects.select_for_update().filter(
        pk__in=[paper.pk for paper, _decision in chunk], match=BankDocument.Match.PENDING
    )
    return set(waiting.values_list("pk", flat=True))


def _write(
    chunk: list[Work], books: Books, by_id: int | None, role: str, at_once: bool
) -> list[Result]:
    """One transaction: clients locked, documents still waiting checked, rows and facts written."""
    clients = {b.client_id for _paper, decision in chunk for b in decision.bookings}
    if not at_once:
        lock_roots(sorted(clients))
        return _book_chunk(chunk, books, by_id, role, record_many)
    with acting(*sorted(clients)):
        return _book_chunk(chunk, books, by_id, role, record_drafts)


def _book_chunk(
    chunk: list[Work],
    books: Books,
    by_id: int | None,
    role: str,
    tell: Callable[[list[Draft]], Any],
) -> list[Result]:
    still = _still_pending(chunk)
    if books.are_stale():
        books = _read(chunk)[1]
    good, rows, result = [], [], []
    for paper, decision in chunk:
        if paper.pk not in still:
            continue
        state = decision.state
        if any(misfit(booking, books) for booking in decision.bookings):
            # Somebody paid or cancelled the invoice since the index was read.
            state = BankDocument.Match.UNSETTLED
        elif decision.bookings:
            good += [(booking, spread(booking, books)) for booking in decision.bookings]
        paid = frozenset(s.invoice_id for b in decision.bookings for s in b.shares)
        rows.append((state, json.dumps(decision.proposal), paper.pk))
        result.append((state, paid if state == BankDocument.Match.MATCHED else frozenset()))
    bulk.update("money_bankdocument", ("match", "proposal"), rows)
    if good:
        tell(book(good, books, by_id, role))
    return result


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
