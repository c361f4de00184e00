"""Before the break: whose money runs out while nobody is at work, and who is on duty."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.money.queries import BreakOutlook, BreakRow, before_break
from pult.people.models import User
from pult.people.queries import people
from pult.web.answers import address_of

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
class BeforeBreak:
    """`outlook` is None when no break is near; `people` may be put on duty."""

    outlook: BreakOutlook | None
    inside: tuple[Risk, ...]
    after: tuple[Risk, ...]
    people: tuple[tuple[int, str], ...]
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
    staff = people() if may_plan and outlook else []
    return BeforeBreak(
        outlook=outlook,
        inside=_risks(row for row in rows if row.is_inside),
        after=_risks(row for row in rows if not row.is_inside),
        people=tuple((one.id, one.name) for one in staff),
        may_plan=may_plan,
        problem=problem,
    )


def duty_of(given: QueryDict) -> tuple[date, User]:
    """The day and the person of the duty form; BadInput for anything else."""
    try:
        day = parse_date(given.get("day", ""))
    except ValueError:
        day = None
    if day is None:
        raise BadInput(_("Choose a day"), field="day")
    wanted = given.get("person", "")
    person = User.objects.filter(pk=int(wanted), is_active=True).first() if wanted.isdigit() else 0
    if not person:
        raise BadInput(_("Choose a person"), field="person")
    return day, person


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
