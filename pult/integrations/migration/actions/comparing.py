"""Both sides of what was brought in: theirs alone changed → taken; both → a person decides."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from pult.integrations.migration.cuts import Cuts
from pult.integrations.migration.marks import mark, marks_of
from pult.integrations.migration.models import Difference, FormerDeal, Item, Source
from pult.integrations.migration.shape import as_data
from pult.integrations.migration.sides import SIDES, Names
from pult.kernel import clock
from pult.kernel.errors import PultError
from pult.kernel.facts import acting
from pult.people.models import User

if TYPE_CHECKING:
    from pult.integrations.migration.shape import Record

LONGEST = 2000
# The field of a difference about a record as a whole: it is deleted there.
GONE = "gone"
# Never taken without a person, whoever changed it.
ASKED = frozenset(["responsible"])


class Comparer:
    """Compares records of a source with what they became; `by` is in whose name theirs is taken."""

    def __init__(self, source: Source, by: User) -> None:
        self.source, self.by = source, by
        self.names, self.cuts = Names(source), Cuts(source)

    def __call__(self, item: Item, record: "Record") -> int:
        """How many fields were taken over or newly told as different."""
        if item.kind == "deal":
            return refresh_deal(item, record, self.names)
        side = SIDES.get(item.kind)
        if side is None:  # comments and files are not edited after the fact
            return 0
        values = side.theirs(record, self.names)
        theirs = marks_of(item.kind, values)
        changed = [name for name in theirs if theirs[name] != item.marks.get(name)]
        if not changed:
            return 0
        row = side.find(self.by, item)
        if row is None:
            return 0
        return self._settle(item, row, {name: values[name] for name in changed}, theirs)

    def keep(self, item: Item, record: "Record") -> int:
        """Keep the words of a record that has changed there until somebody has looked at them;
        nothing of ours is written. 1 when it has."""
        data = as_data(record) if self._has_changed(item, record) else {}
        if item.data != data:
            item.data = data
            item.save(update_fields=["data"])
        return int(bool(data))

    def _has_changed(self, item: Item, record: "Record") -> bool:
        if item.kind == "deal":
            values = deal_values(item.source, record, self.names)
            return FormerDeal.objects.filter(pk=item.row).exclude(**values).exists()
        side = SIDES.get(item.kind)
        theirs = marks_of(item.kind, side.theirs(record, self.names)) if side else {}
        return any(theirs[name] != item.marks.get(name) for name in theirs)

    def first(self, item: Item, record: "Record", row: Any, *, as_it_is: bool) -> None:
        """Note what both agree on after the record came in; a card that was here before keeps what
        it says, and is told where it differs."""
        side = SIDES[item.kind]
        values = side.theirs(record, self.names)
        theirs = marks_of(item.kind, values)
        if as_it_is:
            item.marks = theirs
            item.save(update_fields=["marks"])
        else:
            item.marks = {name: theirs[name] for name, value in values.items() if not value}
            told = {name: value for name, value in values.items() if value}
            self._settle(item, row, told, theirs, asks_all=True)

    def _settle(
        self,
        item: Item,
        row: Any,
        values: dict[str, str],
        theirs: dict[str, str],
        *,
        asks_all: bool = False,
    ) -> int:
        side = SIDES[item.kind]
        ours = side.ours(row)
        marks = marks_of(item.kind, ours)
        is_cut = asks_all or self.cuts.client(item.client_id)
        taken, asked = {}, {}
        is_untouched = getattr(row, "version", 0) == item.version
        for name, value in values.items():
            if marks.get(name) == theirs[name]:
                item.marks[name] = theirs[name]
                _close(item, name, Difference.State.AGREED)
            elif (
                is_cut
                or name in ASKED
                or (name in side.filled and not value)
                or marks.get(name) != item.marks.get(name)
            ):
                asked[name] = value
            else:
                taken[name] = value
        if taken and not self._take(item, row, taken):
            asked |= taken
            taken = {}
        if taken and item.kind == "task" and is_untouched:
            # What somebody has edited here since stays at an undo.
            item.version = side.find(self.by, item).version
        item.marks |= {name: theirs[name] for name in taken}
        item.save(update_fields=["marks", "version"])
        told = [
            tell(item, row, name, theirs=value, ours=ours.get(name, ""))
            for name, value in asked.items()
        ]
        return len(taken) + sum(told)

    def _take(self, item: Item, row: Any, values: dict[str, str]) -> bool:
        try:
            with acting(item.client_id):
                SIDES[item.kind].take(self.by, row, values, self.names)
        except PultError:
            return False
        return True


def tell(item: Item, row: Any, name: str, *, theirs: str = "", ours: str = "") -> bool:
    """List a difference, or renew the one that is open; whether that is news."""
    digest = mark(item.kind, name, theirs)
    rows = Difference.objects.filter(item=item, field=name)
    found = rows.filter(state__in=("open", "later")).first()
    if found is None:
        Difference.objects.create(
            item=item,
            client_id=getattr(row, "client_id", row.pk),
            field=name,
            theirs=theirs[:LONGEST],
            ours=ours[:LONGEST],
            mark=digest,
            found_at=clock.now(),
        )
        return True
    is_news = found.mark != digest
    state = Difference.State.OPEN if is_news else found.state
    rows.filter(pk=found.pk).update(
        theirs=theirs[:LONGEST], ours=ours[:LONGEST], mark=digest, state=state
    )
    return is_news


def close_gone(items: list[int]) -> None:
    """What was told deleted there and is met again is no difference any more."""
    _end(Difference.objects.filter(item__in=items, field=GONE), Difference.State.AGREED)


def _close(item: Item, name: str, state: str) -> None:
    _end(Difference.objects.filter(item=item, field=name), state)


def _end(rows: QuerySet[Difference], state: str) -> None:
    rows.filter(state__in=("open", "later")).update(
        state=state, theirs="", ours="", decided_at=clock.now()
    )


def refresh_deal(item: Item, record: Any, names: Names) -> int:
    """A former deal is read here and never written: theirs simply rules."""
    values = deal_values(item.source, record, names)
    rows = FormerDeal.objects.filter(pk=item.row).exclude(**values)
    return int(bool(rows.update(**values)))


def deal_values(source: Source, record: Any, names: Names) -> dict[str, Any]:
    stage = source.statuses.filter(kind="deal", external_id=record.status).first()
    return {
        "title": record.title[:200] or record.id,
        "amount": record.amount,
        "currency": record.currency[:3] or "RUB",
        "stage": stage.name if stage else record.status[:200],
        "state": record.state,
        "responsible": names.name(record.responsible)[:200],
        "opened_on": record.opened_on,
        "closed_on": record.closed_on,
    }
