"""The regulation as one document: chapters of clauses, each with its numbers and how it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pult.clients.access import given_to
from pult.kernel.roles import Role
from pult.kernel.same import Same
from pult.people.models import Team
from pult.people.queries import all_teams
from pult.regulation.evaluate.card import Card
from pult.regulation.labels import in_order
from pult.regulation.pack_text import shipped_pack
from pult.regulation.parameters import SignedValue, in_force
from pult.regulation.queries import ClauseLine, ModeCell, modes_matrix, reader
from pult.ui.markup import join
from pult.web.matching import matching
from pult.web.pages.regulation import articles
from pult.web.pages.regulation.examples import ExampleTable, drawn_examples, example_table
from pult.web.pages.regulation.looks import MODES, KindLook, ModeLook, kind_look
from pult.web.pages.regulation.words import (
    amount_words,
    chapter_words,
    fact_words,
    label_of,
    language,
    parameters_in,
    sentence,
)

if TYPE_CHECKING:
    from pult.people.models import User

LEADERS = frozenset({Role.HEAD.value, Role.DIRECTOR.value})


@dataclass(frozen=True)
class ShownNumber:
    """A parameter of a clause in words. `since` is None while the card's own number stands."""

    name: str
    label: str
    words: str
    value: SignedValue


@dataclass(frozen=True)
class TeamMode:
    """How loud the clause is for one team, or (empty name) for the agency."""

    team: str
    look: ModeLook
    cell: ModeCell


@dataclass(frozen=True)
class Clause:
    """One clause of the document."""

    line: ClauseLine
    look: KindLook
    sentence: str
    note: str
    numbers: tuple[ShownNumber, ...]
    modes: tuple[TeamMode, ...]
    examples: ExampleTable
    drawn_examples: str
    unrecorded: tuple[str, ...]

    @property
    def is_watched(self) -> bool:
        """Whether Pult judges it by itself: then how loud it is matters."""
        return self.look.runs and not self.line.is_planned

    @cached_property
    def article(self) -> SafeString:
        """The clause as it stands in the document."""
        return articles.article(self)

    @cached_property
    def contents(self) -> SafeString:
        """Its line in the table of contents."""
        return articles.contents(self)

    @cached_property
    def marks(self) -> SafeString:
        """What it is, how loud, and how much is owed by it."""
        return articles.marks(self)

    @property
    def text(self) -> str:
        """Everything a person may look for."""
        said = (self.line.clause, self.line.title, self.line.wording, self.sentence)
        return " ".join([*said, self.look.label, self.note, *(n.label for n in self.numbers)])


@dataclass(frozen=True)
class Chapter:
    anchor: str
    title: str
    clauses: tuple[Clause, ...]

    @property
    def contents(self) -> SafeString:
        """Its lines in the table of contents."""
        return join(clause.contents for clause in self.clauses)

    @property
    def articles(self) -> SafeString:
        """Its clauses, one after another."""
        return join(clause.article for clause in self.clauses)


@dataclass(frozen=True)
class RegulationPage:
    """The document as filtered. `kinds` are (code, label) of what there is."""

    chapters: tuple[Chapter, ...]
    kinds: tuple[tuple[str, str], ...]
    q: str
    kind: str
    count: int
    total: int
    running: int
    waiting: int
    may_sign: bool

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.kind)


def regulation_page(user: "User", query: QueryDict) -> RegulationPage:
    """The whole regulation for this person; six queries whatever its size."""
    q, kind = query.get("q", "").strip()[:200], query.get("kind", "")
    may_sign = bool(user.roles & LEADERS)
    clauses = _clauses(user, may_sign)
    labels = {clause.line.kind: clause.look.label for clause in clauses}
    kind = kind if kind in labels else ""
    shown = [clause for clause in clauses if kind in ("", clause.line.kind)]
    shown = matching(q, shown, lambda clause: clause.text)
    return RegulationPage(
        chapters=_chapters(shown),
        kinds=tuple(labels.items()),
        q=q,
        kind=kind,
        count=len(shown),
        total=len(clauses),
        running=sum(clause.is_watched for clause in clauses),
        waiting=sum(clause.line.awaits_signature for clause in clauses),
        may_sign=may_sign,
    )


def _clauses(user: "User", may_sign: bool) -> list[Clause]:
    teams, values = all_teams(), {value.name: value for value in in_force()}
    matrix = modes_matrix([team.pk for team in teams])
    modes = {clause: list(cells) for clause, cells in groupby(matrix, key=lambda cell: cell.clause)}
    found = reader(given=given_to(user), shadow=may_sign, cells=matrix)
    lines = {line.clause: line for line in found}
    return [
        clause_of(card, lines[card.clause], values, modes.get(card.clause, ()), teams)
        for card in _in_pack_order(in_order())
    ]


def _in_pack_order(cards: list[Card]) -> list[Card]:
    """As the files stand today: an edition signed before they moved does not know its place."""
    places = {clause: place for place, clause in enumerate(shipped_pack().chapters)}
    return sorted(cards, key=lambda card: places.get(card.clause, len(places)))


def clause_of(
    card: Card,
    line: ClauseLine,
    values: Mapping[str, SignedValue],
    cells: Collection[ModeCell],
    teams: Collection[Team],
) -> Clause:
    """One clause, ready to be read."""
    names = {team.pk: team.name for team in teams}
    own = ((cell, names.get(cell.team, "")) for cell in cells if not (cell.team and cell.inherited))
    used = tuple(value for name in parameters_in(card) if (value := values.get(name)))
    return _ready(Same(card), line, used, tuple(own), get_language(), get_script_prefix())


@lru_cache(maxsize=512)
def _ready(
    kept: Same[Card],
    line: ClauseLine,
    used: tuple[SignedValue, ...],
    modes: tuple[tuple[ModeCell, str], ...],
    _language: str | None,
    _prefix: str,
) -> Clause:
    """Put together, and drawn, once for what it says: of most clauses nothing changes from one
    look to the next. The language and the prefix of addresses key what is kept."""
    card, pack, said = kept.value, shipped_pack(), language()
    return Clause(
        line=line,
        look=kind_look(card.kind, said),
        sentence=sentence(card, {value.name: value.value for value in used}),
        note=pack.notes.get(card.clause, "") if said == pack.vocabulary.language else "",
        numbers=numbers_of(card, {value.name: value for value in used}),
        modes=tuple(TeamMode(team, MODES[cell.mode], cell) for cell, team in modes),
        examples=example_table(card),
        drawn_examples=drawn_examples(card.clause, card.edition, said),
        unrecorded=fact_words(card.planned),
    )


def numbers_of(card: Card, values: Mapping[str, SignedValue]) -> tuple[ShownNumber, ...]:
    """The numbers a card names, in words."""
    return tuple(
        ShownNumber(name, label_of(card, name), amount_words(value.value, value.unit), value)
        for name in parameters_in(card)
        if (value := values.get(name))
    )


def _chapters(clauses: list[Clause]) -> tuple[Chapter, ...]:
    headings = shipped_pack().chapters
    return tuple(
        Chapter(f"chapter-{number}", chapter_words(heading), tuple(group))
        for number, (heading, group) in enumerate(
            groupby(clauses, key=lambda clause: headings.get(clause.line.clause, "")), 1
        )
    )
