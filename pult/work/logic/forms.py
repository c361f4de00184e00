"""Forms of tasks: which fields a department asks for, and what is still missing. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pult.kernel.words import line_of, text_of

SHIPPED = Path(__file__).with_name("shipped.toml")
TYPES = ("text", "number", "date", "choice", "money", "link")
LONGEST = 4000
LARGEST = 10**15


class BadValue(ValueError):
    """A typed value that does not fit its field; `args[0]` is the code of what is wrong."""


@dataclass(frozen=True)
class Field:
    """A field of a form. `type` is one of `TYPES`; money is kept in kopecks, of `options` (code,
    label) the code."""

    code: str
    label: str
    type: str = "text"
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Form:
    """One version of a task's form; `term` in working minutes, the usual department first.
    `needs_line`: the task names a service line of the client."""

    code: str
    version: int
    departments: tuple[str, ...]
    kind: str
    title: str
    about: str
    fields: tuple[Field, ...]
    checklist: tuple[str, ...]
    term: int
    is_active: bool = True
    needs_line: bool = False

    @property
    def department(self) -> str:
        return self.departments[0]


def shipped(language: str) -> dict[str, Form]:
    """The forms Pult comes with, by code, in the words of a language: Russian or English."""
    return _shipped("ru" if language.startswith("ru") else "en")


@lru_cache(maxsize=2)
def _shipped(language: str) -> dict[str, Form]:
    told = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return {code: _form(code, entry, language) for code, entry in told.items()}


def _form(code: str, entry: Mapping[str, Any], language: str) -> Form:
    fields = tuple(
        Field(
            code=one["code"],
            label=one[language],
            type=one.get("type", "text"),
            required=one.get("required", False),
            options=tuple(
                (code, words[0] if language == "ru" else words[1])
                for code, words in one.get("options", {}).items()
            ),
        )
        for one in entry.get("fields", ())
    )
    return Form(
        code=code,
        version=0,
        departments=tuple(entry["departments"]),
        kind=entry["kind"],
        title=entry[language],
        about=entry.get(f"about_{language}", ""),
        fields=fields,
        checklist=tuple(entry.get(f"checklist_{language}", ())),
        term=entry["term_hours"] * 60,
        needs_line=entry.get("needs_line", False),
    )


def fields_of(told: Iterable[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Fields as an edition keeps them."""
    return tuple(
        Field(
            one["code"],
            one["label"],
            one.get("type", "text"),
            bool(one.get("required")),
            tuple((code, label) for code, label in one.get("options", ())),
        )
        for one in told
    )


def missing(form: Form, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes of the required fields that hold nothing."""
    required = (field.code for field in form.fields if field.required)
    return tuple(code for code in required if values.get(code) in ("", None))


def value_of(field: Field, typed: Any) -> Any:
    """A typed value as it is kept: text, int, kopecks or a day as ISO text; None for nothing.

    Money comes as kopecks (int), everything else as text or as it is kept. Raises BadValue.
    """
    if typed is None or (isinstance(typed, str) and not text_of(typed)):
        return None
    return _READ[field.type](field, typed)


def _text(field: Field, typed: Any) -> str:
    text = text_of(str(typed))
    if len(text) > LONGEST:
        raise BadValue("long")
    return text


def _link(field: Field, typed: Any) -> str:
    text = line_of(str(typed))
    if not text.startswith(("https://", "http://")) or len(text) > LONGEST or " " in text:
        raise BadValue("link")
    return text


def _number(field: Field, typed: Any) -> int:
    digits = line_of(str(typed)).replace(" ", "").replace("\u00a0", "")
    if not digits.removeprefix("-").isdecimal() or not digits.isascii():
        raise BadValue("number")
    return _bounded(int(digits[:20]))


def _kopecks(field: Field, typed: Any) -> int:
    if not isinstance(typed, int) or isinstance(typed, bool) or typed < 0:
        raise BadValue("money")
    return _bounded(typed)


def _bounded(number: int) -> int:
    if abs(number) > LARGEST:
        raise BadValue("number")
    return number


def _day(field: Field, typed: Any) -> str:
    try:
        return date.fromisoformat(str(typed).strip()).isoformat()
    except ValueError:
        raise BadValue("date") from None


def _choice(field: Field, typed: Any) -> str:
    """The code of an answer, told by its code or in its words."""
    text = line_of(str(typed))
    for code, label in field.options:
        if text in (code, label):
            return code
    raise BadValue("choice")


_READ = {
    "text": _text,
    "number": _number,
    "date": _day,
    "choice": _choice,
    "money": _kopecks,
    "link": _link,
}
