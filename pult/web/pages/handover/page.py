"""What the page of a handover shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pult.clients.handover_words import word_of
from pult.clients.logic.handovers import AGREED, BRIEF, SIGNED
from pult.clients.models import HandoverPoint
from pult.clients.queries.handover import HandoverCard, handover_card
from pult.clients.queries.handover.shapes import PartItem
from pult.kernel.errors import PultError
from pult.people.queries import business_day
from pult.web.answers import address_of
from pult.web.pages.handover.items import Items, items_of
from pult.web.pages.handovers.page import TONES

if TYPE_CHECKING:
    from pult.people.models import User

LONG = frozenset({"sold", "goals", "wishes"})


@dataclass(frozen=True)
class Remark:
    """Something the project may be sent back for."""

    code: str
    label: str


@dataclass(frozen=True)
class FieldLine:
    """A field of the brief with what stands in its input."""

    item: Any
    value: str
    is_long: bool


@dataclass(frozen=True)
class HandoverPage:
    """`act` is the one that was refused, `typed` what was typed in its form."""

    card: HandoverCard
    tone: str
    client_href: str
    call_href: str
    fields: tuple[FieldLine, ...]
    parts: tuple[PartItem, ...]
    items: Items
    remarks: tuple[Remark, ...]
    point_kinds: tuple[tuple[str, Any], ...]
    open_points: int
    today: date
    problem: PultError | None
    act: str
    typed: Mapping[str, str]

    @property
    def is_sale(self) -> bool:
        return self.card.kind == "sales"

    @property
    def typed_fields(self) -> tuple[FieldLine, ...]:
        """The fields of the brief that stand in its form."""
        return tuple(one for one in self.fields if one.item.is_own and "edit" in self.card.acts)

    @property
    def read_only(self) -> tuple[FieldLine, ...]:
        return tuple(one for one in self.fields if one not in self.typed_fields)

    @property
    def early(self) -> int:
        """How many things an offer would be refused for."""
        return sum(not (one.is_full or one.lifted_until) for one in self.parts)

    @property
    def asks_reason(self) -> bool:
        """Whether the reader may sign for a manager who has no room."""
        return "lead" in self.card.acts and (self.card.receiver_is_full or self.act == "offer")


def handover_page(
    user: "User",
    handover_id: int,
    *,
    problem: PultError | None = None,
    act: str = "",
    typed: Mapping[str, str] | None = None,
) -> HandoverPage:
    """The handover as this person sees it; raises NotVisible."""
    card = handover_card(user, handover_id)
    typed = typed or {}
    accepted = card.state == "accepted" and card.kind == "sales"
    return HandoverPage(
        card=card,
        tone=TONES.get(card.state, "quiet"),
        client_href=address_of("client", card.client_id) if card.sees_client else "",
        call_href=address_of("first_call", card.client_id) if accepted and card.sees_client else "",
        fields=tuple(
            FieldLine(
                one,
                typed.get(one.code, one.value) if act == "brief" else one.value,
                one.code in LONG,
            )
            for one in card.fields
        ),
        parts=tuple(sorted(card.parts, key=lambda one: one.is_full or bool(one.lifted_until))),
        items=items_of(user, card, act, typed),
        remarks=tuple(
            Remark(code, word_of(code)) for code in dict.fromkeys((*BRIEF, *SIGNED, *AGREED))
        ),
        point_kinds=tuple(HandoverPoint.Kind.choices),
        today=business_day(),
        open_points=sum(not one.is_resolved for one in card.points),
        problem=problem,
        act=act,
        typed=typed,
    )
