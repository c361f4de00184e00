"""A batch on its way in: staged in polite chunks, posted by one UPDATE, its facts told after it.

Killed anywhere, `run_import` goes on where it stopped: rows know how far they got, staged clients
are seen by nobody, and facts carry external ids.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.movein.filling import bring_to_known
from pult.clients.actions.movein.materialise import (
    TABLES,
    Made,
    build,
    groups_of,
    logins_taken,
    save,
    trail_of,
)
from pult.clients.actions.movein.preview import IMPORTERS, Preview, Rows, preview_import
from pult.clients.actions.movein.telling import drafts_of
from pult.clients.indexing import index_clients
from pult.clients.logic.movein import Decision, signature
from pult.clients.models import (
    Client,
    Group,
    ImportBatch,
    ImportMapping,
    ImportRow,
)
from pult.kernel import bulk, clock
from pult.kernel.errors import Conflict
from pult.kernel.facts import Draft, record_many
from pult.regulation import modes
from pult.regulation.calendars import midnight

if TYPE_CHECKING:
    from pult.people.models import User

Progress = Callable[[int, int], None]
LARGE_CHUNK = 500


def start_import(
    *,
    by: "User",
    file_name: str,
    columns: Sequence[str],
    rows: Rows,
    mapping: Mapping[str, int],
    go_live: date,
    balance_day: date,
    decisions: Mapping[str, Decision] | None = None,
) -> tuple[ImportBatch, Preview]:
    """Plan an import and keep the plan and the mapping; `run_import` brings it in.

    `go_live` is the first day the regulation asks about these clients; balances are those at the
    end of `balance_day` where a row gives no day of its own. Questions not answered
    are left out, as rows in error are.
    """
    require(by, *IMPORTERS, act=_("import clients"))
    preview = preview_import(
        by=by, columns=columns, rows=rows, mapping=mapping, decisions=decisions
    )
    wanted = [made for made in preview.plans if made.action in ("create", "update")]
    with transaction.atomic():
        ImportMapping.objects.update_or_create(
            signature=signature(columns),
            defaults={
                "columns": list(columns),
                "mapping": dict(mapping),
                "saved_by": by,
                "saved_at": clock.now(),
            },
        )
        batch = ImportBatch.objects.create(
            file_name=file_name[:200],
            signature=signature(columns),
            go_live=go_live,
            balance_day=balance_day,
            by=by,
            created_at=clock.now(),
        )
        ImportRow.objects.bulk_create(
            ImportRow(batch=batch, lines=made.lines, plan=asdict(made), client_id=made.client_id)
            for made in wanted
        )
    return batch, preview


def run_import(
    *, batch_id: int, polite: bool = True, progress: Progress | None = None
) -> ImportBatch:
    """Bring a planned batch in, or go on with one that was interrupted.

    `polite=False` leaves no room for other writers: for the demo and benchmarks.
    """
    batch = ImportBatch.objects.select_related("by").get(pk=batch_id)
    if batch.status in (ImportBatch.Status.UNDOING, ImportBatch.Status.UNDONE):
        raise Conflict(_("This import has been undone"))
    _stage(batch, polite)
    _post(batch)
    _tell(batch, polite, progress)
    return batch


def _stage(batch: ImportBatch, polite: bool) -> None:
    todo = ImportRow.objects.filter(batch=batch, status=ImportRow.Status.PLANNED, client=None)
    if batch.status not in (ImportBatch.Status.PLANNED, ImportBatch.Status.STAGING):
        return
    _set(batch, ImportBatch.Status.STAGING)
    rows = list(todo.order_by("pk"))
    if polite:
        for _chunk in bulk.in_chunks(rows, lambda chunk: _stage_chunk(batch, chunk)):
            pass
        return
    for start in range(0, len(rows), LARGE_CHUNK):
        with transaction.atomic():
            _stage_chunk(batch, rows[start : start + LARGE_CHUNK])


def _stage_chunk(batch: ImportBatch, rows: list[ImportRow]) -> None:
    now = clock.now()
    groups = groups_of(rows)
    clients = [_client(row, batch, groups, now) for row in rows]
    Client.objects.bulk_create(clients)
    taken = logins_taken(rows)
    all_made = [
        build(row, client, batch, now, taken) for row, client in zip(rows, clients, strict=True)
    ]
    save(all_made)
    for row, made in zip(rows, all_made, strict=True):
        row.client = made.client
        row.trail = trail_of(made)
        row.status = ImportRow.Status.STAGED
    ImportRow.objects.bulk_update(rows, ["client", "trail", "status"])


def _client(row: ImportRow, batch: ImportBatch, groups: dict[str, Group], now: Any) -> Client:
    card = row.plan["card"]
    return Client(
        name=row.plan["name"][:200],
        status=card.get("status", Client.Status.CLIENT),
        about=card.get("about", ""),
        group=groups.get(card.get("group", "")),
        staged=True,
        batch=batch,
        created_at=now,
        changed_at=now,
    )


def _post(batch: ImportBatch) -> None:
    """Make every new client visible at one moment."""
    if batch.status != ImportBatch.Status.STAGING:
        return
    with transaction.atomic():
        Client.objects.filter(batch=batch, staged=True).update(staged=False)
        batch.posted_at = clock.now()
        _set(batch, ImportBatch.Status.POSTED)


def _tell(batch: ImportBatch, polite: bool, progress: Progress | None) -> None:
    if batch.status != ImportBatch.Status.POSTED:
        return
    role = require(batch.by, *IMPORTERS, act=_("import clients"))
    rows = ImportRow.objects.filter(batch=batch).select_related("client")
    total, done = rows.count(), rows.filter(status=ImportRow.Status.DONE).count()
    new = rows.filter(status=ImportRow.Status.STAGED).order_by("pk")
    while chunk := list(new[:100]):
        _tell_new(batch, chunk, role)
        done += len(chunk)
        if progress:
            progress(done, total)
    known = rows.filter(status=ImportRow.Status.PLANNED, client__isnull=False)
    for row in known.order_by("pk"):
        bring_to_known(batch, row, role)
        done += 1
        if progress:
            progress(done, total)
    _set(batch, ImportBatch.Status.DONE)


def _tell_new(batch: ImportBatch, rows: list[ImportRow], role: str) -> None:
    drafts: list[Draft] = []
    for row, made in zip(rows, _reload(rows), strict=True):
        drafts += drafts_of(row, made, batch, role)
    _go_live(batch, [row.client_id for row in rows], role)
    record_many(drafts)
    index_clients([row.client for row in rows])
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(status=ImportRow.Status.DONE)


def _reload(rows: list[ImportRow]) -> list[Made]:
    """What a chunk made, read back by its trail: another process may have made it."""
    found: dict[str, dict[int, Any]] = {}
    for table in TABLES:
        ids = [t["id"] for row in rows for t in row.trail if t["table"] == table.__name__]
        found[table.__name__] = table._default_manager.in_bulk(ids) if ids else {}
    all_made = []
    for row in rows:
        made = Made(row.client)
        for step in row.trail:
            if thing := found[step["table"]].get(step["id"]):
                made.add(thing)
        all_made.append(made)
    return all_made


def _go_live(batch: ImportBatch, client_ids: list[int], role: str) -> None:
    """Before this day the regulation asks nothing about these clients.

    The first import of an agency says so once for all of it; later ones client by client, and
    only when they come in after the agency's own day.
    """
    agency, wanted = modes.go_live_of_agency(), midnight(batch.go_live)
    if agency is None and not Client.objects.exclude(batch=batch).exists():
        modes.set_go_live(on=batch.go_live, by=batch.by, role=role)
    elif agency is None or agency < wanted:
        modes.set_go_live_of_clients(
            on=batch.go_live, by=batch.by, role=role, client_ids=client_ids
        )


def _set(batch: ImportBatch, status: str) -> None:
    batch.status = status
    batch.save(update_fields=["status", "posted_at"])
