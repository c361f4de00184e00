"""The facts of a move-in: lines enter as they stood, so that no gate asks about the past."""

from collections.abc import Iterator
from typing import Any

from pult.clients.actions.movein.materialise import Made
from pult.clients.actions.schemes import steps_of
from pult.clients.edits import morning
from pult.clients.models import (
    Assignment,
    Contract,
    ImportBatch,
    ImportRow,
    OpeningBalance,
    ServiceLine,
)
from pult.kernel.facts import Draft

SOURCE = "movein"


def external_prefix(row: ImportRow) -> str:
    """What the external ids of a row's facts begin with."""
    return f"{row.batch_id}:{row.pk}:"


def drafts_of(row: ImportRow, made: Made, batch: ImportBatch, role: str) -> list[Draft]:
    """The facts of a row; numbered, so that a second telling adds nothing."""
    client = made.client
    prefix = external_prefix(row)
    common = {"root_id": client.pk, "by_id": batch.by_id, "role": role, "source": SOURCE}
    return [
        Draft(
            **{"refs": {"client": client.pk}, **common, **fact},
            external_id=f"{prefix}{number}",
        )
        for number, fact in enumerate(_facts(row, made, batch))
    ]


def _facts(row: ImportRow, made: Made, batch: ImportBatch) -> Iterator[dict[str, Any]]:
    client = made.client
    if row.plan["action"] == "create":
        yield {"kind": "client.created"}
        yield {"kind": "client.status", "state": client.status}
    else:
        tables = sorted(t for t, rows in {**row.plan["add"], **row.plan["fill"]}.items() if rows)
        yield {"kind": "client.edited", "payload": {"fields": tables + sorted(row.plan["card"])}}
    for held in made.of(Assignment):
        payload = {"user": held.user_id, "role": held.role}
        yield {"kind": "client.assigned", "at": held.since, "payload": payload}
    for contract in made.of(Contract):
        refs = {"client": client.pk, "contract": contract.pk}
        yield {"kind": "contract.signed", "refs": refs, "day": contract.signed_on}
    for line in made.of(ServiceLine):
        yield from _line_facts(line, batch)
    for opening in made.of(OpeningBalance):
        refs = {"client": client.pk}
        if opening.line_id:
            refs["line"] = opening.line_id
        value = opening.with_agency + opening.on_platform
        yield {"kind": "balance.opened", "refs": refs, "day": opening.day, "value": value}


def _line_facts(line: ServiceLine, batch: ImportBatch) -> Iterator[dict[str, Any]]:
    refs = {"client": line.client_id, "line": line.pk}
    payload = {"tool": line.tool, "platform": line.platform}
    yield {"kind": "line.opened", "refs": refs, "payload": payload}
    status: dict[str, Any] = {"kind": "line.status", "refs": refs, "state": line.status}
    if line.status == ServiceLine.Status.RUNNING:
        status["at"] = morning(line.period_from or batch.go_live)
    elif line.status == ServiceLine.Status.ENDED and line.period_to:
        status["at"] = morning(line.period_to)
    yield status
    for at, scheme in steps_of(line.contract_id):
        yield {"kind": "line.scheme", "refs": refs, "at": at, "state": scheme}
    if line.planned_start:
        yield {
            "kind": "line.planned_start",
            "refs": refs,
            "key": "start",
            "day": line.planned_start,
        }
    if line.monthly_budget:
        since = line.period_from or batch.go_live
        yield {"kind": "line.budget", "refs": refs, "day": since, "value": line.monthly_budget}
