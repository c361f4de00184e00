"""After the commit: facts told to handlers, at least once each, by the worker.

A handler gets the fact, must bear being told twice, and is tried again with growing pauses when
it fails. Its row in the outbox is written with the fact and removed once it has heard.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction

from pult.kernel import bulk, clock
from pult.kernel.models import Fact, Outbox

Handler = Callable[[Fact], None]

ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)

log = logging.getLogger(__name__)
_by_kind: dict[str, list[str]] = {}
_by_name: dict[str, Handler] = {}


def after_commit(kind: str, handler: Handler, name: str = "") -> None:
    """Tell `handler` of every fact of `kind` (`*`: of any) once it is committed.

    `name` stays in the table while the telling is pending; give one when the function may move.
    """
    name = name or f"{handler.__module__}.{handler.__qualname__}"
    _by_name[name] = handler
    names = _by_kind.setdefault(kind, [])
    if name not in names:
        names.append(name)


def handlers_of(kind: str) -> list[str]:
    return _by_kind.get(kind, []) + _by_kind.get("*", [])


def append(fact: Fact) -> None:
    """Note, in the fact's own transaction, whom to tell."""
    names = handlers_of(fact.kind)
    if names:
        Outbox.objects.bulk_create([Outbox(fact=fact, handler=name) for name in names])


def append_many(facts: Iterable[tuple[int, str]]) -> None:
    """The same for (fact id, kind) pairs of an import."""
    now = clock.now()
    rows = [(pk, name, 0, now, "") for pk, kind in facts for name in handlers_of(kind)]
    if rows:
        columns = ["fact_id", "handler", "attempts", "next_at", "error"]
        bulk.insert("kernel_outbox", columns, rows)


def dispatch(limit: int = 100) -> int:
    """Tell up to `limit` pending handlers; returns how many were tried."""
    due = (
        Outbox.objects.filter(next_at__lte=clock.now())
        .order_by("next_at", "id")
        .select_related("fact")[:limit]
    )
    return sum(_tell(row) for row in list(due))


def _tell(row: Outbox) -> bool:
    if not _claim(row):
        return False
    try:
        _by_name[row.handler](row.fact)
    except Exception as problem:
        log.exception("%s failed on %s", row.handler, row.fact)
        _postpone(row, problem)
    else:
        Outbox.objects.filter(pk=row.pk).delete()
    return True


def _claim(row: Outbox) -> bool:
    """Move the row out of other workers' sight; if this process dies, it comes back by itself."""
    again = clock.now() + pause(row.attempts)
    taken = Outbox.objects.filter(pk=row.pk, attempts=row.attempts, next_at=row.next_at)
    row.attempts += 1
    return taken.update(attempts=row.attempts, next_at=again) == 1


def _postpone(row: Outbox, problem: Exception) -> None:
    """Keep the reason; after the last attempt the row stays, undated, for the health page."""
    with transaction.atomic():
        kept = Outbox.objects.filter(pk=row.pk)
        kept.update(error=f"{type(problem).__name__}: {problem}"[:2000])
        if row.attempts >= ATTEMPTS:
            kept.update(next_at=None)


def pause(attempts: int) -> timedelta:
    """How long to wait before the next attempt: 10 s, 20 s, 40 s … an hour."""
    return min(FIRST_PAUSE * 2**attempts, LONGEST_PAUSE)
