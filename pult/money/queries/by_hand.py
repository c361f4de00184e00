"""Payments typed by hand: who typed them, and the rows of statements they stand for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pult.money.models import BankDocument, StatementFile
from pult.money.queries.statements import BY_HAND


@dataclass(frozen=True)
class ByHand:
    """Who typed a payment and when; `statement_id` is the statement it was missing from and `line`
    its row there, where they are known."""

    by: str
    at: datetime
    statement_id: int | None = None
    line: str = ""


@dataclass(frozen=True)
class EnteredRow:
    """A payment that stands for the row `line` of a statement, empty where it names none;
    `amount` in kopecks, to `account` of the agency."""

    document_id: int
    line: str
    account: str
    amount: int


def instead_of(statement_id: int, line: str, account: str, amount: int) -> dict[str, Any]:
    """What the file of a payment by hand keeps of the statement the payment is missing from."""
    place = {"statement": statement_id, "line": line, "account": account, "amount": amount}
    return {"instead_of": place}


def by_hand(file: StatementFile) -> ByHand | None:
    """How the document of this file was typed; None for a file somebody brought."""
    if file.format != BY_HAND:
        return None
    place = file.summary.get("instead_of", {})
    return ByHand(
        by=str(file.loaded_by or ""),
        at=file.loaded_at,
        statement_id=place.get("statement"),
        line=place.get("line", ""),
    )


def entered_rows(statement_id: int) -> tuple[EnteredRow, ...]:
    """The payments typed in place of rows of a statement, the oldest first. One query; access was
    checked already."""
    rows = BankDocument.objects.filter(
        file__format=BY_HAND,
        file__status=StatementFile.Status.POSTED,
        file__summary__instead_of__statement=statement_id,
    )
    columns = ("pk", "file__summary__instead_of", "own_account", "amount")
    return tuple(
        EnteredRow(pk, place["line"], account, amount)
        for pk, place, account, amount in rows.order_by("pk").values_list(*columns)
    )


def entered_sums(rows: Iterable[EnteredRow]) -> dict[str, int]:
    """Account → kopecks that were typed in place of rows of a statement."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.account] += row.amount
    return dict(sums)
