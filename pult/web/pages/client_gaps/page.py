"""What the list of gaps shows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from pult.clients.actions.custom import KEEPERS
from pult.clients.actions.erasure import ERASERS
from pult.clients.logic.completeness import PARTS
from pult.clients.queries.gaps import ClientGaps, GapList, ManagerGaps, client_gaps, gaps_by_manager
from pult.clients.queries.retention import PastList, past_retention
from pult.kernel.words import id_of
from pult.web.pages.client_card.words import part_word

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class GapsPage:
    """`rows` are (client, what it lacks in words); `managers` only for who leads some,
    `past` (people whose term of keeping has passed) for whoever may erase them."""

    managers: tuple[ManagerGaps, ...]
    rows: tuple[tuple[ClientGaps, str], ...]
    found: GapList
    am: str
    part: str
    people: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    may_choose_fields: bool
    past: PastList | None


def gaps_page(user: "User", asked: QueryDict) -> GapsPage:
    """Active clients whose cards lack something, the emptiest first."""
    am, part = id_of(asked.get("am", _own_of(user))), asked.get("part", "")
    part = part if part in PARTS else ""
    managers = gaps_by_manager(user)
    found = client_gaps(user, am, part, id_of(asked.get("page", "")) or 1)
    return GapsPage(
        managers=managers if len(managers) > 1 else (),
        rows=tuple((row, ", ".join(map(part_word, row.missing))) for row in found.rows),
        found=found,
        am=str(am or ""),
        part=part,
        people=(("", _("everybody")), *((str(m.user_id), m.name) for m in managers if m.user_id)),
        parts=(("", _("anything")), *((code, part_word(code)) for code in PARTS)),
        may_choose_fields=not user.roles.isdisjoint(KEEPERS),
        past=None if user.roles.isdisjoint(ERASERS) else past_retention(user),
    )


def _own_of(user: "User") -> str:
    """A manager begins with their own clients; whoever leads, with everybody's."""
    return "" if user.roles & {"head", "director"} else str(user.pk)
