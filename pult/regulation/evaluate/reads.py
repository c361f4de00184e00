"""What a card reads: fact kinds, parameters and other clauses, derived from the card itself."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from pult.regulation.evaluate.card import Amount, Card, Condition, Holds, Word

WAIVER, DISPUTE = "waiver.granted", "obligation.disputed"
DEADLINE = "deadline"  # the ref by which a dispute names one of several deadlines, from 1
WAITS = {"client": "contact.waits"}
GRACE = Amount(1, "wd", "forecast.grace")
HORIZON = Amount(5, "wd", "forecast.horizon")
GO_LIVE = "go.live"


Result = TypeVar("Result")


def derived(function: Callable[[Card], Result]) -> Callable[[Card], Result]:
    """Compute once for each card object. A card is deep: hashing it costs more than the answer."""

    @wraps(function)
    def once(card: Card) -> Result:
        kept = card.__dict__.setdefault("_derived", {})
        if function not in kept:
            kept[function] = function(card)
        return kept[function]

    return once


def mode_name(clause: str) -> str:
    """The name under which a clause's dated mode is kept among the parameters."""
    return f"mode.{clause}"


@derived
def reads(card: Card) -> frozenset[str]:
    """Every fact kind that can change a row of the card."""
    kinds = {kind for word in _words(card) for kind in word.kinds} | {WAIVER, DISPUTE}
    if card.waits_for:
        kinds.add(WAITS.get(card.waits_for, card.waits_for))
    return frozenset(kinds)


@derived
def parameters_of(card: Card) -> frozenset[str]:
    """Every parameter whose value can change a row of the card."""
    names = {amount.name for amount in _amounts(card) if amount.name}
    if card.trigger and card.trigger.word and card.trigger.word.shape == "date":
        names |= {GRACE.name, HORIZON.name}
    return frozenset(names | {GO_LIVE, mode_name(card.clause)})


@derived
def depends_on(card: Card) -> frozenset[str]:
    """Clauses whose rows the card reads; "*" means every other one."""
    names = {hold.clause for hold in _holds(card) if hold.clause}
    if card.trigger and card.trigger.clause:
        names.add(card.trigger.clause)
    return frozenset(names)


def _conditions(card: Card) -> Iterator[Condition]:
    yield from (x for x in (card.evidence, card.cancels, card.active) if x)
    yield from (exception.condition for exception in card.exceptions)
    if card.gate:
        yield from (requirement.condition for requirement in card.gate.requires)


def _holds(card: Card) -> Iterator[Holds]:
    for condition in _conditions(card):
        for group in condition.any_of:
            yield from group


def _words(card: Card) -> Iterator[Word]:
    yield from (hold.word for hold in _holds(card) if hold.word)
    yield from card.pauses
    if card.trigger:
        words = (card.trigger.word, card.trigger.missing, card.trigger.since)
        yield from (word for word in words if word)
    if card.cadence:
        yield card.cadence.act
    if card.gate:
        yield card.gate.acts
    if card.forbidden:
        yield card.forbidden.act
    if card.monitor:
        yield from (card.monitor.measured, card.monitor.plan)
    if card.feed:
        yield card.feed


def _amounts(card: Card) -> Iterator[Amount]:
    for hold in _holds(card):
        yield from (x for x in (hold.within, hold.count) if x)
    for deadline in card.deadlines:
        parts = (deadline.amount, deadline.soft, deadline.warn_percent)
        yield from (x for x in parts if x)
    if card.trigger and card.trigger.older_than:
        yield card.trigger.older_than
    if card.cadence:
        parts = (card.cadence.times, card.cadence.gap, card.cadence.by)
        yield from (x for x in parts if x)
    if card.monitor:
        yield card.monitor.tolerance
    if card.feed_limit:
        yield card.feed_limit
