"""Exports of ad spend: reports of Direct and tables of any platform."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.integrations import direct_report
from pult.integrations.intake import columns
from pult.integrations.intake.columns import Given
from pult.integrations.intake.files import digest
from pult.integrations.spend import (
    WANTED,
    SpendReport,
    SpendRow,
    missing_fields,
    open_spend,
    propose_mapping,
)
from pult.integrations.spend.reading import unpack
from pult.integrations.statement.model import Problem
from pult.integrations.table import Table, read_table
from pult.kernel.errors import BadInput
from pult.kernel.memory import no_collections
from pult.money.actions.spend import SpendResult, import_spend

if TYPE_CHECKING:
    from pult.people.models import User

PURPOSE = "spend"
GZIP = b"\x1f\x8b"


class NothingTaken(BadInput):
    """Every row of the export is bad; `refused` has them by line, field and reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(
            _("No row of the file can be taken. Line %(line)s: %(reason)s")
            % {"line": first.line, "reason": first.reason},
            line=first.line,
            field=first.field,
            cure=first.cure,
        )
        self.refused = [problem.as_dict() for problem in problems]


@dataclass(frozen=True)
class SpendFile:
    """An export ready to be streamed; `platform` is the source its campaigns belong to."""

    name: str
    sha256: str
    platform: str
    report: SpendReport
    table: Table | None = None
    mapping: dict[str, int] | None = None


@no_collections()
def open_spend_file(
    data: bytes,
    name: str,
    *,
    platform: str = "",
    mapping: Given = None,
    with_vat: bool | None = None,
    micros: bool | None = None,
) -> SpendFile:
    """Open an export; rows are read when the report is streamed, its problems fill then.

    `platform` names the source of a table (direct, vk …); a report of Direct says it itself.
    Raises TableProblem for what cannot be read, NeedsColumns for a table nobody explained yet.
    """
    sha256 = digest(data)
    if data.startswith(GZIP):
        data = unpack(data)
    if direct_report.is_direct_report(data) and not mapping:
        report = direct_report.report(data, with_vat=with_vat, micros=micros)
        return SpendFile(name, sha256, platform or report.source, report)
    table = read_table(data, name, wanted=WANTED)
    chosen = columns.choose(PURPOSE, table, mapping, propose_mapping(table), missing_fields)
    report = open_spend(data, name, mapping=chosen, with_vat=with_vat)
    return SpendFile(name, sha256, platform or report.source, report, table, chosen)


@no_collections()
def take_spend(
    file: SpendFile,
    *,
    by: "User | None",
    with_vat: bool,
    polite: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> SpendResult:
    """Bring an export in and remember its columns; days already known are replaced.

    `with_vat` is what a person said where the file is silent; the file itself goes before it.
    Raises NothingTaken for a file of bad rows only.
    """
    said = file.report.with_vat
    result = import_spend(
        by=by,
        rows=_rows(file.report),
        source=file.platform,
        name=file.name,
        sha256=file.sha256,
        vat_included=with_vat if said is None else said,
        polite=polite,
        progress=progress,
    )
    if file.table and file.mapping:
        columns.remember(PURPOSE, file.table, file.mapping, by)
    return result


def _rows(report: SpendReport) -> Iterator[SpendRow]:
    yield from report.rows()
    if report.problems and not report.count:
        raise NothingTaken(report.problems)


def first_rows(file: SpendFile, count: int) -> Iterator[SpendRow]:
    """A few rows to look at; problems of the whole file are not known then."""
    rows = file.report.rows()
    for _number, row in zip(range(count), rows, strict=False):
        yield row
