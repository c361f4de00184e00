"""What the tabs of a client show, except money."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pult.clients.access import sees_money, sees_traits
from pult.clients.field_words import platform_words
from pult.clients.queries import client_header
from pult.clients.queries.flights import FlightItem, line_flights
from pult.clients.queries.glance import (
    ClientGlance,
    client_glance,
    lines_under_header,
    people_under_header,
    requisites_under_header,
)
from pult.clients.queries.shapes import ContactItem, LineItem, PauseItem, Places, Requisites
from pult.clients.queries.starting import StartRequest, client_start_requests
from pult.comms.queries import last_contacts
from pult.kernel.errors import NotVisible
from pult.money.queries.ended import EndedMoney, ended_money
from pult.money.queries.spending import RecentSpend, recent_spend
from pult.money.queries.standing import ends_of_lines
from pult.money.queries.waited import Awaited, Unpaid, WaitedMoney, unpaid_of
from pult.regulation.modes import go_live_of_client
from pult.web.pages.client.due import FIRST, Due, owed
from pult.web.pages.client.head import Head, head_of
from pult.web.pages.client.telling import History, history
from pult.web.pages.client.words import reason_words
from pult.work.queries import DepartmentWork, client_work

if TYPE_CHECKING:
    from pult.people.models import User

LINE_TONES = {"running": "ok", "paused": "waiting", "planned": "accent", "ended": "quiet"}


@dataclass(frozen=True)
class LineView:
    line: LineItem
    tone: str
    spend: RecentSpend | None = None
    money_ends: date | None = None

    @property
    def platform(self) -> Any:
        return platform_words(self.line.platform)


@dataclass(frozen=True)
class OverviewPage:
    """`more` is how many obligations are not shown."""

    head: Head
    glance: ClientGlance
    people: tuple[ContactItem, ...]
    lines: tuple[LineView, ...]
    due: tuple[Due, ...]
    more: int
    waited: WaitedMoney | None
    ended: tuple[EndedMoney, ...]
    awaited: tuple[Awaited, ...]
    history: History
    last_contact: datetime | None
    first_day: date | None


@dataclass(frozen=True)
class PeekPage:
    """A client beside a list: whom to call, what is owed, what was last said."""

    head: Head
    people: tuple[ContactItem, ...]
    lines: tuple[LineView, ...]
    due: tuple[Due, ...]
    more: int
    waited: WaitedMoney | None
    ended: tuple[EndedMoney, ...]
    awaited: tuple[Awaited, ...]
    last_contact: datetime | None


@dataclass(frozen=True)
class LinesPage:
    """`shows_spend`: some line has spend this reader may see."""

    head: Head
    lines: tuple[LineView, ...]
    shows_spend: bool
    requests: tuple[StartRequest, ...]
    work: tuple[DepartmentWork, ...] = ()


@dataclass(frozen=True)
class LinePage:
    """One line with its pauses in words; `request` is an open wish to start before payment."""

    head: Head
    line: LineItem
    tone: str
    pauses: tuple[tuple[PauseItem, Any], ...]
    request: StartRequest | None
    flights: tuple[FlightItem, ...]

    @property
    def platform(self) -> Any:
        return platform_words(self.line.platform)


@dataclass(frozen=True)
class PeoplePage:
    head: Head
    people: tuple[ContactItem, ...]
    sees_traits: bool


@dataclass(frozen=True)
class RequisitesPage:
    head: Head
    requisites: Requisites
    places: Places


@dataclass(frozen=True)
class TimelinePage:
    head: Head
    history: History


def overview_page(user: "User", client_id: int) -> OverviewPage:
    """The first tab."""
    glance = client_glance(user, client_id)
    unpaid = unpaid_of(client_id, glance.header.name)
    due, more = owed(glance, unpaid.on_the_way, to=user)
    head, waited = head_of(user, glance.header, "client"), _waited(user, unpaid)
    return OverviewPage(
        head=head,
        glance=glance,
        people=_reachable(glance),
        lines=_lines(glance.lines),
        due=due,
        more=more,
        waited=waited,
        ended=_ended(user, glance, due, waited),
        awaited=unpaid.awaited if sees_money(user) else (),
        history=history(
            user,
            client_id,
            limit=FIRST,
            lines={line.id: line.name for line in glance.lines},
            lately=True,
        ),
        last_contact=last_contacts([client_id]).get(client_id),
        first_day=go_live_of_client(client_id) if "golive" in head.may else None,
    )


def peek_page(user: "User", client_id: int) -> PeekPage:
    """The side panel of lists."""
    glance = client_glance(user, client_id)
    unpaid = unpaid_of(client_id, glance.header.name)
    due, more = owed(glance, unpaid.on_the_way, 5)
    waited = _waited(user, unpaid)
    return PeekPage(
        head=head_of(user, glance.header),
        people=_reachable(glance),
        lines=_lines(glance.lines),
        due=due,
        more=more,
        waited=waited,
        ended=_ended(user, glance, due, waited),
        awaited=unpaid.awaited if sees_money(user) else (),
        last_contact=last_contacts([client_id]).get(client_id),
    )


def lines_page(user: "User", client_id: int) -> LinesPage:
    """Service lines, those at work first, with the money ahead; under them the work of all
    departments for the client (R00-03)."""
    header, lines = lines_under_header(user, client_id)
    spend = recent_spend(user, client_id)
    ends = ends_of_lines(client_id) if sees_money(user) else {}
    return LinesPage(
        head=head_of(user, header, "client_lines"),
        lines=tuple(
            LineView(line, LINE_TONES[line.status], spend.get(line.id), ends.get(line.id))
            for line in lines
        ),
        shows_spend=bool(spend),
        requests=client_start_requests(client_id),
        work=client_work(user, client_id),
    )


def line_page(user: "User", client_id: int, line_id: int) -> LinePage:
    """One service line; NotVisible when it is not this client's."""
    header, lines = lines_under_header(user, client_id)
    line = next((line for line in lines if line.id == line_id), None)
    if line is None:
        raise NotVisible("line")
    return LinePage(
        head=head_of(user, header, "client_lines"),
        line=line,
        tone=LINE_TONES[line.status],
        pauses=tuple((pause, reason_words(pause.reason_code)) for pause in line.pauses),
        request=next((r for r in client_start_requests(client_id) if r.line_id == line_id), None),
        flights=line_flights(user, line_id),
    )


def people_page(user: "User", client_id: int) -> PeoplePage:
    """The client's people."""
    header, people = people_under_header(user, client_id)
    return PeoplePage(head_of(user, header, "client_people"), people, sees_traits(user))


def requisites_page(user: "User", client_id: int) -> RequisitesPage:
    """Payers, contracts and schemes; NotVisible for roles that see no money."""
    if not sees_money(user):
        raise NotVisible("requisites")
    header, requisites, places = requisites_under_header(user, client_id)
    return RequisitesPage(head_of(user, header, "client_requisites"), requisites, places)


def timeline_page(user: "User", client_id: int, before: str = "") -> TimelinePage:
    """A page of the history."""
    head = head_of(user, client_header(user, client_id, past=True), "client_timeline")
    return TimelinePage(head, history(user, client_id, before=before))


def _waited(user: "User", unpaid: Unpaid) -> WaitedMoney | None:
    """Overdue money, when this person sees money: it is waited for after the last reminder too."""
    return unpaid.waited if sees_money(user) else None


def _ended(
    user: "User", glance: ClientGlance, due: tuple[Due, ...], waited: WaitedMoney | None
) -> tuple[EndedMoney, ...]:
    """Lines without money where nothing else would say so: a client like that needs something."""
    runs = any(line.status == "running" for line in glance.lines)
    if due or waited or not runs or not sees_money(user):
        return ()
    return ended_money(glance.header.id)


def _reachable(glance: ClientGlance) -> tuple[ContactItem, ...]:
    return tuple(person for person in glance.people if not person.left)[:5]


def _lines(lines: tuple[LineItem, ...]) -> tuple[LineView, ...]:
    return tuple(
        LineView(line, LINE_TONES[line.status]) for line in lines if line.status != "ended"
    )
