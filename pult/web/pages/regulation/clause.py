"""The page of one clause: its text, its history, its use, and who owes what by it now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.access import ids_of
from pult.kernel import clock
from pult.kernel.errors import NotVisible, PultError
from pult.people.models import Team
from pult.people.queries import all_teams
from pult.regulation import registry
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.parameters import FOLLOWS
from pult.regulation.evaluate.table import Mode
from pult.regulation.labels import titles
from pult.regulation.models import CardEdition, ParameterValue
from pult.regulation.pack_text import shipped_pack
from pult.regulation.parameters import AGENCY, Scope, newest
from pult.regulation.providers import providers
from pult.regulation.queries import (
    ClausePage,
    ClauseUse,
    LedgerRow,
    clause_page,
    waived_now,
)
from pult.regulation.queries.refusals import times_refused
from pult.web.answers import address_of
from pult.web.holders import answered_by, role_label
from pult.web.obligations import client_href, code_of, seen_roles
from pult.web.pages.regulation.diff import Line, difference
from pult.web.pages.regulation.page import (
    LEADERS,
    Clause,
    ShownNumber,
    TeamMode,
    clause_of,
)
from pult.web.pages.regulation.words import amount_words, chapter_words

if TYPE_CHECKING:
    from pult.people.models import User

Labels = Mapping[Scope, str]


@dataclass(frozen=True)
class Debt:
    """A row somebody owes by this clause, with where to read about it."""

    row: LedgerRow
    state: str
    note: str
    href: str
    why: str


@dataclass(frozen=True)
class Debtor:
    name: str
    debts: tuple[Debt, ...]


@dataclass(frozen=True)
class PastValue:
    """A value of a number: in force before, now, or (`is_ahead`) from a day to come."""

    value: ParameterValue
    words: str
    is_ahead: bool
    is_now: bool


@dataclass(frozen=True)
class ScopedValue:
    """A value of a team's or a client's own, in force or to come."""

    label: str
    scope: str
    past: PastValue


@dataclass(frozen=True)
class NumberHistory:
    """`values` are the agency's; `own` those that teams and clients have instead."""

    number: ShownNumber
    href: str
    values: tuple[PastValue, ...]
    own: tuple[ScopedValue, ...]


@dataclass(frozen=True)
class Edition:
    """A wording of the clause; while it `waits` for a signature, what it would change."""

    row: CardEdition
    waits: bool
    changes: tuple[Line, ...]


@dataclass(frozen=True)
class ClauseView:
    """Everything the clause page shows. `debtors` are the people the reader may see; `refused`:
    how many acts a gate refused of late, None for other cards."""

    clause: Clause
    chapter: str
    debtors: tuple[Debtor, ...]
    owed: int
    is_seen: bool
    is_cut: bool
    use: ClauseUse
    numbers: tuple[NumberHistory, ...]
    editions: tuple[Edition, ...]
    waivers: int
    refused: int | None
    rests_on: tuple[tuple[str, str], ...]
    feeds: tuple[tuple[str, str], ...]
    ladder: tuple[tuple[str, str], ...]
    may_sign: bool
    tomorrow: date
    ladder_rests: bool
    lets_through: tuple[str, ...]
    problem: PultError | None = None


def clause_view(user: "User", clause: str) -> ClauseView:
    """One clause for this person; NotVisible when the regulation has no such clause."""
    may_sign = bool(user.roles & LEADERS)
    roots = ids_of(user)
    teams = all_teams()
    found = clause_page(clause, root_ids=roots, shadow=may_sign, teams=[team.pk for team in teams])
    if found is None:
        raise NotVisible("")
    is_seen = not found.card.role or found.card.role in seen_roles(user)
    values = {value.name: value for value in found.parameters}
    shown = clause_of(found.card, found.line, values, found.modes, teams)
    return ClauseView(
        clause=shown,
        chapter=chapter_of(clause),
        debtors=_debtors(found.owed, user) if is_seen else (),
        owed=found.line.live if is_seen else 0,
        is_seen=is_seen,
        is_cut=len(found.owed) < found.line.live,
        use=found.use,
        numbers=_numbers(found, shown, teams),
        editions=_editions(found),
        waivers=waived_now(clause, root_ids=roots),
        refused=times_refused(clause) if found.card.gate or found.card.forbidden else None,
        rests_on=_neighbours(registry.current().needed_for([clause]) - {clause}),
        feeds=_neighbours(registry.current().dependants([clause]) - {clause}),
        ladder=tuple(
            (amount_words(rung.amount.value, rung.amount.unit), role_label(rung.role))
            if rung.amount.value
            else ("", role_label(rung.role))
            for rung in found.card.ladder
        ),
        may_sign=may_sign,
        tomorrow=clock.today(settings.TIME_ZONE) + timedelta(days=1),
        ladder_rests=all(mode.cell.mode < Mode.ESCALATING for mode in shown.modes),
        lets_through=_lets_through(found.card, shown.modes),
    )


def _lets_through(card: Card, modes: Iterable[TeamMode]) -> tuple[str, ...]:
    """For whom a gate or a ban refuses nobody, because it is not switched on there."""
    if not (card.gate or card.forbidden):
        return ()
    silent = (one.team or _("the agency") for one in modes if one.cell.mode < Mode.VISIBLE)
    return tuple(map(str, silent))


def _numbers(
    found: ClausePage, shown: Clause, teams: Collection[Team]
) -> tuple[NumberHistory, ...]:
    said = [(number, found.said.get(number.name, [])) for number in shown.numbers]
    labels = scope_labels([row for _number, rows in said for row in rows], teams)
    clause = found.card.clause
    return tuple(number_history(clause, number, rows, labels) for number, rows in said)


def chapter_of(clause: str) -> str:
    """The heading a clause stands under, in the reader's language."""
    return chapter_words(shipped_pack().chapters.get(clause, ""))


def number_history(
    clause: str, number: ShownNumber, signed: Collection[ParameterValue], labels: Labels
) -> NumberHistory:
    """Every value the agency has signed for a number, the newest on top, and those of teams and
    clients that hold or lie ahead. `labels` name the scopes."""
    today = clock.today(settings.TIME_ZONE)
    now = {row.pk for row in newest(signed, today).values()}
    past = {row: _past(row, row.pk in now, today) for row in signed}
    return NumberHistory(
        number=number,
        href=address_of("parameter", clause, number.name),
        values=tuple(past[row] for row in signed if row.scope_type == AGENCY[0]),
        own=tuple(
            ScopedValue(
                labels.get((row.scope_type, row.scope_id), str(row.scope_id)),
                f"{row.scope_type}:{row.scope_id}",
                past[row],
            )
            for row in signed
            if row.scope_type != AGENCY[0] and (past[row].is_now or past[row].is_ahead)
        ),
    )


def _past(row: ParameterValue, is_now: bool, today: date) -> PastValue:
    if row.value != FOLLOWS:
        words = amount_words(row.value, row.unit)
    elif row.scope_type == AGENCY[0]:
        words = _("as the card has it")
    else:
        words = _("as the agency has it")
    return PastValue(row, words, row.effective_from > today, is_now)


def scope_labels(said: Iterable[ParameterValue], teams: Iterable[Team]) -> Labels:
    """Names of the teams and clients that have values of their own; one query when some client
    has."""
    found: dict[Scope, str] = {("team", team.pk): team.name for team in teams}
    others = {(row.scope_type, row.scope_id) for row in said} - found.keys() - {AGENCY}
    return found | (dict(providers().names(others)) if others else {})


def _debtors(rows: tuple[LedgerRow, ...], reader: "User") -> tuple[Debtor, ...]:
    names = answered_by(rows, {reader.pk: reader.full_name})
    by_name: dict[str, list[Debt]] = {}
    for row in rows:
        by_name.setdefault(names[row.id], []).append(debt_of(row))
    return tuple(
        Debtor(name, tuple(debts))
        for name, debts in sorted(by_name.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def debt_of(row: LedgerRow) -> Debt:
    """A row as a line of a list of debts."""
    return Debt(
        row=row,
        state=code_of(row),
        note="" if row.subject_type == "client" else row.subject,
        href=client_href(row.root_id),
        why=address_of("obligation_why", row.id),
    )


def _editions(found: ClausePage) -> tuple[Edition, ...]:
    signed = next((row for row in found.editions if row.signed_at), None)
    return tuple(
        Edition(row, True, difference(signed.text if signed else "", row.text))
        if row.signed_at is None
        else Edition(row, False, ())
        for row in found.editions
    )


def _neighbours(clauses: Iterable[str]) -> tuple[tuple[str, str], ...]:
    names = titles()
    return tuple((clause, names.get(clause, clause)) for clause in sorted(clauses))
