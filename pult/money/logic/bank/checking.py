"""Whether a statement adds up, and what is told of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from pult.money.logic.bank.placing import Placed, content, leg, own_side, place_documents


class Section(Protocol):
    account: str
    opening: int | None
    incoming: int | None
    outgoing: int | None
    closing: int | None
    date_from: date | None
    date_to: date | None


class Statement(Protocol):
    format: str
    encoding: str
    documents: Sequence[Any]
    accounts: Sequence[Any]
    problems: Sequence[Any]

    def stated_accounts(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """One of our accounts over the whole file. `incoming` and `outgoing` are the sums of its
    documents; `balanced` is `None` when the statement names no balances. `faults` are words:
    balance (opening + in − out ≠ closing), incoming, outgoing (documents differ from the
    statement's own total), gap (a section does not open with what the one before it closed),
    counted_once (the total holds only one of two equal documents)."""

    account: str
    opening: int | None
    incoming: int
    outgoing: int
    closing: int | None
    balanced: bool | None
    faults: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        names = ("account", "opening", "incoming", "outgoing", "closing", "balanced")
        return {name: getattr(self, name) for name in names}


def check_accounts(
    statement: Statement, own: Collection[str], placed: Sequence[Placed] | None = None
) -> list[AccountCheck]:
    """Each account the file has a section for, in its order. `placed` are its documents where
    they have been placed already."""
    own = frozenset(own)
    if placed is None:
        placed = list(place_documents(statement.documents, own))
    sums = _document_sums(placed, own)
    doubles = _double_sums(placed)
    sections: dict[str, list[Any]] = defaultdict(list)
    for section in statement.accounts:
        if not any(_same(section, earlier) for earlier in sections[section.account]):
            sections[section.account].append(section)
    accounts = list(sections) + [
        account for account in sums if account in own and account not in sections
    ]
    return [
        _check(account, sections.get(account, []), *sums[account], doubles[account])
        for account in accounts
    ]


def summary(
    file: str,
    statement: Statement,
    own: Collection[str],
    *,
    new: int,
    duplicates: int,
    matched: int,
    unsettled: int,
    placed: Sequence[Placed] | None = None,
) -> dict[str, Any]:
    """What `pult import bank FILE --json` prints. `incoming` and `outgoing` leave out transfers
    between our own accounts, which the figures of the accounts do hold."""
    if placed is None:
        placed = list(place_documents(statement.documents, own))
    totals: Counter[str] = Counter()
    for row in placed:
        totals[row.direction] += row.document.amount
    return {
        "file": file,
        "format": statement.format,
        "encoding": statement.encoding,
        "documents": len(statement.documents),
        "new": new,
        "duplicates": duplicates,
        "incoming": totals["in"],
        "outgoing": totals["out"],
        "matched": matched,
        "unsettled": unsettled,
        "refused": [problem.as_dict() for problem in statement.problems],
        "accounts": [check.as_dict() for check in check_accounts(statement, own, placed)],
    }


def _document_sums(placed: Iterable[Placed], own: Collection[str]) -> dict[str, tuple[int, int]]:
    """Account → (in, out). Of a transfer between our accounts told once both accounts know; told
    once an account, each telling speaks for its own."""
    incoming: Counter[str] = Counter()
    outgoing: Counter[str] = Counter()
    transfers: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in placed:
        if row.direction == "own":
            transfers[content(row.document, "undecided")].append(row.document)
        elif row.direction == "in":
            incoming[row.own_account] += row.document.amount
        elif row.direction == "out":
            outgoing[row.own_account] += row.document.amount
    for told in transfers.values():
        legs = Counter(map(leg, told))
        times = max(legs.values())
        outgoing[own_side(told[0].payer, own)] += told[0].amount * times
        incoming[own_side(told[0].payee, own)] += told[0].amount * times
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for account in (*incoming, *outgoing):
        sums[account] = incoming[account], outgoing[account]
    return sums


def _double_sums(placed: Iterable[Placed]) -> dict[str, int]:
    """Account → the sum of incoming documents that repeat an earlier one of the file."""
    doubles: Counter[str] = Counter()
    for row in placed:
        if row.ordinal and row.direction == "in":
            doubles[row.own_account] += row.document.amount
    return doubles


def _same(one: Section, other: Section) -> bool:
    names = ("opening", "incoming", "outgoing", "closing", "date_from", "date_to")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _check(account, sections, incoming, outgoing, doubled) -> AccountCheck:
    sections = sorted(sections, key=lambda section: section.date_from or date.min)
    opening = sections[0].opening if sections else None
    closing = sections[-1].closing if sections else None
    silent = not any(
        (section.opening, section.closing, section.incoming, section.outgoing) != (0, 0, 0, 0)
        for section in sections
    )
    if opening is None or closing is None or (silent and (incoming or outgoing)):
        return AccountCheck(account, opening, incoming, outgoing, closing, None)
    faults = list(_faults(sections, incoming, outgoing, doubled))
    if opening + incoming - outgoing != closing:
        faults.insert(0, "balance")
    return AccountCheck(
        account, opening, incoming, outgoing, closing, not faults, tuple(dict.fromkeys(faults))
    )


def _faults(sections, incoming, outgoing, doubled) -> Iterator[str]:
    for earlier, later in pairwise(sections):
        if None not in (earlier.closing, later.opening) and earlier.closing != later.opening:
            yield "gap"
    for word, counted, stated in (
        ("incoming", incoming, _total(section.incoming for section in sections)),
        ("outgoing", outgoing, _total(section.outgoing for section in sections)),
    ):
        if stated is not None and counted != stated:
            yield word
            if word == "incoming" and doubled and counted - stated == doubled:
                yield "counted_once"


def _total(sums: Iterable[int | None]) -> int | None:
    known = list(sums)
    return None if None in known else sum(known)  # type: ignore[arg-type]
