"""What the form of the first call shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pult.clients.handover_words import CALL_FIELDS, CONTACT_FIELDS
from pult.clients.models import FirstCall
from pult.clients.queries.first_call import CallCard, first_call
from pult.kernel.errors import PultError
from pult.ui.formats import money
from pult.web.answers import address_of
from pult.web.fields import as_typed

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

LONG = ("about_client", "about_product", "goal", "look")


@dataclass(frozen=True)
class Text:
    """A long field: its name, words and what stands in it."""

    code: str
    label: str
    value: str
    is_required: bool


@dataclass(frozen=True)
class CallPage:
    """`act` is the one that was refused; what was typed stands in its form."""

    card: CallCard
    texts: tuple[Text, ...]
    channels: tuple[tuple[str, Any], ...]
    channel: str
    aims: tuple[tuple[str, str, bool], ...]
    days: str
    cost: str
    lacking: tuple[str, ...]
    promises: tuple[tuple[str, str], ...]
    people_href: str
    handover_href: str
    summary: str
    open_gaps: bool
    launch_waits: bool
    may_lift: bool
    problem: PultError | None
    act: str
    typed: Mapping[str, str]

    @property
    def cost_error(self) -> str:
        """Why the cost that was typed is refused."""
        wrong = self.problem if getattr(self.problem, "field", "") == "cost" else None
        return str(wrong.message) if wrong else ""


def call_page(
    user: "User",
    client_id: int,
    *,
    problem: PultError | None = None,
    act: str = "",
    typed: "QueryDict | None" = None,
) -> CallPage:
    """The newest first call of the client; raises NotVisible."""
    card = first_call(user, client_id)
    told = all((card.goal, card.days, card.cost, card.look))
    open_gaps = any(not settled for _code, _words, settled in card.gaps)
    given = typed if typed is not None and act in ("save", "hold") else None
    reached = given.getlist("aim") if given is not None else None
    form = given or {}
    return CallPage(
        card=card,
        texts=tuple(
            Text(code, str(CALL_FIELDS[code]), form.get(code, getattr(card, code)), code == "goal")
            for code in LONG
        ),
        channels=tuple(FirstCall.Channel.choices),
        channel=form.get("channel", card.channel),
        aims=tuple(
            (code, words, on if reached is None else code in reached)
            for code, words, on in card.aims
        ),
        days=form.get("days", "" if card.days is None else str(card.days)),
        cost=form.get("cost", "" if card.cost is None else as_typed(card.cost)),
        lacking=tuple(_lacking(name, fields) for name, fields in card.lacking),
        promises=tuple(
            (one.text, address_of("task", one.id) if one.kind == "task" else "")
            for one in card.promises
        ),
        people_href=address_of("client_people", client_id),
        handover_href=address_of("handover", card.handover_id) if card.handover_id else "",
        summary=_summary(card),
        open_gaps=open_gaps,
        launch_waits=open_gaps or not told or card.answer != "yes",
        may_lift="head" in user.roles,
        problem=problem,
        act=act,
        typed=typed or {},
    )


def _lacking(name: str, fields: tuple[str, ...]) -> str:
    words = ", ".join(str(CONTACT_FIELDS[one]) for one in fields)
    return f"{name}: {words}" if name else words


def _summary(card: CallCard) -> str:
    """A draft of what is sent to the client, in the agency's language, until something was."""
    if card.summary or not card.goal:
        return card.summary
    with override("ru"):
        lines = [_("We have written down what we agreed on:"), card.goal]
        if card.days:
            lines.append(_("Time to the goal: %(days)d days") % {"days": card.days})
        if card.cost:
            lines.append(_("Cost a month: %(sum)s") % {"sum": money(card.cost)})
        if card.look:
            lines.append(_("The result: %(look)s") % {"look": card.look})
        lines.append(_("Please confirm, or tell us what is different."))
    return "\n".join(lines)
