"""People whose term of keeping has passed (`pult.clients.personal`): for whoever erases."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from pult.clients.access import clients_of
from pult.clients.models import Client, Contact
from pult.kernel.models import Fact
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 50
KEPT = "contact.kept"


@dataclass(frozen=True)
class Past:
    """A person to erase, or to keep with a reason; `has_left` them, or only their firm's work
    has ended."""

    contact_id: int
    name: str
    client_id: int
    client: str
    has_left: bool


@dataclass(frozen=True)
class PastList:
    """The first `SHOWN` of `total`."""

    rows: tuple[Past, ...]
    total: int


def past_retention(user: "User") -> PastList:
    """Whoever has left, or works for a client who has, is not erased and not kept until a day
    ahead. Two queries."""
    people = _past().filter(client__in=clients_of(user)).filter(~_is_kept(business_day()))
    total = people.count()
    rows = people.order_by("client__name", "name", "pk")[:SHOWN].values_list(
        "pk", "name", "client", "client__name", "left"
    )
    return PastList(tuple(Past(*row) for row in rows) if total else (), total)


def is_past_retention(contact: Contact) -> bool:
    """Whether their term has passed, kept with a reason or not."""
    if contact.erased_on or contact.client.merged_into_id:
        return False
    return contact.left or contact.client.status == Client.Status.ENDED


def kept_by(contact: Contact) -> Fact | None:
    """Who keeps a person beyond the term, why and until when; None once the day has come."""
    return _kept(business_day()).filter(root_id=contact.client_id, key=str(contact.pk)).first()


def _past() -> QuerySet[Contact]:
    """An ended client's people are not needed any more; of a lead that is not said."""
    gone = Q(left=True) | Q(client__status=Client.Status.ENDED)
    return Contact.objects.filter(gone, erased_on=None, client__merged_into=None)


def _is_kept(today: date) -> Exists:
    own = Cast(OuterRef("pk"), CharField())
    return Exists(_kept(today).filter(root_id=OuterRef("client_id"), key=own))


def _kept(today: date) -> QuerySet[Fact]:
    return Fact.objects.filter(kind=KEPT, day__gt=today, voided_by=None)
