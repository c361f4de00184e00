"""parameters.toml: every number of the regulation with its unit, label and where it comes from."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pult.regulation.evaluate.card import Amount
from pult.regulation.language.amounts import spoken
from pult.regulation.language.problems import Place, Problems, Unclear, nearest

SOURCES = ("regulation", "proposal")
TEXT_UNITS = ("text", "minute_of_day")


class Parameter(NamedTuple):
    """One named number as the pack ships it: the first value, before the head signs another.

    `source` is "regulation" when the number stands in the agency's document and "proposal" when
    it is ours, with the `reason` in the pack's two languages. `text` holds what is no number.
    `scope` is the narrowest level that may have its own value.
    """

    name: str
    value: int
    unit: str
    ru: str
    en: str
    source: str
    reason: tuple[str, str] = ("", "")
    text: str = ""
    clauses: tuple[str, ...] = ()
    scope: str = "agency"


def read_parameters(
    data: Mapping[str, Any], text: str, file: str, problems: Problems
) -> dict[str, Parameter]:
    """The parameters of a parsed parameters.toml by name.

    A list of values makes one parameter for each: pay.remind = [-2, 0, 2] is pay.remind.1 to .3,
    distances from the same day; the card says which side each lies on.
    """
    found: dict[str, Parameter] = {}
    for name, entry in data.items():
        try:
            for parameter in _entries(name, entry):
                found[parameter.name] = parameter
        except (KeyError, ValueError, TypeError) as trouble:
            line = _line(name, text)
            problems.add(Place(file, line), "parameter_broken", word=name, reason=str(trouble))
    return found


def check(amount: Amount, parameters: Mapping[str, Parameter] | None) -> None:
    """Raises `Unclear` when the card's number and the described parameter disagree."""
    if not amount.name or parameters is None:
        return
    known = parameters.get(amount.name)
    if known is None:
        base = re.sub(r"\.\d+$", "", amount.name)
        names = {re.sub(r"\.\d+$", "", name) for name in parameters}
        raise Unclear("unknown_parameter", nearest(base, sorted(names)), word=base)
    if known.unit != amount.unit:
        here, there = _unit_name(amount.unit), _unit_name(known.unit)
        raise Unclear("parameter_unit", name=amount.name, here=here, there=there)
    if known.value != amount.value:
        raise Unclear("parameter_value", name=amount.name, here=amount.value, there=known.value)


def _entries(name: str, entry: Mapping[str, Any]) -> list[Parameter]:
    value, unit, source = entry["value"], entry["unit"], entry["source"]
    if source not in SOURCES:
        raise ValueError(f"source = {source}")
    reason = tuple(entry.get("reason", ("", "")))
    if source == "proposal" and not all(reason):
        raise ValueError("reason = ?")
    rest = (unit, entry["ru"], entry["en"], source, reason)
    clauses, scope = tuple(entry.get("clauses", ())), entry.get("scope", "agency")
    if isinstance(value, str):
        if unit not in TEXT_UNITS:
            raise ValueError(f"unit = {unit}")
        minutes = _minutes(value) if unit == "minute_of_day" else 0
        return [Parameter(name, minutes, *rest, value, clauses, scope)]
    if isinstance(value, list):
        return [
            Parameter(f"{name}.{part}", abs(each), *rest, "", clauses, scope)
            for part, each in enumerate(value, 1)
        ]
    return [Parameter(name, int(value), *rest, "", clauses, scope)]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _unit_name(unit: str) -> str:
    if unit in TEXT_UNITS:
        return unit
    return spoken(5, unit, "ru").lstrip("5").strip() if unit != "count" else "count"


def _line(name: str, text: str) -> int:
    found = re.search(rf'^\["?{re.escape(name)}"?\]', text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
