"""The head begins a handover between managers: whose clients go to whom."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.moving import held_clients, say_all
from pult.clients.actions.handover.starting import check_manager
from pult.clients.actions.handover.steps import OPEN
from pult.clients.actions.room import check_room, lack_of_room
from pult.clients.models import Client, Handover, HandoverBatch
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import Draft, acting, on_behalf

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
    _check_rooms(by, people, taken, limit_reason)
    held = held_clients(giver, shares)
    if foreign := [pk for pk in shares if pk not in held]:
        name = Client.objects.filter(pk=foreign[0]).values_list("name", flat=True).first()
        if name is None:
            raise BadInput(_("Choose one of what is offered"), field="clients")
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


def _check_rooms(
    by: "User", people: Mapping[int, "User"], taken: Mapping[int, list[int]], reason: str
) -> None:
    """Every receiver beyond the limit is told of at once."""
    rooms = {pk: {"client_ids": taken[pk], "by": by, "reason": reason} for pk in people}
    full = [lack for pk, one in people.items() if (lack := lack_of_room(one, **rooms[pk]))]
    if full[1:]:
        told = "; ".join(str(one.message) for one in full)
        raise Refusal(
            _("Several managers would be beyond their limits"),
            cure=_("%(who)s. %(cure)s") % {"who": told, "cure": full[0].cure},
            who=full[0].who,
        )
    for pk, receiver in people.items():
        check_room(receiver, **rooms[pk])
