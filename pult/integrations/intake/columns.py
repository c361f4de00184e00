"""Which column is which field: guessed, confirmed by a person once, remembered."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.integrations.table import Table, fold
from pult.kernel.errors import BadInput
from pult.money.actions.mappings import remember_columns
from pult.money.queries import columns_of

if TYPE_CHECKING:
    from pult.people.models import User

# Field → place of the column from 0, or its title as written in the file.
Given = Mapping[str, int | str] | None


class NeedsColumns(BadInput):
    """The guess is not enough: `table` and the `proposed` mapping are shown to a person."""

    def __init__(self, missing: Sequence[str], table: Table, proposed: Mapping[str, int]) -> None:
        super().__init__(
            _("No column was found for: %(fields)s.") % {"fields": ", ".join(missing)},
            cure=_("Say which column is which, once; Pult remembers it for files like this."),
        )
        self.missing = tuple(missing)
        self.table = table
        self.proposed = dict(proposed)


def choose(
    purpose: str,
    table: Table,
    given: Given,
    proposed: Mapping[str, int],
    missing: Callable[[Mapping[str, int]], list[str]],
) -> dict[str, int]:
    """The columns to read `table` by: those given, those confirmed before, or the guess.

    Titles add to the guess; places replace it. Raises NeedsColumns when `missing` names a field.
    """
    if given is None:
        chosen = kept(purpose, table) or dict(proposed)
    elif any(isinstance(column, str) for column in given.values()):
        named = columns_by_name({f: str(column) for f, column in given.items()}, table.columns)
        rest = {f: place for f, place in proposed.items() if place not in named.values()}
        chosen = rest | named
    else:
        chosen = {field: int(place) for field, place in given.items()}
    if lacking := missing(chosen):
        raise NeedsColumns(lacking, table, proposed)
    return chosen


def columns_by_name(wanted: Mapping[str, str], columns: Sequence[str]) -> dict[str, int]:
    """Field → place, from field → title as written in the file, or its number from 1.

    Raises BadInput naming the columns there are.
    """
    titles = {fold(title): place for place, title in reversed(list(enumerate(columns)))}
    found = {}
    for field, column in wanted.items():
        place = titles.get(fold(column))
        if place is None and column.isdecimal() and 0 < int(column) <= len(columns):
            place = int(column) - 1
        if place is None:
            raise BadInput(
                _("There is no column “%(column)s” in the file") % {"column": column},
                field=field,
                cure=_("There are: %(columns)s") % {"columns": ", ".join(columns)},
            )
        found[field] = place
    return found


def kept(purpose: str, table: Table) -> dict[str, int] | None:
    """The columns confirmed for files of this shape, if they still fit."""
    mapping = columns_of(purpose, table.signature())
    if mapping and all(0 <= place < len(table.columns) for place in mapping.values()):
        return mapping
    return None


def remember(purpose: str, table: Table, mapping: Mapping[str, int], by: "User | None") -> None:
    """Read every later file of this shape in the same way."""
    remember_columns(by=by, purpose=purpose, signature=table.signature(), mapping=mapping)
