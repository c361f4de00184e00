"""One batch on its way in. Killed anywhere it goes on where it stopped: items know how far."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.integrations.calling import Trouble
from pult.integrations.migration.actions.bringing.clients import bring_clients
from pult.integrations.migration.actions.bringing.files import bring_file
from pult.integrations.migration.actions.bringing.rest import NOBODY, Rest, Waits
from pult.integrations.migration.actions.bringing.todo import Todo, todo_of
from pult.integrations.migration.actions.comparing import Comparer
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.actions.telling import set_status
from pult.integrations.migration.connectors import Connector, connect
from pult.integrations.migration.models import Batch, Item, Source
from pult.integrations.migration.shape import readable
from pult.kernel.errors import Conflict, PultError

if TYPE_CHECKING:
    from pult.people.models import User

BRINGERS = ("head", "director")
TRIES = 3
Progress = Callable[[int, int], None]


def bring(
    *, by: "User", batch_id: int, polite: bool = True, progress: Progress | None = None
) -> Batch:
    """Bring in whatever of the batch's source waits and can come; the rest says why it waits.

    A file that could not be fetched three times is left out with the reason. Raises Conflict for a
    batch that was taken back and while somebody reads the system, Refusal without the right.
    """
    require(by, *BRINGERS, act=_("bring clients in from another system"))
    batch = Batch.objects.select_related("source", "movein").get(pk=batch_id)
    if batch.status in (Batch.Status.UNDOING, Batch.Status.UNDONE):
        raise Conflict(_("This import has been undone"))
    with Lease(batch.source) as lease:
        set_status(batch, Batch.Status.BRINGING, by)
        bring_clients(todo_of(batch, by), polite=polite)
        # Anew: what was brought in above waits no more.
        _bring_rest(todo_of(batch, by), lease, progress)
        _take_changes(batch, by, lease)
    rows = Item.objects.filter(batch=batch).exclude(state=Item.State.WAITING)
    batch.counts = dict(Counter(f"{i.kind}.{i.state}" for i in rows.only("kind", "state")))
    # What was looked at names clients and people; those who are in are named by their cards.
    batch.plan, batch.decisions = {}, {}
    batch.save(update_fields=["plan", "decisions"])
    set_status(batch, Batch.Status.DONE, by)
    return batch


def _bring_rest(todo: Todo, lease: Lease, progress: Progress | None) -> None:
    rest = Rest(todo)
    todo_items = [
        (kind, item, record)
        for kind in ("contact", "deal", "task", "comment", "file")
        for item, record in todo.items[kind]
    ]
    files = _Files(todo)
    for done, (kind, item, record) in enumerate(todo_items, 1):
        item.batch = todo.batch
        try:
            if kind == "file":
                if connector := files.connector():
                    bring_file(rest, connector, item, record)
            else:
                getattr(rest, kind)(item, record)
        except Waits as wait:
            if str(wait) == NOBODY:
                _leave(item, NOBODY)
            else:
                _wait(item, str(wait))
        except Trouble as problem:
            _wait(item, str(problem.message), tried=True)
        except PultError as problem:
            _leave(item, str(problem.message))
        if done % 20 == 0:
            lease.check()
            if progress:
                progress(done, len(todo_items))


def changed_there(source: Source) -> QuerySet[Item]:
    """Records brought in before whose changes were read and wait to be looked at."""
    return Item.objects.filter(source=source, state=Item.State.BROUGHT).exclude(data={})


def _take_changes(batch: Batch, by: "User", lease: Lease) -> None:
    """What was looked at is taken over or told as different, as a followed system's is."""
    compare = Comparer(batch.source, by)
    for done, item in enumerate(changed_there(batch.source).order_by("pk"), 1):
        if record := readable(item.kind, item.data):
            compare(item, record)
        Item.objects.filter(pk=item.pk).update(data={})
        if done % 20 == 0:
            lease.check()


class _Files:
    """The connector of files, made when the first one is wanted; none without a key."""

    def __init__(self, todo: Todo) -> None:
        self._source, self._made = todo.batch.source, False
        self._connector: Connector | None = None

    def connector(self) -> Connector | None:
        if not self._made:
            self._made = True
            self._connector = connect(self._source) if self._source.secret else None
        return self._connector


def _wait(item: Item, why: str, *, tried: bool = False) -> None:
    state = Item.State.LATE if why == "late" and not item.is_wanted else Item.State.WAITING
    tries = item.tries + tried
    if tries >= TRIES:
        _leave(item, why)
        return
    Item.objects.filter(pk=item.pk).update(why=why[:300], state=state, tries=tries)


def _leave(item: Item, why: str) -> None:
    """Left out for good: its words are not kept, the reason is."""
    Item.objects.filter(pk=item.pk).update(
        state=Item.State.LEFT, why=why[:300], data={}, batch=item.batch
    )
