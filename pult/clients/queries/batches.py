"""Move-ins as pages show them: the files, what became of their rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pult.clients.models import ImportBatch, ImportRow
from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User

READERS = frozenset({Role.HEAD, Role.DIRECTOR})
CLIENTS_SHOWN = 200


@dataclass(frozen=True)
class BatchItem:
    """One file of clients; `clients` were planned, `done` brought in and are there, `kept` of them
    could not be undone.

    `running` says that it is on its way and may be gone on with.
    """

    id: int
    file_name: str
    status: str
    status_label: str
    by: str
    created_at: datetime
    go_live: date
    balance_day: date
    clients: int
    done: int
    undone: int
    kept: int
    can_undo: bool
    running: bool


@dataclass(frozen=True)
class BatchRow:
    """A client of a batch; `client_id` is None once it was taken back. `problems` are what the
    card did not take: value, message, cure."""

    client_id: int | None
    name: str
    lines: tuple[int, ...]
    status: str
    status_label: str
    problems: tuple[dict[str, str], ...] = ()


def import_batches(user: "User", limit: int = 30) -> tuple[BatchItem, ...]:
    """The newest first; empty for those who do not move clients in. One query."""
    if not READERS & user.roles:
        return ()
    return tuple(_item(row) for row in _batches()[:limit])


def import_batch(user: "User", batch_id: int) -> tuple[BatchItem, tuple[BatchRow, ...]]:
    """A batch and its first clients; raises NotVisible for those who do not move clients in."""
    found = _batches().filter(pk=batch_id).first() if READERS & user.roles else None
    if found is None:
        raise NotVisible(_("There is no such import"))
    rows = ImportRow.objects.filter(batch=batch_id).select_related("client").order_by("pk")
    return _item(found), tuple(
        BatchRow(
            client_id=row.client_id,
            name=row.client.name if row.client else row.plan["name"],
            lines=tuple(row.lines),
            status=row.status,
            status_label=row.get_status_display(),
            problems=tuple(row.problems),
        )
        for row in rows[:CLIENTS_SHOWN]
    )


def _batches() -> QuerySet[ImportBatch]:
    def count(status: str) -> Count:
        return Count("rows", filter=Q(rows__status=status))

    return (
        ImportBatch.objects.select_related("by")
        .annotate(
            planned=Count("rows"),
            done=count(ImportRow.Status.DONE),
            undone=count(ImportRow.Status.UNDONE),
            kept=count(ImportRow.Status.KEPT),
        )
        .order_by("-pk")
    )


def _item(row: ImportBatch) -> BatchItem:
    status = ImportBatch.Status
    return BatchItem(
        id=row.pk,
        file_name=row.file_name,
        status=row.status,
        status_label=_status_label(row),
        by=str(row.by),
        created_at=row.created_at,
        go_live=row.go_live,
        balance_day=row.balance_day,
        clients=row.planned,  # type: ignore[attr-defined]
        done=row.done + row.kept,  # type: ignore[attr-defined]
        undone=row.undone,  # type: ignore[attr-defined]
        kept=row.kept,  # type: ignore[attr-defined]
        can_undo=row.status in (status.DONE, status.UNDOING) or _is_undone_in_part(row),
        running=row.status in (status.PLANNED, status.STAGING, status.POSTED),
    )


def _is_undone_in_part(row: ImportBatch) -> bool:
    return row.status == ImportBatch.Status.UNDONE and row.kept > 0  # type: ignore[attr-defined]


def _status_label(row: ImportBatch) -> str:
    if not _is_undone_in_part(row):
        return row.get_status_display()
    if row.undone:  # type: ignore[attr-defined]
        return pgettext("import", "Undone in part")
    return pgettext("import", "Not undone")
