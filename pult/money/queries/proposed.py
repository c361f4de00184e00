"""What Pult proposes for a document now: invoices go on being paid after its file came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pult.money.models import BankDocument, Invoice
from pult.money.queries.giving_back import room, taken_from

SUMS = ("sum", "partial", "over", "several_equal", "sum_of_all")


@dataclass(frozen=True)
class Proposed:
    """`shares` are kopecks by invoice id, `advance` what is left to the client; `kind`,
    `confidence` and `reasons` are words of `pult.money.match_words`."""

    kind: str = ""
    confidence: str = ""
    client_id: int | None = None
    shares: Mapping[int, int] = field(default_factory=dict)
    advance: int = 0
    reasons: tuple[str, ...] = ()


def proposed(row: BankDocument, invoices: Mapping[int, Invoice], named: set[int]) -> Proposed:
    """The proposal kept with a document, filled anew by what `invoices` (those still open) can
    take; of money given back, the invoice it is taken from."""
    kept = row.proposal or {}
    found = Proposed(
        kept.get("kind", ""),
        kept.get("confidence", ""),
        kept.get("client"),
        dict(kept.get("shares", ())),
        kept.get("advance", 0),
        tuple(kept.get("reasons", ())),
    )
    if row.direction == BankDocument.Direction.OUT:
        taken = taken_from(row, invoices, named, found.client_id)
        return Proposed(found.kind, found.confidence, found.client_id, taken, 0, found.reasons)
    if row.match != BankDocument.Match.UNSETTLED or not found.shares:
        return found
    return _filled(row.amount, found, invoices)


def _filled(amount: int, found: Proposed, invoices: Mapping[int, Invoice]) -> Proposed:
    shares, left = {}, amount
    for invoice in filter(None, map(invoices.get, found.shares)):
        if part := min(left, room(invoice, False)):
            shares[invoice.pk], left = part, left - part
    if shares == found.shares:
        return found
    kind, confidence, reasons = _said(found, shares, left, invoices)
    return Proposed(kind, confidence, found.client_id, shares, left, reasons)


def _said(
    found: Proposed, shares: dict[int, int], left: int, invoices: Mapping[int, Invoice]
) -> tuple[str, str, tuple[str, ...]]:
    """How the proposal is called once other payments have changed its sums. One that was left to
    a person stays so: what it may pay besides has not become clearer."""
    reasons = tuple(word for word in found.reasons if word not in SUMS)
    is_left = found.confidence == "none"
    if not shares:
        confidence = "none" if is_left or not found.client_id else "advance"
        return "advance", confidence, (*reasons, "paid_meanwhile")
    if left:
        return "over", found.confidence if found.client_id else "none", (*reasons, "over")
    if len(shares) > 1:
        return found.kind, found.confidence, reasons
    full = all(room(invoices[pk], False) == part for pk, part in shares.items())
    kind, word = ("exact", "sum") if full else ("partial", "partial")
    return kind, "none" if is_left else "confirm", (*reasons, word)
