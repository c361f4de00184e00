"""Taking a batch back, what came last first; whatever somebody has worked with stays, by name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions import movein
from pult.clients.actions.cards import edited
from pult.clients.models import Contact
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.actions.telling import role_of, set_status
from pult.integrations.migration.cards import card_of
from pult.integrations.migration.models import (
    Batch,
    Difference,
    FormerDeal,
    FormerNote,
    Item,
    Source,
)
from pult.kernel import clock
from pult.kernel.errors import Conflict, PultError
from pult.kernel.facts import acting
from pult.work.actions import unbring_task
from pult.work.models import Comment, TaskFile

if TYPE_CHECKING:
    from pult.people.models import User

UNDOERS = ("head", "director")
ORDER = ("file", "task", "comment", "note", "deal", "contact")


@dataclass(frozen=True)
class Undone:
    """How many records were taken back, and those that stay: (kind, id there)."""

    undone: int
    kept: tuple[tuple[str, str], ...]


def undo(*, by: "User", batch_id: int) -> Undone:
    """Take back what the batch made; may be repeated. Cards that were here before stay, without
    what was added to them. The system is not followed any more."""
    require(by, *UNDOERS, act=_("undo an import"))
    batch = Batch.objects.select_related("source", "movein").get(pk=batch_id)
    if batch.status not in (Batch.Status.DONE, Batch.Status.UNDOING, Batch.Status.UNDONE):
        raise Conflict(_("This import is not finished"), cure=_("Let it finish, then undo it"))
    with Lease(batch.source):
        set_status(batch, Batch.Status.UNDOING, by)
        # Followed on, it would all come again within minutes.
        Source.objects.filter(pk=batch.source_id).update(is_followed=False)
        rows = Item.objects.filter(batch=batch, state=Item.State.BROUGHT)
        for table in ORDER:
            for item in rows.filter(table=table).order_by("-pk"):
                _undo_one(by, item)
        if batch.movein_id:
            movein.undo_import(by=by, batch_id=batch.movein_id)
        _untie_clients(batch)
        kept = tuple(rows.values_list("kind", "external_id").order_by("pk"))
    set_status(batch, Batch.Status.UNDONE, by)
    return Undone(Item.objects.filter(batch=batch, state=Item.State.UNDONE).count(), kept)


def _undo_one(by: "User", item: Item) -> None:
    try:
        if item.table == "task":
            unbring_task(by=by, task_id=item.row, version=item.version)
        elif item.table == "file":
            TaskFile.objects.filter(pk=item.row, removed_at=None).update(removed_at=clock.now())
        elif item.table == "comment":
            if Comment.objects.filter(pk=item.row).exists():  # its task stays, and so does it
                return
        elif item.table == "contact":
            if not item.is_made:  # of the move-in, which takes its own back, or only tied
                return
            _undo_contact(by, item)
            return
        else:
            table = {"note": FormerNote, "deal": FormerDeal}[item.table]
            table._default_manager.filter(pk=item.row).delete()
    except PultError:
        return
    _undone(Item.objects.filter(pk=item.pk))


def _undo_contact(by: "User", item: Item) -> None:
    """A person added to a card that was here goes again, if nobody has touched them since."""
    client = card_of(by, item.client_id)
    rows = Contact.objects.filter(pk=item.row, version=item.version, erased_on=None)
    with acting(client.pk):
        if not rows.delete()[0]:
            raise Conflict(_("Somebody has worked with this person"))
        edited(client, by, role_of(by), ["contacts"])
        _undone(Item.objects.filter(pk=item.pk))


def _untie_clients(batch: Batch) -> None:
    """Records whose card the move-in removed, or which were only tied to one that stays."""
    kept: list[int] = []
    if batch.movein:
        rows = batch.movein.rows.filter(status="kept")
        kept = list(rows.values_list("client", flat=True))
    tied = Item.objects.filter(batch=batch, state=Item.State.BROUGHT).exclude(client_id__in=kept)
    _undone(tied.filter(Q(table="client") | Q(table="contact", is_made=False)))


def _undone(rows: QuerySet[Item]) -> None:
    pks = list(rows.values_list("pk", flat=True))
    Difference.objects.filter(item__in=pks).delete()
    Item.objects.filter(pk__in=pks).update(
        state=Item.State.UNDONE, data={}, marks={}, table="", row=0, client_id=0
    )
