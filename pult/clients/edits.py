"""How a row is changed: only what differs, only if valid, only if nobody was first."""

from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, CharField, CheckConstraint, Model, TextField
from django.utils.translation import gettext as _

from pult.clients import trail
from pult.kernel.conditions import breaks
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.texts import fitting
from pult.kernel.words import line_of, text_of

if TYPE_CHECKING:
    from pult.people.models import User


class Unsaid(Enum):
    """Nothing was given, which is not the same as None."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


def change(
    row: Model, version: int, changes: dict[str, Any], by: "User | Unsaid | None" = UNSAID
) -> list[str]:
    """Write `changes` to a versioned row; returns the names of the columns that differ.

    `version` is the one the person saw. Raises Conflict when the row has moved on, saying who
    changed what meanwhile, and BadInput when a value does not fit. What a client's row held
    before is kept in its trail under `by`, None for Pult itself: it has to be said.
    """
    if by is UNSAID:
        if trail.client_of(row) is not None:
            raise TypeError("who changes a client's row is to be said")
        by = None
    if row.version != version:
        raise _conflict(row, version)
    changes = {name: _tidy(row, name, value) for name, value in changes.items()}
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    if not changed:
        return []
    before = {name: getattr(row, name) for name in changed}
    for name in changed:
        setattr(row, name, changes[name])
    row.version += 1
    check(row)
    mine = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not mine.update(version=row.version, **{name: changes[name] for name in changed}):
        raise _conflict(row, version)
    trail.keep(row, before, by)
    return sorted(changed)


def _conflict(row: Model, version: int) -> Conflict:
    told, base = trail.told_since(row, version)
    message = _("Somebody changed this while you were editing")
    if told:
        message = _("While you were editing, somebody changed this: %(what)s") % {"what": told}
    return Conflict(message, cure=_("Open it again and repeat your change"), base=base)


def check(row: Model) -> None:
    """Raise BadInput naming the first field of a row that does not fit its column.

    Its words are tidied first: what nobody can see is not kept.

    Rows it points to that are loaded already exist: they are not asked for once more.
    """
    for column in row._meta.concrete_fields:
        if isinstance(column, (CharField, TextField)) and (typed := getattr(row, column.attname)):
            setattr(row, column.attname, _tidy(row, column.name, typed))
    loaded = {f.name for f in row._meta.concrete_fields if f.is_relation and f.is_cached(row)}
    try:
        row.clean_fields(exclude=loaded)
        row.clean()
        row.validate_unique()
        _validate_constraints(row)
    except ValidationError as problem:
        told = problem.update_error_dict({})
        field, errors = next(iter(told.items()))
        message = ValidationError(errors).messages[0]
        raise BadInput(message, field="" if field == NON_FIELD_ERRORS else field) from problem


def _validate_constraints(row: Model) -> None:
    """As `row.validate_constraints()`, without a query for what is plain to see."""
    for model, constraints in row.get_constraints():
        for constraint in constraints:
            is_broken = None
            if isinstance(constraint, CheckConstraint):
                is_broken = breaks(constraint, row)
            if is_broken is None:
                _ask(constraint, model, row)
            elif is_broken:
                words = constraint.get_violation_error_message()
                raise ValidationError(words, code=constraint.violation_error_code)


def _ask(constraint: BaseConstraint, model: type[Model], row: Model) -> None:
    """The database tells; of a column of its own the field is named."""
    try:
        constraint.validate(model, row)
    except ValidationError as problem:
        columns = getattr(constraint, "fields", ())
        if getattr(problem, "code", "") == "unique" and len(columns) == 1:
            raise ValidationError({columns[0]: problem}) from problem
        raise


def _tidy(row: Model, name: str, value: Any) -> Any:
    """A typed value without letters nobody can see; BadInput for a text too long to be one."""
    if not isinstance(value, str):
        return value
    if not isinstance(row._meta.get_field(name), TextField):
        return line_of(value)
    return text_of(fitting(value, name))


def only(changes: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """`changes`, all of which must be allowed: a wrong name is a programmer's error."""
    if strange := changes.keys() - allowed:
        raise TypeError(f"cannot change {', '.join(sorted(strange))}")
    return changes


def morning(day: date) -> datetime:
    """The first moment of a day of the agency."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
