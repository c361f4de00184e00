"""The decision about one document: which invoices, how much each, how sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pult.money.logic.bank.placing import Direction, Document
from pult.money.logic.matching.index import InvoiceIndex
from pult.money.logic.matching.kinds import money_of_nobody
from pult.money.logic.matching.purpose import Purpose, fold, mentions, names_another, parse_purpose

Confidence = Literal["certain", "likely", "confirm", "advance", "none"]
Kind = Literal[
    "exact",
    "partial",
    "over",
    "joint",
    "third_party",
    "advance",
    "return",
    "not_client_money",
    "unknown",
]
Shares = tuple[tuple[int, int], ...]


@dataclass(slots=True)  # not frozen: one a document, and freezing costs most of making it
class Match:
    """`invoices` are (invoice id, kopecks given to it); `advance` is what is left over, the
    client's. `certain` and `likely` may be posted, `confirm` is a proposal for a person,
    `advance` is client money no invoice claims, `none` is nobody's yet. `reasons` are words for
    `pult.money.match_words`, the weightiest first."""

    kind: Kind
    confidence: Confidence
    client_id: int | None = None
    invoices: Shares = ()
    advance: int = 0
    reasons: tuple[str, ...] = ()


def match(document: Document, index: InvoiceIndex, way: Direction = "in") -> Match:
    """What `document` pays, by the order of trust: ИНН, number and sum; ИНН and the sum of exactly
    one open invoice; ИНН and number with another sum; a number named for somebody else; ИНН alone.
    An invoice of another client is never taken for its number only."""
    folded = fold(document.purpose)
    payer = document.payee if way == "out" else document.payer
    clients, known_by = index.clients_of(payer.inn, payer.account)
    nobody = money_of_nobody(document, folded, way, payer.inn in index.own_inns, bool(clients))
    if nobody:
        kind, confidence, reason = nobody
        client = clients[0] if len(clients) == 1 and kind == "return" else None
        return Match(kind, confidence, client, reasons=(reason,))
    if way == "undecided":
        return Match("unknown", "none", reasons=("undecided",))
    if document.currency != index.currency:
        return Match("unknown", "none", reasons=("currency",))
    if names_another(folded):
        purpose = parse_purpose(document.purpose)
        named = index.clients_named(purpose.for_whom, purpose.inns)
        if named and not set(named) & set(clients):
            return _for_another(document.amount, index, named, purpose, payers=clients)
    if clients:
        return _for_client(document, folded, index, clients, known_by)
    return _from_stranger(document.amount, folded, index)


def _for_client(document, folded, index, clients, known_by) -> Match:
    amount = document.amount
    named, strong_elsewhere = _named_invoices(folded, index, clients)
    client = clients[0] if len(clients) == 1 else None
    if named:
        chosen, sure = _choose(named, amount, document.purpose, index)
        if strong_elsewhere and (
            shared := _with_others(amount, chosen, _foreign(folded, index, clients), index)
        ):
            return shared
        return _by_number(amount, chosen, sure and known_by == "inn", index, (known_by, "number"))
    equal = [i for client_id in clients for i in _by_due(index, client_id, amount)]
    reasons = (known_by, "sum", *(["another_number"] if strong_elsewhere else []))
    if len(equal) > 1:
        equal = _by_vat(equal, document.purpose, index) or equal
    if len(equal) == 1:
        sure = known_by == "inn" and not strong_elsewhere
        return Match(
            "exact",
            "likely" if sure else "confirm",
            index.owner[equal[0]],
            ((equal[0], amount),),
            reasons=reasons,
        )
    if equal:
        return Match(
            "exact",
            "confirm",
            index.owner[equal[0]],
            ((equal[0], amount),),
            reasons=(*reasons, "several_equal"),
        )
    everything = [i for client_id in clients for i in _open(index, client_id)]
    if len(everything) > 1 and sum(index.due[i] for i in everything) == amount:
        return _joint(amount, everything, "confirm", index, (known_by, "sum_of_all"))
    reasons = (known_by, *(["another_number"] if strong_elsewhere else []))
    if client is None:
        reasons = (*reasons, "several_clients")
    return Match("advance", "advance", client, advance=amount, reasons=reasons)


def _for_another(amount, index, named, purpose: Purpose, payers: Sequence[int]) -> Match:
    """The purpose says whom the payer pays for: a proposal, whatever the figures say. A payer that
    is a client may pay its own invoices along; what nobody's invoice takes is nobody's then."""
    invoices = [
        invoice
        for number in purpose.numbers
        for invoice in _numbered(index, named, [number]) or _numbered(index, payers, [number])
    ]
    if not invoices:
        invoices = [i for client in named for i in _by_due(index, client, amount)][:1]
    reasons = ("paid_for_another", *(["payer_is_a_client"] if payers else []))
    shares, left = _share(amount, list(dict.fromkeys(invoices)), index)
    owners = {index.owner[invoice] for invoice, _part in shares} or set(named)
    client = owners.pop() if len(owners) == 1 else None
    confidence = "none" if left and payers else "confirm"
    return Match("third_party", confidence, client, shares, left, reasons)


def _numbered(index: InvoiceIndex, clients: Sequence[int], numbers: Iterable[str]) -> list[int]:
    """Open invoices of these clients that bear one of the numbers, each once."""
    found = [
        invoice
        for number in numbers
        for client in clients
        for invoice in _with_number(index, client, number)
    ]
    return list(dict.fromkeys(found))


def _from_stranger(amount, folded, index) -> Match:
    """A payer nobody knows: its number is believed only with the sum, and only as a proposal."""
    for strength, readings in mentions(folded):
        found = [i for number in readings for i in index.by_number.get(number, ())]
        equal = [i for i in found if index.due[i] == amount]
        if strength != "weak" and len(equal) == 1:
            return Match(
                "third_party",
                "confirm",
                index.owner[equal[0]],
                ((equal[0], amount),),
                reasons=("unknown_payer", "number", "sum"),
            )
        if found:
            return Match("unknown", "none", reasons=("unknown_payer", "number"))
    return Match("unknown", "none", reasons=("unknown_payer",))


def _named_invoices(folded, index, clients) -> tuple[list[list[int]], bool]:
    """(for each number named, the open invoices of the payer it may mean; whether a number was
    plainly named that none of them has)."""
    named: list[list[int]] = []
    elsewhere = False
    for strength, readings in mentions(folded):
        several = "," in readings[0]
        matched = False
        for number in readings:
            found = [i for client in clients for i in _with_number(index, client, number)]
            matched = matched or bool(found)
            if found and found not in named:
                named.append(found)
            if found and not several:
                break
        elsewhere = elsewhere or (strength == "strong" and not matched)
    return named, elsewhere


def _choose(named, amount, purpose, index) -> tuple[list[int], bool]:
    """One invoice for each number. Numbers repeat from year to year: the day in the text decides,
    then the sum, then age; (invoices, whether none was a guess)."""
    chosen, sure = [], True
    for found in named:
        if len(found) > 1:
            dates = parse_purpose(purpose).dates
            dated = [i for i in found if _day(index, i) in dates]
            equal = [i for i in dated or found if index.due[i] == amount]
            sure = sure and len(dated or equal) == 1
            found = dated if len(dated) == 1 else (equal or dated or found)
        if found[0] not in chosen:
            chosen.append(found[0])
    return chosen, sure


def _by_number(amount, invoices, sure, index, reasons) -> Match:
    if len(invoices) > 1:
        due = sum(index.due[i] for i in invoices)
        confidence = "certain" if sure and due == amount else "confirm"
        extra = ("sum",) if due == amount else ()
        return _joint(amount, invoices, confidence, index, (*reasons, *extra))
    (invoice,) = invoices
    due, client = index.due[invoice], index.owner[invoice]
    if amount == due:
        return Match(
            "exact",
            "certain" if sure else "likely",
            client,
            ((invoice, amount),),
            reasons=(*reasons, "sum"),
        )
    shares, left = _share(amount, invoices, index)
    kind = "over" if left else "partial"
    return Match(kind, "confirm", client, shares, left, (*reasons, kind))


def _foreign(folded: str, index: InvoiceIndex, clients: Sequence[int]) -> list[int]:
    """Open invoices of others, by the numbers plainly named that none of these clients has."""
    found = []
    for strength, readings in mentions(folded):
        if strength == "strong" and not _numbered(index, clients, readings):
            found += [i for number in readings for i in index.by_number.get(number, ())]
    return list(dict.fromkeys(found))


def _with_others(amount, chosen, foreign, index) -> Match | None:
    """A payer names others' invoices beside its own: all of them when the sum is theirs. What its
    own would leave over is then for a person: it may be meant for the others."""
    if foreign and sum(index.due[i] for i in (*chosen, *foreign)) == amount:
        reasons = ("number", "sum", "paid_for_another")
        return _joint(amount, [*chosen, *foreign], "confirm", index, reasons)
    shares, left = _share(amount, chosen, index)
    if left:
        return Match("over", "none", None, shares, left, ("number", "over", "another_number"))
    return None


def _joint(amount, invoices, confidence, index, reasons) -> Match:
    owners = {index.owner[i] for i in invoices}
    shares, left = _share(amount, invoices, index)
    client = owners.pop() if len(owners) == 1 else None
    return Match("joint", confidence, client, shares, left, reasons)


def _share(amount: int, invoices: Sequence[int], index: InvoiceIndex) -> tuple[Shares, int]:
    """Fill the invoices one after another; (shares, what is left)."""
    shares = []
    for invoice in invoices:
        part = min(amount, index.due[invoice])
        if part > 0:
            shares.append((invoice, part))
            amount -= part
    return tuple(shares), amount


def _by_vat(invoices: Iterable[int], purpose: str, index: InvoiceIndex) -> list[int]:
    """Of invoices with one sum those whose VAT the purpose names."""
    said = parse_purpose(purpose)
    vat = 0 if said.without_vat else said.vat
    if vat is None:
        return []
    return [i for i in invoices if index.clients[index.owner[i]].open[i].vat == vat]


def _with_number(index: InvoiceIndex, client: int, number: str) -> list[int]:
    invoices = index.clients.get(client)
    return list(invoices.by_number.get(number, ())) if invoices else []


def _by_due(index: InvoiceIndex, client: int, amount: int) -> list[int]:
    invoices = index.clients.get(client)
    return list(invoices.by_due.get(amount, ())) if invoices else []


def _open(index: InvoiceIndex, client: int) -> list[int]:
    invoices = index.clients.get(client)
    return [i for i in invoices.open if index.due[i] > 0] if invoices else []


def _day(index: InvoiceIndex, invoice: int) -> str:
    day = index.clients[index.owner[invoice]].open[invoice].issued_on
    return f"{day:%d.%m.%Y}" if day else ""
