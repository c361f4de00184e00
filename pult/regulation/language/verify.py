"""What only all cards together can tell: duplicates, contradictions, circles, lacking examples."""

from collections.abc import Iterable, Sequence

from pult.regulation.evaluate.card import RUNNING_KINDS, Card, Holds
from pult.regulation.evaluate.reads import depends_on
from pult.regulation.language.examples.expect import read_expected
from pult.regulation.language.markdown import Section
from pult.regulation.language.problems import Place, Problems, nearest, say
from pult.regulation.language.vocabulary import Vocabulary

KEPT = {"met", "allowed"}
BROKEN = {"overdue", "late", "violated"}
QUIET = {"forbidden", "monitor"}


def verify(
    cards: Sequence[Card], found: Sequence[Section], vocabulary: Vocabulary, problems: Problems
) -> None:
    """Notes every problem that no single card shows."""
    _duplicates(found, problems)
    _clauses(cards, {section.clause for section in found}, problems)
    _circles(cards, problems)
    _acts(cards, vocabulary, problems)
    _gates(cards, vocabulary, problems)
    written = {section.clause: len(section.examples) for section in found}
    for card in cards:
        if card.kind in RUNNING_KINDS:
            _examples(card, written[card.clause], problems)


def circles(cards: Sequence[Card]) -> list[list[str]]:
    """Groups of clauses that read one another, each in the order of the cards."""
    reads = {card.clause: depends_on(card) - {"*"} for card in cards}
    left = dict(reads)
    while True:
        free = [clause for clause, needs in left.items() if not needs & left.keys()]
        if not free:
            break
        for clause in free:
            del left[clause]
    return [list(left)] if left else []


def _duplicates(found: Sequence[Section], problems: Problems) -> None:
    first: dict[str, Section] = {}
    for section in found:
        known = first.setdefault(section.clause, section)
        if known is not section:
            where = f"{known.place.file}:{known.place.line}"
            problems.add(section.place, "duplicate_clause", clause=section.clause, where=where)


def _clauses(cards: Sequence[Card], known: set[str], problems: Problems) -> None:
    for card in cards:
        for clause in sorted(depends_on(card) - known - {"*"}):
            near = nearest(clause, sorted(known))
            problems.add(_place(card), "unknown_clause", near, word=clause)


def _circles(cards: Sequence[Card], problems: Problems) -> None:
    for circle in circles(cards):
        place = next(_place(card) for card in cards if card.clause == circle[0])
        problems.add(place, "clause_cycle", clauses=", ".join(circle))


def _acts(cards: Sequence[Card], vocabulary: Vocabulary, problems: Problems) -> None:
    """A clause may not ask of a role what another clause forbids it (5.1 and М4.9)."""
    bans = {
        (card.forbidden.action, card.forbidden.role): card.clause
        for card in cards
        if card.forbidden
    }
    for card in cards:
        other = bans.get((card.act, card.role))
        if other and not card.forbidden:
            language = vocabulary.language
            act, role = (
                vocabulary.label(card.act, language),
                vocabulary.role_label(card.role, language),
            )
            words = {"clause": card.clause, "other": other, "act": act, "role": role}
            problems.add(_place(card), "conflicting_acts", **words)


def _gates(cards: Sequence[Card], vocabulary: Vocabulary, problems: Problems) -> None:
    """Two gates of one action may not need a thing and its opposite at once."""
    seen: dict[tuple[str, Holds], Card] = {}
    for card in cards:
        for hold in required(card):
            action = card.gate.action if card.gate else ""
            opposite = Holds(**{**vars(hold), "negated": not hold.negated})
            other = seen.get((action, opposite))
            if other and other is not card:
                language = vocabulary.language
                word = vocabulary.label(hold.word.text, language) if hold.word else hold.clause
                act = vocabulary.label(action, language)
                words = {"clause": card.clause, "other": other.clause, "act": act, "word": word}
                problems.add(_place(card), "conflicting_gates", **words)
            seen[action, hold] = card


def required(card: Card) -> Iterable[Holds]:
    """What a gate needs without any alternative."""
    for requirement in card.gate.requires if card.gate else ():
        if len(requirement.condition.any_of) == 1:
            yield from requirement.condition.any_of[0]


def _examples(card: Card, written: int, problems: Problems) -> None:
    place = _place(card)
    if written < 2:
        problems.add(place, "few_examples", clause=card.clause, count=written)
    if written < 2 or len(card.examples) < written:
        return
    outcomes = {row.outcome for example in card.examples for row in read_expected(example.expect)}
    kept = KEPT | ({"none"} if card.kind in QUIET else set())
    if card.cadence and card.cadence.gap:
        kept = kept | {"open"}
    for wanted, code in ((kept, "say_kept"), (BROKEN, "say_broken")):
        if not outcomes & wanted:
            missing = say(code, problems.language)
            problems.add(place, "one_sided_examples", clause=card.clause, missing=missing)


def _place(card: Card) -> Place:
    return Place(card.file, card.line)
