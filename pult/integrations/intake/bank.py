"""Bank statements: read by the format of their bytes, brought in by the money domain."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.integrations import bank_table
from pult.integrations.intake import columns
from pult.integrations.intake.columns import Given
from pult.integrations.intake.files import digest
from pult.integrations.statement import Statement, UnknownFormat, detect, read
from pult.integrations.statement.detect import CSV, XLSX
from pult.integrations.table import Table, TableProblem, read_table
from pult.kernel.memory import no_collections
from pult.money.actions.statements import StatementResult, import_statement

if TYPE_CHECKING:
    from pult.people.models import User

PURPOSE = "bank"


@dataclass(frozen=True)
class BankFile:
    """A statement that was read; `table` and `mapping` for CSV and XLSX only."""

    name: str
    sha256: str
    statement: Statement
    table: Table | None = None
    mapping: dict[str, int] | None = None


@no_collections()
def open_bank(
    data: bytes,
    name: str,
    *,
    mapping: Given = None,
    account: str = "",
) -> BankFile:
    """Read a statement. `mapping` (field → place, or title) and `account` (ours, when the table
    does not name it) are for tables; without a mapping the one confirmed before is used.

    Raises UnknownFormat for what is no statement, NeedsColumns for a table nobody explained yet.
    """
    if detect(data) not in (CSV, XLSX):
        return BankFile(name, digest(data), read(data, name))
    try:
        table = read_table(data, name, wanted=bank_table.WANTED)
    except TableProblem as problem:
        raise UnknownFormat("table", problem.message, problem.cure) from problem
    chosen = columns.choose(
        PURPOSE, table, mapping, bank_table.propose_mapping(table), bank_table.missing_fields
    )
    statement = bank_table.read_mapped(table, chosen, account)
    return BankFile(name, digest(data), statement, table, chosen)


@no_collections()
def take_bank(
    file: BankFile,
    *,
    by: "User | None",
    accounts: Collection[str] = (),
    polite: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> StatementResult:
    """Bring a statement in and remember its columns; see `import_statement` for what it raises."""
    result = import_statement(
        by=by,
        statement=file.statement,
        name=file.name,
        sha256=file.sha256,
        accounts=accounts,
        polite=polite,
        progress=progress,
    )
    if file.table and file.mapping:
        columns.remember(PURPOSE, file.table, file.mapping, by)
    return result
