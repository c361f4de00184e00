"""A row of a day as it is shown: put together once, and again when anything it says has changed."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.clients.queries.pauses import Stretch
from pult.kernel.same import Same
from pult.money.asked import OnTheWay
from pult.regulation.evaluate.table import Mode
from pult.regulation.queries import DayRow, LedgerRow
from pult.regulation.queries.near import Said
from pult.ui import formats
from pult.ui.components.marks import badge
from pult.ui.markup import EMPTY, join
from pult.ui.parts import DayItem, RowButtons
from pult.web.answers import address_of
from pult.web.obligations import (
    Asked,
    client_href,
    deed_of,
    handled_roles,
    next_step,
    paused_words,
    reason_of,
    waivers_of,
)

if TYPE_CHECKING:
    from pult.people.models import User

STATES = {
    "overdue": "overdue",
    "today": "soon",
    "week": "open",
    "next": "open",
    "waiting": "waiting",
    "disputed": "disputed",
    "no_data": "no_data",
    "passed": "open",
}


class Words:
    """What the rows of a page have in common, looked up once."""

    def __init__(
        self,
        user: "User",
        standing: Mapping[int, str],
        here: str,
        asked: Asked,
        sums: Mapping[int, int],
        whose: Mapping[int, str],
        put_off: Mapping[Any, Said],
        pauses: Mapping[int, Stretch],
    ) -> None:
        self.put_off, self.pauses = put_off, pauses
        self.own, self.whose = user.roles, whose
        self.roles = handled_roles(user)
        self.standing, self.here, self.asked, self.sums = standing, here, asked, sums
        self.back = urlencode({"next": here})
        self._excusable: dict[str, bool] = {}

    def may_excuse(self, clause: str) -> bool:
        """Whether the reader may make an exception from a clause."""
        if clause not in self._excusable:
            self._excusable[clause] = not waivers_of(clause).isdisjoint(self.own)
        return self._excusable[clause]


class _Situation(NamedTuple):
    """All that an item says besides its row: who answers for it and why it waits, the invoices and
    sums of its lines, whether its reader handles and may excuse it, and the page to return to."""

    stands_in: str | None
    holder: str | None
    paused: str
    put_off: str
    asked: tuple[tuple[tuple[str, int], OnTheWay], ...]
    sums: tuple[tuple[int, int], ...]
    is_handled: bool
    is_excusable: bool
    here: str


def item_of(words: Words, row: DayRow) -> DayItem:
    """The row with its buttons, for this reader."""
    is_handled = row.role in words.roles
    situation = _Situation(
        stands_in=words.standing.get(row.root_id),
        holder=words.whose.get(row.first.id),
        paused=_paused(words, row),
        put_off=_put_off(words, row),
        asked=_of_rows(words.asked, row),
        sums=_of_lines(words.sums, row),
        is_handled=is_handled,
        is_excusable=is_handled and any(map(words.may_excuse, row.clauses)),
        here=words.here,
    )
    return _item(Same(row), situation, get_language(), get_script_prefix())


def _paused(words: Words, row: DayRow) -> str:
    is_paused = any(one.is_paused for one in row.rows)
    return paused_words(words.pauses.get(row.root_id)) if is_paused else ""


def _put_off(words: Words, row: DayRow) -> str:
    said = words.put_off.get(row.first.identity) if words.put_off else None
    return _("put off until %(day)s") % {"day": formats.short_day(said.until)} if said else ""


def _of_rows(told: Asked, row: DayRow) -> tuple[tuple[tuple[str, int], OnTheWay], ...]:
    """What is told of the rows this one stands for."""
    if not told:
        return ()
    about = dict.fromkeys((one.clause, one.subject_id) for one in row.rows)
    return tuple((one, told[one]) for one in about if one in told)


def _of_lines(told: Mapping[int, Any], row: DayRow) -> tuple[tuple[int, Any], ...]:
    """What is told of the lines of this row."""
    if not told:
        return ()
    lines = dict.fromkeys(one.subject_id for one in row.rows if one.subject_type == "line")
    return tuple((line, told[line]) for line in lines if line in told)


@lru_cache(maxsize=2048)
def _item(kept: Same[DayRow], at: _Situation, _language: str | None, _prefix: str) -> DayItem:
    row, asked = kept.value, dict(at.asked)
    note = " · ".join(filter(None, (at.holder, reason_of(row.rows), at.paused, at.put_off)))
    return DayItem(
        id=row.first.id,
        client=row.client or _("The agency"),
        client_href=client_href(row.root_id),
        peek=f"client-{row.root_id}" if row.root_id else "",
        what=next_step(row.rows, asked, dict(at.sums)),
        note=join([standing_badge(at.stands_in), note], " · ") if at.stands_in else note,
        state="shadow" if row.first.mode == Mode.SHADOW else STATES[row.band],
        clauses=tuple(dict.fromkeys((one.clause, one.title) for one in row.rows)),
        due=row.due,
        provisional=any(one.is_provisional for one in row.rows),
        why=address_of("obligation_why", row.first.id),
        buttons=_buttons(row.rows, asked, at) if at.is_handled else None,
    )


def standing_badge(stands_in: str | None) -> SafeString:
    """For whom one stands in, and till when."""
    return badge(stands_in, icon_name="user-round-check") if stands_in else EMPTY


def _buttons(rows: tuple[LedgerRow, ...], asked: Asked, at: _Situation) -> RowButtons:
    pk, deed, back = rows[0].id, deed_of(rows, at.here, asked), urlencode({"next": at.here})
    excuse = (_("Make an exception"), f"{address_of('waiver', pk)}?{back}", "circle-slash")
    return RowButtons(
        id=pk,
        label=deed.label,
        href=deed.href,
        icon=deed.icon,
        dialog=deed.dialog,
        later=(_("Later"), f"{address_of('postponement', pk)}?{back}"),
        menu=(
            (_("This is wrong"), f"{address_of('dispute', pk)}?{back}", "scale"),
            *([excuse] if at.is_excusable else []),
        ),
        post=(_("Of no use"), address_of("uselessness", pk), "thumbs-down"),
        back=at.here,
    )
