"""What the pages of a bank statement show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pult.integrations import bank_table
from pult.integrations.intake import NeedsColumns, RepeatedColumns, open_bank
from pult.integrations.intake.columns import remember
from pult.integrations.table import read_table
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.money.match_words import FAULTS
from pult.money.queries import (
    AccountCheck,
    OddAccount,
    StatementItem,
    StatementPreview,
    is_cut_off,
    odd_accounts,
    preview_statement,
    settlement_queue,
    statement_file,
)
from pult.money.queries.by_hand import EnteredRow, entered_rows, entered_sums
from pult.ui.formats import money as format_money
from pult.web.columns import ColumnChoice, by_title, chosen_columns, column_choices
from pult.web.drops import Drop
from pult.web.pages.import_bank.words import FIELDS
from pult.web.pages.settlement.rows import QueueRow, queue_rows

if TYPE_CHECKING:
    from pult.people.models import User

MOST_PROBLEMS = 200
MOST_ACCOUNTS = 50
MOST_AHEAD = 5


@dataclass(frozen=True)
class PreviewPage:
    """A statement before it is taken in. `columns` is None unless the file is a table."""

    name: str
    size: int
    post_url: str
    columns_url: str
    problem: PultError | None = None
    preview: StatementPreview | None = None
    refused: tuple[Any, ...] = ()
    more_refused: int = 0
    warnings: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    columns: tuple[ColumnChoice, ...] | None = None
    must_choose: bool = False
    our_account: str = ""
    cut_off: bool = False
    accounts: tuple[AccountCheck, ...] = ()
    strangers: tuple[str, ...] = ()
    more_accounts: int = 0

    @property
    def too_many(self) -> bool:
        """More accounts are strange than anybody would tick: it is not the agency's statement."""
        return bool(self.preview and len(self.preview.strangers) > MOST_ACCOUNTS)

    @property
    def can_post(self) -> bool:
        """`cut_off`: all of it is written, and the rest of its matching is to be done."""
        return bool(self.preview and (self.preview.new or self.cut_off))


@dataclass(frozen=True)
class RefusedRow:
    """A row of a statement that was not taken, and the payment typed in its place, if any."""

    row: Mapping[str, Any]
    entered: EnteredRow | None = None


@dataclass(frozen=True)
class StatementPage:
    """A posted statement and the first documents of it that wait for a person. `refused` are its
    first rows that were not taken; `mended` accounts add up with what was entered by hand."""

    file: StatementItem
    rows: tuple[QueueRow, ...]
    settle_url: str
    back: str
    can_settle: bool
    incoming: str
    outgoing: str
    odd: tuple[OddAccount, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    mended: frozenset[str] = frozenset()

    @property
    def has_untold(self) -> bool:
        """Whether a row that was not taken said nothing a form could begin with."""
        return any(not row.get("told") for row in self.file.summary.get("refused", ()))


def preview_page(drop: Drop, problem: PultError | None = None) -> PreviewPage:
    """Read the dropped file and say what taking it in would do."""
    base = {
        "name": drop.name,
        "size": drop.size,
        "post_url": reverse("import_bank", args=[drop.sha256]),
        "columns_url": reverse("import_bank_columns", args=[drop.sha256]),
        "our_account": drop.options.get("account", ""),
    }
    try:
        file = open_bank(drop.data, drop.name, account=base["our_account"])
    except NeedsColumns as asks:
        problem = problem or (asks if isinstance(asks, RepeatedColumns) else None)
        choices = column_choices(FIELDS, asks.table, asks.proposed)
        return PreviewPage(**base, problem=problem, columns=choices, must_choose=True)
    except BadInput as refused:
        return PreviewPage(**base, problem=refused)
    statement = file.statement
    preview = preview_statement(statement, list(filter(None, [base["our_account"]])))
    return PreviewPage(
        **base,
        problem=problem,
        preview=preview,
        cut_off=is_cut_off(drop.sha256),
        refused=by_title(statement.problems[:MOST_PROBLEMS], file.table, file.mapping),
        more_refused=max(len(statement.problems) - MOST_PROBLEMS, 0),
        faults=tuple(
            (check.account, str(FAULTS.get(word, word)))
            for check in preview.accounts[:MOST_ACCOUNTS]
            for word in check.faults
        ),
        warnings=(*_far_ahead(preview), *map(str, statement.warnings[:MOST_PROBLEMS])),
        accounts=preview.accounts[:MOST_ACCOUNTS],
        strangers=preview.strangers[:MOST_ACCOUNTS],
        more_accounts=max(len(preview.accounts) - MOST_ACCOUNTS, 0),
        columns=column_choices(FIELDS, file.table, file.mapping or {}) if file.table else None,
    )


def _far_ahead(preview: StatementPreview) -> tuple[str, ...]:
    """The first documents dated so far ahead that the day must be wrong."""
    return tuple(
        _("Line %(line)s: the money is dated %(day)s, far ahead; ask the bank about it first")
        % {"line": line, "day": date_format(day, "SHORT_DATE_FORMAT")}
        for line, day in preview.ahead[:MOST_AHEAD]
    )


def confirm_columns(user: "User", drop: Drop, given: Mapping[str, Any]) -> None:
    """Keep what the form says of the columns; raises BadInput when it is not enough."""
    table = read_table(drop.data, drop.name, wanted=bank_table.WANTED)
    mapping = chosen_columns(FIELDS, table, given)
    if missing := bank_table.missing_fields(mapping):
        raise NeedsColumns([str(FIELDS[field]) for field in missing], table, mapping)
    remember("bank", table, mapping, user)


def statement_page(user: "User", file_id: int) -> StatementPage:
    file = statement_file(user, file_id)
    lacks = file.summary.get("refused") or odd_accounts(file.summary)
    entered = entered_rows(file_id) if lacks else ()
    typed, by_line = entered_sums(entered), {row.line: row for row in entered}
    odd = odd_accounts(file.summary, typed)
    queue = settlement_queue(user, file_id=file_id)
    return StatementPage(
        file=file,
        rows=queue_rows(queue.rows),
        back=reverse("statement", args=[file_id]),
        settle_url=f"{reverse('settlement')}?file={file_id}",
        can_settle=Role.ACCOUNTANT in user.roles,
        incoming=format_money(file.summary["incoming"]),
        outgoing=format_money(file.summary["outgoing"]),
        odd=odd[:MOST_ACCOUNTS],
        refused=tuple(
            RefusedRow(row, by_line.get(str(row["line"])))
            for row in file.summary.get("refused", ())[:MOST_PROBLEMS]
        ),
        mended=frozenset(typed) - {one.account for one in odd},
    )
