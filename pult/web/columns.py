"""The form that asks which column is which: a select a field, the file's first rows beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from pult.integrations.statement import Problem
from pult.integrations.table import Table
from pult.kernel.errors import BadInput
from pult.kernel.words import id_of

SAMPLES = 3
LONGEST = 40


@dataclass(frozen=True)
class ColumnChoice:
    """One field: its name in the form, its label, the columns to choose from, the one chosen
    ("" for none) and what stands in that column."""

    field: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str
    samples: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"column_{self.field}"


def column_choices(
    fields: Mapping[str, Any], table: Table, mapping: Mapping[str, int]
) -> tuple[ColumnChoice, ...]:
    """A choice for every field, the chosen columns as `mapping` has them."""
    rows = [cells for _line, cells in islice(table.rows(), SAMPLES)]
    options = (("", "—"), *_titles(table))
    return tuple(
        ColumnChoice(
            field=field,
            label=str(label),
            options=options,
            value=str(mapping[field]) if field in mapping else "",
            samples=tuple(cells[mapping[field]][:LONGEST] for cells in rows)
            if field in mapping
            else (),
        )
        for field, label in fields.items()
    )


def _titles(table: Table) -> Iterator[tuple[str, str]]:
    """Each column by its place; a title as long as a page stands in every choice, so it is cut."""
    for place, title in enumerate(table.columns):
        yield str(place), title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def by_title(
    problems: Iterable[Problem], table: Table | None, mapping: Mapping[str, int] | None
) -> tuple[Problem, ...]:
    """Refused rows whose fields are called what the columns of the file are called."""
    columns = table.columns if table else []
    titles = {field: columns[place] for field, place in (mapping or {}).items() if columns}
    return tuple(replace(found, field=titles.get(found.field, found.field)) for found in problems)


def chosen_columns(
    fields: Mapping[str, Any], table: Table, given: Mapping[str, Any]
) -> dict[str, int]:
    """Field → place out of the form; raises BadInput for a column that is not in the file."""
    found = {}
    for field, label in fields.items():
        value = given.get(f"column_{field}", "")
        if value == "":
            continue
        place = id_of(str(value))
        if place is None or place >= len(table.columns):
            raise BadInput(_("There is no such column"), field=str(label))
        found[field] = place
    return found
