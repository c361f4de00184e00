"""A batch moves: holders, work and obligations of all its clients in one transaction."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.models import Assignment, Handover, HandoverBatch, HandoverItem
from pult.clients.models.handover import OPEN
from pult.clients.providers import Change, move_with
from pult.clients.queries.handover.known import known_of
from pult.kernel import clock
from pult.kernel.calendar.hours import day_date, day_index
from pult.kernel.errors import Refusal
from pult.kernel.facts import Draft, encode, insert_encoded, on_behalf, record_draft
from pult.kernel.roles import Role
from pult.people.queries import business_day
from pult.regulation.calendars import current_calendar
from pult.regulation.evaluate.table import State
from pult.regulation.labels import card_of
from pult.regulation.models import Obligation, Waiver
from pult.regulation.parameters import number

if TYPE_CHECKING:
    from pult.people.models import User

FEW = 60  # facts judged at once; of more the worker judges
GRACE = ("handover.grace", 5)
DECIDE = ("head", "director")


def held_clients(giver: "User", client_ids: Collection[int]) -> frozenset[int]:
    """Which of these clients the person holds as their account manager now."""
    now = clock.now()
    held = Assignment.objects.filter(
        Q(until=None) | Q(until__gt=now), user=giver, role=Role.AM, since__lte=now
    )
    return frozenset(held.filter(client__in=client_ids).values_list("client", flat=True))


def move_batch(batch: HandoverBatch, by: "User", role: str) -> None:
    """Everything signed moves. Inside an action that holds the clients; Refusal when one of them
    is no longer the giver's, and then none moves."""
    open_rows = batch.handovers.filter(state__in=OPEN)
    rows = list(open_rows.select_related("client", "giver", "receiver"))
    _refuse_unsigned(batch, rows)
    clients = [row.client_id for row in rows]
    held = held_clients(batch.giver, clients)
    if lost := [row for row in rows if row.client_id not in held]:
        told = {"giver": batch.giver, "client": lost[0].client}
        raise Refusal(
            _("%(giver)s does not hold “%(client)s” any more") % told,
            cure=_("Cancel the handover of this client: the rest goes on"),
        )
    now, until = clock.now(), grace_day()
    drafts = _change_holders(rows, by, role)
    drafts += _finish(rows, by, role)
    drafts += _grace(batch, clients, until)
    batch.posted_at, batch.grace_until = now, until
    batch.save(update_fields=["posted_at", "grace_until"])
    move_with(by, {row.client_id: Change(row.giver_id, row.receiver_id) for row in rows})
    say_all(drafts)


def waiting_for_hands(batch: HandoverBatch) -> QuerySet[Handover]:
    """Open handovers of the batch that one of the two has not signed."""
    unsigned_rows = Q(giver_signed_at=None) | Q(receiver_signed_at=None)
    return batch.handovers.filter(unsigned_rows, state__in=OPEN)


def unsigned(row: Handover, person: "User") -> Refusal:
    """The refusal that names whose signature is not there."""
    return Refusal(
        _("%(who)s has not signed the handover of “%(client)s” yet")
        % {"who": person, "client": row.client},
        clause="2.1",
        cure=_("Wait for this signature; the head signs for whoever cannot"),
        who=str(person),
        subject=row.client,
    )


def _refuse_unsigned(batch: HandoverBatch, rows: Iterable[Handover]) -> None:
    """Nothing moves without the giver's hand and, unless it is urgent, the receiver's."""
    for row in rows:
        if row.giver_signed_at is None:
            raise unsigned(row, row.giver)
        if row.receiver_signed_at is None and not batch.is_urgent:
            raise unsigned(row, row.receiver)


def grace_day() -> date:
    """The last day of grace for what is open when clients move."""
    calendar = current_calendar()
    return day_date(int(calendar.add_workdays(day_index(business_day()), number(*GRACE))))


def say_all(drafts: Sequence[Draft]) -> None:
    """Record facts of many clients in this transaction: a few are judged at once, of a great many
    the worker judges."""
    if len(drafts) <= FEW:
        for draft in drafts:
            record_draft(draft)
    else:
        insert_encoded(encode(drafts))


def _change_holders(rows: Iterable[Handover], by: "User", role: str) -> list[Draft]:
    now, rows = clock.now(), list(rows)
    clients = [row.client_id for row in rows]
    held = Assignment.objects.filter(client__in=clients, role=Role.AM)
    if ahead := held.filter(since__gt=now).select_related("client").first():
        raise Refusal(
            _("“%(client)s” is being handed over already") % {"client": ahead.client},
            cure=_("Cancel the handover of this client: the rest goes on"),
        )
    held.filter(Q(until=None) | Q(until__gt=now)).update(until=now)
    Assignment.objects.bulk_create(
        Assignment(client_id=row.client_id, user=row.receiver, role=Role.AM, since=now)
        for row in rows
    )
    drafts = []
    for row in rows:
        for kind, user in (("client.released", row.giver_id), ("client.assigned", row.receiver_id)):
            drafts.append(_draft(kind, row, by, role, at=now, payload={"user": user, "role": "am"}))
    return drafts


def _draft(kind: str, row: Handover, by: "User", role: str, **more: object) -> Draft:
    refs = {"client": row.client_id}
    if kind.startswith("handover"):
        refs["handover"] = row.pk
    refs = on_behalf(refs, by, role)
    return Draft(kind=kind, root_id=row.client_id, refs=refs, by_id=by.pk, role=role, **more)


def _finish(rows: Sequence[Handover], by: "User", role: str) -> list[Draft]:
    """The handovers are accepted, with what Pult knew at that moment."""
    _keep_known(rows)
    Handover.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Handover.State.ACCEPTED, accepted_at=clock.now()
    )
    return [_draft("handover.between", row, by, role, state="accepted") for row in rows]


def _keep_known(rows: Sequence[Handover]) -> None:
    known = known_of([row.client_id for row in rows])
    items = HandoverItem.objects.filter(handover__in=rows)
    there = {(item.handover_id, item.code): item for item in items}
    new, old = [], []
    for row in rows:
        for code, lines in known[row.client_id].items():
            if code == "traits":  # their words go when the person goes: no copy of them is kept
                continue
            item = there.get((row.pk, code))
            (old if item else new).append(item := item or HandoverItem(handover=row, code=code))
            item.known = "\n".join(line.text for line in lines)
    HandoverItem.objects.bulk_create(new)
    HandoverItem.objects.bulk_update(old, ["known"], batch_size=200)


def _grace(batch: HandoverBatch, clients: Sequence[int], until: date) -> list[Draft]:
    """Open obligations that fall due within the grace wait until its end, by the word of whoever
    began the handover. What was missed before stays missed: it is the giver's."""
    role = next((one for one in DECIDE if one in batch.started_by.roles), DECIDE[0])
    last = clock.to_minute(clock.now()) + (until - business_day()).days * 24 * 60 + 24 * 60
    rows = Obligation.objects.filter(
        root_id__in=clients, role=Role.AM, state=State.OPEN, due__lte=last
    )
    reason = _("The client was handed to another manager")
    now, drafts, made = clock.now(), [], []
    allowed: dict[str, bool] = {}
    for row in rows:
        if row.clause not in allowed:
            card = card_of(row.clause)
            allowed[row.clause] = role in (frozenset(card.waivers if card else ()) or DECIDE)
        if not allowed[row.clause]:
            continue
        made.append(
            Waiver(
                clause=row.clause,
                subject_type=row.subject_type,
                subject_id=row.subject_id,
                row_key=row.row_key,
                root_id=row.root_id,
                until=until,
                reason=reason,
                by=batch.started_by,
                role=role,
                at=now,
            )
        )
        refs = {"client": row.root_id, row.subject_type: row.subject_id}
        drafts.append(
            Draft(
                kind="waiver.granted",
                root_id=row.root_id,
                refs=on_behalf(refs, batch.started_by, role),
                by_id=batch.started_by_id,
                role=role,
                key=row.clause,
                state="on",
                value=row.row_key,
                day=until,
                payload={"by_role": role, "reason_code": "handover"},
            )
        )
    Waiver.objects.bulk_create(made)
    return drafts
