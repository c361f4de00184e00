"""What the clients' own tables say before a negotiation, in few queries."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pult.clients.access import client_and_holders, sees_money
from pult.clients.models import Contract
from pult.clients.queries.aims import AimItem, aims_of
from pult.clients.queries.card import _lines
from pult.clients.queries.shapes import ContactItem, LineItem
from pult.clients.queries.traits import people_and_traits

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class ContractLine:
    number: str
    signed_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Briefing:
    """`contracts` are empty for those who see no money; aims and lines are the live ones."""

    id: int
    name: str
    holders: tuple[str, ...]
    people: tuple[ContactItem, ...]
    lines: tuple[LineItem, ...]
    aims: tuple[AimItem, ...]
    contracts: tuple[ContractLine, ...]


def briefing(user: "User", client_id: int) -> Briefing:
    """The client, its people with their character, lines, aims and contracts; NotVisible for
    somebody else's."""
    client, held = client_and_holders(user, client_id)
    contracts = Contract.objects.filter(client=client.pk).order_by("-signed_on")
    found = contracts.values_list("number", "signed_on", "ends_on") if sees_money(user) else ()
    return Briefing(
        id=client.pk,
        name=client.name,
        holders=tuple(row.holder for row in held),
        people=tuple(one for one in people_and_traits(user, client.pk) if not one.left),
        lines=tuple(
            line for line in _lines(user, client, (), with_feeds=False) if line.status != "ended"
        ),
        aims=tuple(aim for aim in aims_of(client.pk) if aim.state == "open"),
        contracts=tuple(ContractLine(*row) for row in found),
    )
