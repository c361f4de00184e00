"""Reading a former system: all of it, or what changed since the last time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import require, roles_of
from pult.integrations.calling import Trouble
from pult.integrations.calling.errors import bad_answer
from pult.integrations.migration.actions import keeping
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.comparing import GONE, tell
from pult.integrations.migration.actions.keeping import Reading
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.actions.looking import look_at
from pult.integrations.migration.actions.sources import KEEPERS, source_of
from pult.integrations.migration.actions.telling import set_status
from pult.integrations.migration.connectors import Connector, connect
from pult.integrations.migration.marks import marks_of
from pult.integrations.migration.models import Batch, Item, Source
from pult.integrations.migration.sides import SIDES, tasks
from pult.kernel import clock
from pult.kernel.errors import Conflict, PultError

if TYPE_CHECKING:
    from pult.people.models import User

# Clocks differ and lists are read page by page: the next reading goes back a little.
OVERLAP = timedelta(minutes=5)
WHOLE = timedelta(hours=24)
# What a row without what its description promises makes of its reader, nested too deep included.
BAD_ROW = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)

log = logging.getLogger(__name__)


def start_reading(*, by: "User", source_id: int) -> Batch:
    """A batch to read into; the worker reads it. Refusal without a key."""
    require(by, *KEEPERS, act=_("read another system"))
    source = source_of(source_id)
    connect(source)
    return new_batch(source, by)


def new_batch(source: Source, by: "User", *, file_name: str = "", is_sync: bool = False) -> Batch:
    batch = Batch(
        source=source, by=by, created_at=clock.now(), file_name=file_name[:200], is_sync=is_sync
    )
    batch.save(force_insert=True)
    return batch


def read_into(
    batch: Batch,
    connector: Connector | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Read everything there is into a batch and leave it to be looked at; `progress` is told how
    many records were met.

    Trouble stops it where it is; what was kept is kept, and reading again goes over it.
    """
    with Lease(batch.source) as lease:
        reading = _read(batch, connector or connect(batch.source), None, lease, progress)
    look_at(batch, batch.by)
    set_status(batch, Batch.Status.READY, batch.by)
    return reading


def sync(source: Source, connector: Connector | None = None) -> Reading | None:
    """Read what changed, bring in what is new and clear, list what differs.

    Once a day all of it is read, to see what was deleted. None when nothing may be read now: the
    key is gone, somebody reads already, or whoever follows it may not any more.
    """
    if not source.is_followed or not roles_of(source.by) & set(KEEPERS):
        _trouble(source, _("Whoever follows this system may not any more") if source.is_followed
                 else "")  # fmt: skip
        return None
    now = clock.now()
    Source.objects.filter(pk=source.pk).update(tried_at=now)
    whole = source.full_at is None or now - source.full_at >= WHOLE
    since = None if whole or source.synced_at is None else source.synced_at - OVERLAP
    try:
        with Lease(source) as lease:
            batch = new_batch(source, source.by, is_sync=True)
            reading = _read(batch, connector or connect(source), since, lease)
    except Conflict:
        return None
    except PultError as problem:
        _trouble(source, _words(problem))
        raise
    _bring_new(source)
    return reading


def _bring_new(source: Source) -> None:
    """Bring in what this turn has kept, and what earlier ones had when they were broken off."""
    unfinished = (Batch.Status.READING, Batch.Status.STOPPED, Batch.Status.BRINGING)
    turns = Batch.objects.filter(source=source, is_sync=True, status__in=unfinished)
    for batch in turns.select_related("by").order_by("pk"):
        if batch.items.exists():
            bring(by=source.by, batch_id=batch.pk)
        else:
            batch.delete()


def _read(
    batch: Batch,
    connector: Connector,
    since: datetime | None,
    lease: Lease,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    source, started = batch.source, clock.now()
    reading = Reading(source, batch.by, batch, started, lease, progress)
    try:
        keeping.keep_people(source, connector.people())
        keeping.keep_statuses(source, connector.statuses())
        if since is None:
            # Of closed tasks a whole reading knows nothing: those closed lately are asked for.
            _read_changes(reading, connector)
        keeping.keep_records(reading, connector.records(since))
    except Trouble as problem:
        _stop(batch, _words(problem))
        raise
    except Conflict:
        Batch.objects.filter(pk=batch.pk, is_sync=True, items=None).delete()
        raise
    except BAD_ROW as problem:
        log.exception("%s was not read", source)
        told = bad_answer(source.address or source.name, _lacking(problem))
        _stop(batch, _words(told))
        raise told from problem
    if since is None and not connector.broken:
        _tell_gone(reading)
    broken = "; ".join(dict.fromkeys(connector.broken))
    changes = {"synced_at": started, "trouble": broken[:500]}
    if since is None:
        changes["full_at"] = started
    if connector.broken:
        changes.pop("synced_at")
    Source.objects.filter(pk=source.pk).update(**changes)
    return reading


def _lacking(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return _("a record has no “%(field)s”") % {"field": str(problem.args[0])[:60]}
    return _("a record is not as it should be")


def _read_changes(reading: Reading, connector: Connector) -> None:
    """What has changed since the last reading, when something was brought in before it."""
    source = reading.source
    if not Item.objects.filter(source=source, state=Item.State.BROUGHT, kind="task").exists():
        return
    since = (source.synced_at or source.created_at) - OVERLAP
    keeping.keep_records(reading, connector.records(since))
    reading.found.clear()  # all of it is met once more


def _tell_gone(reading: Reading) -> None:
    """What a whole reading did not meet is deleted there; here nothing goes by itself. It asks for
    open tasks only: of one that is closed on either side it says nothing."""
    rows = Item.objects.filter(source=reading.source, seen_at__lt=reading.started)
    rows.filter(state__in=(Item.State.WAITING, Item.State.LATE)).filter(
        batch__file_name=""
    ).delete()
    gone = rows.filter(state=Item.State.BROUGHT, batch__file_name="", kind__in=SIDES)
    for item in gone:
        row = SIDES[item.kind].find(reading.by, item)
        if row and not _is_closed(item, row):
            reading.changed += tell(item, row, GONE)
        Item.objects.filter(pk=item.pk).update(seen_at=reading.started)


def _is_closed(item: Item, row: Any) -> bool:
    if item.kind != "task":
        return False
    closed = marks_of("task", {"state": tasks.ENDED})["state"]
    return item.marks.get("state") == closed or tasks.ours(row)["state"] == tasks.ENDED


def _stop(batch: Batch, why: str) -> None:
    """What a broken off turn of following has kept waits for the next one."""
    if batch.is_sync and not batch.items.exists():
        batch.delete()
    else:
        set_status(batch, Batch.Status.STOPPED, batch.by, why)
    _trouble(batch.source, why)


def _words(problem: PultError) -> str:
    """What happened and what is to be done about it."""
    return ". ".join(filter(None, (str(problem.message), str(problem.cure))))


def _trouble(source: Source, why: str) -> None:
    Source.objects.filter(pk=source.pk).update(trouble=why[:500])
