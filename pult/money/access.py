"""Which invoices and payments a person sees: those of the clients they see, and only with money."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pult.clients.access import clients_of, sees_money
from pult.kernel.errors import NotVisible
from pult.money.models import Deal, Invoice

if TYPE_CHECKING:
    from pult.people.models import User


def invoices_of(user: "User") -> QuerySet[Invoice]:
    """Invoices of the clients this person sees; none for roles that see no money."""
    if not sees_money(user):
        return Invoice.objects.none()
    return Invoice.objects.filter(client__in=clients_of(user))


def invoice_for(user: "User", invoice_id: int) -> Invoice:
    """The invoice with its client, if this person sees it; raises NotVisible otherwise."""
    found = invoices_of(user).select_related("client").filter(pk=invoice_id).first()
    if found is None:
        raise NotVisible(_("There is no such invoice"))
    return found


def deal_for(user: "User", deal_id: int) -> Deal:
    """The deal with its client, if this person sees it; raises NotVisible otherwise."""
    rows = Deal.objects.filter(client__in=clients_of(user)) if sees_money(user) else None
    found = rows.select_related("client").filter(pk=deal_id).first() if rows is not None else None
    if found is None:
        raise NotVisible(_("There is no such deal"))
    return found
