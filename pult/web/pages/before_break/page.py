"""Before the break: what falls due while nobody is at work, who is away and who is on duty."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pult.clients.access import SEE_ALL, clients_of, holders
from pult.clients.queries import client_names
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.money.queries import BreakOutlook, BreakRow, Stretch, before_break
from pult.money.queries.breaks import NEAREST
from pult.people.models import Absence, User
from pult.people.queries import absences_between, colleague, full_names, who_answers_clients
from pult.regulation.queries import DueAct, due_between
from pult.web.answers import address_of
from pult.web.holders import role_label
from pult.web.obligations import client_href, seen_roles, what_to_do
from pult.web.pages.before_break import rows

MOST = 2000
PLANNERS = frozenset({Role.HEAD.value, Role.DIRECTOR.value})


@dataclass(frozen=True)
class Risk:
    """One thing that falls into the break or right after; `words` say what, `deed` what to do."""

    row: BreakRow
    words: str
    href: str
    deed: str
    deed_href: str


@dataclass(frozen=True)
class Owed:
    """What the regulation asks for on a day of the break or right after it."""

    row: DueAct
    client: str
    href: str
    words: str
    who: str


@dataclass(frozen=True)
class Part:
    """A stretch of days: `risks` are the nearest of `count`, `owed` the nearest acts in it."""

    risks: tuple[Risk, ...] = ()
    count: int = 0
    owed: tuple[Owed, ...] = ()

    @property
    def is_cut(self) -> bool:
        return len(self.risks) < self.count

    @property
    def drawn_risks(self) -> SafeString:
        return rows.risks(self.risks)

    @property
    def drawn_owed(self) -> SafeString:
        return rows.owed(self.owed)


@dataclass(frozen=True)
class Manager:
    """How much of it falls on the clients of one person, the empty name for nobody's."""

    name: str
    href: str
    inside: int
    after: int


@dataclass(frozen=True)
class BeforeBreak:
    """`outlook` is None when no break is near; `people` may be put on duty. `managers` are told
    to whoever sees every client when that is more than one can read; `whole` is the address that
    shows all of it, empty when nothing was left out."""

    outlook: BreakOutlook | None
    inside: Part = Part()
    after: Part = Part()
    owed_is_cut: bool = False
    managers: tuple[Manager, ...] = ()
    whole: str = ""
    away: tuple[Absence, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    may_plan: bool = False
    problem: PultError | None = None

    @property
    def drawn_managers(self) -> SafeString:
        return rows.managers(self.managers)

    @property
    def drawn_duty(self) -> SafeString:
        return rows.duty(self.outlook.duty if self.outlook else (), self.people)


def before_break_page(
    user: User, problem: PultError | None = None, *, whole: bool = False
) -> BeforeBreak:
    """The outlook for this person's clients: the nearest of it, or with `whole` all of it."""
    outlook = before_break(user, most=None if whole else NEAREST)
    if outlook is None:
        return BeforeBreak(outlook=None, problem=problem)
    may_plan = bool(user.roles & PLANNERS)
    owed, owed_is_cut = _owed(user, outlook, MOST if whole else NEAREST)
    inside = _part(outlook.inside, (one for one in owed if _day_of(one) <= outlook.last))
    after = _part(outlook.after, (one for one in owed if _day_of(one) > outlook.last))
    is_cut = inside.is_cut or after.is_cut
    return BeforeBreak(
        outlook=outlook,
        inside=inside,
        after=after,
        owed_is_cut=owed_is_cut,
        managers=_managers(outlook) if is_cut and user.roles & SEE_ALL else (),
        whole="?whole=1" if not whole and (is_cut or owed_is_cut) else "",
        away=tuple(absences_between(outlook.first, outlook.last)),
        people=who_answers_clients() if may_plan else (),
        may_plan=may_plan,
        problem=problem,
    )


def duties_of(given: QueryDict) -> dict[date, User]:
    """Who is on duty on which day, as chosen in the form; BadInput when nobody is."""
    chosen = zip(given.getlist("day"), given.getlist("person"), strict=False)
    duties = {_day(day): _person(person) for day, person in chosen if person}
    if not duties:
        raise BadInput(_("Choose a person"), field="person")
    return duties


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise BadInput(_("Choose a day"), field="day")
    return day


def _person(text: str) -> User:
    person = colleague(text)
    if person is None or not person.is_active:
        raise BadInput(_("Choose a person"), field="person")
    return person


def _part(stretch: Stretch, owed: Iterable[Owed]) -> Part:
    back = reverse("before_break")
    risks = tuple(_risk(row, back) for row in stretch.rows)
    return Part(risks, stretch.count, tuple(owed))


def _day_of(one: Owed) -> date:
    return localdate(one.row.due)


def _managers(outlook: BreakOutlook) -> tuple[Manager, ...]:
    """Those on whose clients most of it falls stand on top; two queries."""
    held = holders("am")
    inside, after = (_by_manager(part.clients, held) for part in (outlook.inside, outlook.after))
    names, here = full_names({*inside, *after} - {0}), address_of("clients")
    people = sorted({*inside, *after}, key=lambda pk: (-inside[pk] - after[pk], pk))
    return tuple(
        Manager(names.get(pk, ""), f"{here}?am={pk}" if pk else "", inside[pk], after[pk])
        for pk in people
    )


def _by_manager(clients: Mapping[int, int], held: Mapping[int, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for client, count in clients.items():
        found[held.get(client, 0)] += count
    return found


def _owed(user: User, outlook: BreakOutlook, most: int) -> tuple[list[Owed], bool]:
    """What the regulation asks of the people this person sees, by day; whether there is more."""
    roots = None if user.roles & SEE_ALL else clients_of(user).values("pk")
    roles = seen_roles(user)
    ahead = due_between(outlook.first, outlook.until, root_ids=roots, roles=roles, most=most)
    names = client_names({row.root_id for row in ahead.acts if row.root_id})
    owed = [
        Owed(
            row=row,
            client=names.get(row.root_id, ""),
            href=client_href(row.root_id),
            words=what_to_do(row),
            who=role_label(row.role),
        )
        for row in ahead.acts
    ]
    return owed, ahead.is_cut


def _risk(row: BreakRow, back: str) -> Risk:
    if row.what == "invoice" and row.invoice_id:
        words = _("invoice %(invoice)s is to be paid") % {"invoice": row.invoice}
        deed, query = _("Remind"), {"next": back}
        href = address_of("client_reminder", row.client_id, row.invoice_id)
    else:
        words = {
            "funds": _("the money of “%(line)s” runs out"),
            "period": _("the paid period of “%(line)s” ends"),
        }[row.what] % {"line": row.line}
        deed, query = _("Request an invoice"), {"next": back, "line": str(row.line_id)}
        href = address_of("invoice_new", row.client_id)
    return Risk(
        row=row,
        words=words,
        href=address_of("client_money", row.client_id) or address_of("client", row.client_id),
        deed=deed,
        deed_href=f"{href}?{urlencode(query)}" if href else "",
    )
