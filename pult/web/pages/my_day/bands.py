"""The rows of a day in their bands, each with the buttons that do it, and what is folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.queries.pauses import pauses_today
from pult.kernel.roles import Role
from pult.money.queries.waited import WaitedMoney
from pult.people.queries import business_day
from pult.regulation.evaluate.table import Flag
from pult.regulation.queries import Day, DayRow
from pult.regulation.queries.merging import BANDS
from pult.regulation.queries.tally import SET_ASIDE
from pult.ui import formats
from pult.ui.components.controls import button
from pult.ui.markup import join
from pult.ui.parts import DayItem
from pult.web.answers import address_of
from pult.web.holders import answered_by
from pult.web.obligations import (
    DECIDERS,
    client_href,
    invoices_asked,
    sums_to_top_up,
)
from pult.web.pages.my_day.items import Words, item_of, standing_badge

if TYPE_CHECKING:
    from pult.people.models import User

GIVEN = (Role.AM, Role.EXECUTOR)  # roles held client by client
LOOKS = {
    "overdue": ("flame", "breach"),
    "today": ("sun", "soon"),
    "week": ("calendar", "plain"),
    "next": ("calendar", "plain"),
    "waiting": ("hourglass", "waiting"),
    "disputed": ("scale", "plain"),
    "no_data": ("unplug", "plain"),
    "passed": ("receipt", "waiting"),
    "debts": ("wallet", "waiting"),
}
DEBTS, NEXT = "debts", "next"
REMINDERS = frozenset({Role.AM.value, *DECIDERS})


@dataclass(frozen=True)
class Band:
    """A part of the day with its rows; `id` names its panel. `count` are all its things; `rest`
    is the address that shows them when some are left out."""

    id: str
    title: str
    icon: str
    tone: str
    items: tuple[DayItem, ...]
    count: int
    rest: str


def bands_of(
    user: "User",
    day: Day,
    standing: Mapping[int, str],
    here: str,
    debts: Sequence[WaitedMoney] = (),
    whole: str = "",
    named: bool = False,
) -> tuple[Band, ...]:
    """The bands that have rows; `standing` says at which clients one stands in for whom, `debts`
    are what the clients owe though no row asks about it any more, `named` asks for the name of
    whoever answers for each row."""
    titles = {
        "overdue": _("Overdue"),
        "today": _("Today"),
        "week": _("This week"),
        NEXT: _("Next week"),
        DEBTS: _("Overdue, no reminder left"),
        "passed": _("Waiting for the accountant"),
        "waiting": _("Waiting for the client"),
        "disputed": _("Disputed"),
        "no_data": _("No data"),
    }
    rows = {name: getattr(day, name) for name in titles if name not in (DEBTS, NEXT)}
    rows["week"], rows[NEXT] = _by_week(day.week)
    every = [one for row in chain(*rows.values()) for one in row.rows]
    given = (row.first for row in chain(*rows.values()) if row.role in GIVEN)
    whose = answered_by(given) if named else {}
    words = Words(
        user,
        standing,
        here,
        invoices_asked(every),
        sums_to_top_up(every),
        whose,
        put_off=day.put_off,
        pauses=pauses_today(one.root_id for one in every if one.has(Flag.PAUSED)),
    )
    items = {name: tuple(item_of(words, row) for row in rows[name]) for name in rows}
    few = debts if whole == DEBTS else debts[:SET_ASIDE]
    items[DEBTS] = tuple(_debt(user, one, words) for one in few)
    counts = {**day.totals, DEBTS: len(debts)}
    return tuple(
        Band(
            id=name,
            title=title,
            icon=LOOKS[name][0],
            tone=LOOKS[name][1],
            items=items[name],
            count=(count := max(counts.get(name, 0), len(items[name]))),
            rest=_rest(name, here) if _is_short(name, count, items[name], whole) else "",
        )
        for name, title in titles.items()
        if items[name]
    )


def _by_week(rows: Sequence[DayRow]) -> tuple[tuple[DayRow, ...], tuple[DayRow, ...]]:
    """Rows of the coming five working days: those of this calendar week, those of the next."""
    today = business_day()
    sunday = today + timedelta(days=6 - today.weekday())
    ahead = [row for row in rows if row.due and localdate(row.due) > sunday]
    return tuple(row for row in rows if row not in ahead), tuple(ahead)


def _is_short(name: str, count: int, shown: Sequence[DayItem], whole: str) -> bool:
    """Whether some of a band that only waits is left out, and may be shown."""
    return name not in (*BANDS, NEXT) and name != whole and count > len(shown)


def _rest(name: str, here: str) -> str:
    """Where the whole band is."""
    return f"{here}{'&' if '?' in here else '?'}whole={name}#{name}"


def _debt(user: "User", one: WaitedMoney, words: Words) -> DayItem:
    """Overdue money the reminders did not bring: how much, how late, and what can be done next."""
    late = ngettext("overdue by %(n)d day", "overdue by %(n)d days", one.days) % {"n": one.days}
    stands_in = words.standing.get(one.client_id)
    remind = f"{address_of('client_reminder', one.client_id, one.oldest)}?{words.back}"
    pause = f"{address_of('client_pause', one.client_id)}?{words.back}"
    steps = [
        button(_("Remind"), href=remind, icon_name="bell-ring", key="e"),
        button(_("Pause the ads"), href=pause, icon_name="pause", tone="quiet"),
    ]
    return DayItem(
        id=0,
        client=one.name,
        client_href=client_href(one.client_id),
        peek=f"client-{one.client_id}",
        what=_("Waiting for a payment of %(sum)s") % {"sum": formats.money(one.overdue)},
        note=join([standing_badge(stands_in), late], " "),
        state="waiting",
        clauses=(),
        due=None,
        provisional=False,
        why="",
        buttons=join(steps, "\n") if not user.roles.isdisjoint(REMINDERS) else None,
    )
