"""One new row of a table, quickly: for the actions people wait for."""

from functools import lru_cache

from django.db import connections
from django.db.models import Field, Model

from pult.kernel.statements import answer


def add(row: Model) -> None:
    """Insert a new row as `save(force_insert=True)` would, at a third of its time.

    Only for tables whose key the database hands out. Nothing here listens to signals, and the rows
    it points to must be saved.
    """
    statement, columns = _insert(type(row))
    connection = connections["default"]  # itself: the proxy looks for it each time it is named
    values = [column.get_db_prep_save(column.pre_save(row, True), connection) for column in columns]
    ((row.pk,),) = answer(statement, values)
    row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=64)
def _insert(model: type[Model]) -> tuple[str, list["Field"]]:
    table = model._meta
    columns = [column for column in table.concrete_fields if column is not table.pk]
    quoted = connections["default"].ops.quote_name
    names = ", ".join(quoted(column.column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    returned = f"RETURNING {table.pk.column}"
    return f"INSERT INTO {table.db_table} ({names}) VALUES ({marks}) {returned}", columns
