"""From the form of a document to the actions of settlement."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, Conflict
from pult.kernel.money import AmountError, parse_amount
from pult.kernel.words import id_of
from pult.money.actions.settlement import WAITING, give_back, settle
from pult.money.booking import Share
from pult.money.queries import SettlementRow, settlement_document
from pult.web.pages.settlement.rows import seen_of

if TYPE_CHECKING:
    from pult.people.models import User


def settle_by_form(user: "User", document_id: int, given: QueryDict) -> None:
    """Settle to the invoices that were given sums; the rest is an advance of the chosen client.

    Raises BadInput at the sum that cannot be read, and whatever `settle` raises.
    """
    shares = tuple(_shares(given))
    client = given.get("client", "")
    client_id = id_of(client)
    if not shares and client_id is None:
        raise BadInput(
            _("Give a sum to an invoice, or choose whose advance this is"), field="client"
        )
    document = settlement_document(user, document_id)
    if document.direction == "out":
        if client_id is None:
            client_id = _owner(document, shares)
        if client_id is None:
            raise BadInput(_("Choose the client the money was given back to"), field="client")
        give_back(by=user, document_id=document_id, client_id=client_id, shares=shares)
        return
    settle(
        by=user,
        document_id=document_id,
        shares=shares,
        client_id=client_id,
        remember="remember" in given,
    )


def _owner(document: SettlementRow, shares: Iterable[Share]) -> int | None:
    """The client of the invoices that were given sums, when they are one client's."""
    chosen = {share.invoice_id for share in shares}
    owners = {row.client_id for row in document.candidates if row.invoice_id in chosen}
    return owners.pop() if len(owners) == 1 else None


def accept_proposal(user: "User", document_id: int, seen: str) -> None:
    """Settle as Pult proposes; raises Conflict when there is no proposal to take any more, or when
    it is not the one that was `seen`. Shares taken meanwhile by another are refused by `settle`."""
    document = settlement_document(user, document_id)
    shares = [
        Share(invoice_id=row.invoice_id, amount=row.share)
        for row in document.candidates
        if row.share
    ]
    if document.direction != "in" or not (shares or document.client_id):
        raise Conflict(
            _("There is nothing to accept here"), cure=_("Open the document and choose yourself")
        )
    if document.match in WAITING and seen != seen_of(document):
        raise Conflict(
            _("The proposal is another one now than you were shown"),
            cure=_("Look at it again and decide"),
        )
    settle(by=user, document_id=document_id, shares=shares, client_id=document.client_id)


def _shares(given: QueryDict):
    for name, text in given.items():
        invoice = name.removeprefix("share_")
        if invoice == name or (invoice_id := id_of(invoice)) is None or not text.strip():
            continue
        try:
            amount = parse_amount(text)
        except AmountError as wrong:
            raise BadInput(
                _("“%(text)s” is not a sum") % {"text": text[:40]},
                field=name,
                cure=_("Write it as 15000.50"),
            ) from wrong
        if amount:
            yield Share(invoice_id=invoice_id, amount=amount)
