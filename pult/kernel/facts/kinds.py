"""The registry of fact kinds: what may be recorded, in which shape, for whose eyes.

Pure: no Django here, so that cards can be compiled and checked without a database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, get_args

Shape = Literal["event", "date", "state", "measure"]
Audience = Literal["all", "staff", "department", "money", "engine"]

CODE = re.compile(r"[a-z][a-z0-9_.]{1,47}")
PAYLOAD_TYPES = (int, float, str, bool, date, datetime, list, dict)

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class FactKind:
    """One kind of fact.

    `shape`: *event* (it happened), *date* (a predicted day under a key; the newest rules),
    *state* (a step entered), *measure* (a value of a day).
    `refs`: what the fact names besides its root; a trailing `?` marks a ref that may be absent.
    `fields`: payload keys and their Python types; no other key is taken.
    `audience`: who may see it in a timeline; what the `engine` reads beside another fact is told to
    nobody twice. `version` of the payload rises when `fields` change
    meaning; `upcaster` then tells how to read the older ones.
    """

    code: str
    ru: str
    en: str
    shape: Shape = "event"
    refs: tuple[str, ...] = ()
    fields: dict[str, type] = field(default_factory=dict, hash=False)
    audience: Audience = "staff"
    doc: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"fact kind {self.code!r}: use up to 48 of a–z, 0–9, _ and .")
        if self.shape not in get_args(Shape) or self.audience not in get_args(Audience):
            raise ValueError(f"fact kind {self.code}: unknown shape or audience")
        strange = [name for name, kind in self.fields.items() if kind not in PAYLOAD_TYPES]
        if strange:
            raise ValueError(f"fact kind {self.code}: no such payload type: {', '.join(strange)}")

    def label(self, language: str) -> str:
        """The name a reader of `language` sees; every language but Russian reads English."""
        return self.ru if language.startswith("ru") else self.en

    @cached_property
    def required_refs(self) -> frozenset[str]:
        return frozenset(ref for ref in self.refs if not ref.endswith("?"))

    @cached_property
    def known_refs(self) -> frozenset[str]:
        return frozenset(ref.removesuffix("?") for ref in self.refs)


_kinds: dict[str, FactKind] = {}
_upcasters: dict[tuple[str, int], Upcaster] = {}


def register(*kinds: FactKind) -> None:
    """Make kinds known. The same definition twice is harmless; two definitions are an error."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise ValueError(f"fact kind {kind.code} is defined twice and differently")


def kinds() -> dict[str, FactKind]:
    """Every registered kind by its code."""
    return dict(_kinds)


def kind_of(code: str) -> FactKind:
    """The kind of this code; raises LookupError for an unknown one."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"nobody registered the fact kind {code!r}") from None


def upcaster(code: str, from_version: int) -> Callable[[Upcaster], Upcaster]:
    """Decorate a function that turns a payload of `from_version` into the next version's."""

    def remember(function: Upcaster) -> Upcaster:
        _upcasters[code, from_version] = function
        return function

    return remember


def upcast(code: str, version: int, payload: dict[str, Any]) -> dict[str, Any]:
    """`payload` as the newest version of its kind would have written it."""
    for step in range(version, kind_of(code).version):
        payload = _upcasters[code, step](payload)
    return payload


VOID = FactKind(
    "void",
    "запись отменена",
    "entry voided",
    fields={"reason": str},
    doc="Takes another fact back: it was recorded by mistake. The reason is a phrase of Pult; "
    "what a person types lies in a row, which can be erased.",
)
register(VOID)
