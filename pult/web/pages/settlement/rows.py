"""One bank document as a line of a list: who paid, for what, and what Pult proposes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from pult.money.queries import SettlementRow
from pult.ui.formats import money


@dataclass(frozen=True)
class QueueRow:
    """`proposal` says in words where the money would go; `can_accept` whether one key does it,
    `seen` what that key would book: see `seen_of`."""

    id: int
    url: str
    party: str
    purpose: str
    money_on: date | None
    amount: str
    state: str
    match: str
    match_label: str
    confidence: str
    tone: str
    proposal: str
    reasons: str
    can_accept: bool
    seen: str


TONES = {"certain": "ok", "likely": "ok", "confirm": "soon", "advance": "accent"}
STATES = {"unsettled": "open", "pending": "waiting", "matched": "met", "settled": "met"}


def queue_rows(rows: Iterable[SettlementRow]) -> tuple[QueueRow, ...]:
    return tuple(_row(row) for row in rows)


def _row(row: SettlementRow) -> QueueRow:
    waits = row.match == "unsettled"
    proposed = any(candidate.share for candidate in row.candidates)
    sign = "−" if row.direction == "out" else ""
    return QueueRow(
        id=row.id,
        url=reverse("settlement_document", args=[row.id]),
        party=row.party_name or _("no name"),
        purpose=row.purpose or row.doc_kind,
        money_on=row.money_on,
        amount=sign + money(row.amount, exact=True),
        state=STATES.get(row.match, "void"),
        match=row.match,
        match_label=row.match_label,
        confidence=row.confidence_label if waits else row.match_label,
        tone=TONES.get(row.confidence, "plain") if waits else "plain",
        proposal=_proposal(row) if waits else _paid(row),
        reasons="; ".join(row.reasons),
        can_accept=waits
        and row.direction == "in"
        and row.confidence != "none"
        and (proposed or bool(row.client_id and row.confidence == "advance")),
        seen=seen_of(row),
    )


def seen_of(row: SettlementRow) -> str:
    """A digest of what accepting the proposal would book: the form that shows the proposal carries
    it back, so that another proposal is not taken for the one that was shown."""
    shares = sorted((c.invoice_id, c.share) for c in row.candidates if c.share)
    booked = (row.client_id, row.amount, row.advance, shares)
    return hashlib.sha256(repr(booked).encode()).hexdigest()[:32]


def _proposal(row: SettlementRow) -> str:
    shares = [
        _("invoice %(number)s, %(client)s, %(sum)s")
        % {"number": c.number, "client": c.client, "sum": money(c.share)}
        for c in row.candidates
        if c.share
    ]
    if row.advance and row.client:
        words = _("advance of %(client)s, %(sum)s")
        shares.append(words % {"client": row.client, "sum": money(row.advance)})
    return "; ".join(shares) or row.client or row.kind_label


def _paid(row: SettlementRow) -> str:
    return "; ".join(f"{client}, {money(amount)}" for _payment, client, amount in row.paid)
