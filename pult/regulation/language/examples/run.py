"""Runs the examples of cards through `evaluate` and says what came out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pult.kernel.calendar import (
    KNOWN_UNTIL,
    BusinessCalendar,
    WorkHours,
    day_date,
    production_days,
)
from pult.regulation.evaluate.build import build_facts
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Card, Example
from pult.regulation.evaluate.layers import with_lower
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.run import evaluate
from pult.regulation.evaluate.table import NONE, Flag, Mode, State
from pult.regulation.language.examples.expect import Expected, read_expected
from pult.regulation.language.examples.history import History, history
from pult.regulation.language.parameters import Parameter
from pult.regulation.language.vocabulary import Vocabulary
from pult.regulation.language.words import words

ZONE = "Europe/Moscow"


class Ran(NamedTuple):
    """One example run; `got` tells its rows in the words an example would use."""

    card: Card
    example: Example
    passed: bool
    got: str


def run_examples(
    cards: Sequence[Card], vocabulary: Vocabulary, parameters: Mapping[str, Parameter]
) -> list[Ran]:
    """Every example of every card, evaluated with the cards it reads and the Russian calendar."""
    return [
        run_example(card, cards, example, vocabulary, parameters)
        for card in cards
        for example in card.examples
    ]


def run_example(
    card: Card,
    cards: Sequence[Card],
    example: Example,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
) -> Ran:
    """One example of one card; `cards` are those whose rows it may read."""
    together = with_lower(cards, [card.clause])
    lower = [each for each in together if each is not card]
    story = history(card, lower, example, vocabulary, parameters, ZoneInfo(ZONE))
    ledger = evaluate(
        together,
        build_facts(story.facts),
        Parameters.of(story.values, default_mode=Mode.ESCALATING),
        Calendars.single(calendar()),
        story.now,
    )
    rows = [row for row in ledger.rows if together[row["card"]] is card]
    expected = read_expected(example.expect)
    rows = _judged(card, rows, story, len(expected))
    passed = _equal(expected, rows)
    return Ran(card, example, passed, _told(rows, vocabulary.language))


@cache
def calendar() -> BusinessCalendar:
    """The calendar examples are counted by: Russia, 11 to 19 with lunch, Moscow time."""
    return BusinessCalendar.build(production_days(), WorkHours(), ZONE, KNOWN_UNTIL)


def _judged(card: Card, rows: list[Any], story: History, wanted: int) -> list[Any]:
    """The rows an example speaks of: its period's, or the newest where history leaves many."""
    rows = sorted(rows, key=lambda row: (int(row["opened"]), int(row["part"]), int(row["key"])))
    if card.cadence and card.cadence.period:
        number = calendar().period_of(story.period, card.cadence.period)
        start, end = calendar().period_bounds(number, card.cadence.period)
        return [row for row in rows if start <= row["due"] <= end]
    if card.cadence or card.gate or card.forbidden or card.monitor:
        return rows[-wanted:]
    return rows


def _equal(expected: Sequence[Expected], rows: Sequence[Any]) -> bool:
    if [each.outcome for each in expected] == ["none"]:
        return not rows
    return len(expected) == len(rows) and all(map(_matches, expected, rows))


def _matches(expected: Expected, row: Any) -> bool:
    return (
        expected.outcome == State(row["state"]).name.lower()
        and _at(expected.due, int(row["due"]))
        and _at(expected.aim, int(row["soft"]))
        and all(int(row["flags"]) & Flag[flag.upper()] for flag in expected.flags)
    )


def _at(expected: Any, minute: int) -> bool:
    if expected is None:
        return True
    if expected.hour:
        return bool(expected.minute(ZoneInfo(ZONE)) == minute)
    return minute != NONE and expected.day == _day(minute)


def _told(rows: Iterable[Any], language: str) -> str:
    """The rows in the words an example would use, so that a failure can be compared."""
    due = _mark("due", language)
    told = []
    for row in rows:
        parts = [words("outcomes").label(State(row["state"]).name.lower(), language)]
        if row["due"] != NONE and State(row["state"]) < State.ALLOWED:
            parts.append(f"{due} {_day(int(row['due'])).isoformat()}")
        flags = words("outcome_flags")
        parts += [
            flags.label(flag.name.lower(), language)
            for flag in Flag
            if int(row["flags"]) & flag and flag.name.lower() in flags.entries
        ]
        told.append(", ".join(parts))
    return "; ".join(told) or words("outcomes").label("none", language)


def _mark(name: str, language: str) -> str:
    return words("outcome_marks").label(name, language)


def _day(minute: int) -> date:
    return day_date(calendar().day_of(minute))
