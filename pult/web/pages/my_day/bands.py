"""The rows of a day in their bands, each with the buttons that do it, and what is folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.queries.pauses import Stretch, pauses_today
from pult.kernel.roles import Role
from pult.money.asked import OnTheWay
from pult.money.queries.waited import WaitedMoney
from pult.people.queries import business_day
from pult.regulation.evaluate.table import Flag, Mode
from pult.regulation.queries import Day, DayRow
from pult.regulation.queries.merging import BANDS
from pult.regulation.queries.near import Said
from pult.regulation.queries.tally import SET_ASIDE
from pult.ui import formats
from pult.ui.components.controls import button
from pult.ui.components.marks import badge
from pult.ui.markup import EMPTY, join
from pult.ui.parts import DayItem, RowButtons
from pult.web.answers import address_of
from pult.web.holders import held_by as holders_by_name
from pult.web.obligations import (
    DECIDERS,
    client_href,
    deed_of,
    handled_roles,
    invoices_asked,
    next_step,
    paused_words,
    reason_of,
    sums_to_top_up,
    waivers_of,
)

if TYPE_CHECKING:
    from pult.people.models import User

GIVEN = (Role.AM, Role.EXECUTOR)  # roles held client by client
STATES = {
    "burning": "overdue",
    "today": "soon",
    "week": "open",
    "next": "open",
    "waiting": "waiting",
    "disputed": "disputed",
    "no_data": "no_data",
    "passed": "open",
}
LOOKS = {
    "burning": ("flame", "breach"),
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
        "burning": _("Burning"),
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
    whose = holders_by_name(given) if named else {}
    words = _Words(
        user,
        standing,
        here,
        invoices_asked(every),
        sums_to_top_up(every),
        whose,
        put_off=day.put_off,
        pauses=pauses_today(one.root_id for one in every if one.has(Flag.PAUSED)),
    )
    items = {name: tuple(_item(words, row) for row in rows[name]) for name in rows}
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


class _Words:
    """What the rows of a page have in common, looked up once."""

    def __init__(
        self,
        user: "User",
        standing: Mapping[int, str],
        here: str,
        asked: Mapping[int, OnTheWay],
        sums: Mapping[int, int],
        whose: Mapping[tuple[str, int], str],
        put_off: Mapping[Any, Said],
        pauses: Mapping[int, Stretch],
    ) -> None:
        self.put_off, self.pauses = put_off, pauses
        self.own, self.whose = user.roles, whose
        self.roles = handled_roles(user)
        self.standing, self.here, self.asked, self.sums = standing, here, asked, sums
        self.back = urlencode({"next": here})
        self.later, self.wrong = _("Later"), _("This is wrong")
        self.useless, self.exception = _("Of no use"), _("Make an exception")
        self.agency = _("The agency")


def _item(words: _Words, row: DayRow) -> DayItem:
    first = row.first
    note, stands_in = reason_of(row.rows), words.standing.get(row.root_id)
    holder = words.whose.get((row.role, row.root_id))
    is_paused = any(one.is_paused for one in row.rows)
    told = (holder, note, paused_words(words.pauses.get(row.root_id)) if is_paused else "")
    note = " · ".join(filter(None, (*told, _put_off_words(words, row))))
    return DayItem(
        id=first.id,
        client=row.client or words.agency,
        client_href=client_href(row.root_id),
        peek=f"client-{row.root_id}" if row.root_id else "",
        what=next_step(row.rows, words.asked, words.sums),
        note=join([_standing_badge(stands_in), note], " · ") if stands_in else note,
        state="shadow" if first.mode == Mode.SHADOW else STATES[row.band],
        clauses=tuple(dict.fromkeys((one.clause, one.title) for one in row.rows)),
        due=row.due,
        provisional=any(one.is_provisional for one in row.rows),
        why=address_of("obligation_why", first.id),
        buttons=_buttons(words, row) if row.role in words.roles else None,
    )


def _debt(user: "User", one: WaitedMoney, words: _Words) -> DayItem:
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
        note=join([_standing_badge(stands_in), late], " "),
        state="waiting",
        clauses=(),
        due=None,
        provisional=False,
        why="",
        buttons=join(steps, "\n") if not user.roles.isdisjoint(REMINDERS) else None,
    )


def _put_off_words(words: _Words, row: DayRow) -> str:
    said = words.put_off.get(row.first.identity)
    return _("put off until %(day)s") % {"day": formats.short_day(said.until)} if said else ""


def _standing_badge(stands_in: str | None) -> SafeString:
    return badge(stands_in, icon_name="user-round-check") if stands_in else EMPTY


def _buttons(words: _Words, row: DayRow) -> RowButtons:
    pk, deed = row.first.id, deed_of(row.rows, words.here, words.asked)
    return RowButtons(
        id=pk,
        label=deed.label,
        href=deed.href,
        icon=deed.icon,
        dialog=deed.dialog,
        later=(words.later, f"{address_of('postponement', pk)}?{words.back}"),
        menu=(
            (words.wrong, f"{address_of('dispute', pk)}?{words.back}", "scale"),
            *(
                [(words.exception, f"{address_of('waiver', pk)}?{words.back}", "circle-slash")]
                if any(waivers_of(clause) & words.own for clause in row.clauses)
                else []
            ),
        ),
        post=(words.useless, address_of("uselessness", pk), "thumbs-down"),
        back=words.here,
    )
