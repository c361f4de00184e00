"""A number of a clause and what another one would have meant over the agency's own year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import clients_of
from pult.clients.queries import client_called
from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.kernel.words import id_of
from pult.people.queries import all_teams, full_names
from pult.people.queries import team as team_called
from pult.regulation.calendars import local_day
from pult.regulation.labels import card_of, clause_title
from pult.regulation.parameters import AGENCY, Scope, SignedValue, histories, in_force
from pult.regulation.providers import providers
from pult.regulation.queries import LedgerRow
from pult.regulation.retro import retro_changes
from pult.regulation.whatif import Preview, preview
from pult.web.obligations import client_href, code_of
from pult.web.pages.regulation.clause import (
    NumberHistory,
    chapter_of,
    number_history,
    scope_labels,
)
from pult.web.pages.regulation.page import ShownNumber, numbers_of
from pult.web.pages.regulation.words import amount_words, unit_words

if TYPE_CHECKING:
    from pult.people.models import User

AGENCY_CODE, ONE_CLIENT = "agency:0", "client"
MOST = 10_000


@dataclass(frozen=True)
class ManagerLine:
    """How many rows a person's clients would have over the year, and how many breaches they would
    gain (+) or lose (−)."""

    name: str
    rows: int
    breaches: int


@dataclass(frozen=True)
class TurnedRow:
    """A row open today that the number under consideration would make overdue."""

    row: LedgerRow
    state: str
    href: str


@dataclass(frozen=True)
class WhatIf:
    """The curve of breaches over values. `current` and `chosen` are places on it. `happened` counts
    by the numbers in force at the time; `since` when there are facts of less than a year."""

    pairs: tuple[tuple[int, int], ...]
    current: int | None
    chosen: int | None
    words: str
    breaches_now: int
    breaches_then: int
    rows_now: int
    rows_then: int
    managers: tuple[ManagerLine, ...]
    turned: tuple[TurnedRow, ...]
    current_words: str = ""
    happened: int = 0
    since: date | None = None

    @property
    def more(self) -> int:
        return self.breaches_then - self.breaches_now


@dataclass(frozen=True)
class RetroLine:
    """A row a decision about the past would change; `after` is empty when it would be gone."""

    row: LedgerRow
    before: str
    after: str
    due: datetime | None
    href: str


@dataclass(frozen=True)
class RetroView:
    """What a value for a past day would change: `rows` in all, `lines` the latest of them."""

    since: date
    rows: int
    appear: int
    lines: tuple[RetroLine, ...]


@dataclass(frozen=True)
class ParameterPage:
    """`retro` asks for a second look at a value for a past day. `what_if` counts the clients of the
    scope `tried`, one of `tried_scopes`; None where the clause is not counted by this number
    alone."""

    clause: str
    title: str
    chapter: str
    number: NumberHistory
    unit: str
    value: str
    effective_from: str
    reason: str
    scope: str
    scopes: tuple[tuple[str, str], ...]
    client: str
    tried: str
    tried_scopes: tuple[tuple[str, str], ...]
    earliest: date
    what_if: WhatIf | None
    retro: RetroView | None
    others: tuple[str, ...]
    problem: PultError | None


def parameter_page(
    user: "User",
    clause: str,
    name: str,
    sent: Mapping[str, str],
    problem: PultError | None = None,
    retro: RetroView | None = None,
) -> ParameterPage:
    """The number with what was typed so far; NotVisible when the clause does not name it."""
    said = histories()
    number = _number(clause, name, in_force(said=said))
    if number is None:
        raise NotVisible("")
    today, teams = clock.today(settings.TIME_ZONE), all_teams()
    signed = said.get(name, [])
    proposed = _typed(sent.get("value", ""), number.value.value)
    wide = (
        (AGENCY_CODE, _("the whole agency")),
        *((f"team:{team.pk}", team.name) for team in teams),
    )
    tried = _tried(user, sent)
    return ParameterPage(
        clause=clause,
        title=clause_title(clause),
        chapter=chapter_of(clause),
        number=number_history(clause, number, signed, scope_labels(signed, teams)),
        unit=unit_words(proposed, number.value.unit),
        value=sent.get("value", str(number.value.value)),
        effective_from=sent.get("effective_from", (today + timedelta(days=1)).isoformat()),
        reason=sent.get("reason", ""),
        scope=sent.get("scope", AGENCY_CODE),
        scopes=(*wide, (ONE_CLIENT, _("one client"))),
        client=sent.get("client", ""),
        tried=f"{tried[0]}:{tried[1]}",
        tried_scopes=(*wide, *_one_client(tried)),
        earliest=today,
        retro=retro,
        what_if=_what_if(clause, name, proposed, number.value.unit, tried),
        others=tuple(other for other in number.value.clauses if other != clause),
        problem=problem,
    )


def require_used(clause: str, name: str) -> None:
    """BadInput unless the clause names the number: a signature is given over the clause's words."""
    if _number(clause, name, in_force()) is None:
        raise BadInput(
            _("Clause %(clause)s does not use this number") % {"clause": clause},
            cure=_("Open the number from a clause that names it"),
        )


def _number(clause: str, name: str, values: Iterable[SignedValue]) -> ShownNumber | None:
    card, by_name = card_of(clause), {value.name: value for value in values}
    shown = numbers_of(card, by_name) if card else ()
    return next((one for one in shown if one.name == name), None)


def scope_of(user: "User", form: Mapping[str, str]) -> Scope:
    """The scope chosen; a client by its name or id among those the signer sees. BadInput for none,
    and for a team or a client that is not there."""
    kind, _colon, number = form.get("scope", AGENCY_CODE).partition(":")
    if kind == "agency":
        return AGENCY
    if kind == "client" and not number:
        return "client", _client_called(user, form.get("client", "").strip())
    if kind == "team" and (team := team_called(number)):
        return kind, team.pk
    if kind == "client" and clients_of(user).filter(pk=id_of(number)).exists():
        return kind, int(number)
    raise BadInput(_("There is no such scope"), field="scope")


def _client_called(user: "User", name: str) -> int:
    found = client_called(user, name) if name else []
    if len(found) == 1:
        return found[0]
    raise BadInput(
        _("Several clients are called so") if found else _("No client is called so"),
        field="client",
        cure=_("Enter the client's whole name as its card has it"),
    )


def retro_view(name: str, value: int | None, since: date, scope: Scope) -> RetroView:
    """The rows of a decision about the past, ready to be read."""
    found = retro_changes(name=name, value=value, effective_from=since, scope=scope)
    return RetroView(
        since=since,
        rows=found.rows,
        appear=found.appear,
        lines=tuple(
            RetroLine(
                row=one.row,
                before=code_of(one.row),
                after=one.state.name.lower() if one.state is not None else "",
                due=one.due,
                href=client_href(one.row.root_id),
            )
            for one in found.changed
        ),
    )


def _tried(user: "User", sent: Mapping[str, str]) -> Scope:
    """Whose rows to count: of the scope chosen, of the whole agency while it makes no sense."""
    try:
        return scope_of(user, sent)
    except BadInput:
        return AGENCY


def _one_client(scope: Scope) -> tuple[tuple[str, str], ...]:
    if scope[0] != "client":
        return ()
    return ((f"client:{scope[1]}", providers().names([scope]).get(scope, "")),)


def _typed(text: str, otherwise: int) -> int:
    """The value to try: what was typed when it is a sane number."""
    value = id_of(text.strip())
    return otherwise if value is None else min(value, MOST)


def _what_if(clause: str, name: str, proposed: int, unit: str, scope: Scope) -> WhatIf | None:
    try:
        found = preview(clause, name, proposed, scope)
    except PultError:
        return None
    values = [point.value for point in found.points]
    by_value = {point.value: point for point in found.points}
    now, then = by_value[found.current], by_value[found.proposed]
    names = full_names(change.user_id for change in found.managers)
    return WhatIf(
        pairs=tuple((point.value, point.breaches) for point in found.points),
        current=values.index(found.current),
        chosen=values.index(found.proposed),
        words=amount_words(proposed, unit),
        breaches_now=now.breaches,
        breaches_then=then.breaches,
        rows_now=now.rows,
        rows_then=then.rows,
        managers=_managers(found, names),
        current_words=amount_words(found.current, unit),
        happened=found.happened,
        since=_younger(local_day(found.since)),
        turned=tuple(
            TurnedRow(row, code_of(row), client_href(row.root_id)) for row in found.turned
        ),
    )


def _younger(first: date) -> date | None:
    """The first day counted where it is less than a year ago."""
    return first if clock.today(settings.TIME_ZONE) - first < timedelta(days=360) else None


def _managers(found: Preview, names: Mapping[int, str]) -> tuple[ManagerLine, ...]:
    lines = [
        ManagerLine(
            name=names.get(one.user_id, ""),
            rows=one.rows,
            breaches=one.change.breaches_gained - one.change.breaches_lost,
        )
        for one in found.managers
    ]
    return tuple(sorted(lines, key=lambda line: (-line.breaches, line.name)))
