"""One's working day: what was said this morning, the plan, what is left, and how it was closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import NotVisible, PultError
from pult.kernel.roles import Role
from pult.people.actions.absences import NOTERS
from pult.people.left import Left, left_for, to_carry, to_read
from pult.people.models import CarryOver, DayClose, DayNotice, User
from pult.people.queries import (
    Decided,
    Lateness,
    business_day,
    carried_over,
    closes_near,
    day_frame,
    notice_of,
    said_of,
)
from pult.web.answers import address_of
from pult.web.obligations import client_href, what_to_do
from pult.web.pages.day_close.sending import REASON

SHOWN = 200


@dataclass(frozen=True)
class LeftRow:
    """One thing of the list: `what` is to be done and `about` whom or what it is; `reason` is what
    was typed for it."""

    item: Left
    href: str
    reason: str
    what: str
    about: str
    is_late: bool


@dataclass(frozen=True)
class LeftClient:
    """What is left at one client, the soonest first."""

    name: str
    href: str
    rows: tuple[LeftRow, ...]


@dataclass(frozen=True)
class WorkingDay:
    """The page as it stood at the moment `shown`. `closes` says whether this person closes days at
    all, `is_open` whether the hour has come; `count` is everything that is left, `overdue` what of
    it is late, `more` what is not listed though counted; `unread` are tasks with comments to
    read."""

    today: date
    shown: str
    following: date
    notice: DayNotice | None
    late: tuple[Lateness, ...]
    decided: tuple[Decided, ...]
    kinds: tuple[tuple[str, Any], ...]
    plan: str
    closes: bool
    is_open: bool
    opens: datetime
    left: tuple[LeftClient, ...]
    count: int
    overdue: int
    unread: tuple[LeftRow, ...]
    more: int
    close: DayClose | None
    carried: tuple[CarryOver, ...]
    leads: bool
    sent: Mapping[str, str] = field(default_factory=dict)
    problem: PultError | None = None

    @property
    def next_plan(self) -> str:
        """The plan of the next day as it was typed, or as it was signed."""
        return self.sent.get("plan", self.close.plan if self.close else "")


def working_day_page(
    user: User, *, sent: Mapping[str, str] | None = None, problem: PultError | None = None
) -> WorkingDay:
    """Fourteen queries at most."""
    today, shown = business_day(), clock.now().isoformat()
    closes = Role.AM in user.roles
    frame = day_frame(user, today)
    everything = left_for(user, today, frame.following) if closes else []
    left, unread = to_carry(everything), to_read(everything)
    (closed, before), typed = closes_near(user, today), sent or {}
    late, decided = said_of(user, today)
    return WorkingDay(
        today=today,
        shown=shown,
        following=frame.following,
        notice=notice_of(user, today),
        late=late,
        decided=decided,
        kinds=tuple(DayNotice.Kind.choices),
        plan=before.plan if before else "",
        closes=closes,
        is_open=clock.now() >= frame.opens,
        opens=frame.opens,
        left=_by_client(_row(one, typed) for one in left[:SHOWN]),
        count=len(left),
        overdue=sum(_is_late(one) for one in left),
        unread=tuple(_row(one, typed) for one in unread[:SHOWN]),
        more=max(0, len(left) - SHOWN),
        close=closed,
        carried=tuple(carried_over(closed)) if closed else (),
        leads=not user.roles.isdisjoint(NOTERS),
        sent=typed,
        problem=problem,
    )


def notice_seen(reader: User, notice_id: int) -> DayNotice:
    """A notice of one's own, or of anybody for a head; NotVisible for the rest."""
    found = DayNotice.objects.filter(pk=notice_id).select_related("user").first()
    if found is None or (found.user_id != reader.pk and reader.roles.isdisjoint(NOTERS)):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return found


def _by_client(rows: Iterable[LeftRow]) -> tuple[LeftClient, ...]:
    """The client with the soonest of them on top, as My day has it."""
    parted: dict[int, list[LeftRow]] = {}
    for row in rows:
        parted.setdefault(row.item.client_id, []).append(row)
    return tuple(
        LeftClient(group[0].item.client or _("The agency"), client_href(client), tuple(group))
        for client, group in parted.items()
    )


def _row(one: Left, typed: Mapping[str, str]) -> LeftRow:
    name, pk = one.href
    told = [one.title if one.act else "", one.about]
    return LeftRow(
        item=one,
        href=address_of(name, pk) if name else "",
        reason=typed.get(REASON + one.key, ""),
        what=what_to_do(one),
        about=": ".join(filter(None, told)),
        is_late=_is_late(one),
    )


def _is_late(one: Left) -> bool:
    return one.due is not None and one.due < clock.now()
