"""The dry run: what a file would make, what is wrong with it, which rows it would open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.movein.known import load_known, load_people
from pult.clients.actions.movein.opening import Opening, asked_on, rows_to_open, unsaved_batch
from pult.clients.actions.movein.texts import RowError, explain
from pult.clients.checks import number_checks
from pult.clients.logic.movein import (
    ClientPlan,
    Decision,
    Managers,
    RowProblem,
    plan,
    read_rows,
    signature,
)
from pult.clients.logic.movein.fields import FIELDS
from pult.clients.models import ImportMapping
from pult.kernel.errors import BadInput
from pult.kernel.search import tokens

if TYPE_CHECKING:
    from pult.people.models import User

IMPORTERS = ("head", "director")
Rows = Iterable[tuple[int, Sequence[str]]]


@dataclass(frozen=True)
class Preview:
    """What the import would do. `counts` has create, update, same, ask, skip and errors; `opens`
    are the rows of the regulation it would open on the day `opens_on`, asked for with a first
    day."""

    plans: tuple[ClientPlan, ...]
    errors: tuple[RowError, ...]
    counts: dict[str, int]
    opens: tuple[Opening, ...] = ()
    opens_on: date | None = None


def mapping_for(columns: Sequence[str]) -> dict[str, int] | None:
    """The mapping somebody confirmed for a file with these columns, if any."""
    kept = ImportMapping.objects.filter(signature=signature(columns)).first()
    return kept.mapping if kept else None


def preview_import(
    *,
    by: "User",
    columns: Sequence[str],
    rows: Rows,
    mapping: Mapping[str, int],
    decisions: Mapping[str, Decision] | None = None,
    go_live: date | None = None,
) -> Preview:
    """Plan an import without writing anything.

    `rows` are (line of the file, cells), `mapping` field → place of its column, `decisions` the
    answers about possible duplicates by the plan's key: "create", "skip" or a client's id. With
    `go_live`, the first day of the regulation for these clients, the preview also counts the rows
    it would open.
    """
    require(by, *IMPORTERS, act=_("import clients"))
    _check_mapping(columns, mapping)
    reading = read_rows(columns, rows, mapping, number_checks())
    every = sorted([*reading.rows, *reading.left_out], key=lambda row: row.line)
    left_out = {row.line for row in reading.left_out}
    plans, orphans = plan(every, load_known(), tokens, decisions, left_out)
    errors = _explained([*reading.problems, *orphans], columns, mapping)
    counts = Counter(made.action for made in plans)
    return Preview(
        plans=tuple(plans),
        errors=errors,
        counts={
            **{action: counts[action] for action in ("create", "update", "same", "ask", "skip")},
            "errors": len({error.line for error in errors}),
        },
        opens=rows_to_open(plans, unsaved_batch(go_live, go_live, by.pk)) if go_live else (),
        opens_on=asked_on(go_live) if go_live else None,
    )


def row_errors(
    *, by: "User", columns: Sequence[str], rows: Rows, mapping: Mapping[str, int]
) -> tuple[RowError, ...]:
    """What is wrong with rows by the columns known so far, before anybody says the others."""
    require(by, *IMPORTERS, act=_("import clients"))
    reading = read_rows(columns, rows, mapping, number_checks())
    managers = Managers(load_people(), tokens)
    unmanaged = managers.problems([*reading.rows, *reading.left_out])
    return _explained([*reading.problems, *unmanaged], columns, mapping)


def _explained(
    problems: Iterable[RowProblem], columns: Sequence[str], mapping: Mapping[str, int]
) -> tuple[RowError, ...]:
    """In words, by line; a problem of a column has the title of the column."""
    titles = {field: columns[place] for field, place in mapping.items()}
    named = (replace(one, column=one.column or titles.get(one.field, "")) for one in problems)
    return tuple(sorted(map(explain, named), key=lambda error: (error.line, error.field)))


def _check_mapping(columns: Sequence[str], mapping: Mapping[str, int]) -> None:
    if not {"client", "entity", "inn"} & mapping.keys():
        raise BadInput(
            _("No column says who the client is"),
            field="client",
            cure=_("Choose the column with the client's name"),
        )
    for name, place in mapping.items():
        if name not in FIELDS or not 0 <= place < len(columns):
            raise BadInput(_("There is no such field or column"), field=name)
