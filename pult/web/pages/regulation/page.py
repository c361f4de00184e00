"""The regulation as one document: chapters of clauses, each with its numbers and how it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.safestring import SafeString

from pult.clients.access import SEE_ALL, clients_of
from pult.kernel.roles import Role
from pult.people.models import Team
from pult.people.queries import all_teams
from pult.regulation.evaluate.card import Card
from pult.regulation.labels import in_order
from pult.regulation.pack_text import shipped_pack
from pult.regulation.parameters import SignedValue, in_force
from pult.regulation.queries import ClauseLine, ModeCell, modes_matrix, reader
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
    named_amounts,
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

    @property
    def article(self) -> SafeString:
        """The clause as it stands in the document."""
        return articles.article(self)

    @property
    def contents(self) -> SafeString:
        """Its line in the table of contents."""
        return articles.contents(self)

    @property
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
    shown = [clause for clause in clauses if kind in ("", clause.line.kind)]
    shown = matching(q, shown, lambda clause: clause.text)
    labels = {clause.line.kind: clause.look.label for clause in clauses}
    return RegulationPage(
        chapters=_chapters(shown),
        kinds=tuple(labels.items()),
        q=q,
        kind=kind if kind in labels else "",
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
    roots = None if user.roles & SEE_ALL else clients_of(user).values("pk")
    found = reader(root_ids=roots, shadow=may_sign, cells=matrix)
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
    pack, said = shipped_pack(), language()
    names = {team.pk: team.name for team in teams}
    return Clause(
        line=line,
        look=kind_look(card.kind, said),
        sentence=sentence(card, {name: value.value for name, value in values.items()}),
        note=pack.notes.get(card.clause, "") if said == pack.vocabulary.language else "",
        numbers=numbers_of(card, values),
        modes=tuple(
            TeamMode(names.get(cell.team, ""), MODES[cell.mode], cell)
            for cell in cells
            if cell.team == 0 or not cell.inherited
        ),
        examples=example_table(card),
        drawn_examples=drawn_examples(card.clause, card.edition, said),
        unrecorded=fact_words(card.planned),
    )


def numbers_of(card: Card, values: Mapping[str, SignedValue]) -> tuple[ShownNumber, ...]:
    """The numbers a card names, in words."""
    return tuple(
        ShownNumber(name, label_of(card, name), amount_words(value.value, value.unit), value)
        for name in sorted({amount.name for amount in named_amounts(card)})
        if (value := values.get(name))
    )


def roots_of(user: "User") -> frozenset[int] | None:
    """The clients whose rows a person sees; None for all."""
    if user.roles & SEE_ALL:
        return None
    return frozenset(clients_of(user).values_list("pk", flat=True))


def _chapters(clauses: list[Clause]) -> tuple[Chapter, ...]:
    headings = shipped_pack().chapters
    return tuple(
        Chapter(f"chapter-{number}", chapter_words(heading), tuple(group))
        for number, (heading, group) in enumerate(
            groupby(clauses, key=lambda clause: headings.get(clause.line.clause, "")), 1
        )
    )
