"""The first call: opened, written down, held, confirmed by the client."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, holder, require
from pult.clients.actions.expectations import gaps_of, tell_gaps
from pult.clients.actions.handover.carrying import note_goal
from pult.clients.actions.handover.steps import enter_state
from pult.clients.actions.profile import write_block
from pult.clients.edits import change, only
from pult.clients.handover_words import CALL_FIELDS, contact_word
from pult.clients.logic.handovers import AIMS
from pult.clients.models import Block, Client, FirstCall, Handover
from pult.clients.models.handover import OPEN
from pult.clients.queries.handover.readiness import contacts_lacking, persons_lacking
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal, Way
from pult.kernel.facts import acting, record, standing
from pult.kernel.models import Fact
from pult.kernel.words import text_of
from pult.people.queries import business_day
from pult.regulation.gates import GateRefusal, gated, guard

if TYPE_CHECKING:
    from pult.people.models import User

CALLERS = ("am", "head", "director")
EDITABLE = frozenset(
    ["channel", "aims", "about_client", "about_product", "goal", "days", "cost", "look"]
)
EXPECTED = frozenset(["goal", "days", "cost", "look"])  # what the client confirms
LARGEST = 10**12  # kopecks
LONGEST = 10 * 366  # days


def open_call(*, by: "User", client_id: int) -> FirstCall:
    """The call that is being prepared, opened when there is none."""
    role = require(by, *CALLERS, act=_("get acquainted with clients"))
    client = client_for(by, client_id)
    with acting(client.pk):
        call = FirstCall.objects.filter(client=client, held_at=None).first()
        if call:
            return call
        refuse_untaken(client)
        taken = Handover.objects.filter(client=client, kind="sales", state="accepted")
        call = FirstCall(
            client=client,
            handover=taken.order_by("-pk").first(),
            opened_by=by,
            opened_at=clock.now(),
        )
        call.save(force_insert=True)
        _tell("first_call.opened", call, by, role)
    return call


def edit_call(*, by: "User", client_id: int, version: int, **changes: Any) -> FirstCall:
    """Write down what was learnt (`EDITABLE`); after the call as well: what a client said later.

    `days` to the goal and `cost` in kopecks a month may be unknown (None). Raises Conflict when
    somebody was first, BadInput for what does not fit, Refusal when a held call would lose its
    goal.
    """
    client, call, role = _call(by, client_id)
    changes = dict(only(changes, EDITABLE))
    _check(changes)
    with acting(client.pk):
        call.refresh_from_db()
        if call.held_at and not changes.get("goal", call.goal):
            raise Refusal(_("A held call keeps the client's goal"), clause="3.3", subject=client)
        if EXPECTED & changes.keys() and call.answer:
            _ask_anew(call, changes)
        if fields := _write(call, version, changes, by):
            _tell("first_call.edited", call, by, role, payload={"fields": fields})
            _tell_goal(call, client, by, role)
            if not call.answer:
                _tell_unconfirmed(client, by, role)
            tell_gaps(call, client, by, role)
    return call


def hold_call(*, by: "User", client_id: int, version: int) -> FirstCall:
    """The call was held: contacts are complete (2.15), the goal is written (3.3)."""
    client, call, role = _call(by, client_id)
    with gated(), acting(client.pk):
        call.refresh_from_db()
        if call.held_at:
            raise Refusal(_("This call was held already"), subject=client)
        refuse_untaken(client)
        lacking = contacts_lacking(client.pk)
        enter_state("client.contacts", client, by, role, "lacking" if lacking else "full")
        _tell_goal(call, client, by, role)
        _guard_hold(client, by, role)
        if not call.goal:  # a waiver lifts the clause, not the record (R03-06)
            raise BadInput(_("Write down what the client wants"), field="goal")
        _write(call, version, {"held_at": clock.now(), "held_by": by}, by)
        payload = {"aims": list(call.aims), "channel": call.channel}
        _tell("first_call.held", call, by, role, payload=payload)
        _fill_card(call, by)
        tell_gaps(call, client, by, role)
    return call


def refuse_untaken(client: Client) -> None:
    """The call follows the acceptance: until then the client is not the manager's."""
    waits = Handover.objects.filter(client=client, kind=Handover.Kind.SALES, state__in=OPEN)
    row = waits.select_related("receiver").first()
    if row is None:
        return
    raise Refusal(
        _("The project is not accepted yet: the first call comes after that"),
        clause="3.1",
        who=str(row.receiver),
        subject=client,
        ways=(Way(_("Open the handover"), "handover", (row.pk,)),),
    )


def _guard_hold(client: Client, by: "User", role: str) -> None:
    """Gates 2.15 and 3.3; of contacts it is said who lacks what, who fills it and where."""
    refs = {"client": client.pk}
    try:
        guard("first_call.hold", root_id=client.pk, refs=refs, by=by, role=role)
    except GateRefusal as refusal:
        if refusal.clause == "2.15":
            _tell_contacts(refusal, client, by)
        raise


def _tell_contacts(refusal: GateRefusal, client: Client, by: "User") -> None:
    people = [(one, fields) for one, fields in persons_lacking(client.pk) if fields]
    told = [f"{one.name}: {', '.join(map(contact_word, fields))}" for one, fields in people]
    ways = [Way(one.name, "client_person", (client.pk, one.pk)) for one, _fields in people]
    if told:
        refusal.cure = _("Missing: %(missing)s.") % {"missing": "; ".join(told)}
    refusal.lead_to(ways or [Way(_("Add a contact"), "client_person_new", (client.pk,))])
    manager = holder(client.pk, "am")
    refusal.who = str(manager) if manager and manager != by else ""


def _fill_card(call: FirstCall, by: "User") -> None:
    """What the card does not know yet it learns from the call."""
    client_id = call.client_id
    briefed = call.handover.goals if call.handover else ""
    note_goal(by=by, client_id=client_id, text=call.goal, told=briefed)
    told = {Block.Kind.PRODUCT: call.about_product, Block.Kind.BUSINESS: call.about_client}
    there = set(Block.objects.filter(client=client_id).values_list("kind", flat=True))
    for kind, text in told.items():
        if text and kind not in there:
            write_block(by=by, client_id=client_id, kind=kind, version=0, text=text)


def send_summary(*, by: "User", client_id: int, version: int, text: str) -> FirstCall:
    """The summary was sent to the client, who is to confirm it."""
    client, call, role = _call(by, client_id)
    text = text_of(text).strip()
    if not text:
        raise BadInput(_("Write what was sent"), field="summary")
    with acting(client.pk):
        call.refresh_from_db()
        changes = {"summary": text, "sent_at": clock.now(), "answer": "asked", "proof": ""}
        _write(call, version, {**changes, "answered_on": None}, by)
        enter_state("client.goal_confirmed", client, by, role, "asked")
    return call


def note_answer(
    *, by: "User", client_id: int, version: int, confirmed: bool, proof: str, on: date | None
) -> FirstCall:
    """The client's word on the summary, with what shows it."""
    client, call, role = _call(by, client_id)
    proof = text_of(proof).strip()
    if not proof:
        raise BadInput(_("Say what shows it: the letter, the message"), field="proof")
    check_day(on, "day")
    if on and on > business_day():
        raise BadInput(_("This day has not come yet"), field="day")
    with acting(client.pk):
        call.refresh_from_db()
        if call.sent_at is None:
            raise Refusal(
                _("Nothing was sent to the client yet"),
                cure=_("Send the summary first"),
                subject=client,
            )
        answer = "yes" if confirmed else "no"
        day = on or business_day()
        _write(call, version, {"answer": answer, "proof": proof, "answered_on": day}, by)
        enter_state("client.goal_confirmed", client, by, role, answer)
    return call


def settle_gaps(*, by: "User", client_id: int, version: int, note: str) -> FirstCall:
    """The client was told that they expect more than is agreed, and what came of it."""
    client, call, role = _call(by, client_id)
    note = text_of(note).strip()
    if not note:
        raise BadInput(_("Say what you agreed on"), field="note")
    with acting(client.pk):
        call.refresh_from_db()
        _write(call, version, {"gaps_settled": list(gaps_of(call)), "gaps_note": note}, by)
        tell_gaps(call, client, by, role)
    return call


def _call(by: "User", client_id: int) -> tuple[Client, FirstCall, str]:
    role = require(by, *CALLERS, act=_("get acquainted with clients"))
    client = client_for(by, client_id)
    call = FirstCall.objects.filter(client=client).order_by("-pk").first()
    if call is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return client, call, role


def _write(call: FirstCall, version: int, changes: dict[str, Any], by: "User") -> list[str]:
    """Change the record; Conflict tells who was first and at what."""
    try:
        return change(call, version, changes, by)
    except Conflict as problem:
        told = Fact.objects.filter(root_id=call.client_id, kind__startswith="first_call.")
        newest = told.select_related("actor").order_by("-id").first()
        if newest is None:
            raise
        names = [str(CALL_FIELDS.get(one, one)) for one in newest.payload.get("fields", ())]
        raise Conflict(
            _("%(who)s changed this while you were editing: %(what)s")
            % {"who": newest.actor or _("Pult"), "what": ", ".join(names) or "…"},
            cure=_("What you typed is still in the form: save again to replace it"),
        ) from problem


def _check(changes: dict[str, Any]) -> None:
    if strange := set(changes.get("aims", ())) - set(AIMS):
        raise BadInput(_("Choose one of what is offered"), field="aims", cure=min(strange))
    if "channel" in changes and changes["channel"] not in FirstCall.Channel.values:
        raise BadInput(_("Choose one of what is offered"), field="channel")
    for field, most in (("days", LONGEST), ("cost", LARGEST)):
        value = changes.get(field)
        if value is not None and not 0 < value <= most:
            raise BadInput(_("This number cannot be right"), field=field)
    if "goal" in changes:
        changes["goal"] = text_of(changes["goal"]).strip()


def _tell_goal(call: FirstCall, client: Client, by: "User", role: str) -> None:
    enter_state("client.goal_known", client, by, role, "yes" if call.goal else "no")
    known = call.goal and call.days and call.cost and call.look
    enter_state("expectations.known", client, by, role, "yes" if known else "no")


def _ask_anew(call: FirstCall, changes: dict[str, Any]) -> None:
    """What the client confirmed was another picture: another one waits for their word."""
    if any(getattr(call, name) != changes[name] for name in EXPECTED & changes.keys()):
        changes |= {"answer": "", "answered_on": None, "proof": ""}


def _tell_unconfirmed(client: Client, by: "User", role: str) -> None:
    if (told := standing(client.pk, "client.goal_confirmed")) and told.state != "changed":
        enter_state("client.goal_confirmed", client, by, role, "changed")


def _tell(kind: str, call: FirstCall, by: "User", role: str, **fact: Any) -> None:
    refs = {"client": call.client_id}
    if call.handover_id:
        refs["handover"] = call.handover_id
    record(kind, root_id=call.client_id, refs=refs, by=by, role=role, **fact)
