"""Taking an import back, client by client; whatever somebody has touched since stays, by name.

What only Pult itself did meanwhile holds nobody back: spend that found its line is nobody's again,
forecasts go.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError, Q, QuerySet, RestrictedError
from django.utils.translation import gettext as _

from pult.clients import models
from pult.clients.access import require
from pult.clients.actions.movein.materialise import TABLES
from pult.clients.actions.movein.preview import IMPORTERS
from pult.clients.actions.movein.telling import SOURCE, external_prefix
from pult.clients.indexing import index_client
from pult.clients.models import Client, ImportBatch, ImportRow
from pult.clients.providers import let_go_of
from pult.kernel.errors import Conflict
from pult.kernel.facts import acting, void
from pult.kernel.models import Fact
from pult.kernel.search import remove_document

if TYPE_CHECKING:
    from pult.people.models import User

# Told by Pult itself about a client nobody has touched: a file of spend is not about one client.
OWN = Q(actor=None) | Q(kind="spend.loaded")


@dataclass(frozen=True)
class Kept:
    """A client left as it is, and the lines of the file it came from."""

    client_id: int
    name: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class UndoReport:
    """How many clients were taken back or freed of what was added, and those kept."""

    undone: int
    kept: tuple[Kept, ...]


class ChangedSince(Exception):
    """Somebody has worked with what the import brought."""


def undo_import(*, by: "User", batch_id: int) -> UndoReport:
    """Undo an import that is done; may be repeated, and goes on where it stopped."""
    require(by, *IMPORTERS, act=_("undo an import"))
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.status not in (
        ImportBatch.Status.DONE,
        ImportBatch.Status.UNDOING,
        ImportBatch.Status.UNDONE,
    ):
        raise Conflict(_("This import is not finished"), cure=_("Let it finish, then undo it"))
    _set(batch, ImportBatch.Status.UNDOING)
    todo = batch.rows.filter(status__in=[ImportRow.Status.DONE, ImportRow.Status.KEPT])
    for row in todo.select_related("client").order_by("-pk"):
        if row.client is not None:
            _undo_row(row, by)
    _set(batch, ImportBatch.Status.UNDONE)
    kept = batch.rows.filter(status=ImportRow.Status.KEPT).select_related("client").order_by("pk")
    return UndoReport(
        undone=batch.rows.filter(status=ImportRow.Status.UNDONE).count(),
        kept=tuple(Kept(row.client_id, row.client.name, tuple(row.lines)) for row in kept),
    )


def _undo_row(row: ImportRow, by: "User") -> None:
    client = row.client
    is_new = row.plan["action"] == "create"
    try:
        with acting(0, client.pk):
            if is_new:
                _check_untouched_client(row)
            _check_untouched_rows(row)
            _void_facts(row, by)
            let_go_of(_lines_made(row))
            _take_rows_back(row)
            if is_new:
                remove_document("client", client.pk)
                Client.objects.get(pk=client.pk).delete()
                row.client = None
            else:
                index_client(client)
            row.status = ImportRow.Status.UNDONE
            row.save(update_fields=["status", "client"])
    except (ChangedSince, ProtectedError, RestrictedError):
        ImportRow.objects.filter(pk=row.pk).update(status=ImportRow.Status.KEPT)


def _check_untouched_client(row: ImportRow) -> None:
    """Nobody has recorded anything about the client that still stands, nor edited it."""
    told = Fact.objects.filter(root_id=row.client_id, voided_by=None).exclude(kind="void")
    ours = Q(source=SOURCE, external_id__startswith=external_prefix(row))
    if row.client.version > 1 or told.exclude(ours | OWN).exists():
        raise ChangedSince


def _check_untouched_rows(row: ImportRow) -> None:
    for step in row.trail:
        thing = getattr(models, step["table"]).objects.filter(pk=step["id"]).first()
        if thing is None or getattr(thing, "version", 0) != step["version"]:
            raise ChangedSince


def _void_facts(row: ImportRow, by: "User") -> None:
    brought = Fact.objects.filter(source=SOURCE, external_id__startswith=external_prefix(row))
    for fact in (brought | _followed(row)).filter(voided_by=None).order_by("pk"):
        void(fact, by=by, reason=_("The import was undone"))


def _followed(row: ImportRow) -> QuerySet[Fact]:
    """What Pult itself told of the lines the row made."""
    of_lines = Q(pk=None)
    for line_id in _lines_made(row):
        of_lines |= Q(refs__line=line_id)
    return Fact.objects.filter(OWN, of_lines, root_id=row.client_id).exclude(kind="void")


def _lines_made(row: ImportRow) -> list[int]:
    return [
        step["id"] for step in row.trail if step["table"] == "ServiceLine" and "before" not in step
    ]


def _take_rows_back(row: ImportRow) -> None:
    """Delete what was added, what depends on it first; put back what was filled."""
    by_table: dict[str, list[dict[str, Any]]] = {}
    for step in row.trail:
        by_table.setdefault(step["table"], []).append(step)
    for step in row.trail:
        if "before" in step:
            things = getattr(models, step["table"]).objects.filter(pk=step["id"])
            things.update(version=step["version"] + 1, **step["before"])
    for table in reversed(TABLES):
        added = [s["id"] for s in by_table.get(table.__name__, ()) if "before" not in s]
        for thing in table._default_manager.filter(pk__in=added):
            thing.delete()


def _set(batch: ImportBatch, status: str) -> None:
    batch.status = status
    batch.save(update_fields=["status"])
