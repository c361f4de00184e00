"""Numbers of a card: `**7 рабочих дней** (invoice.lead)` is 7 wd, the parameter invoice.lead."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from pult.regulation.evaluate.card import Amount, Unit
from pult.regulation.language.problems import Unclear, nearest, normal, say
from pult.regulation.language.words import LANGUAGES, lexicon

BOLD = re.compile(r"\*\*(?P<body>[^*]+)\*\*(?:\s*\((?P<name>[^)]*)\))?")
BODY = re.compile(r"(?P<numbers>[-\u2212+]?\d+(?:\s*,\s*[-\u2212+]?\d+)*)\s*(?P<unit>.*)")
NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


class Numbers(NamedTuple):
    """One or several signed numbers with their unit and parameter ("" for a plain number)."""

    values: tuple[int, ...]
    unit: Unit
    name: str


def read_numbers(text: str) -> Numbers:
    """The numbers of a phrase; raises `Unclear` for a missing name, unit or agreement."""
    bold = BOLD.fullmatch(text.strip())
    body = BODY.fullmatch((bold["body"] if bold else text).strip())
    if body is None:
        raise Unclear("not_a_number", word=text, sample=say("sample_amount", "ru"))
    name = (bold["name"] or "").strip() if bold else ""
    if bold and not NAME.fullmatch(name):
        raise Unclear("unnamed_number", word=text)
    values = tuple(
        int(number.replace("\u2212", "-").replace(" ", "")) for number in body["numbers"].split(",")
    )
    return Numbers(values, _unit(body["unit"].strip(), values[-1]), name)


def read_amount(text: str) -> Amount:
    """One number that is not negative."""
    numbers = read_numbers(text)
    if len(numbers.values) != 1 or numbers.values[0] < 0:
        raise Unclear("not_a_number", word=text, sample=say("sample_amount", "ru"))
    return Amount(numbers.values[0], numbers.unit, numbers.name)


def form_of(value: int, language: str) -> str:
    """Which form of a noun a number takes: one, few or many (English: one, many)."""
    size = abs(value)
    if language == "en":
        return "one" if size == 1 else "many"
    if size % 10 == 1 and size % 100 != 11:
        return "one"
    if size % 10 in (2, 3, 4) and size % 100 not in (12, 13, 14):
        return "few"
    return "many"


def spoken(value: int, unit: str, language: str) -> str:
    """`7 рабочих дней`, `25-го числа`, `2 рабочих дня`, `80 %`; a bare count is its number."""
    if unit == "count":
        return str(value)
    if unit == "month_day" and language == "en":
        return f"{value}{_ordinal(value)} of the month"
    noun = unit_entry(unit)[f"{language}_{form_of(value, language)}"][0]
    return f"{value}{noun}" if noun.startswith("-") else f"{value} {noun}"


def unit_entry(unit: str) -> Mapping[str, Any]:
    """The forms of a unit as the file of words lists them."""
    return cast(Mapping[str, Any], _units()[unit])


def _unit(text: str, last: int) -> Unit:
    if not text:
        return "count"
    known = normal(text)
    for unit, entry in _units().items():
        for language in LANGUAGES:
            if known not in _forms(entry, language):
                continue
            if known not in map(normal, entry[f"{language}_{form_of(last, language)}"]):
                raise Unclear(
                    "wrong_case", word=_written(last, text), better=_better(last, unit, language)
                )
            return cast(Unit, unit)
    spellings = [form for entry in _units().values() for forms in entry.values() for form in forms]
    raise Unclear("unknown_unit", nearest(text, spellings), word=text)


def _units() -> Mapping[str, Mapping[str, Any]]:
    return cast(Mapping[str, Mapping[str, Any]], lexicon()["units"])


def _forms(entry: Mapping[str, Any], language: str) -> set[str]:
    return {
        normal(form) for key, forms in entry.items() if key.startswith(language) for form in forms
    }


def _written(value: int, unit: str) -> str:
    return f"{value}{unit}" if unit.startswith("-") else f"{value} {unit}"


def _better(value: int, unit: str, language: str) -> str:
    return (
        spoken(value, unit, language)
        if unit != "count"
        else f"{value} " + (unit_entry(unit)[f"{language}_{form_of(value, language)}"][0])
    )


def _ordinal(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
