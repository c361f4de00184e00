"""The frame of every action: one transaction, the client locked, its consequences before commit.

    with acting(client_id):
        invoice.save()
        record("invoice.sent", ...)

At the end, still inside the transaction, the same-transaction handlers (the regulation) see all
facts recorded in it at once; one of them may refuse, and then nothing was written. An action
without facts (what a person arranges for themselves) has the frame too: it makes it happen once,
however often its form is sent.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from pult.kernel import repeats
from pult.kernel.models import Fact
from pult.kernel.statements import answer, answers

Handler = Callable[[Sequence[Fact]], None]
BulkHandler = Callable[[set[tuple[int, str]]], None]

MAX_ROUNDS = 8
# In every action: the ORM would take ten times as long.
LOCK = "SELECT id FROM kernel_rootlock WHERE id = ANY(%s::bigint[]) ORDER BY id FOR UPDATE"
NEW_LOCKS = (
    "INSERT INTO kernel_rootlock (id) SELECT unnest(%s::bigint[]) ORDER BY 1 "
    "ON CONFLICT DO NOTHING RETURNING id"
)

_recorded: ContextVar[list[Fact] | None] = ContextVar("recorded", default=None)
_held: ContextVar[frozenset[int]] = ContextVar("held", default=frozenset())
_handlers: list[Handler] = []
_bulk_handlers: list[BulkHandler] = []


def on_record(handler: Handler) -> Handler:
    """Call `handler(facts)` inside every action's transaction, before it commits."""
    if handler not in _handlers:
        _handlers.append(handler)
    return handler


def on_record_many(handler: BulkHandler) -> BulkHandler:
    """Call `handler({(root_id, kind), …})` inside the transaction of each imported chunk."""
    if handler not in _bulk_handlers:
        _bulk_handlers.append(handler)
    return handler


@contextmanager
def acting(*root_ids: int) -> Iterator[None]:
    """One transaction holding the locks of `root_ids` (clients; 0 is the agency itself).

    Nested uses join the outer action: their facts are judged with its own, at its end. A nested
    one that fails takes back its rows and its facts only, so an outer action can go on.
    """
    outer = _recorded.get()
    if outer is None:
        with _outermost(root_ids):
            yield
        return
    before = len(outer)
    try:
        with transaction.atomic():
            lock_roots(root_ids)
            yield
    except BaseException:
        del outer[before:]
        raise


@contextmanager
def _outermost(root_ids: Sequence[int]) -> Iterator[None]:
    facts: list[Fact] = []
    token, held = _recorded.set(facts), _held.set(frozenset())
    try:
        with repeats.once() as form, transaction.atomic():
            form.begin()
            lock_roots(root_ids)
            _held.set(frozenset(root_ids))
            yield
            _judge(facts)
            form.end()
    finally:
        _recorded.reset(token)
        _held.reset(held)


def _judge(facts: list[Fact]) -> None:
    """Hand the facts over; handlers may record more, and those are handed over too."""
    for _ in range(MAX_ROUNDS):
        if not facts:
            return
        batch = tuple(facts)
        facts.clear()
        for handler in _handlers:
            handler(batch)
    raise RuntimeError(f"handlers kept recording facts for {MAX_ROUNDS} rounds")


def remember(fact: Fact) -> None:
    """Add a fact to the current action's list; used by `record` alone."""
    facts = _recorded.get()
    if facts is None:
        raise RuntimeError("a fact is recorded inside `with acting(...)`")
    facts.append(fact)


def is_acting() -> bool:
    """Whether an action is open in this context."""
    return _recorded.get() is not None


def tell_bulk(touched: set[tuple[int, str]]) -> None:
    """Tell the bulk handlers which (root, kind) an imported chunk touched."""
    for handler in _bulk_handlers:
        handler(touched)


def lock_roots(root_ids: Sequence[int]) -> None:
    """Serialise writers of these clients, in one order so that two actions cannot deadlock.

    SQLite has one writer at a time from the start of the transaction: nothing to lock there. Those
    the outermost action holds are held to its end and not asked for again.
    """
    wanted = sorted(set(root_ids) - _held.get())
    if connection.vendor == "sqlite" or not wanted:
        return
    if len(wanted) > 1:  # who waits for somebody's new client is to hold none of the others
        answers((NEW_LOCKS, [wanted]), (LOCK, [wanted]))
    elif not answer(LOCK, [wanted]) and not answer(NEW_LOCKS, [wanted]):
        answer(LOCK, [wanted])  # somebody was first with it, and we waited for that
