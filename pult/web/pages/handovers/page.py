"""What the list of handovers shows, and the choices of a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.actions.handover import start_handover
from pult.clients.handover_access import LEADERS
from pult.clients.queries.handover import HandoverCard, HandoverRow, handover_card, handover_list
from pult.clients.queries.handover.choosing import (
    Giver,
    givers,
    leads_on_their_way,
    leads_to_hand,
    takers,
)
from pult.clients.queries.matching import AskItem, open_asks
from pult.kernel.errors import NotVisible, PultError
from pult.kernel.roles import Role
from pult.people.queries import colleague
from pult.ui.parts import Tab
from pult.web.answers import address_of
from pult.web.fields import id_in, not_offered

if TYPE_CHECKING:
    from pult.clients.models import Handover
    from pult.people.models import User

TONES = {"draft": "plain", "offered": "accent", "returned": "soon", "accepted": "ok"}


@dataclass(frozen=True)
class Line:
    """A handover in the list with the tone of its state and whether it waits for the reader."""

    row: HandoverRow
    tone: str
    is_mine: bool


@dataclass(frozen=True)
class Handovers:
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    is_done: bool
    may_sell: bool
    managers: tuple[Giver, ...]
    asks: tuple[AskItem, ...]


def handovers_page(user: "User", state: str) -> Handovers:
    """Open handovers, what waits for the reader on top; or those finished lately."""
    state = "done" if state == "done" else ""
    found = handover_list(user, state)
    lines = [Line(row, TONES.get(row.state, "quiet"), is_mine=_waits(user, row)) for row in found]
    lines.sort(key=lambda line: not line.is_mine)
    leads = bool(user.roles & LEADERS)
    href = address_of("handovers")
    return Handovers(
        tabs=(
            Tab(_("Going on"), href, not state),
            Tab(_("Finished"), f"{href}?state=done", bool(state)),
        ),
        lines=tuple(lines),
        is_done=bool(state),
        may_sell=bool(user.roles & (LEADERS | {Role.SALES})),
        managers=givers() if leads else (),
        asks=open_asks() if leads else (),
    )


def _waits(user: "User", row: HandoverRow) -> bool:
    name = {"giver": row.giver, "receiver": row.receiver}.get(row.waits, "")
    return name == user.full_name


@dataclass(frozen=True)
class NewHandover:
    """`clients` are leads the person sees that nobody hands over yet, `going` lead to the
    handovers of the others; `managers` with load and absence, `typed` what was chosen.

    `moving` is the handover that another manager is to take, `may_sign` for whoever may go beyond
    the limit.
    """

    clients: tuple[tuple[int, str], ...]
    going: tuple[tuple[str, str], ...]
    managers: tuple[tuple[int, str], ...]
    typed: Mapping[str, Any]
    problem: PultError | None
    moving: HandoverCard | None = None
    may_sign: bool = False


def another_page(user: "User", handover_id: int) -> NewHandover:
    """Who else may take an open handover; NotVisible for whoever does not give it."""
    card = handover_card(user, handover_id)
    if "readdress" not in card.acts:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    there = (card.giver.id, card.receiver.id)
    return NewHandover(
        clients=(),
        going=(),
        managers=tuple(one for one in takers() if one[0] not in there),
        typed={},
        problem=None,
        moving=card,
        may_sign=card.kind == "between",
    )


def new_page(user: "User", given: Mapping[str, Any], problem: PultError | None) -> NewHandover:
    """Leads to choose from, and the managers."""
    going = leads_on_their_way(user)
    return NewHandover(
        clients=leads_to_hand(user),
        going=tuple((address_of("handover", pk), name) for pk, name in going),
        managers=takers(),
        typed=given,
        problem=problem,
    )


def start_typed(user: "User", given: Mapping[str, Any]) -> "Handover":
    """Begin what was chosen; BadInput for a wrong choice."""
    client_id = id_in(given, "client")
    receiver = colleague(given.get("receiver", ""))
    if client_id is None:
        raise not_offered("client")
    if receiver is None:
        raise not_offered("receiver")
    return start_handover(by=user, client_id=client_id, receiver=receiver)
