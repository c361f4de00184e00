"""What a reading found is kept: people, statuses, and records that are new or have changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from pult.clients.logic.people import email_key
from pult.integrations.migration import shape
from pult.integrations.migration.actions.comparing import Comparer, close_gone
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.marks import erased_id
from pult.integrations.migration.models import Batch, Item, Source, TheirPerson, TheirStatus
from pult.kernel.words import line_of
from pult.people.models import User

if TYPE_CHECKING:
    from pult.integrations.migration.shape import Person, Record, Status

CHUNK = 200


@dataclass
class Reading:
    """One reading on its way. New records belong to `batch`; `found` counts what was seen."""

    source: Source
    by: User
    batch: Batch
    started: datetime
    lease: Lease
    progress: Callable[[int], None] | None = None
    new: int = 0
    changed: int = 0
    found: dict[str, int] = field(default_factory=dict)


def keep_people(source: Source, people: Iterable["Person"]) -> int:
    """Their people, each mapped where mailbox or full name is somebody's here; how many are new."""
    known = {row.external_id: row for row in source.people.all()}
    ours = _ours()
    made = 0
    for one in people:
        row = known.get(one.id) or TheirPerson(source=source, external_id=one.id[:64])
        before = (row.name, row.email, row.is_active, row.user_id, row.pk)
        row.name = line_of(one.name)[:200] or one.id
        row.email, row.is_active = email_key(one.email)[:200], one.is_active
        found = ours.get(row.email) or ours.get(_words(row.name))
        if not row.is_decided and row.user_id is None and found:
            row.user, row.is_decided = found, True
        if before != (row.name, row.email, row.is_active, row.user_id, row.pk):
            made += row.pk is None
            row.save()
            known[one.id] = row
    return made


def _ours() -> dict[str, User]:
    """Colleagues by mailbox and by the words of their name, where only one bears it."""
    people = list(User.objects.filter(is_active=True).order_by("pk"))
    names = Counter(_words(user.full_name) for user in people)
    by_name = {_words(user.full_name): user for user in people}
    unique = {words: user for words, user in by_name.items() if names[words] == 1}
    return unique | {user.email.lower(): user for user in people}


def _words(name: str) -> str:
    return " ".join(sorted(name.casefold().replace("ё", "е").split()))


def keep_statuses(source: Source, statuses: Iterable["Status"]) -> int:
    """Their statuses; what is plain is mapped by itself. How many are new."""
    known = {(row.kind, row.external_id): row for row in source.statuses.all()}
    made = 0
    for one in statuses:
        key = (one.kind, one.id[:64])
        row = known.get(key) or TheirStatus(
            source=source, kind=one.kind, external_id=key[1], ours=one.guess
        )
        name = line_of(one.name)[:200] or one.id
        if row.pk is None or row.name != name:
            made += row.pk is None
            row.name = name
            row.save()
            known[key] = row
    return made


def keep_records(reading: Reading, records: Iterable["Record"]) -> None:
    """Keep records chunk by chunk; whatever was brought in before is compared at once.

    A closed task nobody brought, and what was said of it, is not kept.
    """
    compare = Comparer(reading.source, reading.by)
    for chunk in _chunks(records):
        known = _known(reading.source, chunk)
        fresh: list[Item] = []
        for record in chunk:
            key = (record.kind, record.id)
            reading.found[record.kind] = reading.found.get(record.kind, 0) + 1
            item = known.get(key)
            if item is None:
                if _is_wanted(record, known):
                    item = _new(reading, record)
                    known[key] = item
                    fresh.append(item)
            else:
                _again(reading, item, record, compare)
        Item.objects.bulk_create(fresh)
        reading.new += len(fresh)
        reading.lease.check()
        if reading.progress:
            reading.progress(sum(reading.found.values()))
        seen = {(record.kind, record.id) for record in chunk}
        rows = [item.pk for key, item in known.items() if key in seen and item.pk]
        Item.objects.filter(pk__in=rows).update(seen_at=reading.started)
        close_gone(rows)


def _new(reading: Reading, record: "Record") -> Item:
    return Item(
        source=reading.source,
        batch=reading.batch,
        kind=record.kind,
        external_id=record.id,
        data=shape.as_data(record),
        seen_at=reading.started,
    )


def _again(reading: Reading, item: Item, record: "Record", compare: Comparer) -> None:
    """A record known before: what waits takes its newest words; what was brought is compared, or
    kept aside while somebody is to look at it first. What was told deleted is back."""
    if item.state == Item.State.GONE:
        item.state = Item.State.BROUGHT
        item.save(update_fields=["state"])
    if item.state == Item.State.BROUGHT:
        if reading.batch.is_sync:
            reading.changed += compare(item, record)
            if item.data:  # older words that nobody has looked at
                Item.objects.filter(pk=item.pk).update(data={})
        else:
            reading.changed += compare.keep(item, record)
        return
    was_nobodys = item.state == Item.State.LEFT and item.why == "nobody"
    if was_nobodys or item.state == Item.State.UNDONE:
        item.state, item.why = Item.State.WAITING, ""
    if item.state in (Item.State.WAITING, Item.State.LATE):
        data = shape.as_data(record)
        if record.kind == "task" and record.is_closed:
            item.state, item.why, data = Item.State.LEFT, "closed", {}
        if item.data != data and item.pk:
            item.data, item.batch = data, reading.batch
            item.save(update_fields=["data", "batch", "state", "why"])
            reading.changed += 1


def _is_wanted(record: "Record", known: dict[tuple[str, str], Item]) -> bool:
    """Open tasks, and words and files of what is kept itself."""
    if isinstance(record, shape.Task):
        return not record.is_closed
    if isinstance(record, shape.Comment | shape.File):
        owner = known.get(tuple(record.about))
        return owner is not None and owner.state != Item.State.LEFT
    return True


def _known(source: Source, chunk: list["Record"]) -> dict[tuple[str, str], Item]:
    """Items of the records of a chunk and of what they are about."""
    wanted: dict[str, set[str]] = {}
    for record in chunk:
        wanted.setdefault(record.kind, set()).add(record.id)
        if isinstance(record, shape.Comment | shape.File):
            wanted.setdefault(record.about[0], set()).add(record.about[1])
    found: dict[tuple[str, str], Item] = {}
    for kind, ids in wanted.items():
        for item in Item.objects.filter(source=source, kind=kind, external_id__in=ids):
            found[kind, item.external_id] = item
    gone = {erased_id("contact", pk): pk for pk in wanted.get("contact", ())}
    for item in Item.objects.filter(source=source, kind="contact", external_id__in=gone):
        found["contact", gone[item.external_id]] = item
    return found


def _chunks(records: Iterable[Any]) -> Iterator[list[Any]]:
    walk = iter(records)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
