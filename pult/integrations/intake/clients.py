"""The move-in: an agency's own table of clients, planned and brought in by the clients domain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pult.clients.actions import movein
from pult.clients.actions.movein import Preview
from pult.clients.logic.movein import WANTED, Decision
from pult.clients.models import ImportBatch, ServiceLine
from pult.integrations.intake.columns import Given, NeedsColumns, columns_by_name, sure
from pult.integrations.intake.files import digest
from pult.integrations.table import Table, guess_mapping, read_table
from pult.money.actions.claiming import claim_spend

if TYPE_CHECKING:
    from pult.people.models import User

OWNERS = ("client", "entity", "inn")


@dataclass(frozen=True)
class ClientsFile:
    """A table of clients and the columns it is read by."""

    name: str
    sha256: str
    table: Table
    mapping: dict[str, int]


def open_clients(data: bytes, name: str, *, mapping: Given = None) -> ClientsFile:
    """Raises TableProblem for what is no table, NeedsColumns when no column names the client
    or a title stands twice."""
    table = read_table(data, name, wanted=WANTED)
    proposed = guess_mapping(table.columns, WANTED)
    if mapping is None:
        chosen = movein.mapping_for(table.columns) or sure(proposed, table)
    elif any(isinstance(column, str) for column in mapping.values()):
        named = columns_by_name({f: str(c) for f, c in mapping.items()}, table.columns)
        rest = {f: p for f, p in proposed.items() if f not in named and p not in named.values()}
        chosen = sure(rest, table) | named
    else:
        chosen = {field: int(place) for field, place in mapping.items()}
    if not any(field in chosen for field in OWNERS):
        raise NeedsColumns(["client"], table, proposed)
    return ClientsFile(name, digest(data), table, chosen)


def plan_clients(
    file: ClientsFile,
    *,
    by: "User",
    decisions: Mapping[str, Decision] | None = None,
    go_live: date | None = None,
) -> Preview:
    """What the file would make and, with `go_live`, ask for; nothing is written."""
    return movein.preview_import(
        by=by,
        columns=file.table.columns,
        rows=file.table.rows(),
        mapping=file.mapping,
        decisions=decisions,
        go_live=go_live,
    )


def start_clients(
    file: ClientsFile,
    *,
    by: "User",
    go_live: date,
    balance_day: date,
    decisions: Mapping[str, Decision] | None = None,
) -> tuple[ImportBatch, Preview]:
    """Keep the plan; `bring_in` brings it in, at once or in the worker."""
    return movein.start_import(
        by=by,
        file_name=file.name,
        columns=file.table.columns,
        rows=file.table.rows(),
        mapping=file.mapping,
        go_live=go_live,
        balance_day=balance_day,
        decisions=decisions,
    )


def take_clients(
    file: ClientsFile,
    *,
    by: "User",
    go_live: date,
    balance_day: date,
    polite: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[ImportBatch, Preview]:
    """Plan and bring in; rows in error and possible duplicates stay out."""
    batch, preview = start_clients(file, by=by, go_live=go_live, balance_day=balance_day)
    return bring_in(batch.pk, polite=polite, progress=progress), preview


def bring_in(
    batch_id: int, *, polite: bool = True, progress: Callable[[int, int], None] | None = None
) -> ImportBatch:
    """Bring a planned batch in, or go on with it; spend that was there before finds its lines."""
    batch = movein.run_import(batch_id=batch_id, polite=polite, progress=progress)
    lines = ServiceLine.objects.filter(client__in=batch.rows.values("client"))
    claim_spend(by=batch.by, line_ids=list(lines.values_list("pk", flat=True)))
    return batch
