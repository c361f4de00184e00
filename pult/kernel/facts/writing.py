"""Writing facts: one inside an action, or a great many from an import."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import orjson
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from pult.kernel import bulk, clock, outbox
from pult.kernel.errors import Refusal
from pult.kernel.facts.acting import acting, is_acting, remember, tell_bulk
from pult.kernel.facts.drafts import COLUMNS, Draft, on_behalf
from pult.kernel.models import Fact
from pult.kernel.statements import answer

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


LOOKED_UP_AT_ONCE = 900  # SQLite may be built for no more than 999 values a query


def record(
    kind: str,
    *,
    root_id: int,
    refs: dict[str, int],
    by: "AbstractBaseUser | None",
    at: datetime | None = None,
    key: str = "",
    day: date | None = None,
    state: str = "",
    value: int | None = None,
    role: str = "",
    payload: dict[str, Any] | None = None,
    source: str = "pult",
    external_id: str | None = None,
) -> Fact:
    """Append one fact to the current action (or make an action of its own).

    `role` is the role `by` acts in; of a deputy the fact names for whom too. A second fact with
    the same (source, external_id) is not written: the first one is returned. Raises LookupError
    for an unregistered kind and ValueError for values that do not fit it.
    """
    draft = Draft(
        kind=kind,
        root_id=root_id,
        refs=on_behalf(refs, by, role),
        by_id=by.pk if by else None,
        at=at,
        key=key,
        day=day,
        state=state,
        value=value,
        role=role,
        payload=payload or {},
        source=source,
        external_id=external_id,
    )
    return record_draft(draft)


def void(fact: Fact, *, by: "AbstractBaseUser | None", reason: str) -> Fact:
    """Take a fact back by appending a void; the same fact is voided once, a void never."""
    if fact.kind == "void":
        raise Refusal(
            _("A taken back entry cannot be restored"), cure=_("Record the event once more")
        )
    existing = Fact.objects.filter(voids=fact).first()
    if existing:
        return existing
    return record_draft(
        Draft(
            kind="void",
            root_id=fact.root_id,
            by_id=by.pk if by else None,
            payload={"reason": reason},
            voids_id=fact.pk,
        )
    )


def record_draft(draft: Draft) -> Fact:
    """`record` for a fact drafted beforehand."""
    if not is_acting():
        with acting(draft.root_id):
            return record_draft(draft)
    if draft.external_id is not None and (known := _known(draft)):
        return known
    values = draft.columns()
    try:
        with transaction.atomic(savepoint=draft.external_id is not None):
            fact = _inserted(values)
    except IntegrityError:
        if draft.external_id is not None and (known := _known(draft)):
            return known
        raise
    outbox.append(fact)
    remember(fact)
    return fact


def record_aside(draft: Draft) -> Fact:
    """Append one fact of the agency that no card reads and nobody is told of, by one statement:
    for what is noted beside a reading, a file taken away. ValueError for a fact of a client."""
    if draft.root_id or draft.external_id is not None:
        raise ValueError(f"{draft.kind}: only the agency's own facts stand aside")
    return _inserted(draft.columns())


INSERT = (
    f"INSERT INTO kernel_fact ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id"
)


def _inserted(values: dict[str, Any]) -> Fact:
    """The fact as `save` would make it, at a third of the time: it stands in every action."""
    (row,) = bulk.ready([_as_text(tuple(values.values()))])
    ((pk,),) = answer(INSERT, row)
    return Fact.from_db(connection.alias, ["id", *values], [pk, *values.values()])


def _known(draft: Draft) -> Fact | None:
    return Fact.objects.filter(source=draft.source, external_id=draft.external_id).first()


def record_many(drafts: Iterable[Draft]) -> list[int]:
    """Append many facts in short transactions that leave room for other writers.

    Returns an id for each draft, in order; for a (source, external_id) already known, the id of
    the fact that has it. The regulation does not judge them here: the bulk handlers are told
    which clients and kinds were touched, and the worker does the rest.
    """
    chunks = bulk.in_chunks(drafts, _write_chunk, prepare=_prepare)
    return [pk for ids in chunks for pk in ids]


@dataclass
class Encoded:
    """Checked facts as rows, ready to be inserted in a transaction; see `encode`."""

    kinds: list[str]
    touched: set[tuple[int, str]]
    rows: bulk.Ready


def encode(drafts: Sequence[Draft]) -> Encoded:
    """Check and encode facts before the lock is taken, for `insert_encoded` under it; before the
    next ones are encoded."""
    return Encoded(
        [draft.kind for draft in drafts],
        {(draft.root_id, draft.kind) for draft in drafts},
        bulk.lay("kernel_fact", COLUMNS, _rows(drafts)),
    )


def insert_encoded(facts: Encoded) -> None:
    """Append encoded facts in the current transaction.

    They are news: an external id known already is an IntegrityError. As with `record_many`, the
    worker judges them.
    """
    if not facts.rows:
        return
    if any(map(outbox.handlers_of, set(facts.kinds))):
        ids = bulk.allocate_ids("kernel_fact", len(facts.rows))
        rows = bulk.Ready((pk, *row) for pk, row in zip(ids, facts.rows, strict=True))
        bulk.insert("kernel_fact", ("id", *COLUMNS), rows)
        outbox.append_many(zip(ids, facts.kinds, strict=True))
    else:
        bulk.insert("kernel_fact", COLUMNS, facts.rows)
    tell_bulk(facts.touched)


@dataclass
class _Chunk:
    """Checked drafts, their rows but for the ids, and the ids of those known already."""

    drafts: list[Draft]
    rows: bulk.Ready
    known: dict[tuple[str, str], int]


def _prepare(drafts: list[Draft]) -> _Chunk:
    return _Chunk(drafts, _rows(drafts), _known_ids(drafts))


def _rows(drafts: Iterable[Draft]) -> bulk.Ready:
    now = clock.now()
    return bulk.ready([_as_text(draft.row(now)) for draft in drafts])


REFS, PAYLOAD = COLUMNS.index("refs"), COLUMNS.index("payload")


def _as_text(values: Sequence[Any]) -> list[Any]:
    """A fact's values with its JSON as text."""
    row = list(values)
    row[REFS] = orjson.dumps(row[REFS]).decode()
    row[PAYLOAD] = orjson.dumps(row[PAYLOAD]).decode() if row[PAYLOAD] else "{}"
    return row


def _write_chunk(chunk: _Chunk) -> list[int]:
    try:
        with transaction.atomic():
            return _insert(chunk)
    except IntegrityError:
        # Somebody recorded one of these between our look and our lock: look again, locked.
        chunk.known = _known_ids(chunk.drafts)
        return _insert(chunk)


def _insert(chunk: _Chunk) -> list[int]:
    known = dict(chunk.known)
    new_ids = iter(bulk.allocate_ids("kernel_fact", len(chunk.drafts)))
    ids: list[int] = []
    rows = bulk.Ready()
    fresh: list[tuple[int, Draft]] = []
    for draft, row in zip(chunk.drafts, chunk.rows, strict=True):
        identity = _identity(draft)
        pk = known.get(identity) if identity else None
        if pk is None:
            pk = next(new_ids)
            rows.append((pk, *row))
            fresh.append((pk, draft))
            if identity:
                known[identity] = pk
        ids.append(pk)
    if fresh:
        bulk.insert("kernel_fact", ("id", *COLUMNS), rows)
        outbox.append_many((pk, draft.kind) for pk, draft in fresh)
        tell_bulk({(draft.root_id, draft.kind) for _pk, draft in fresh})
    return ids


def _identity(draft: Draft) -> tuple[str, str] | None:
    return None if draft.external_id is None else (draft.source, draft.external_id)


def _known_ids(drafts: list[Draft]) -> dict[tuple[str, str], int]:
    wanted = sorted(identity for draft in drafts if (identity := _identity(draft)))
    found: dict[tuple[str, str], int] = {}
    for source, pairs in groupby(wanted, key=lambda pair: pair[0]):
        names = [external_id for _source, external_id in pairs]
        for start in range(0, len(names), LOOKED_UP_AT_ONCE):
            some = names[start : start + LOOKED_UP_AT_ONCE]
            rows = Fact.objects.filter(source=source, external_id__in=some)
            for external_id, pk in rows.values_list("external_id", "id"):
                found[source, external_id] = pk
    return found
