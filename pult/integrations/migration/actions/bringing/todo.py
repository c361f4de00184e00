"""What waits to be brought in, and what it would make: the dry run and the run read the same."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pult.clients.actions import movein
from pult.clients.actions.movein import Preview
from pult.integrations.migration import shape
from pult.integrations.migration.cuts import Cuts
from pult.integrations.migration.models import Batch, Item, TheirStatus
from pult.integrations.migration.rows import COLUMNS, MAPPING, Sheet, sheet_of
from pult.integrations.migration.sides import Names
from pult.people.models import User

log = logging.getLogger(__name__)

# The strongest word about a client wins: who is served is no lead, whatever another deal says.
STRENGTH = ("ended", "lead", "paused", "client")


@dataclass
class Todo:
    """The waiting records of a source by kind, each with its item."""

    batch: Batch
    by: User
    items: dict[str, list[tuple[Item, Any]]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def names(self) -> Names:
        return Names(self.batch.source)

    @cached_property
    def cuts(self) -> Cuts:
        return Cuts(self.batch.source)

    @cached_property
    def sheet(self) -> Sheet:
        """Rows of the clients that are new to Pult."""
        firms = [record for _item, record in self.items["company"]]
        people = [self._with_firm(record) for _item, record in self.items["contact"]]
        return sheet_of(firms, people, self.client_statuses, self.names, self.alone)

    @cached_property
    def alone(self) -> frozenset[str]:
        """Contacts without a firm that a deal or an open task speaks of, or whose status says so:
        clients themselves."""
        spoken: set[str] = set()
        for _item, deal in self.items["deal"]:
            if not deal.companies:
                spoken.update(deal.contacts[:1])
        spoken.update(pk for kind, pk in self.client_statuses if kind == "contact")
        for _item, task in self.items["task"]:
            spoken.update(pk for kind, pk in task.about if kind == "contact")
        people = (self._with_firm(record) for _item, record in self.items["contact"])
        return frozenset(one.id for one in people if one.id in spoken and not one.companies)

    @cached_property
    def client_statuses(self) -> Mapping[tuple[str, str], str]:
        """(kind, id) of a client there → its status here, by its own and by its deals."""
        ours = {
            (row.kind, row.external_id): row.ours
            for row in TheirStatus.objects.filter(source=self.batch.source)
        }
        found: dict[tuple[str, str], str] = {}
        for kind in ("company", "contact"):
            for _item, client in self.items[kind]:
                _stronger(found, (kind, client.id), ours.get(("company", client.status), ""))
        for _item, deal in self.items["deal"]:
            word = ours.get(("deal", deal.status), "")
            for key in _clients_of(deal):
                _stronger(found, key, word)
        return found

    @cached_property
    def skipped(self) -> frozenset[tuple[str, str]]:
        """(kind, status) of what is not brought over at all."""
        rows = TheirStatus.objects.filter(source=self.batch.source, ours=TheirStatus.Ours.SKIP)
        return frozenset(rows.values_list("kind", "external_id"))

    @cached_property
    def _firm_by_deal(self) -> Mapping[str, str]:
        """A person's firm where only a deal knows it."""
        found: dict[str, str] = {}
        for _item, deal in self.items["deal"]:
            for pk in deal.contacts if deal.companies else ():
                found.setdefault(pk, deal.companies[0])
        return found

    def _with_firm(self, person: Any) -> Any:
        firm = self._firm_by_deal.get(person.id)
        if person.companies or firm is None:
            return person
        data = shape.as_data(person) | {"companies": [firm]}
        return shape.from_data("contact", data)

    def firms_of(self, person: Any) -> tuple[str, ...]:
        return self._with_firm(person).companies

    def preview(self, decisions: Mapping[str, Any] | None = None) -> Preview:
        """What the clients among them would become; nothing is written."""
        return movein.preview_import(
            by=self.by,
            columns=COLUMNS,
            rows=self.sheet.rows,
            mapping=MAPPING,
            decisions=decisions if decisions is not None else self.batch.decisions,
        )


def todo_of(batch: Batch, by: User) -> Todo:
    """Everything of the batch's source that waits and is not kept back."""
    todo = Todo(batch, by)
    rows = Item.objects.filter(source=batch.source, state=Item.State.WAITING).order_by("pk")
    for item in rows:
        record = shape.readable(item.kind, item.data)
        if record is None:
            log.warning("record %s of %s is not readable", item.pk, batch.source)
            continue
        kind = "company" if item.kind == "contact" else item.kind
        if (kind, getattr(record, "status", "")) not in todo.skipped:
            todo.items[item.kind].append((item, record))
    return todo


def _clients_of(deal: shape.Deal) -> list[tuple[str, str]]:
    if deal.companies:
        return [("company", deal.companies[0])]
    return [("contact", pk) for pk in deal.contacts[:1]]


def _stronger(found: dict[tuple[str, str], str], key: tuple[str, str], word: str) -> None:
    if word in STRENGTH:
        known = found.get(key, "")
        if known not in STRENGTH or STRENGTH.index(word) > STRENGTH.index(known):
            found[key] = word
