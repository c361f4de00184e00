"""*Мой день* as the template sees it: bands of rows, each with the button that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.clients.access import SEE_ALL, ids_of, sees_money
from pult.clients.queries.handover import HandoverRow, handovers_waiting
from pult.clients.queries.held import clients_without, held_by
from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.kernel.roles import STAFF, Role
from pult.money.asked import ASK, with_accountant
from pult.money.queries import (
    BankLeft,
    LoggedTopUp,
    WaitingInvoices,
    bank_left,
    top_ups_of_today,
    waiting_to_be_issued,
)
from pult.money.queries.waited import WaitedMoney, waited_money
from pult.people.queries import business_day, names_of, standing_in
from pult.regulation.queries import (
    Day,
    DisputeItem,
    Passed,
    PutOff,
    answers_to,
    day_rows,
    put_off,
)
from pult.ui.parts import Tab
from pult.web.obligations import DECIDERS
from pult.web.pages.my_day.bands import (
    DEBTS,
    Band,
    bands_of,
)
from pult.web.pages.my_day.lines import (
    FoldedClient,
    FoldedPerson,
    by_client,
    by_person,
    client_lines,
    people_lines,
)
from pult.web.pages.my_day.summary import summary_of
from pult.work.queries import WorkOfDay, work_of_day

if TYPE_CHECKING:
    from pult.people.models import User

PRODUCTION = frozenset({Role.PRODUCTION_HEAD.value, Role.PRODUCTION_DIRECTOR.value})
ANSWERED = timedelta(days=4)  # an answer given on Friday is read on Monday
PUT_OFF = 20  # rows put off that the page names
NOBODY = 0
VIEWS = ("department", "mine", "person", "shadow")
OWN_DAYS = ("mine", "department")
NO_INVOICES = WaitingInvoices(0, ())
NO_BANK = BankLeft(0, ())
NO_WORK = WorkOfDay()


@dataclass(frozen=True)
class MyDay:
    """The page. `here` is its address; `plans`: the reader is led to their plan of the day
    (М3.1)."""

    today: date
    bands: tuple[Band, ...]
    folded: tuple[FoldedClient, ...]
    folded_clients: int
    folded_people: tuple[FoldedPerson, ...]
    put_off: tuple[PutOff, ...]
    put_off_count: int
    later: int
    count: int
    overdue: int
    tabs: tuple[Tab, ...]
    people: tuple[tuple[int, str], ...]
    person: int | None
    is_shadow: bool
    here: str
    invoices: WaitingInvoices = NO_INVOICES
    answers: tuple[DisputeItem, ...] = ()
    topped_up: tuple[LoggedTopUp, ...] = ()
    bank: BankLeft = NO_BANK
    work: WorkOfDay = NO_WORK
    plans: bool = False
    handovers: tuple[HandoverRow, ...] = ()

    @property
    def is_done(self) -> bool:
        """Nothing is asked today: the end of the day is the empty state."""
        owed = any(band.id == DEBTS for band in self.bands)
        asked = self.count or self.invoices.count or self.handovers
        return not (asked or owed or self.bank or self.work)

    @property
    def more_clients(self) -> int:
        return self.folded_clients - len(self.folded)

    @property
    def people_lines(self) -> SafeString:
        return people_lines(self.folded_people)

    @property
    def client_lines(self) -> SafeString:
        return client_lines(self.folded)

    @property
    def summary(self) -> str:
        """What the regulation asks and what tasks do, together, beside what lies in the queue; how
        much of each is overdue."""
        return summary_of(self.count, self.overdue, self.work)


@dataclass(frozen=True)
class View:
    """Whose day: `mine`, `department`, `shadow` or `person`; roots None are all clients."""

    name: str
    roots: frozenset[int] | None
    roles: frozenset[str]
    person: int | None = None
    people: tuple[tuple[int, str], ...] = ()
    standing: Mapping[int, str] = field(default_factory=dict)  # client → for whom and till when


def my_day(user: "User", query: QueryDict) -> MyDay:
    """The day of this person or, for a head, of the department, of the shadow, of a colleague."""
    view, now = _view(user, query), clock.now()
    shadow, whole = view.name == "shadow", query.get("whole", "")
    passed = _passed() if Role.AM in view.roles else None
    overseer = user.pk if view.name == "department" else 0
    day = day_rows(
        view.roots,
        view.roles,
        now,
        shadow=shadow,
        whole=whole,
        passed=passed,
        overseer=overseer,
    )
    today = business_day(now)
    here = f"{reverse('my_day')}?{query.urlencode()}" if query else reverse("my_day")
    leads = bool(user.roles & DECIDERS)
    people = by_person(day.tally) if day.tally and day.folded and leads else ()
    return MyDay(
        today=today,
        bands=bands_of(
            user,
            day,
            view.standing,
            here,
            _debts(user, view),
            whole,
            named=leads and view.name != "person",
        ),
        folded=() if people else by_client(day),
        folded_clients=day.folded_clients,
        folded_people=people,
        put_off=_put_off(day, view, today, overseer),
        put_off_count=day.postponed,
        later=day.later,
        count=day.count,
        overdue=day.totals.get("overdue", 0),
        tabs=_tabs(view) if leads else (),
        people=view.people,
        person=view.person,
        is_shadow=view.name == "shadow",
        here=here,
        invoices=waiting_to_be_issued(user) if view.name in OWN_DAYS else NO_INVOICES,
        answers=() if leads else tuple(answers_to(user.pk, now - ANSWERED)),
        bank=bank_left(user) if view.name in OWN_DAYS else NO_BANK,
        work=work_of_day(user, (view.roots or frozenset()) - {0})
        if view.name == "mine"
        else NO_WORK,
        plans=Role.AM in user.roles and view.name == "mine",
        handovers=handovers_waiting(user) if Role.SALES in user.roles else (),
        topped_up=top_ups_of_today(user) if Role.EXECUTOR in user.roles else (),
    )


def _passed() -> Passed:
    """What managers have asked of the accountant."""
    waits = with_accountant()
    return Passed(ASK, "line", waits.lines, waits.of_clauses)


def _debts(user: "User", view: View) -> tuple[WaitedMoney, ...]:
    """What is overdue at a manager's clients though nothing is asked about it any more."""
    if view.roots is None or Role.AM.value not in view.roles or not sees_money(user):
        return ()
    return waited_money(view.roots, unasked=True)


def _put_off(day: Day, view: View, today: date, overseer: int) -> tuple[PutOff, ...]:
    if not day.postponed:
        return ()
    return tuple(put_off(view.roots, view.roles, today, limit=PUT_OFF, overseer=overseer))


def views_of(user: "User") -> tuple[str, ...]:
    """The days this person chooses between in the address; only leaders have a choice."""
    return VIEWS if user.roles & DECIDERS else ()


def _view(user: "User", query: QueryDict) -> View:
    wanted = query.get("view", "")
    own = frozenset(user.roles) & STAFF
    if not user.roles & DECIDERS:
        return _own(user, own)
    if wanted == "mine":
        return View("mine", None, own)
    if wanted == "shadow":
        return View("shadow", None, frozenset(STAFF))
    if wanted == "person":
        return _person(query.get("person", ""))
    return View("department", None, own | {Role.AM.value})


def _own(user: "User", roles: frozenset[str]) -> View:
    """Clients of one's own and of those one stands in for; 0 is the agency's own rows."""
    if roles & PRODUCTION:  # what is asked of specialists reaches whoever runs them
        roles |= {Role.EXECUTOR.value}
    if roles & SEE_ALL:
        return View("mine", None, roles)
    if roles != {Role.AM.value}:
        return View("mine", (ids_of(user) or frozenset()) | {0}, roles)
    roots, standing = _managed(user.pk)
    return View("mine", roots, roles, standing=standing)


def _managed(user_id: int) -> tuple[frozenset[int], dict[int, str]]:
    """The clients of a manager and of those they stand in for, the latter with the words for it."""
    absent = standing_in(user_id)
    held = held_by([user_id, *absent], Role.AM)
    told = {pk: one.words for pk, one in absent.items()}
    standing = {client: told[holder] for client, holder in held.items() if holder in told}
    return frozenset(held) | {0}, standing


def _person(wanted: str) -> View:
    """The day of the manager `wanted`, by default of the first, or of the clients nobody holds;
    NotVisible for anybody else."""
    roles = frozenset({Role.AM.value})
    names = names_of(Role.AM)
    people = (*names, (NOBODY, _("clients without a manager")))
    chosen = wanted or str(people[0][0])
    if chosen == str(NOBODY):
        return View("person", clients_without(Role.AM), roles, NOBODY, people)
    user_id = next((pk for pk, _name in names if str(pk) == chosen), None)
    if user_id is None:
        raise NotVisible(_("There is no such person"))
    roots, standing = _managed(user_id)
    return View("person", roots, roles, user_id, people, standing)


def _tabs(view: View) -> tuple[Tab, ...]:
    names: dict[str, Any] = {
        "department": _("Department"),
        "mine": _("Mine"),
        "person": _("A person's day"),
        "shadow": _("Shadow"),
    }
    base = reverse("my_day")
    return tuple(
        Tab(label, base if name == "department" else f"{base}?view={name}", name == view.name)
        for name, label in names.items()
    )
