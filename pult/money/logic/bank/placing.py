"""Which way the money of a bank document went, and what the document is known by."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Protocol

Direction = Literal["in", "out", "own", "undecided"]


class Party(Protocol):
    name: str
    inn: str
    account: str
    settlement: str


class Document(Protocol):
    line: int
    kind: str
    number: str
    date: date
    amount: int
    payer: Party
    payee: Party
    purpose: str
    debited_on: date | None
    credited_on: date | None
    bank_ref: str
    currency: str


@dataclass(slots=True)  # not frozen: one a document, and freezing costs most of making it
class Placed:
    """A document seen from the agency: `own_account` is ours, `party` the other side (`None` when
    the direction is undecided); `key` is the same whenever the same document comes again, and
    `ordinal` is its place among equals inside the file, from 0."""

    document: Any
    direction: Direction
    money_on: date
    own_account: str
    party: Any
    key: str
    ordinal: int = 0


def own_accounts(known: Collection[str], stated: Iterable[str]) -> tuple[frozenset[str], list[str]]:
    """(our accounts, accounts the file is about that are not ours). An empty base believes the
    file: whose statement it is, that agency's accounts they are."""
    stated = list(dict.fromkeys(stated))
    if not known:
        return frozenset(stated), []
    ours = frozenset(known)
    return ours, [account for account in stated if account not in ours]


def direction(document: Document, own: Collection[str]) -> Direction:
    """By the accounts first; by the day the money moved when neither account is ours."""
    payer, payee = document.payer, document.payee
    outgoing = payer.account in own or payer.settlement in own
    incoming = payee.account in own or payee.settlement in own
    if incoming and outgoing:
        return "own"
    if incoming:
        return "in"
    if outgoing:
        return "out"
    if document.credited_on and not document.debited_on:
        return "in"
    if document.debited_on and not document.credited_on:
        return "out"
    return "undecided"


def money_date(document: Document, way: Direction) -> date:
    """The day the money moved, not the day of the paper, where the bank says it."""
    if way == "in":
        return document.credited_on or document.date
    return document.debited_on or document.credited_on or document.date


def place_documents(documents: Iterable[Document], own: Collection[str]) -> Iterator[Placed]:
    """Each document with its direction, its day and its key.

    Two equal documents of one file are two payments: the second gets the next ordinal in its key,
    and gets the same one when the file, or a longer one over the same days, comes again.
    """
    own = frozenset(account for account in own if account)
    seen: dict[tuple[str, ...], int] = {}
    for document in documents:
        way = direction(document, own)
        identity = content(document, way)
        ordinal = seen.get(identity, 0)
        seen[identity] = ordinal + 1
        payer, payee = document.payer, document.payee
        incoming = way == "in" or (way == "own" and leg(document) == "credit")
        ours, other = (payee, payer) if incoming else (payer, payee)
        known = way != "undecided"
        yield Placed(
            document,
            way,
            money_date(document, way),
            own_side(ours, own) if known else "",
            other if known else None,
            content_key(identity, ordinal),
            ordinal,
        )


def content(document: Document, way: Direction) -> tuple[str, ...]:
    """What makes a document itself. A bank's number repeats every year and at every payer, so
    both accounts, the day and the sum belong to it; where a format names no other account, the
    purpose stands in for it. A transfer between our accounts is told twice, once an account."""
    payer, payee = document.payer.account, document.payee.account
    return (
        _folded(document.kind),
        document.number,
        document.date.isoformat(),
        str(document.amount),
        payer,
        payee,
        document.bank_ref,
        leg(document) if way == "own" else "",
        "" if payer and payee else document.purpose,
    )


@lru_cache(maxsize=256)
def _folded(kind: str) -> str:
    return kind.casefold().replace("ё", "е")


_DAY = 2  # where the day of the paper stands in `content`


def content_key(identity: Sequence[str], ordinal: int) -> str:
    """The day (ГГГГММДД), then 32 hexadecimal digits of the identity and the place among equals
    inside the file: documents of one day stand together in the index."""
    text = "\x1f".join(identity) + f"\x1f{ordinal}"
    digits = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return identity[_DAY].replace("-", "") + digits


def leg(document: Document) -> str:
    if document.credited_on and not document.debited_on:
        return "credit"
    return "debit"


def own_side(side: Party, own: Collection[str]) -> str:
    if side.account in own or side.settlement not in own:
        return side.account
    return side.settlement
