"""A client's demands on its manager, and its request for another one."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, holder, require
from pult.clients.actions.handover.beginning import begin
from pult.clients.edits import change, check
from pult.clients.models import Client, Demand, HandoverBatch, ReplacementAsk
from pult.kernel import clock
from pult.kernel.calendar import day_date, day_index
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.words import line_of, text_of
from pult.people.queries import business_day
from pult.regulation.calendars import current_calendar
from pult.regulation.parameters import number

if TYPE_CHECKING:
    from pult.people.models import User

TELLERS = ("am", "sales", "head", "director")
DECIDERS = ("head", "director")
SETTERS = ("am", "head", "director")
DECISION = ("replacement.decision", 2)


def set_demand(
    *,
    by: "User",
    client_id: int,
    version: int,
    risk: int | None,
    creativity: int | None,
    strictness: int | None,
    note: str = "",
) -> Demand:
    """How much of what the client asks of its manager; `version` is 0 before anybody said.

    Raises Conflict when somebody else said otherwise meanwhile.
    """
    role = require(by, *SETTERS, act=_("say what a client asks of its manager"))
    client = client_for(by, client_id)
    told = {"risk": risk, "creativity": creativity, "strictness": strictness, "note": note}
    with acting(client.pk):
        row = Demand.objects.filter(client=client).first()
        if row is None:
            row = Demand(client=client, set_by=by, set_on=business_day(), **told)
            check(row)
            row.save(force_insert=True)
            changed = sorted(name for name, value in told.items() if value)
        else:
            changed = change(row, version, told, by)
            if changed:
                Demand.objects.filter(pk=row.pk).update(set_by=by, set_on=business_day())
        if changed:
            _tell("client.demands", client, by, role, payload={"fields": changed})
    return row


def ask_replacement(
    *,
    by: "User",
    client_id: int,
    asked_by: str,
    reason: str,
    proof: str = "",
    asked_on: date | None = None,
) -> ReplacementAsk:
    """Note that a client asked for another manager: who of them, when, why, where it is to be seen.

    Raises Refusal for a client without a manager and while another request is not decided.
    """
    role = require(by, *TELLERS, act=_("note what a client asks for"))
    client = client_for(by, client_id)
    today = business_day()
    asked_on = asked_on or today
    check_day(asked_on, "asked_on")
    if asked_on > today:
        raise BadInput(_("This is still ahead"), field="asked_on")
    said = {"asked_by": line_of(asked_by), "reason": text_of(reason), "proof": line_of(proof)}
    for name, words in (("asked_by", _("Say who asked")), ("reason", _("Say why"))):
        if not said[name]:
            raise BadInput(words, field=name)
    with acting(client.pk):
        manager = holder(client.pk, "am")
        if manager is None:
            raise Refusal(_("Nobody manages this client"), subject=client)
        _refuse_second(client)
        row = ReplacementAsk(
            client=client,
            manager=manager,
            asked_on=asked_on,
            due_on=_decided_by(asked_on),
            noted_by=by,
            noted_at=clock.now(),
            **said,
        )
        check(row)
        row.save(force_insert=True)
        _tell_state(row, by, role)
    return row


def replace_manager(
    *,
    by: "User",
    ask_id: int,
    receiver: "User",
    reason: str,
    told: str = "",
    limit_reason: str = "",
) -> ReplacementAsk:
    """Yes: a handover between the managers begins in the same act.

    Raises what `start_between` does: somebody who manages nobody, a receiver without room, a
    client that has another manager by now or is being handed over.
    """
    role = require(by, *DECIDERS, act=_("decide who conducts a client"))
    client = _asked(ask_id).client
    with acting(0, client.pk):
        row = _open(ask_id)
        shares = {client.pk: receiver}
        asked = HandoverBatch.Reason.ASKED
        row.batch = begin(by, role, row.manager, shares, asked, limit_reason, is_urgent=False)
        _decide(row, by, role, ReplacementAsk.State.REPLACED, reason, told)
    return row


def keep_manager(*, by: "User", ask_id: int, reason: str, told: str) -> ReplacementAsk:
    """No: why, and what the client was told."""
    role = require(by, *DECIDERS, act=_("decide who conducts a client"))
    client = _asked(ask_id).client
    with acting(client.pk):
        row = _open(ask_id)
        if not text_of(told):
            raise BadInput(_("Say what the client was told"), field="told")
        _decide(row, by, role, ReplacementAsk.State.KEPT, reason, told)
    return row


def _decide(row: ReplacementAsk, by: "User", role: str, state: str, reason: str, told: str) -> None:
    row.state, row.decision, row.told = state, text_of(reason), text_of(told)
    if not row.decision:
        raise BadInput(_("Say why"), field="decision")
    row.decided_by, row.decided_at = by, clock.now()
    check(row)
    row.save()
    _tell_state(row, by, role)


def _asked(ask_id: int) -> ReplacementAsk:
    """The reader is a head, who sees every client."""
    row = None
    if ask_id < 2**63:
        rows = ReplacementAsk.objects.select_related("client", "manager")
        row = rows.filter(pk=ask_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def _open(ask_id: int) -> ReplacementAsk:
    """The same once the client is held: somebody may have decided meanwhile."""
    row = _asked(ask_id)
    if row.state != ReplacementAsk.State.OPEN:
        raise Refusal(
            _("%(name)s has decided this already") % {"name": row.decided_by}, subject=row.client
        )
    return row


def _refuse_second(client: Client) -> None:
    if ReplacementAsk.objects.filter(client=client, state=ReplacementAsk.State.OPEN).exists():
        raise Refusal(
            _("A request of this client is not decided yet"),
            cure=_("Add what is new to the log of contacts"),
            subject=client,
        )


def _decided_by(asked_on: date) -> date:
    calendar = current_calendar()
    return day_date(int(calendar.add_workdays(day_index(asked_on), number(*DECISION))))


def _tell_state(row: ReplacementAsk, by: "User", role: str) -> None:
    payload = {"manager": row.manager_id}
    told = {"key": str(row.pk), "state": row.state, "payload": payload}
    _tell("client.replacement", row.client, by, role, **told)


def _tell(kind: str, client: Client, by: "User", role: str, **fact: Any) -> None:
    record(kind, root_id=client.pk, refs={"client": client.pk}, by=by, role=role, **fact)
