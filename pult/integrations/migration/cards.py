"""The card of a client here: of one that became a part of another, the other."""

from typing import TYPE_CHECKING

from pult.clients.access import client_for
from pult.clients.merged import Merged

if TYPE_CHECKING:
    from pult.clients.models import Client
    from pult.people.models import User


def card_of(by: "User", client_id: int) -> "Client":
    """The living card, if this person sees it; raises NotVisible otherwise."""
    while True:
        try:
            return client_for(by, client_id)
        except Merged as gone:
            client_id = gone.into
