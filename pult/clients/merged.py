"""A card that became a part of another: whatever asks for it is led to the living one."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.models import Client
from pult.kernel.errors import Refusal


class Merged(Refusal):
    """The card is a part of another now and takes no more; `into` is the id of the other."""

    def __init__(self, client: Client) -> None:
        super().__init__(
            _("This card is a part of “%(name)s” now") % {"name": client.merged_into},
            cure=_("Open that card"),
            subject=client,
        )
        self.into = client.merged_into_id


def living(client: Client) -> Client:
    """The client itself; raises Merged for a card that is a part of another."""
    if client.merged_into_id:
        raise Merged(client)
    return client


def cards_of(client_id: int) -> QuerySet:
    """Ids of a card and of the cards that became a part of it: what was said to a client under
    any of them is theirs."""
    parts = Q(pk=client_id) | Q(merged_into=client_id) | Q(merged_into__merged_into=client_id)
    return Client.objects.filter(parts).values("pk")
