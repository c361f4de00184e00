"""Which column is which field: guessed, confirmed by a person once, remembered."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.integrations.table import Table, fold, repeated_titles
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


class RepeatedColumns(NeedsColumns):
    """Columns of the guess bear one title, so that only a person knows which of them is meant."""

    def __init__(self, titles: Sequence[str], table: Table, proposed: Mapping[str, int]) -> None:
        super().__init__([], table, proposed)
        self.message = _("Several columns bear the same title: %(titles)s.") % {
            "titles": ", ".join(f"“{title}”" for title in titles)
        }
        self.cure = _("Say which of them to read, or leave one in the file; name it by its number.")


def choose(
    purpose: str,
    table: Table,
    given: Given,
    proposed: Mapping[str, int],
    missing: Callable[[Mapping[str, int]], list[str]],
) -> dict[str, int]:
    """The columns to read `table` by: those given, those confirmed before, or the guess.

    Titles add to the guess; places replace it. Raises NeedsColumns when `missing` names a field,
    RepeatedColumns when a guessed title stands twice.
    """
    known = kept(purpose, table) if given is None else None
    if known:
        chosen = known
    elif given is None:
        chosen = sure(proposed, table)
    elif any(isinstance(column, str) for column in given.values()):
        named = columns_by_name({f: str(column) for f, column in given.items()}, table.columns)
        rest = {f: p for f, p in proposed.items() if f not in named and p not in named.values()}
        chosen = sure(rest, table) | named
    else:
        chosen = {field: int(place) for field, place in given.items()}
    if lacking := missing(chosen):
        raise NeedsColumns(lacking, table, proposed)
    return chosen


def sure(guess: Mapping[str, int], table: Table) -> dict[str, int]:
    """The guess; raises RepeatedColumns when a title of it stands in the file twice."""
    if titles := repeated_titles(table.columns, guess):
        raise RepeatedColumns(titles, table, guess)
    return dict(guess)


def columns_by_name(wanted: Mapping[str, str], columns: Sequence[str]) -> dict[str, int]:
    """Field → place, from field → title as written in the file, or its number from 1.

    Raises BadInput naming the columns there are, and for a title that several of them bear.
    """
    titles = {fold(title): place for place, title in reversed(list(enumerate(columns)))}
    found = {}
    for field, column in wanted.items():
        place = titles.get(fold(column))
        if place is not None and repeated_titles(columns, {field: place}):
            raise BadInput(
                _("Several columns bear the same title: %(titles)s.") % {"titles": columns[place]},
                field=field,
                cure=_("Name the column by its number, from 1"),
            )
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
