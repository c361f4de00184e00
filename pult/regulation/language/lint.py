"""Worth a look, though nothing is refused: chains too long for their window, gates nobody opens."""

from collections.abc import Iterator, Mapping, Sequence

from pult.regulation.evaluate.card import Amount, Card, Deadline, Holds
from pult.regulation.language.parameters import Parameter
from pult.regulation.language.problems import Place, Problem
from pult.regulation.language.verify import required
from pult.regulation.language.vocabulary import Vocabulary

HOURS_A_DAY = 7  # working hours of a day, lunch left out
CALENDAR_DAYS = 5 / 7  # working days in a calendar day, on average


def lint(
    cards: Sequence[Card], vocabulary: Vocabulary, parameters: Mapping[str, Parameter]
) -> list[Problem]:
    """Remarks on a pack that loads, in the order of its cards."""
    found = [*_chains(cards, vocabulary), *_gates(cards, vocabulary)]
    return sorted(found, key=lambda problem: problem.place)


def _chains(cards: Sequence[Card], vocabulary: Vocabulary) -> Iterator[Problem]:
    """A lead before a day must hold everything that follows its evidence before the same day.

    An invoice sent 7 working days ahead leaves 7 for the payment, the top-up and the creatives;
    when the steps between ask for more in sum, somebody will be late without having done wrong.
    """
    for card in cards:
        if not (card.trigger and card.trigger.word and card.trigger.word.shape == "date"):
            continue
        window = min((_days(each) for each in card.deadlines if each.side == "before"), default=0)
        for path in _paths(card, cards, ()):
            steps = sum(_days(each.deadlines[0]) for each in path)
            needed = steps + _reserve(path[-1], card, cards)
            if window and needed > window:
                yield Problem(
                    Place(card.file, card.line),
                    "lint_chain",
                    (
                        ("chain", " → ".join(each.clause for each in (card, *path))),
                        ("needed", round(needed, 1)),
                        ("window", round(window, 1)),
                    ),
                    language=vocabulary.language,
                )


def _paths(card: Card, cards: Sequence[Card], seen: tuple[str, ...]) -> Iterator[tuple[Card, ...]]:
    """Chains of obligations each of which starts with what proves the one before."""
    proofs = {kind for hold in _proofs(card) if hold.word for kind in hold.word.kinds}
    for follower in cards:
        word = follower.trigger.word if follower.trigger else None
        if word is None or word.shape == "date" or not follower.deadlines:
            continue
        if follower.clause in seen or follower is card or not proofs & set(word.kinds):
            continue
        rest = list(_paths(follower, cards, (*seen, card.clause)))
        yield (follower,)
        for path in rest:
            yield (follower, *path)


def _reserve(last: Card, first: Card, cards: Sequence[Card]) -> float:
    """Working days that what the chain ends with must keep before the same day."""
    proofs = {kind for hold in _proofs(last) if hold.word for kind in hold.word.kinds}
    leads = [0.0]
    for card in cards:
        same = card.trigger and first.trigger and card.trigger.word == first.trigger.word
        ends = {kind for hold in _proofs(card) if hold.word for kind in hold.word.kinds}
        if same and card is not first and proofs & ends:
            leads += [_days(each) for each in card.deadlines if each.side == "before"]
    return max(leads)


def _proofs(card: Card) -> list[Holds]:
    return [hold for group in card.evidence.any_of for hold in group] if card.evidence else []


def _days(deadline: Deadline) -> float:
    return in_days(deadline.amount)


def in_days(amount: Amount) -> float:
    """An amount of time in working days, roughly."""
    match amount.unit:
        case "bh":
            return amount.value / HOURS_A_DAY
        case "bmin":
            return amount.value / (60 * HOURS_A_DAY)
        case "day":
            return amount.value * CALENDAR_DAYS
        case "month":
            return amount.value * 21
        case _:
            return float(amount.value)


def _gates(cards: Sequence[Card], vocabulary: Vocabulary) -> Iterator[Problem]:
    language = vocabulary.language
    for card in cards:
        needs = list(required(card))
        place = Place(card.file, card.line)
        for hold in needs:
            if not hold.word:
                continue
            word = vocabulary.label(hold.word.text, language)
            words = (("clause", card.clause), ("word", word))
            recorded = card.gate and not set(card.gate.acts.kinds) & set(card.planned)
            if recorded and not hold.negated and set(hold.word.kinds) <= set(card.planned):
                yield Problem(place, "lint_unreachable", words, language=language)
            if not hold.negated and Holds(**{**vars(hold), "negated": True}) in needs:
                yield Problem(place, "lint_contradiction", words, language=language)
