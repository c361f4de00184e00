"""Cards and numbers in the reader's language."""

from collections.abc import Collection, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.regulation.evaluate.card import Amount, Card
from pult.regulation.evaluate.reads import GRACE, HORIZON
from pult.regulation.evaluate.whatif import with_value
from pult.regulation.index import parts
from pult.regulation.language.amounts import spoken
from pult.regulation.language.reading import reading
from pult.regulation.pack_text import shipped_pack


def language() -> str:
    """ "ru" or "en", whichever the reader's pages are in."""
    return "ru" if (get_language() or "ru").startswith("ru") else "en"


_named: dict[int, tuple[Card, list[Amount]]] = {}
_said: dict[tuple[object, ...], str] = {}
MOST_SAID = 2000
DIGITS = tuple("0123456789")


def sentence(card: Card, values: Mapping[str, int]) -> str:
    """The card read aloud with the numbers in force rather than those it was written with."""
    changed = tuple(
        (amount, values[amount.name])
        for amount in named_amounts(card)
        if values.get(amount.name, amount.value) != amount.value
    )
    asked = card.clause, card.edition, changed, language()
    if asked not in _said:
        if len(_said) >= MOST_SAID:
            _said.clear()
        for amount, value in changed:
            card = with_value(card, amount, value)
        _said[asked] = reading(card, shipped_pack().vocabulary, language())
    return _said[asked]


def named_amounts(card: Card) -> list[Amount]:
    """The numbers of a card that have a name, and what a predicted day adds to them."""
    known = _named.get(id(card))
    if known is None or known[0] is not card:
        if len(_named) >= MOST_SAID:
            _named.clear()
        known = _named[id(card)] = card, _named_in(card)
    return known[1]


def _named_in(card: Card) -> list[Amount]:
    named = [part for part in parts(card) if isinstance(part, Amount) and part.name]
    word = card.trigger.word if card.trigger else None
    return [*named, GRACE, HORIZON] if word and word.shape == "date" else named


def amount_words(value: int, unit: str) -> str:
    """`7 рабочих дней`; a bare count is its number."""
    return spoken(value, unit, language())


def unit_words(value: int, unit: str) -> str:
    """The unit alone, in the form this number takes; empty for a bare count."""
    said = amount_words(value, unit)
    return said.removeprefix(str(value)).lstrip(" -")


def parameter_label(name: str) -> str:
    """What the number means, as the pack describes it; its code when the pack does not."""
    known = shipped_pack().parameters.get(name)
    if known is None:
        return name
    return known.ru if language() == "ru" else known.en


def label_of(card: Card, name: str) -> str:
    """What the number means in this card: of several deadlines, on which side of the day it is."""
    label = parameter_label(name)
    side = next((one.side for one in card.deadlines if one.amount.name == name), "")
    if len(card.deadlines) < 2 or not side:
        return label
    words = {"before": _("before the day"), "at": _("on the day"), "after": _("after the day")}
    return _("%(label)s: %(side)s") % {"label": label, "side": words[side]}


def fact_words(kinds: Collection[str]) -> tuple[str, ...]:
    """Fact kinds in the words of the vocabulary."""
    if not kinds:
        return ()
    vocabulary = shipped_pack().vocabulary
    by_kind = {kind: key for key, fact in vocabulary.facts.items() for kind in fact.kinds}
    return tuple(vocabulary.label(by_kind.get(kind, kind), language()) for kind in kinds)


def chapter_words(heading: str) -> str:
    """«5. Выставление счёта · Invoicing» in the reader's half."""
    russian, _between, english = heading.partition(" · ")
    if language() == "ru" or not english:
        return russian
    number, dot, _rest = russian.partition(". ")
    return f"{number}. {english}" if dot and not english.startswith(DIGITS) else english
