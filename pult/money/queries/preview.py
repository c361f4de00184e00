"""A statement looked at before it is taken in: what is new, what it would pay."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pult.clients import queries as clients
from pult.clients.queries import client_names
from pult.kernel.errors import NotVisible
from pult.money import matcher
from pult.money.logic.bank import (
    Placed,
    check_accounts,
    own_accounts,
    place_documents,
    summary,
)
from pult.money.match_words import CONFIDENCES, FAULTS, KINDS, REASONS
from pult.money.matcher import Decision, Paper, Side
from pult.money.models import BankDocument, Invoice
from pult.money.queries.statements import reads_bank
from pult.money.staging import known_keys
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 100


@dataclass(frozen=True)
class PreviewRow:
    """One new document and what matching would make of it. `state` is a word of
    `BankDocument.Match`; `invoices` are (number, kopecks) of the proposal."""

    line: int
    money_on: date | None
    number: str
    direction: str
    party: str
    purpose: str
    amount: int
    state: str
    kind: str
    confidence: str
    reasons: tuple[str, ...]
    client: str
    invoices: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class AccountPreview:
    """One of our accounts over the file; `is_new` when nobody has said yet that it is ours.
    `faults` say in words why the statement does not add up."""

    account: str
    opening: int | None
    incoming: int
    outgoing: int
    closing: int | None
    balanced: bool | None
    faults: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True)
class StatementPreview:
    """`summary` has the keys of `pult import bank`; `strangers` are accounts of the file that a
    person has to call ours first; `rows` the first hundred new documents, the unsettled first."""

    summary: dict[str, Any]
    accounts: tuple[AccountPreview, ...]
    strangers: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    not_client: int = 0
    days: tuple[date | None, date | None] = field(default=(None, None))


def preview_statement(
    user: "User", statement: Any, name: str, accounts: Collection[str] = ()
) -> StatementPreview:
    """What an import of this statement (see `actions.statements.Parsed`) would do; writes nothing.

    Raises NotVisible for roles that do not read the bank.
    """
    if not reads_bank(user):
        raise NotVisible
    known_own = clients.own_accounts()
    ours, strangers = own_accounts([*known_own, *accounts], statement.stated_accounts())
    placed = list(place_documents(statement.documents, ours))
    known = known_keys(row.key for row in placed)
    fresh = [row for row in placed if row.key not in known]
    decided = list(_decide(fresh))
    states = Counter(decision.state for _row, decision in decided)
    figures = summary(
        name,
        statement,
        ours,
        new=len(fresh),
        duplicates=len(placed) - len(fresh),
        matched=states[BankDocument.Match.MATCHED],
        unsettled=states[BankDocument.Match.UNSETTLED],
    )
    decided.sort(key=lambda pair: pair[1].state != BankDocument.Match.UNSETTLED)
    days = [row.money_on for row in placed if row.money_on]
    return StatementPreview(
        summary=figures,
        accounts=tuple(_accounts(statement, ours, known_own)),
        strangers=tuple(strangers),
        rows=_rows(decided[:SHOWN]),
        not_client=states[BankDocument.Match.NOT_CLIENT],
        days=(min(days, default=None), max(days, default=None)),
    )


def _decide(fresh: list[Placed]) -> Iterator[tuple[Placed, Decision]]:
    """In the order of the import: the oldest money takes its invoice first."""
    index = matcher.open_invoices(business_day())
    for row in sorted(fresh, key=lambda row: row.money_on or date.max):
        yield row, matcher.decide(_paper(row), index)


def _paper(row: Placed) -> Paper:
    document = row.document
    party = row.party or document.payer
    theirs, ours = Side(party.name, party.inn, party.account), Side(account=row.own_account)
    sides = (ours, theirs) if row.direction == BankDocument.Direction.OUT else (theirs, ours)
    return Paper(
        0,
        document.kind,
        document.amount,
        row.direction,
        row.money_on,
        document.purpose,
        *sides,
        document.currency,
    )


def _accounts(
    statement: Any, ours: Collection[str], known: Collection[str]
) -> Iterator[AccountPreview]:
    for check in check_accounts(statement, ours):
        yield AccountPreview(
            **check.as_dict(),
            faults=tuple(str(FAULTS.get(word, word)) for word in check.faults),
            is_new=check.account not in known,
        )


def _rows(decided: Sequence[tuple[Placed, Decision]]) -> tuple[PreviewRow, ...]:
    shares = [share for _row, d in decided for share in d.proposal.get("shares", ())]
    numbers = dict(
        Invoice.objects.filter(pk__in=[s[0] for s in shares]).values_list("pk", "number")
    )
    names = client_names({d.proposal["client"] for _r, d in decided if d.proposal.get("client")})
    return tuple(_row(row, decision, numbers, names) for row, decision in decided)


def _row(
    row: Placed, decision: Decision, numbers: dict[int, str], names: dict[int, str]
) -> PreviewRow:
    proposal = decision.proposal
    party = row.party or row.document.payer
    return PreviewRow(
        line=row.document.line,
        money_on=row.money_on,
        number=row.document.number,
        direction=row.direction,
        party=party.name,
        purpose=row.document.purpose,
        amount=row.document.amount,
        state=decision.state,
        kind=str(KINDS.get(proposal["kind"], "")),
        confidence=str(CONFIDENCES.get(proposal["confidence"], "")),
        reasons=tuple(str(REASONS.get(word, word)) for word in proposal["reasons"]),
        client=names.get(proposal["client"], ""),
        invoices=tuple((numbers.get(pk, ""), amount) for pk, amount in proposal["shares"]),
    )
