"""Who issues invoices: named to whoever may not (М4.9)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel.errors import Refusal
from pult.kernel.roles import Role
from pult.money.access import invoice_for
from pult.people.queries import acting_role, names_of
from pult.regulation.gates import GateRefusal, refusal_of

if TYPE_CHECKING:
    from pult.people.models import User

ISSUERS = ("accountant", "am", "head", "director")


def accountants() -> str:
    """The names of those who issue invoices; the name of the role while there is nobody."""
    return ", ".join(name for _pk, name in names_of(Role.ACCOUNTANT)) or str(Role.ACCOUNTANT.label)


@contextmanager
def issuing() -> Iterator[None]:
    """A refusal to issue names the people who do, not those who may lift the clause."""
    try:
        yield
    except GateRefusal as refusal:
        refusal.who = accountants()
        raise


def issue_refusal(user: "User", invoice_id: int) -> Refusal | None:
    """What issuing this invoice would be refused with now; None when this person may."""
    role = acting_role(user, *ISSUERS)
    if not role:
        return Refusal(_("Invoices are issued by the accountant"), clause="М4.9", who=accountants())
    invoice = invoice_for(user, invoice_id)
    refs = {"client": invoice.client_id, "invoice": invoice.pk}
    found = refusal_of("invoice.issue", root_id=invoice.client_id, refs=refs, by=user, role=role)
    if found:
        found.who = accountants()
    return found
