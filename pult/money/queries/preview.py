"""A statement before it is posted: what is new, what it would pay, whether it adds up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pult.clients.queries import client_names, own_accounts
from pult.money import matcher
from pult.money.logic.bank import AccountCheck, Placed, check_accounts, place_documents
from pult.money.logic.bank import own_accounts as split_accounts
from pult.money.match_words import CONFIDENCES, KINDS, REASONS
from pult.money.models import BankDocument, Invoice, StatementFile
from pult.money.staging import known_keys
from pult.people.queries import business_day

SHOWN = 200
# The longest holidays, after which money of the next working day is booked.
DAYS_AHEAD = 14


@dataclass(frozen=True)
class PreviewRow:
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
    reasons: tuple[str, ...]
    client: str
    invoices: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class StatementPreview:
    """What importing the file would do; nothing is written. `strangers` are its accounts that
    nobody said are the agency's: confirm them to import. `refused` rows stay out; `ahead` are
    (line, day) of those dated more than `DAYS_AHEAD` days ahead, which no bank does."""

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
    ahead: tuple[tuple[int, date], ...]


def preview_statement(statement: Any, accounts: Collection[str] = ()) -> StatementPreview:
    """The preview of a read statement; `accounts` of it a person confirmed as the agency's.

    For those who may import statements; the caller has checked that. Eleven queries and one for
    every 900 documents.
    """
    known = [*own_accounts(), *accounts]
    own, strangers = split_accounts(known, statement.stated_accounts())
    placed = list(place_documents(statement.documents, own))
    here = _posted(known_keys(row.key for row in placed))
    fresh = sorted((row for row in placed if row.key not in here), key=lambda row: row.money_on)
    index = matcher.open_invoices(business_day())
    decided = [(row, matcher.decide(matcher.paper_of(row), index)) for row in fresh]
    states = [decision.state for _row, decision in decided]
    sums = {
        way: sum(row.document.amount for row in placed if row.direction == way)
        for way in ("in", "out")
    }
    # What needs a person comes first, then what would be booked, nobody's money last.
    order = {BankDocument.Match.UNSETTLED: 0, BankDocument.Match.MATCHED: 1}
    decided.sort(key=lambda pair: order.get(pair[1].state, 2))
    last = business_day() + timedelta(days=DAYS_AHEAD)
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
        accounts=tuple(check_accounts(statement, own, placed)),
        strangers=tuple(strangers),
        refused=tuple(statement.problems),
        warnings=tuple(getattr(statement, "warnings", ())),
        rows=_rows(decided[:SHOWN]),
        has_more=len(decided) > SHOWN,
        ahead=tuple((row.document.line, row.money_on) for row in fresh if row.money_on > last),
    )


def _posted(known: dict[str, int]) -> dict[str, int]:
    """Documents people can see: what an import that was cut off has staged is new still."""
    rows = StatementFile.objects.filter(pk__in=set(known.values()))
    staged = set(rows.filter(status=StatementFile.Status.STAGED).values_list("pk", flat=True))
    return {key: file for key, file in known.items() if file not in staged}


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
    )
