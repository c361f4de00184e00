"""Deadlines of a card: before, after or on the day, one or several of one trigger."""

from pult.regulation.evaluate.card import Amount, Deadline, Side
from pult.regulation.language.amounts import read_numbers
from pult.regulation.language.conditions import Reader
from pult.regulation.language.parameters import check
from pult.regulation.language.problems import Unclear, say
from pult.regulation.language.words import match


def read_deadlines(text: str, reader: Reader) -> tuple[Deadline, ...]:
    """One deadline, or one for each number of a list around the day: −2, 0, +2."""
    if match("due_at", text) is not None:
        return (Deadline(Amount(0, "wd"), "at"),)
    sides: tuple[tuple[str, Side], ...] = (("due_before", "before"), ("due_after", "after"))
    for phrase, side in sides:
        if slots := match(phrase, text):
            return (Deadline(reader.amount(slots["amount"]), side),)
    for phrase in ("due_around_anew", "due_around"):
        if slots := match(phrase, text):
            return _around(slots["amount"], reader, anew=phrase == "due_around_anew")
    shown = say("sample_due", reader.vocabulary.language)
    raise Unclear("not_understood", word=text, sample=shown)


def _around(text: str, reader: Reader, anew: bool) -> tuple[Deadline, ...]:
    numbers = read_numbers(text)
    several = bool(numbers.name) and len(numbers.values) > 1
    found = []
    for part, value in enumerate(numbers.values, 1):
        name = f"{numbers.name}.{part}" if several else numbers.name
        amount = Amount(abs(value), numbers.unit, name)
        check(amount, reader.parameters)
        side: Side = "before" if value < 0 else "after" if value else "at"
        found.append(Deadline(amount, side, anew=anew))
    return tuple(found)
