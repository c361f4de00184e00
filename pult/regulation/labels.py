"""Names of clauses in the reader's language, from the cards in force."""

from django.utils.translation import get_language

from pult.regulation import registry
from pult.regulation.evaluate.card import Card


def newest(clause: str) -> Card | None:
    """The newest signed edition of a clause."""
    return _newest(registry.current()).get(clause)


def clause_title(clause: str) -> str:
    """The clause's title in the active language, the clause itself when it has no card."""
    card = newest(clause)
    if card is None:
        return clause
    return card.title if _is_russian() else card.title_en


def _is_russian() -> bool:
    return (get_language() or "ru").startswith("ru")


def titles() -> dict[str, str]:
    """The title of every clause in the active language, for lists."""
    russian = _is_russian()
    return {
        clause: card.title if russian else card.title_en
        for clause, card in _newest(registry.current()).items()
    }


def in_order() -> list[Card]:
    """The newest signed edition of every clause, in the pack's order."""
    return list(_newest(registry.current()).values())


_cards: tuple[int, dict[str, Card]] = (-1, {})


def _newest(regulation: registry.Regulation) -> dict[str, Card]:
    global _cards
    if _cards[0] != id(regulation):
        ordered = sorted(regulation.editions, key=lambda card: card.effective_from)
        newest = {card.clause: card for card in ordered}
        places = {card.clause: (card.file, card.line) for card in ordered}
        _cards = id(regulation), dict(sorted(newest.items(), key=lambda pair: places[pair[0]]))
    return _cards[1]
