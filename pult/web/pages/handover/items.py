"""The items one manager tells the next: one form for whoever tells, one for whoever takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pult.clients.actions.handover import Told
from pult.clients.logic.handovers import ITEMS
from pult.clients.queries.handover import HandoverCard
from pult.kernel.words import id_of
from pult.web.answers import address_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

# What a known line leads to → the page of it.
PLACES = {"task": "task", "line": "client_line", "project": "project"}
TEXT, NONE, VERSION, SEEN = "text-", "none-", "version-", "seen-"
# What stood in the form when it was drawn: by it a stale form tells what its person touched.
TEXT_WAS, NONE_WAS = "text-was-", "none-was-"


@dataclass(frozen=True)
class ItemLine:
    """An item with the addresses of what Pult knows of it and what stands in its form.

    `is_open` shows the form at once, otherwise a pencil opens it; `is_ticked` is for the taker.
    """

    item: Any
    known: tuple[tuple[str, str], ...]
    text: str
    is_none: bool
    is_open: bool
    is_ticked: bool


@dataclass(frozen=True)
class Items:
    """`tells_for` and `takes_for` name the person in whose place the reader would act."""

    lines: tuple[ItemLine, ...]
    told: int
    taken: int
    may_tell: bool
    may_take: bool
    tells_for: str
    takes_for: str

    @property
    def total(self) -> int:
        return len(self.lines)


def items_of(reader: "User", card: HandoverCard, act: str, typed: Mapping[str, str]) -> Items:
    """The items as this person meets them; after a refusal with what was typed."""
    kept = typed if act == "fill" else {}
    ticked = set(typed.getlist("code")) if act == "take_items" and typed else None
    teller = card.receiver if card.state == "accepted" else card.giver
    return Items(
        lines=tuple(_line(one, kept, ticked) for one in card.items),
        told=sum(one.is_filled for one in card.items),
        taken=sum(one.is_accepted for one in card.items),
        may_tell="fill" in card.acts,
        may_take="accept_item" in card.acts and bool(card.to_take),
        tells_for="" if reader.pk == teller.id else teller.name,
        takes_for="" if reader.pk == card.receiver.id else card.receiver.name,
    )


def told_in(given: "QueryDict") -> list[Told]:
    """What the person touched in the form of all items."""
    return [
        Told(
            code=code,
            version=id_of(given.get(f"{VERSION}{code}", "0")) or 0,
            text=given.get(f"{TEXT}{code}", ""),
            is_none=_ticked(given, code),
        )
        for code in ITEMS
        if _is_touched(given, code)
    ]


def _is_touched(given: Mapping[str, str], code: str) -> bool:
    """Browsers send the ends of lines in their own way."""
    text, was = (given.get(f"{name}{code}", "").split() for name in (TEXT, TEXT_WAS))
    return text != was or _ticked(given, code) != (f"{NONE_WAS}{code}" in given)


def _ticked(given: Mapping[str, str], code: str) -> bool:
    return given.get(f"{NONE}{code}") == "yes"


def _line(item: Any, kept: Mapping[str, str], ticked: set[str] | None) -> ItemLine:
    known = tuple(
        (one, "")
        if isinstance(one, str)
        else (one.text, address_of(PLACES[one.kind], one.id) if one.kind in PLACES else "")
        for one in item.known
    )
    touched = _is_touched(kept, item.code)
    return ItemLine(
        item=item,
        known=known,
        text=kept.get(f"{TEXT}{item.code}", "") if touched else item.text,
        is_none=_ticked(kept, item.code) if touched else item.is_none,
        is_open=touched or not item.is_filled,
        is_ticked=item.code in ticked if ticked is not None else True,
    )
