"""What stands above every tab of a client: who it is, who looks after it, where to go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pult.clients.access import sees_money
from pult.clients.actions.cards import CREATORS, EDITORS
from pult.clients.actions.charge import ASSIGNERS
from pult.clients.actions.contracts import DRAFTERS, SCHEMERS
from pult.clients.actions.entities import EDITORS as ENTITY_EDITORS
from pult.clients.actions.handover.starting import STARTERS as HANDERS
from pult.clients.actions.lines import ENDERS, FEEDERS, PLANNERS, STARTERS
from pult.clients.actions.merging import MERGERS
from pult.clients.actions.pauses import PAUSERS
from pult.clients.handover_access import follows
from pult.clients.queries import client_header
from pult.clients.queries.first_call import CALLERS
from pult.clients.queries.shapes import ClientHeader
from pult.comms.actions import EVERYBODY, TALKERS
from pult.money.actions.invoices import ASKERS
from pult.money.actions.settlement import SETTLERS
from pult.ui.parts import Tab
from pult.web.answers import address_of
from pult.web.pages.client.words import reason_words

if TYPE_CHECKING:
    from pult.people.models import User

TONES = {"lead": "accent", "client": "ok", "paused": "waiting", "ended": "quiet"}
GRANTS = {
    "edit": EDITORS,
    "status": CREATORS,
    "people": CREATORS,
    "entities": ENTITY_EDITORS,
    "contracts": DRAFTERS,
    "schemes": SCHEMERS,
    "lines": PLANNERS,
    "end": ENDERS,
    "feeds": FEEDERS,
    "start": STARTERS,
    "pause": PAUSERS,
    "assign": ASSIGNERS["am"],
    "specialists": ASSIGNERS["executor"],
    "trust": ("head",),
    "golive": ("head", "director"),
    "merge": MERGERS,
    "talk": EVERYBODY,
    "speak": TALKERS,
    "call": CALLERS,
    "invoice": ASKERS,
    "remind": ("am", "head", "accountant", "director"),
    "settle": SETTLERS,
    "topup": ("am", "executor", "accountant", "head", "director"),
}


@dataclass(frozen=True)
class Head:
    """The header of a client. `may` names what this person may do here (keys of `GRANTS`)."""

    client: ClientHeader
    tone: str
    tabs: tuple[Tab, ...]
    may: frozenset[str]
    sees_money: bool
    talk_url: str
    invoice_url: str
    obligations_url: str
    handover_url: str
    hand_url: str
    trust_reason: Any
    pause_reason: Any


def head_of(user: "User", header: ClientHeader | int, tab: str = "") -> Head:
    """The head for a page of `tab`; a number is looked up, NotVisible for somebody else's.

    A card that is a part of another has its past alone: nothing is done there.
    """
    client = client_header(user, header) if isinstance(header, int) else header
    part = client.merged_into is not None
    granted = (name for name, roles in GRANTS.items() if not user.roles.isdisjoint(roles))
    return Head(
        client=client,
        tone=TONES.get(client.status, "plain"),
        tabs=() if part else _tabs(user, client.id, tab),
        may=frozenset(() if part else granted),
        sees_money=sees_money(user),
        talk_url=address_of("client_contacts", client.id),
        invoice_url=address_of("invoice_new", client.id),
        obligations_url=address_of("client_obligations", client.id),
        handover_url=_handover_url(user, client),
        hand_url=_hand_url(user, client),
        trust_reason=reason_words(client.trust.reason_code) if client.trust else "",
        pause_reason=reason_words(client.holiday.reason_code) if client.holiday else "",
    )


def _handover_url(user: "User", client: ClientHeader) -> str:
    """Of the open handover, for those who see it."""
    if client.passing is None:
        return ""
    handover_id, *people = client.passing
    return address_of("handover", handover_id) if follows(user, people) else ""


def _hand_url(user: "User", client: ClientHeader) -> str:
    """The beginning of a handover of a lead, for those who begin one."""
    if client.status != "lead" or client.passing or user.roles.isdisjoint(HANDERS):
        return ""
    address = address_of("handover_new")
    return f"{address}?client={client.id}" if address and client.merged_into is None else ""


def _tabs(user: "User", client_id: int, current: str) -> tuple[Tab, ...]:
    pages = [("client", _("Overview")), ("client_money", _("Money"))]
    pages += [("client_lines", _("Service lines")), ("client_people", _("Contacts"))]
    pages += [("client_card", _("What we know")), ("client_tasks", _("Tasks"))]
    pages += [("client_requisites", _("Requisites")), ("client_timeline", _("Timeline"))]
    if not sees_money(user):
        pages = [page for page in pages if page[0] not in ("client_money", "client_requisites")]
    return tuple(
        Tab(label, reverse(name, args=[client_id]), current=name == current)
        for name, label in pages
    )
