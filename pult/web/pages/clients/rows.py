"""The rows of the list, drawn in Python: a template spends three times as long on fifty."""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.clients.models import Client
from pult.clients.providers import MoneyState
from pult.clients.queries.directory import ClientRow
from pult.kernel import clock
from pult.regulation.queries.nearest import Nearest
from pult.ui import formats
from pult.ui.components.marks import badge, clause_chips, when
from pult.ui.markup import EMPTY, fill
from pult.web.answers import address_pattern

if TYPE_CHECKING:
    from pult.web.pages.clients.page import Row

KEPT = 1024  # rows of about a kilobyte
NOTHING = SafeString('<span class="muted">—</span>')


def drawn(rows: "Iterable[Row]", *, ticks: bool, money: bool, status: bool) -> SafeString:
    """A `<tr>` each: with a tick to choose it by, its money, the status of those not clients.

    All but the last contact is drawn once for a day, a language and a zone: most clients are as
    they were when the list was last looked at.
    """
    now = clock.now()
    looks = ticks, money, status, localtime(now).date(), get_language(), get_current_timezone()
    contact, silence = _("Last contact"), fill('<span class="muted">{}</span>', _("none yet"))
    parts = []
    for row in rows:
        said = _contact(row.last_contact, now) if row.last_contact else silence
        parts += (
            _cells(row.client, row.money_tone, row.ends_on, row.next, *looks),
            fill('<td data-label="{}">{}</td></tr>', contact, said),
        )
    return SafeString("".join(parts))


@lru_cache(maxsize=KEPT)
def _cells(
    client: ClientRow,
    tone: str,
    ends_on: date | None,
    owed: Nearest | None,
    ticks: bool,
    money: bool,
    status: bool,
    *looks: Any,
) -> SafeString:
    """The row up to its last contact."""
    words = _words(*looks)
    return fill(
        '<tr>{}{}<td data-label="{}" class="nowrap">{}</td>{}<td data-label="{}">{}</td>',
        _tick(client) if ticks else EMPTY,
        _name(client, status, words),
        words.manager,
        client.am or words.nobody,
        _money(client, tone, ends_on, words) if money else EMPTY,
        words.following,
        _next(owed, words),
    )


@lru_cache(maxsize=8)
def _words(today: date, _language: str | None, zone: tzinfo) -> "_Words":
    return _Words(datetime.combine(today, time(12), zone))  # days are counted from today


class _Words:
    """What the rows have in common, told once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.manager, self.following = _("Manager"), _("Next")
        self.ends, self.balance, self.budget = _("Money ends"), _("Balance"), _("Budget a month")
        self.nobody = badge(_("nobody"), "soon", "user-x")
        self.address = address_pattern("client")


def _tick(client: ClientRow) -> SafeString:
    return fill(
        '<td class="no-print"><input type="checkbox" name="ids" value="{}" form="bulk"'
        ' aria-label="{}"></td>',
        client.id,
        client.name,
    )


def _name(client: ClientRow, status: bool, words: _Words) -> SafeString:
    shows = status and client.status != Client.Status.CLIENT
    return fill(
        '<th scope="row"><a href="{}" data-peek="client-{}">{}</a>{}'
        '<div class="small muted">{}{}</div></th>',
        words.address.format(client.id),
        client.id,
        client.name,
        fill(" {}", badge(client.status_label, "quiet")) if shows else EMPTY,
        fill("{} · ", client.group) if client.group else EMPTY,
        ", ".join(client.tools),
    )


def _money(client: ClientRow, tone: str, ends_on: date | None, words: _Words) -> SafeString:
    state, budget = client.money, client.budget
    balance = state.balance if state else None
    return fill(
        '<td data-label="{}">{}</td><td class="number" data-label="{}">{}</td>'
        '<td class="number" data-label="{}">{}</td>',
        words.ends,
        _ends(state, tone, ends_on, words.now),
        words.balance,
        NOTHING if balance is None else formats.money(balance),
        words.budget,
        formats.money(budget) if budget else NOTHING,
    )


def _ends(state: MoneyState | None, tone: str, ends_on: date | None, now: datetime) -> SafeString:
    if state is None or not state.code:
        return NOTHING
    word = badge(state.label, tone)
    if ends_on is None:
        return word
    said = when(ends_on, now, tone)
    return said if state.code == "ok" else fill("{}<div>{}</div>", said, word)


def _next(owed: Nearest | None, words: _Words) -> SafeString:
    if owed is None:
        return NOTHING
    return fill(
        '{}<div class="small">{} {}</div>',
        when(owed.due, words.now, "breach" if owed.is_breach else "") if owed.due else EMPTY,
        owed.title,
        clause_chips(owed.clause),
    )


def _contact(at: datetime, now: datetime) -> SafeString:
    return fill('<span title="{}">{}</span>', formats.exact(at), formats.ago(at, now))
