"""Money given back: which invoice a return is taken from."""

from collections.abc import Mapping

from pult.money.models import BankDocument, Invoice


def taken_from(
    row: BankDocument, invoices: Mapping[int, Invoice], named: set[int], client_id: int | None
) -> dict[int, int]:
    """Which invoice a return is taken from: the one its purpose names, else the client's only one
    with as much paid."""
    mine = [i for i in invoices.values() if client_id in (None, i.client_id)]
    by_number = [i for i in mine if i.pk in named and i.paid >= row.amount]
    by_sum = [i for i in mine if i.client_id == client_id and i.paid == row.amount]
    chosen = by_number or by_sum
    return {chosen[0].pk: row.amount} if len(chosen) == 1 else {}


def room(row: Invoice, back: bool) -> int:
    """How much of an invoice a document may take: what is left to pay, or what was paid."""
    return row.paid if back else max(row.total - row.paid, 0)
