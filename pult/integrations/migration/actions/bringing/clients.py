"""New clients with their people: by the move-in, which stages, posts, tells and can be undone."""

from datetime import timedelta
from typing import Any

from pult.clients.actions import movein
from pult.clients.actions.movein import Preview
from pult.clients.logic.people import email_key, phone_key
from pult.clients.models import Contact, ImportRow
from pult.integrations.migration.actions.bringing.todo import Todo
from pult.integrations.migration.actions.comparing import Comparer
from pult.integrations.migration.cards import card_of
from pult.integrations.migration.models import Item
from pult.integrations.migration.rows import COLUMNS, MAPPING
from pult.integrations.migration.sides import contacts

CLIENTS = ("company", "contact")


def bring_clients(todo: Todo, *, polite: bool = True) -> None:
    """Bring in the companies that wait, and people who are clients; tie each to its card.

    Those of a team that was cut over wait for somebody's word; look-alikes wait for an answer.
    """
    _keep_late_out(todo)
    batch = todo.batch
    if batch.movein_id is None and todo.sheet.rows:
        go_live = batch.source.go_live
        started, preview = movein.start_import(
            by=todo.by,
            file_name=f"{batch.source}: {batch.file_name or batch.created_at.date()}",
            columns=COLUMNS,
            rows=todo.sheet.rows,
            mapping=MAPPING,
            go_live=go_live,
            balance_day=go_live - timedelta(days=1),
            decisions=batch.decisions,
        )
        batch.movein, batch.lines = started, _lines(todo, preview)
        batch.save(update_fields=["movein", "lines"])
    if batch.movein_id:
        movein.run_import(batch_id=batch.movein_id, polite=polite)
        batch.movein.refresh_from_db()
        _tie(todo)


def _keep_late_out(todo: Todo) -> None:
    for kind in CLIENTS:
        late = [
            (item, record)
            for item, record in todo.items[kind]
            if not item.is_wanted and todo.cuts.person(todo.names.user(record.responsible))
        ]
        for pair in late:
            todo.items[kind].remove(pair)
            Item.objects.filter(pk=pair[0].pk).update(state=Item.State.LATE)


def _lines(todo: Todo, preview: Preview) -> dict[str, list[Any]]:
    """What each row of the move-in is, for whoever goes on after a crash."""
    plans = {line: plan for plan in preview.plans for line in plan.lines}
    wrong = {error.line: str(error.message) for error in preview.errors}
    found: dict[str, list[Any]] = {}
    for line, (kind, pk) in todo.sheet.whose.items():
        plan = plans.get(line)
        known, action = (plan.client_id or 0, plan.action) if plan else (0, wrong.get(line, ""))
        found[str(line)] = [kind, pk, todo.sheet.contact_of.get(line, ""), known, action]
    return found


def _tie(todo: Todo) -> None:
    """Which card each record became: made ones by their rows, known ones by the plan."""
    rows = ImportRow.objects.filter(batch=todo.batch.movein_id, client__isnull=False)
    made = {line: row for row in rows for line in row.lines}
    items = {kind: {one.id: (item, one) for item, one in todo.items[kind]} for kind in CLIENTS}
    compare = Comparer(todo.batch.source, todo.by)
    for line, (kind, pk, person, known, action) in todo.batch.lines.items():
        row, pair = made.get(int(line)), items[kind].get(pk)
        client_id = row.client_id if row else known
        if pair and action == "skip":
            _leave(pair[0], "skip")
        elif pair and not client_id:
            Item.objects.filter(pk=pair[0].pk).update(why=action[:300])
        elif client_id:
            is_new = bool(row and row.plan["action"] == "create")
            if kind == "company" and pair:
                _tie_company(todo, compare, *pair, client_id, is_new)
            if person in items["contact"]:
                _tie_person(todo, compare, items["contact"][person], client_id, row)


def _tie_company(
    todo: Todo, compare: Comparer, item: Item, record: Any, client_id: int, is_new: bool
) -> None:
    if item.state != Item.State.WAITING:
        return
    item.batch = todo.batch
    client = card_of(todo.by, client_id)
    brought(item, "client", client.pk, client.pk, is_made=is_new, version=client.version)
    compare.first(item, record, client, as_it_is=is_new)


def _tie_person(
    todo: Todo,
    compare: Comparer,
    pair: tuple[Item, Any],
    client_id: int,
    row: ImportRow | None,
) -> None:
    item, record = pair
    item.batch = todo.batch
    found = find_person(client_id, contacts.theirs(record, todo.names))
    if found is None or item.state != Item.State.WAITING:
        return
    made = {step["id"] for step in row.trail if step["table"] == "Contact"} if row else set()
    is_made = found.pk in made
    brought(item, "contact", found.pk, client_id, is_made=False, version=found.version)
    compare.first(item, record, found, as_it_is=is_made)


def find_person(client_id: int, values: dict[str, str]) -> Contact | None:
    """The person of a client with this phone, mailbox or name; never one who was erased."""
    phone, email = phone_key(values["phone"]), email_key(values["email"])
    rows = list(Contact.objects.filter(client=client_id, erased_on=None).order_by("pk"))
    for is_same in (
        lambda one: phone and one.phone_key == phone,
        lambda one: email and one.email == email,
        lambda one: one.name.casefold() == values["name"].casefold(),
    ):
        if found := next((one for one in rows if is_same(one)), None):
            return found
    return None


def brought(
    item: Item, table: str, row: int, client_id: int, *, is_made: bool, version: int = 0
) -> None:
    """The record is in: what it became stays, its words go."""
    item.state, item.data, item.why = Item.State.BROUGHT, {}, ""
    item.table, item.row, item.client_id = table, row, client_id
    item.is_made, item.version = is_made, version
    item.save()


def _leave(item: Item, why: str) -> None:
    item.state, item.data, item.why = Item.State.LEFT, {}, why
    item.save(update_fields=["state", "data", "why"])
