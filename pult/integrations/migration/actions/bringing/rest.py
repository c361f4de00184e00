"""What belongs to a client: people met later, deals, open tasks, words, files."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pult.clients.actions import add_contact
from pult.clients.models import Client
from pult.integrations.migration.actions.bringing.clients import brought, find_person
from pult.integrations.migration.actions.bringing.todo import Todo
from pult.integrations.migration.actions.comparing import Comparer, deal_values
from pult.integrations.migration.cards import card_of
from pult.integrations.migration.models import FormerDeal, FormerNote, Item
from pult.integrations.migration.sides import contacts, tasks
from pult.kernel.facts import acting
from pult.people.queries import works_here
from pult.work.actions import bring_task, comment_task
from pult.work.models import Task

if TYPE_CHECKING:
    from pult.people.models import User


# A person no firm, deal or task speaks of, or a task of no client: left out until one does.
NOBODY = "nobody"


class Waits(Exception):
    """The record's owner is not here yet; `str()` says why in a word."""


class Rest:
    """Brings single records of a todo in, each in an action of its own."""

    def __init__(self, todo: Todo) -> None:
        self.todo, self.by = todo, todo.by
        self.source, self.names = todo.batch.source, todo.names
        self.compare = Comparer(self.source, todo.by)
        self._items: dict[tuple[str, str], Item | None] = {}

    def contact(self, item: Item, record: Any) -> None:
        """A new person of a client that is here already."""
        owner = self._owner([("company", pk) for pk in self.todo.firms_of(record)])
        client = self._client(owner, item)
        values = contacts.theirs(record, self.names)
        found = find_person(client.pk, values)
        with acting(client.pk):
            row = found or add_contact(
                by=self.by, client_id=client.pk, **contacts.columns_of(values)
            )
            brought(item, "contact", row.pk, client.pk, is_made=not found, version=row.version)
            self.compare.first(item, record, row, as_it_is=not found)

    def deal(self, item: Item, record: Any) -> None:
        links = [("company", pk) for pk in record.companies]
        links += [("contact", pk) for pk in record.contacts]
        client = self._client(self._owner(links), item)
        with acting(client.pk):
            row = FormerDeal.objects.create(
                client=client, source=self.source, **deal_values(self.source, record, self.names)
            )
            brought(item, "deal", row.pk, client.pk, is_made=True)

    def task(self, item: Item, record: Any) -> None:
        client = self._client(self._owner(record.about), item)
        doer = self._colleague(record.doer)
        values = tasks.theirs(record, self.names)
        watchers = (self._colleague(pk) for pk in record.watchers)
        with acting(client.pk):
            row = bring_task(
                by=self.by,
                client_id=client.pk,
                title=values["title"] or _("Without a title"),
                result=values["text"],
                author=self._colleague(record.author),
                doer=doer,
                due=record.due,
                checklist=record.checklist,
                auditor_ids={user.pk for user in watchers if user},
            )
            if told := self._told(record, doer, row):
                comment_task(by=self.by, task_id=row.pk, text=told)
            row.refresh_from_db()
            brought(item, "task", row.pk, client.pk, is_made=True, version=row.version)
            self.compare.first(item, record, row, as_it_is=True)

    def comment(self, item: Item, record: Any) -> None:
        """Words keep their author's name and day as text: who wrote them may never sign in here."""
        owner = self.owner_of(record)
        self.check_cut(owner.client_id, item)
        name = self.names.name(record.author, record.author_name)
        with acting(owner.client_id):
            if owner.table == "task":
                said = _said(name, record.at)
                text = f"{said}\n{record.text}"
                before = _version_of(owner)
                row: Any = comment_task(by=self.by, task_id=owner.row, text=text)
                if before == owner.version:  # what somebody has edited here stays at an undo
                    owner.version = _version_of(owner)
                    owner.save(update_fields=["version"])
            else:
                row = FormerNote.objects.create(
                    author=name[:200], at=record.at, text=record.text, **self.place_of(owner)
                )
            table = "comment" if owner.table == "task" else "note"
            brought(item, table, row.pk, owner.client_id, is_made=True)

    def _told(self, record: Any, doer: "User | None", row: Task) -> str:
        """What the task cannot show of itself: its number there, a doer nobody knows, a day that
        has passed."""
        told = [_("Task %(number)s of “%(source)s”") % {
            "number": record.id, "source": self.source}]  # fmt: skip
        if record.doer and not doer:
            told.append(_("There it is done by %(name)s") % {
                "name": self.names.name(record.doer, record.doer)})  # fmt: skip
        if record.due and row.due != record.due:
            day = timezone.localtime(record.due).strftime("%d.%m.%Y")
            told.append(_("Its deadline there was %(day)s") % {"day": day})
        return ". ".join(told)

    def place_of(self, owner: Item) -> dict[str, Any]:
        return {
            "client_id": owner.client_id,
            "source": self.source,
            "deal_id": owner.row if owner.table == "deal" else None,
            "contact_id": owner.row if owner.table == "contact" else None,
        }

    def owner_of(self, record: Any) -> Item:
        """What a comment or a file is about; raises Waits while that is not here."""
        return self._owner([record.about])

    def _colleague(self, external_id: str) -> "User | None":
        user = self.names.user(external_id)
        return user if user and user.is_active and works_here(user) else None

    def _owner(self, links: Any) -> Item:
        """The first of these records that is here; raises Waits."""
        for link in links:
            item = self._item(*link)
            if item and item.state == Item.State.BROUGHT:
                return item
            if item and item.kind in ("deal", "contact") and item.state == Item.State.WAITING:
                raise Waits("owner")
        raise Waits("owner" if links else NOBODY)

    def _item(self, kind: str, external_id: str) -> Item | None:
        key = (kind, external_id)
        if key not in self._items or self._items[key] is None:
            rows = Item.objects.filter(source=self.source, kind=kind, external_id=external_id)
            self._items[key] = rows.first()
        return self._items[key]

    def _client(self, owner: Item, item: Item) -> Client:
        """The owner's client; of a card that became a part of another, the other one."""
        client = card_of(self.by, owner.client_id)
        self.check_cut(client.pk, item)
        return client

    def check_cut(self, client_id: int, item: Item) -> None:
        """Raises Waits for what came after the cut-over of the client's team, unless wanted."""
        if self.todo.cuts.client(client_id) and not item.is_wanted:
            raise Waits("late")


def _version_of(item: Item) -> int:
    return Task.objects.values_list("version", flat=True).get(pk=item.row)


def _said(name: str, at: Any) -> str:
    day = timezone.localtime(at).strftime("%d.%m.%Y") if at else ""
    return ", ".join(part for part in (name or pgettext("author", "Somebody"), day) if part) + ":"
