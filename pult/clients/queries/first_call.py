"""The first call as its page shows it, and what is agreed to compare expectations with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from pult.clients.access import client_and_holders, roles_of, sees_money
from pult.clients.handover_words import AIMS as AIM_WORDS
from pult.clients.handover_words import FIELDS
from pult.clients.handover_words import GAPS as GAP_WORDS
from pult.clients.logic.handovers import AIMS, gaps
from pult.clients.models import Contact, Contract, FirstCall, Handover, ServiceLine
from pult.clients.models.handover import OPEN
from pult.clients.providers import Known, items_known
from pult.clients.queries.handover.readiness import lacking_of, persons_lacking
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

CALLERS = frozenset({"am", "head", "director"})


@dataclass(frozen=True)
class Agreed:
    """What plan and contract say: days until the work ends and kopecks a month, None unknown."""

    days: int | None
    cost: int | None


@dataclass(frozen=True)
class Person:
    """Somebody on the client's side to talk to."""

    name: str
    position: str
    phone: str
    email: str
    decides: bool


@dataclass(frozen=True)
class CallCard:
    """The newest first call of a client; without one only what is known beforehand.

    `aims` are (code, words, reached); `lacking` (person, fields) of contacts that 2.15 asks for;
    `gaps` (code, words, settled); `cost` and `plan` in kopecks a month; `waits_for` is the handover
    that is to be accepted first.
    """

    client_id: int
    client: str
    is_open: bool
    is_begun: bool
    version: int
    channel: str
    aims: tuple[tuple[str, str, bool], ...]
    lacking: tuple[tuple[str, tuple[str, ...]], ...]
    gaps: tuple[tuple[str, str, bool], ...]
    agreed: Agreed
    about_client: str = ""
    about_product: str = ""
    goal: str = ""
    look: str = ""
    days: int | None = None
    cost: int | None = None
    gaps_note: str = ""
    summary: str = ""
    sent_at: datetime | None = None
    answer: str = ""
    answer_label: str = ""
    answered_on: date | None = None
    proof: str = ""
    held_at: datetime | None = None
    held_by: str = ""
    handover_id: int | None = None
    brief: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()
    promises: tuple[Known, ...] = ()
    may: bool = False
    waits_for: int | None = None


def agreed(client_id: int, today: date) -> Agreed:
    """The last day of lines and contracts, counted from today, and the budgets of a month."""
    lines = ServiceLine.objects.filter(client=client_id).exclude(status="ended")
    rows = list(lines.values_list("period_to", "monthly_budget"))
    ends = [day for day, _budget in rows if day]
    running = Contract.objects.filter(Q(ends_on__gte=today), client=client_id)
    ends += running.values_list("ends_on", flat=True)
    last = max(ends, default=None)
    budget = sum(amount for _day, amount in rows)
    return Agreed((last - today).days if last else None, budget or None)


def first_call(user: "User", client_id: int) -> CallCard:
    """The first call of a client this person sees; raises NotVisible otherwise."""
    client, _held = client_and_holders(user, client_id)
    calls = FirstCall.objects.filter(client=client.pk).select_related("held_by", "handover")
    call = calls.order_by("-pk").first()
    known = call or FirstCall(client_id=client.pk)
    handover = known.handover or _handover(client.pk)
    plan = agreed(client.pk, business_day())
    found = gaps(days=known.days, cost=known.cost, plan_days=plan.days, plan_cost=plan.cost)
    with_money = sees_money(user)
    people = persons_lacking(client.pk)
    waits = None if known.held_at or handover else _not_taken(client.pk)
    return CallCard(
        client_id=client.pk,
        client=client.name,
        is_begun=call is not None,
        is_open=call is None or call.held_at is None,
        version=known.version,
        channel=known.channel,
        aims=tuple((code, str(AIM_WORDS[code]), code in known.aims) for code in AIMS),
        lacking=tuple(lacking_of(people)),
        gaps=tuple((code, str(GAP_WORDS[code]), code in known.gaps_settled) for code in found),
        agreed=plan if with_money else Agreed(plan.days, None),
        about_client=known.about_client or client.about,
        about_product=known.about_product,
        goal=known.goal or (handover.goals if handover else ""),
        look=known.look,
        days=known.days,
        cost=known.cost if with_money else None,
        gaps_note=known.gaps_note,
        summary=known.summary,
        sent_at=known.sent_at,
        answer=known.answer,
        answer_label=str(FirstCall.Answer(known.answer).label),
        answered_on=known.answered_on,
        proof=known.proof,
        held_at=known.held_at,
        held_by=str(known.held_by or ""),
        handover_id=handover.pk if handover else None,
        brief=_brief(handover),
        people=tuple(_person(one) for one, _fields in people),
        promises=tuple(items_known([client.pk])[client.pk].get("promises", ())),
        may=bool(roles_of(user) & CALLERS) and not (call is None and waits),
        waits_for=waits,
    )


def _person(one: Contact) -> Person:
    return Person(one.name, one.position, one.phone, one.email, one.decides)


def _handover(client_id: int) -> Handover | None:
    taken = Handover.objects.filter(client=client_id, kind="sales", state="accepted")
    return taken.order_by("-pk").first()


def _not_taken(client_id: int) -> int | None:
    """The handover from sales that is not accepted yet."""
    going = Handover.objects.filter(client=client_id, kind="sales", state__in=OPEN)
    return going.values_list("pk", flat=True).first()


def _brief(handover: Handover | None) -> tuple[tuple[str, str], ...]:
    if handover is None:
        return ()
    told = ((code, getattr(handover, code)) for code in ("sold", "goals", "wishes"))
    return tuple((str(FIELDS[code]), text) for code, text in told if text)
