<<<<<<< HEAD
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
=======
"""A statement before it is posted: what is new, what it would pay, whether it adds up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from pult.clients.queries import client_names, own_accounts
from pult.money import matcher
from pult.money.logic.bank import AccountCheck, Placed, check_accounts, place_documents
from pult.money.logic.bank import own_accounts as split_accounts
from pult.money.match_words import CONFIDENCES, KINDS, REASONS
from pult.money.models import BankDocument, Invoice
from pult.money.staging import known_keys
from pult.people.queries import business_day

SHOWN = 200
>>>>>>> main


@dataclass(frozen=True)
class PreviewRow:
<<<<<<< HEAD
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
=======
    """One new document and what would become of it: `state` matched, unsettled or not_client."""

    line_no: int
    direction: str
    money_on: date
    amount: int
    party: str
    party_inn: str
    purpose: str
    state: str
    kind_label: str
    confidence_label: str
>>>>>>> main
    reasons: tuple[str, ...]
    client: str
    invoices: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
<<<<<<< HEAD
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
=======
class StatementPreview:
    """What importing the file would do; nothing is written. `strangers` are its accounts that
    nobody said are the agency's: confirm them to import. `refused` rows stay out."""

    format: str
    encoding: str
    documents: int
    new: int
    duplicates: int
    incoming: int
    outgoing: int
    matched: int
    unsettled: int
    not_client: int
    accounts: tuple[AccountCheck, ...]
    strangers: tuple[str, ...]
    refused: tuple[Any, ...]
    warnings: tuple[Any, ...]
    rows: tuple[PreviewRow, ...]
    has_more: bool


def preview_statement(statement: Any, accounts: Collection[str] = ()) -> StatementPreview:
    """The preview of a read statement; `accounts` of it a person confirmed as the agency's.

    For those who may import statements; the caller has checked that. Ten queries and one for
    every 900 documents.
    """
    known = [*own_accounts(), *accounts]
    own, strangers = split_accounts(known, statement.stated_accounts())
    placed = list(place_documents(statement.documents, own))
    here = known_keys(row.key for row in placed)
    fresh = sorted((row for row in placed if row.key not in here), key=lambda row: row.money_on)
    index = matcher.open_invoices(business_day())
    decided = [(row, matcher.decide(_paper(row), index)) for row in fresh]
    states = [decision.state for _row, decision in decided]
    sums = {
        way: sum(row.document.amount for row in placed if row.direction == way)
        for way in ("in", "out")
    }
    # What needs a person comes first, then what would be booked, nobody's money last.
    order = {BankDocument.Match.UNSETTLED: 0, BankDocument.Match.MATCHED: 1}
    decided.sort(key=lambda pair: order.get(pair[1].state, 2))
    return StatementPreview(
        format=statement.format,
        encoding=statement.encoding,
        documents=len(placed),
        new=len(fresh),
        duplicates=len(placed) - len(fresh),
        incoming=sums["in"],
        outgoing=sums["out"],
        matched=states.count(BankDocument.Match.MATCHED),
        unsettled=states.count(BankDocument.Match.UNSETTLED),
        not_client=states.count(BankDocument.Match.NOT_CLIENT),
        accounts=tuple(check_accounts(statement, own)),
        strangers=tuple(strangers),
        refused=tuple(statement.problems),
        warnings=tuple(getattr(statement, "warnings", ())),
        rows=_rows(decided[:SHOWN]),
        has_more=len(decided) > SHOWN,
    )


def _paper(row: Placed) -> matcher.Paper:
    document = row.document
    return matcher.Paper(
        pk=0,
        kind=document.kind,
        amount=document.amount,
        direction=row.direction,
        money_on=row.money_on,
        purpose=document.purpose,
        payer=document.payer,
        payee=document.payee,
        currency=document.currency,
    )


def _rows(decided: list[tuple[Placed, matcher.Decision]]) -> tuple[PreviewRow, ...]:
    proposals = [decision.proposal for _row, decision in decided]
    names = client_names({p["client"] for p in proposals if p["client"]})
    wanted = {share[0] for p in proposals for share in p["shares"]}
    numbers = dict(Invoice.objects.filter(pk__in=wanted).values_list("pk", "number"))
    return tuple(
        PreviewRow(
            line_no=row.document.line,
            direction=row.direction,
            money_on=row.money_on,
            amount=row.document.amount,
            party=(row.party or row.document.payer).name,
            party_inn=(row.party or row.document.payer).inn,
            purpose=row.document.purpose,
            state=decision.state,
            kind_label=str(KINDS.get(decision.proposal["kind"], "")),
            confidence_label=str(CONFIDENCES.get(decision.proposal["confidence"], "")),
            reasons=tuple(str(REASONS.get(word, word)) for word in decision.proposal["reasons"]),
            client=names.get(decision.proposal["client"], ""),
            invoices=tuple(
                (numbers.get(pk, ""), amount) for pk, amount in decision.proposal["shares"]
            ),
        )
        for row, decision in decided
>>>>>>> main
    )
