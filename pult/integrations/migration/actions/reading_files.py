"""Reading an export of a former system that has no key: by hand, or by the worker with its pace."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.access import require
from pult.integrations.migration.actions import keeping
from pult.integrations.migration.actions.keeping import Reading
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.actions.looking import look_at
from pult.integrations.migration.actions.reading import new_batch
from pult.integrations.migration.actions.sources import KEEPERS, source_of
from pult.integrations.migration.actions.telling import set_status
from pult.integrations.migration.models import Batch, Source
from pult.integrations.migration.tables import Export, open_export
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 50  # lines of a file that are named


def read_file(
    *,
    by: "User",
    source_id: int,
    data: bytes,
    name: str,
    kind: str = "",
    mapping: Mapping[str, int] | None = None,
) -> tuple[Batch, Export]:
    """Read an export into a batch, to be looked at, as `start_file` says."""
    batch, export = start_file(
        by=by, source_id=source_id, data=data, name=name, kind=kind, mapping=mapping
    )
    read_export(batch, export)
    return batch, export


def start_file(
    *,
    by: "User",
    source_id: int,
    data: bytes,
    name: str,
    kind: str = "",
    mapping: Mapping[str, int] | None = None,
) -> tuple[Batch, Export]:
    """A batch for an export of a system that has no key; `read_export` reads into it.

    Columns are those given, those confirmed for such a file before, or guessed; raises BadInput
    naming what is missing, TableProblem for what is no table.
    """
    require(by, *KEEPERS, act=_("read another system"))
    source = source_of(source_id)
    if source.secret:
        raise Refusal(
            _("“%(name)s” is read by its key: its files would come twice") % {"name": source},
            cure=_("Let the key go first, or name the files another system"),
        )
    export = open_file(source, data, name, kind=kind, mapping=mapping)
    if export.missing:
        raise BadInput(
            _("No column was found for: %(fields)s.") % {"fields": ", ".join(export.missing)},
            field="file",
            cure=_("Say which column is which, once; Pult remembers it for files like this."),
        )
    return new_batch(source, by, file_name=name), export


def read_export(
    batch: Batch, export: Export, progress: Callable[[int], None] | None = None
) -> Reading:
    """Read an export into its batch; `progress` is told how many records were met."""
    source = batch.source
    with Lease(source) as lease:
        reading = Reading(source, batch.by, batch, clock.now(), lease, progress)
        keeping.keep_people(source, export.people())
        keeping.keep_statuses(source, export.statuses())
        keeping.keep_records(reading, export.records())
        known = {"kind": export.kind, "mapping": export.mapping}
        source.columns = {**source.columns, export.table.signature(): known}
        Source.objects.filter(pk=source.pk).update(columns=source.columns)
    look_at(batch, batch.by)
    set_status(batch, Batch.Status.READY, batch.by, _unread(export.broken))
    return reading


def open_file(
    source: Source,
    data: bytes,
    name: str,
    *,
    kind: str = "",
    mapping: Mapping[str, int] | None = None,
) -> Export:
    """An export by the columns somebody confirmed for its shape, else by the guess."""
    export = open_export(data, name, zone=ZoneInfo(source.zone), kind=kind, mapping=mapping)
    known = source.columns.get(export.table.signature())
    if known and mapping is None and kind in ("", known["kind"]):
        export.kind, export.mapping = known["kind"], dict(known["mapping"])
    return export


def _unread(lines: list[str]) -> str:
    if not lines:
        return ""
    shown = ", ".join(lines[:SHOWN]) + ("…" if len(lines) > SHOWN else "")
    return ngettext(
        "%(n)d line was left out, nameless or under the name of another: %(lines)s",
        "%(n)d lines were left out, nameless or under the name of another: %(lines)s",
        len(lines),
    ) % {"n": len(lines), "lines": shown}
