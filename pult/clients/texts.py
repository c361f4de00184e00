"""Which columns of every domain hold words people type, and may therefore name a person.

Whoever is erased is blanked out of all of them. Each domain declares its own; a test compares
them with all text columns there are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from pult.clients.logic.forgetting import Hide
from pult.clients.models import Client
from pult.kernel import clock
from pult.kernel.facts import acting

AT_ONCE = 500  # rows of a table read in one transaction

Of = Callable[[Collection[int]], Q]


@dataclass(frozen=True)
class Texts:
    """`columns` of `table` (app.Model); `of(client ids)` tells which rows are those clients'.

    `is_edited`: people change the rows, whose `version` therefore goes up. `rewritten` is told the
    rows that changed, in the same transaction.
    """

    table: str
    columns: tuple[str, ...]
    of: Of
    is_edited: bool = True
    rewritten: Callable[[list[Any]], None] | None = None


_texts: list[Texts] = []


def through(path: str) -> Of:
    """Rows that point to their client by this path."""
    return lambda client_ids: Q(**{f"{path}__in": client_ids})


def connect_texts(texts: Iterable[Texts]) -> None:
    """A domain's texts are blanked too; connecting the same twice changes nothing."""
    _texts.extend(one for one in texts if one not in _texts)


def all_texts() -> tuple[Texts, ...]:
    return tuple(_texts)


def count_texts(client_ids: Collection[int]) -> int:
    """How many rows have to be read to erase somebody from these clients."""
    return sum(_rows(one, client_ids).count() for one in _texts)


def rewrite(client_ids: Collection[int], hide: Hide) -> Iterator[int]:
    """Put every text of these clients through `hide`, `AT_ONCE` rows under the clients' locks;
    tells how many rows were read after each step."""
    done = 0
    for one in _texts:
        ids = list(_rows(one, client_ids).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            with acting(*client_ids):
                _rewrite(one, part, hide)
            done += len(part)
            yield done


def hidden(value: Any, hide: Hide) -> Any:
    """The same JSON with every text in it rewritten."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {name: hidden(one, hide) for name, one in value.items()}
    return [hidden(one, hide) for one in value] if isinstance(value, list) else value


def firms_of(client_ids: Collection[int]) -> tuple[set[str], set[str]]:
    """The names of these clients and of their legal entities, and the tax numbers: by them what
    came from elsewhere is known to be theirs."""
    rows = Client.objects.filter(pk__in=client_ids)
    entities = list(rows.values_list("name", "entities__name", "entities__inn"))
    names = {name for client, entity, _inn in entities for name in (client, entity) if name}
    return names, {inn for _client, _entity, inn in entities if inn}


def _rows(one: Texts, client_ids: Collection[int]) -> Any:
    return apps.get_model(one.table)._default_manager.filter(one.of(client_ids))


def _rewrite(one: Texts, ids: Collection[int], hide: Hide) -> None:
    manager = apps.get_model(one.table)._default_manager
    rows = [row for row in manager.filter(pk__in=ids) if _put(row, one.columns, hide)]
    if not rows:
        return
    names = {field.name for field in rows[0]._meta.concrete_fields}
    marked = []
    if "erased_at" in names:  # a history says that its words were erased
        marked.append("erased_at")
        for row in rows:
            row.erased_at = row.erased_at or clock.now()
    elif "version" in names and one.is_edited:  # an edit begun before that is a Conflict
        marked.append("version")
        for row in rows:
            row.version += 1
    manager.bulk_update(rows, [*one.columns, *marked], batch_size=200)
    if one.rewritten:
        one.rewritten(rows)


def _put(row: Model, columns: Iterable[str], hide: Hide) -> bool:
    before = [getattr(row, name) for name in columns]
    after = [hidden(value, hide) for value in before]
    for name, value in zip(columns, after, strict=True):
        setattr(row, name, value)
    return after != before
