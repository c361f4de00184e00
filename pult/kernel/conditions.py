"""What a check constraint says of a row, told without asking the database.

Django asks one query for each constraint of a row it validates, and building the query takes far
longer than answering it: more than half of the time of an act that writes one row. The conditions
are few and plain (a column beside a value or another column), so they are read here; whatever is
not plain is left to the database. The database holds every constraint all the same.
"""

import operator
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CheckConstraint, F, Model, Q
from django.db.models.constants import LOOKUP_SEP

Told = bool | None  # None: unknown, as SQL has it
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
ORDERED = (int, date, datetime, time)


class _NotPlainError(Exception):
    """A condition that only the database can tell."""


def breaks(constraint: CheckConstraint, row: Model) -> bool | None:
    """Whether a row breaks a constraint; None when only the database can tell."""
    try:
        told = _told(constraint.condition, row, denied=False)
    except _NotPlainError:
        return None
    return told is False


def _told(condition: Any, row: Model, *, denied: bool) -> Told:
    if not isinstance(condition, Q):
        raise _NotPlainError
    if condition.negated and denied:  # Django treats NULL there in a way of its own
        raise _NotPlainError
    denied = denied or condition.negated
    parts = [
        _lookup(*part, row) if isinstance(part, tuple) else _told(part, row, denied=denied)
        for part in condition.children
    ]
    if condition.connector == Q.AND:
        told = False if False in parts else None if None in parts else True
    elif condition.connector == Q.OR:
        told = True if True in parts else None if None in parts else False
    else:
        raise _NotPlainError
    return told if told is None or not condition.negated else not told


def _lookup(name: str, wanted: Any, row: Model) -> Told:
    column, _separator, how = name.partition(LOOKUP_SEP)
    value = _value(row, column)
    if isinstance(wanted, F):
        wanted = _value(row, wanted.name)
    elif hasattr(wanted, "resolve_expression"):
        raise _NotPlainError
    if how == "isnull" or (how in ("", "exact") and wanted is None and value is None):
        return (value is None) is (wanted is not False)
    if how in ("", "exact") and wanted is None:
        return False
    if how == "in":
        return None if value is None else value in wanted
    if value is None or wanted is None:
        return None
    if how in ("", "exact"):
        return value == wanted
    if how not in ORDERS or not isinstance(value, ORDERED) or not isinstance(wanted, ORDERED):
        raise _NotPlainError
    try:
        return ORDERS[how](value, wanted)
    except TypeError as problem:
        raise _NotPlainError from problem


def _value(row: Model, name: str) -> Any:
    try:
        column = row._meta.get_field(name)
    except FieldDoesNotExist as problem:
        raise _NotPlainError from problem
    if not getattr(column, "concrete", False):
        raise _NotPlainError
    value = getattr(row, column.attname)
    if hasattr(value, "resolve_expression"):  # reckoned by the database when it is written
        raise _NotPlainError
    return value
