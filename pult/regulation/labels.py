"""Names of clauses in the reader's language, from the cards in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.evaluate.card import Card
from pult.regulation.index import in_force, next_edition
from pult.regulation.pack_text import shipped_pack


def card_of(clause: str) -> Card | None:
    """The edition of a clause in force now; its first one while that is still to come."""
    return _cards().get(clause)


def clause_title(clause: str) -> str:
    """The clause's title in the active language, the clause itself when it has no card."""
    card = card_of(clause)
    if card is None:
        return clause
    return card.title if is_russian() else card.title_en


def wording_of(card: Card) -> str:
    """What the clause says in the active language; in Russian where nobody has translated it."""
    return card.wording if is_russian() or not card.wording_en else card.wording_en


def lacking(card: Card | None, missing: Sequence[str]) -> tuple[str, ...]:
    """What a gate missed in the reader's language: as its card has it, or by the vocabulary."""
    if card is None:
        return tuple(missing)
    if card.gate is None:
        return (wording_of(card),)
    if is_russian():
        return tuple(missing)
    from pult.regulation.language.reading import describe

    vocabulary, language = shipped_pack().vocabulary, get_language() or "en"
    wanted = (each for each in card.gate.requires if each.text in missing)
    return tuple(describe(each.condition, vocabulary, language) for each in wanted)


def is_russian() -> bool:
    """Whether the reader reads Russian."""
    return (get_language() or "ru").startswith("ru")


def titles() -> dict[str, str]:
    """The title of every clause in the active language, for lists."""
    russian = is_russian()
    return {clause: card.title if russian else card.title_en for clause, card in _cards().items()}


def in_order() -> list[Card]:
    """The edition in force of every clause, in the pack's order."""
    return list(_cards().values())


@dataclass(frozen=True)
class _Kept:
    """Cards by clause of one regulation, good from a minute until another edition takes effect."""

    regulation: registry.Regulation
    since: int
    until: int
    cards: dict[str, Card]


_kept: _Kept | None = None


def _cards() -> dict[str, Card]:
    global _kept
    regulation, now = registry.current(), clock.to_minute(clock.now())
    kept = _kept
    if kept is None or kept.regulation is not regulation or not kept.since <= now < kept.until:
        until = next_edition(regulation.editions, now)
        _kept = kept = _Kept(regulation, now, until, _ordered(regulation, now))
    return kept.cards


def _ordered(regulation: registry.Regulation, now: int) -> dict[str, Card]:
    ahead = sorted(regulation.editions, key=lambda card: -card.effective_from)
    cards = {card.clause: card for card in ahead} | in_force(regulation.editions, now)
    places = {clause: (card.file, card.line) for clause, card in cards.items()}
    return dict(sorted(cards.items(), key=lambda pair: places[pair[0]]))
