"""A client at a glance: what the first tab and the side panel show, one look at access."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.clients.access import client_and_holders
from pult.clients.queries.card import (
    _header,
    _lines,
    _pause,
    _people,
    _places,
    _requisites,
    _today,
)
from pult.clients.queries.ready import pauses_of
from pult.clients.queries.shapes import (
    ClientHeader,
    ContactItem,
    LineItem,
    PauseItem,
    Places,
    Requisites,
)
from pult.clients.queries.traits import people_and_traits

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class ClientGlance:
    """The header, the people to call and the service lines (without their feeds)."""

    header: ClientHeader
    people: tuple[ContactItem, ...]
    lines: tuple[LineItem, ...]


def client_glance(user: "User", client_id: int) -> ClientGlance:
    """Raises NotVisible for somebody else's client."""
    client, held = client_and_holders(user, client_id)
    pauses = pauses_of(client.pk)
    return ClientGlance(
        _header(client, held, pauses),
        _people(client),
        _lines(user, client, pauses, with_feeds=False),
    )


def lines_under_header(user: "User", client_id: int) -> tuple[ClientHeader, tuple[LineItem, ...]]:
    """The header and the service lines, those at work first."""
    client, held = client_and_holders(user, client_id)
    pauses = pauses_of(client.pk)
    return _header(client, held, pauses), _lines(user, client, pauses)


def rests_under_header(user: "User", client_id: int) -> tuple[ClientHeader, tuple[PauseItem, ...]]:
    """The header and every pause of the client and its lines that is not over."""
    client, held = client_and_holders(user, client_id)
    pauses, today = pauses_of(client.pk), _today()
    ahead = (p for p in pauses if p.last_day is None or p.last_day >= today)
    return _header(client, held, pauses), tuple(_pause(pause) for pause in ahead)


def people_under_header(
    user: "User", client_id: int
) -> tuple[ClientHeader, tuple[ContactItem, ...]]:
    """The header and the client's people."""
    client, held = client_and_holders(user, client_id)
    return _header(client, held, pauses_of(client.pk)), people_and_traits(user, client.pk)


def requisites_under_header(
    user: "User", client_id: int
) -> tuple[ClientHeader, Requisites, Places]:
    """The header, payers and contracts, brands and sites."""
    client, held = client_and_holders(user, client_id)
    return _header(client, held, pauses_of(client.pk)), _requisites(client), _places(client)
