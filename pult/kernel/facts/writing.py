"""Writing facts: one inside an action, or a great many from an import."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pult.kernel import bulk, outbox
from pult.kernel.errors import Refusal
from pult.kernel.facts.acting import acting, is_acting, remember, tell_bulk
from pult.kernel.facts.drafts import Draft
from pult.kernel.models import Fact

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


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

    `role` is the role `by` acts in. A second fact with the same (source, external_id) is not
    written: the first one is returned. Raises LookupError for an unregistered kind and ValueError
    for values that do not fit it.
    """
    draft = Draft(
        kind=kind,
        root_id=root_id,
        refs=refs,
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
    return _write(draft)


def void(fact: Fact, *, by: "AbstractBaseUser | None", reason: str) -> Fact:
    """Take a fact back by appending a void; the same fact is voided once, a void never."""
    if fact.kind == "void":
        raise Refusal(
            _("A taken back entry cannot be restored"), cure=_("Record the event once more")
        )
    existing = Fact.objects.filter(voids=fact).first()
    if existing:
        return existing
    return _write(
        Draft(
            kind="void",
            root_id=fact.root_id,
            by_id=by.pk if by else None,
            payload={"reason": reason},
            voids_id=fact.pk,
        )
    )


def _write(draft: Draft) -> Fact:
    if not is_acting():
        with acting(draft.root_id):
            return _write(draft)
    if draft.external_id is not None and (known := _known(draft)):
        return known
    fact = Fact(**draft.columns())
    try:
        with transaction.atomic(savepoint=draft.external_id is not None):
            fact.save(force_insert=True)
    except IntegrityError:
        if draft.external_id is not None and (known := _known(draft)):
            return known
        raise
    outbox.append(fact)
    remember(fact)
    return fact


def _known(draft: Draft) -> Fact | None:
    return Fact.objects.filter(source=draft.source, external_id=draft.external_id).first()


COLUMNS = (
    "id",
    "kind",
    "root_id",
    "refs",
    "valid_at",
    "recorded_at",
    "key",
    "day",
    "state",
    "value",
    "role",
    "actor_id",
    "source",
    "external_id",
    "payload",
    "voids_id",
    "version",
)


def record_many(drafts: Iterable[Draft]) -> list[int]:
    """Append many facts in short transactions that leave room for other writers.

    Returns an id for each draft, in order; for a (source, external_id) already known, the id of
    the fact that has it. The regulation does not judge them here: the bulk handlers are told
    which clients and kinds were touched, and the worker does the rest.
    """
    return [pk for ids in bulk.in_chunks(drafts, _write_chunk) for pk in ids]


def _write_chunk(drafts: list[Draft]) -> list[int]:
    known = _known_ids(drafts)
    fresh: dict[int, Draft] = {}
    ids: list[int] = []
    new_ids = iter(bulk.allocate_ids("kernel_fact", len(drafts)))
    for draft in drafts:
        identity = (draft.source, draft.external_id)
        pk = known.get(identity) if draft.external_id is not None else None
        if pk is None:
            pk = next(new_ids)
            fresh[pk] = draft
            if draft.external_id is not None:
                known[identity] = pk
        ids.append(pk)
    if fresh:
        _insert(fresh)
        tell_bulk({(draft.root_id, draft.kind) for draft in fresh.values()})
    return ids


def _known_ids(drafts: list[Draft]) -> dict[tuple[str, str | None], int]:
    wanted = sorted((d.source, d.external_id) for d in drafts if d.external_id is not None)
    found: dict[tuple[str, str | None], int] = {}
    for source, pairs in groupby(wanted, key=lambda pair: pair[0]):
        names = [external_id for _source, external_id in pairs]
        for start in range(0, len(names), 500):
            rows = Fact.objects.filter(source=source, external_id__in=names[start : start + 500])
            for external_id, pk in rows.values_list("external_id", "id"):
                found[source, external_id] = pk
    return found


def _insert(fresh: dict[int, Draft]) -> None:
    encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    rows = []
    for pk, draft in fresh.items():
        values = draft.columns() | {"id": pk}
        values["refs"] = encode(values["refs"])
        values["payload"] = encode(values["payload"])
        rows.append(tuple(values[name] for name in COLUMNS))
    bulk.insert("kernel_fact", COLUMNS, rows)
    outbox.append_many((pk, draft.kind) for pk, draft in fresh.items())
