"""A known client in a file: what it lacks is added, what somebody has filled stays."""

from typing import Any

from pult.clients.actions.movein.materialise import build, groups_of, logins_taken, save, trail_of
from pult.clients.actions.movein.telling import drafts_of
from pult.clients.edits import change
from pult.clients.indexing import index_client
from pult.clients.models import Client, Contact, ImportBatch, ImportRow, LegalEntity
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record_draft

# What a fill may write: table of the plan → model.
FILLED = {"entities": LegalEntity, "contacts": Contact}


def bring_to_known(batch: ImportBatch, row: ImportRow, role: str) -> None:
    """Add what a known client lacks, in one action: its rows, its facts and the row's mark."""
    client = row.client
    now = clock.now()
    with acting(client.pk):
        made = build(row, client, batch, now, logins_taken([row]))
        save([made])
        row.trail = trail_of(made) + _fill(row, client)
        for draft in drafts_of(row, made, batch, role):
            record_draft(draft)
        index_client(client)
        row.status = ImportRow.Status.DONE
        row.save(update_fields=["trail", "status", "problems"])


def _fill(row: ImportRow, client: Client) -> list[dict[str, Any]]:
    """Fill columns that are still empty; somebody may have filled them since the plan. What the
    card does not take is named among the row's problems."""
    steps = []
    card = {name: value for name, value in row.plan["card"].items() if name == "about"}
    if group := row.plan["card"].get("group"):
        card["group"] = groups_of([row])[group[:200]]
    steps += _fill_one(row, client, card)
    for table, model in FILLED.items():
        for values in row.plan["fill"].get(table, ()):
            thing = model.objects.filter(client=client, pk=values["id"]).first()
            if thing:
                steps += _fill_one(row, thing, {n: v for n, v in values.items() if n != "id"})
    return steps


def _fill_one(row: ImportRow, thing: Any, values: dict[str, Any]) -> list[dict[str, Any]]:
    empty = {n: v for n, v in values.items() if getattr(thing, n) in ("", None, False)}
    before = {name: getattr(thing, name) for name in empty}
    try:
        filled = change(thing, thing.version, empty, row.batch.by)
    except BadInput as problem:
        value = ", ".join(str(value) for value in empty.values())
        said = {"value": value, "message": str(problem.message), "cure": str(problem.cure)}
        row.problems = [*row.problems, said]
        return []
    if not filled:
        return []
    step = {"table": type(thing).__name__, "id": thing.pk, "version": thing.version}
    return [{**step, "before": {name: before[name] for name in filled}}]
