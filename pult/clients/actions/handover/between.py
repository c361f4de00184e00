"""Managers hand clients to managers: begun by the head, told item by item, signed by both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.moving import held_clients, move_batch, say_all
from pult.clients.actions.handover.starting import check_manager
from pult.clients.actions.handover.steps import OPEN, must_be, save, tell, tell_state
from pult.clients.actions.room import check_room
from pult.clients.handover_access import handover_for, side
from pult.clients.handover_words import item_word
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Client, Handover, HandoverBatch, HandoverItem
from pult.clients.queries.handover.between import missing_of
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import Draft, acting, on_behalf
from pult.kernel.words import text_of
from pult.regulation.gates import gated, guard

if TYPE_CHECKING:
    from pult.people.models import User

Shares = Mapping[int, "User"]


def start_between(
    *, by: "User", giver: "User", shares: Shares, reason: str, limit_reason: str = ""
) -> HandoverBatch:
    """The head begins to hand clients of one manager to others: `shares` is client → receiver.

    Nothing moves until every handover of the batch is signed by both. Raises BadInput for no
    clients, a wrong receiver or reason, Refusal for a client the giver does not hold, one that is
    being handed over, and a receiver without room.
    """
    role = require(by, "head", "director", act=_("hand clients to another manager"))
    with acting(0, *shares):
        return begin(by, role, giver, shares, reason, limit_reason, is_urgent=False)


def begin(
    by: "User",
    role: str,
    giver: "User",
    shares: Shares,
    reason: str,
    limit_reason: str,
    *,
    is_urgent: bool,
) -> HandoverBatch:
    """The batch and its handovers, inside an action that holds the clients."""
    _check(by, giver, shares, reason, limit_reason)
    now = clock.now()
    batch = HandoverBatch.objects.create(
        giver=giver, reason=reason, is_urgent=is_urgent, started_by=by, started_at=now
    )
    rows = Handover.objects.bulk_create(
        Handover(
            client_id=client,
            kind=Handover.Kind.BETWEEN,
            giver=giver,
            receiver=receiver,
            batch=batch,
            started_by=by,
            started_at=now,
        )
        for client, receiver in shares.items()
    )
    say_all([_opened(row, by, role, is_urgent=is_urgent) for row in rows])
    return batch


def _opened(row: Handover, by: "User", role: str, *, is_urgent: bool) -> Draft:
    return Draft(
        kind="handover.between",
        root_id=row.client_id,
        refs=on_behalf({"client": row.client_id, "handover": row.pk}, by, role),
        by_id=by.pk,
        role=role,
        state="open",
        payload={
            "giver": row.giver_id,
            "receiver": row.receiver_id,
            "batch": row.batch_id,
            "urgent": is_urgent,
        },
    )


def _check(by: "User", giver: "User", shares: Shares, reason: str, limit_reason: str) -> None:
    if not shares:
        raise BadInput(_("Choose at least one client"), field="clients")
    if reason not in HandoverBatch.Reason.values:
        raise BadInput(_("Choose one of what is offered"), field="reason")
    taken: dict[int, list[int]] = {}
    people = {receiver.pk: receiver for receiver in shares.values()}
    for client, receiver in shares.items():
        taken.setdefault(receiver.pk, []).append(client)
    for pk, receiver in people.items():
        check_manager(receiver)
        if pk == giver.pk:
            raise BadInput(_("Choose another manager: this one hands over"), field="receiver")
        check_room(receiver, by=by, client_ids=taken[pk], reason=limit_reason)
    held = held_clients(giver, shares)
    if foreign := [pk for pk in shares if pk not in held]:
        name = Client.objects.filter(pk=foreign[0]).values_list("name", flat=True).first()
        raise Refusal(
            _("%(giver)s does not hold “%(client)s” any more") % {"giver": giver, "client": name},
            cure=_("Open the list again: somebody moved this client meanwhile"),
        )
    busy = Handover.objects.filter(client__in=shares, state__in=OPEN).select_related("client")
    if found := busy.first():
        raise Refusal(
            _("“%(client)s” is being handed over already") % {"client": found.client},
            cure=_("Finish or cancel that handover first"),
        )


def fill_item(
    *,
    by: "User",
    handover_id: int,
    code: str,
    version: int,
    text: str = "",
    is_none: bool = False,
) -> HandoverItem:
    """Tell of an item, or say that there is nothing; the receiver takes it anew.

    `version` is that of the item (0 before anybody told of it). Raises Conflict with what somebody
    else wrote meanwhile.
    """
    row, role = _either_side(by, handover_id)
    text = text_of(text).strip()
    if code not in ITEMS or code == "access":
        raise BadInput(_("Choose one of what is offered"), field="code")
    if not text and not is_none:
        raise BadInput(_("Tell of it, or say that there is nothing"), field="text")
    with acting(row.client_id):
        _must_be_open(row)
        item = row.items.filter(code=code).first() or HandoverItem(
            handover=row, code=code, version=0
        )
        if item.version != version:
            raise Conflict(
                _("%(who)s wrote meanwhile: %(text)s")
                % {"who": item.filled_by, "text": item.text[:200] or _("nothing")},
                cure=_("What you typed is still in the form: save again to replace it"),
            )
        item.text, item.is_none = ("", True) if is_none else (text, False)
        item.filled_by, item.filled_at = by, clock.now()
        item.accepted_at, item.version = None, version + 1
        item.save()
        if row.state in OPEN:
            save(row, giver_signed_at=None, giver_signed_by=None, receiver_signed_at=None)
        tell("handover.edited", row, by, role, payload={"fields": [code]})
        tell_items(row, by, role)
    return item


def accept_items(*, by: "User", handover_id: int, codes: tuple[str, ...] = ()) -> None:
    """The receiver takes items: these, or all that are told of."""
    row = handover_for(by, handover_id)
    role = side(by, row, giving=False)
    with acting(row.client_id):
        _must_be_open(row)
        missing = missing_of(row)
        wanted = codes or tuple(code for code in ITEMS if code not in missing)
        if untold := [code for code in wanted if code in missing or code not in ITEMS]:
            raise Refusal(
                _("Nobody has told of this yet: %(item)s") % {"item": item_word(untold[0])},
                clause=ITEMS.get(untold[0], "2.1"),
                who=str(row.giver),
                subject=row.client,
            )
        now = clock.now()
        known = set(row.items.values_list("code", flat=True))
        new = [HandoverItem(handover=row, code=code) for code in wanted if code not in known]
        HandoverItem.objects.bulk_create(new)
        row.items.filter(code__in=wanted, accepted_at=None).update(accepted_at=now)
        tell("handover.edited", row, by, role, payload={"fields": sorted(wanted)})


def sign_giving(*, by: "User", handover_id: int) -> Handover:
    """The giver signs: everything is told. The head signs for whoever cannot."""
    row = handover_for(by, handover_id)
    role = side(by, row, giving=True)
    with acting(row.client_id):
        must_be(row, *OPEN)
        tell_items(row, by, role)
        if missing := missing_of(row):
            raise Refusal(
                _("Not told yet: %(items)s") % {"items": ", ".join(map(item_word, missing))},
                clause=ITEMS[missing[0]] if len(missing) == 1 else "2.1",
                cure=_("Tell of them; “nothing” is an answer too"),
                subject=row.client,
            )
        now = clock.now()
        save(
            row,
            state=Handover.State.OFFERED,
            offered_at=now,
            giver_signed_at=now,
            giver_signed_by=by,
        )
        tell("handover.between", row, by, role, state="signed")
    return row


def take_over(*, by: "User", handover_id: int) -> Handover:
    """The receiver signs; with the last signature of the batch all its clients move at once.

    Gate 2.1 refuses while an item is not told of; a Refusal while one is not taken.
    """
    row = handover_for(by, handover_id)
    role = side(by, row, giving=False)
    batch = row.batch
    roots = batch.handovers.values_list("client", flat=True)
    with gated(), acting(*roots):
        must_be(row, Handover.State.OFFERED)
        tell_items(row, by, role)
        refs = {"client": row.client_id, "handover": row.pk}
        guard("handover.take", root_id=row.client_id, refs=refs, by=by, role=role)
        _refuse_untaken(row)
        tell("handover.take", row, by, role)
        save(row, receiver_signed_at=clock.now())
        left = batch.handovers.filter(state__in=OPEN, receiver_signed_at=None)
        if not left.exists():
            move_batch(batch, by, role)
            row.refresh_from_db()
    return row


def cancel_between(*, by: "User", handover_id: int) -> Handover:
    """The head calls the handover of one client off; the rest of the batch goes on, and moves when
    this was the last signature it waited for."""
    role = require(by, "head", "director", act=_("cancel handovers"))
    row = handover_for(by, handover_id)
    batch = row.batch
    with acting(*batch.handovers.values_list("client", flat=True)):
        must_be(row, *OPEN)
        save(row, state=Handover.State.CANCELLED)
        tell("handover.between", row, by, role, state="cancelled")
        open_rows = batch.handovers.filter(state__in=OPEN)
        if not open_rows.exists():
            batch.cancelled_at = clock.now()
            batch.save(update_fields=["cancelled_at"])
        elif not open_rows.filter(receiver_signed_at=None).exists():
            move_batch(batch, by, role)
    return row


def note_told(*, by: "User", handover_id: int) -> Handover:
    """The client was told of the new manager."""
    row = handover_for(by, handover_id)
    role = side(by, row, giving=False)
    with acting(row.client_id):
        must_be(row, Handover.State.ACCEPTED)
        if row.told_at is None:
            save(row, told_at=clock.now(), told_by=by)
            tell("handover.told", row, by, role)
    return row


def tell_items(row: Handover, by: "User", role: str) -> None:
    """Say whether every item is told of, for gate 2.1."""
    missing = len(missing_of(row))
    state = "lacking" if missing else "full"
    tell_state("handover.items", row, by, role, state, value=missing)


def _either_side(by: "User", handover_id: int) -> tuple[Handover, str]:
    row = handover_for(by, handover_id)
    return row, side(by, row, giving=row.receiver_id != by.pk)


def _must_be_open(row: Handover) -> None:
    """Open, or moved at once: then its items are found out afterwards."""
    if row.batch and row.batch.is_urgent:
        must_be(row, *OPEN, Handover.State.ACCEPTED)
    else:
        must_be(row, *OPEN)


def _refuse_untaken(row: Handover) -> None:
    taken = set(row.items.exclude(accepted_at=None).values_list("code", flat=True))
    if untaken := [code for code in ITEMS if code not in taken]:
        raise Refusal(
            _("Not taken yet: %(items)s") % {"items": ", ".join(map(item_word, untaken))},
            clause="2.1",
            cure=_("Take each item, or ask about it"),
            subject=row.client,
        )
