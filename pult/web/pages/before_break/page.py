"""Before the break: what falls due while nobody is at work, who is away and who is on duty."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pult.clients.access import SEE_ALL, clients_of
from pult.clients.queries import client_names
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.money.queries import BreakOutlook, BreakRow, before_break
from pult.people.models import Absence, User
from pult.people.queries import absences_between, colleague, colleagues
from pult.regulation.queries import DueAct, due_between
from pult.web.answers import address_of
from pult.web.holders import role_label
from pult.web.obligations import client_href, seen_roles, what_to_do

if TYPE_CHECKING:
    from collections.abc import Iterable

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
class BeforeBreak:
    """`outlook` is None when no break is near; `people` may be put on duty."""

    outlook: BreakOutlook | None
    inside: tuple[Risk, ...]
    after: tuple[Risk, ...]
    owed_inside: tuple[Owed, ...]
    owed_after: tuple[Owed, ...]
    away: tuple[Absence, ...]
    people: tuple[tuple[str, str], ...]
    may_plan: bool
    problem: PultError | None = None

    @property
    def unmanned(self) -> int:
        """Days of the break without anybody on duty."""
        return sum(not name for _day, name in self.outlook.duty) if self.outlook else 0


def before_break_page(user: User, problem: PultError | None = None) -> BeforeBreak:
    """The outlook for this person's clients."""
    outlook = before_break(user)
    may_plan = bool(user.roles & PLANNERS)
    rows = outlook.rows if outlook else ()
    owed = _owed(user, outlook) if outlook else []
    return BeforeBreak(
        outlook=outlook,
        inside=_risks(row for row in rows if row.is_inside),
        after=_risks(row for row in rows if not row.is_inside),
        owed_inside=tuple(one for one in owed if localdate(one.row.due) <= outlook.last),
        owed_after=tuple(one for one in owed if localdate(one.row.due) > outlook.last),
        away=tuple(absences_between(outlook.first, outlook.last)) if outlook else (),
        people=colleagues() if may_plan and outlook else (),
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


def _owed(user: User, outlook: BreakOutlook) -> list[Owed]:
    """What the regulation asks of the people this person sees, by day."""
    roots = None if user.roles & SEE_ALL else clients_of(user).values("pk")
    roles = seen_roles(user)
    rows = due_between(outlook.first, outlook.until, root_ids=roots, roles=roles)
    names = client_names({row.root_id for row in rows if row.root_id})
    return [
        Owed(
            row=row,
            client=names.get(row.root_id, ""),
            href=client_href(row.root_id),
            words=what_to_do(row),
            who=role_label(row.role),
        )
        for row in rows
    ]


def _risks(rows: "Iterable[BreakRow]") -> tuple[Risk, ...]:
    return tuple(_risk(row) for row in rows)


def _risk(row: BreakRow) -> Risk:
    words = {
        "funds": _("the money of “%(line)s” runs out"),
        "invoice": _("invoice %(invoice)s is to be paid"),
        "period": _("the paid period of “%(line)s” ends"),
    }[row.what] % {"line": row.line, "invoice": row.invoice}
    back = {"next": reverse("before_break")}
    if row.what == "invoice" and row.invoice_id:
        deed, href = _("Remind"), address_of("client_reminder", row.client_id, row.invoice_id)
    else:
        deed, href = _("Request an invoice"), address_of("invoice_new", row.client_id)
        back |= {"line": str(row.line_id)}
    return Risk(
        row=row,
        words=words,
        href=address_of("client_money", row.client_id) or address_of("client", row.client_id),
        deed=deed,
        deed_href=f"{href}?{urlencode(back)}" if href else "",
    )
