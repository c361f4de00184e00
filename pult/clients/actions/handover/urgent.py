"""Somebody leaves at once: the head signs for them, every door closes, clients move now."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.beginning import Shares, begin
from pult.clients.actions.handover.leaving import (
    batch_mates,
    begun_by_sales,
    call_off,
    charges_left,
    release_rest,
)
from pult.clients.actions.handover.moving import held_clients, move_batch
from pult.clients.models import HandoverBatch, OutsideAccess
from pult.clients.queries.load import load_of
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.words import line_of
from pult.people.actions import close_doors, part_with
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


def hand_over_urgently(
    *,
    by: "User",
    giver: "User",
    shares: Shares,
    reason: str,
    all_of: int,
    limit_reason: str = "",
) -> HandoverBatch | None:
    """One act: doors close, the clients move, those who take them have grace.

    `all_of` is how many clients the head saw: Conflict when the giver holds another number by now.
    Handovers in good time that were begun for these clients are called off. A dismissal ends the
    person's roles too and lets go of what is left, clients that ended among it. Raises what
    `start_between` does.
    """
    role = require(by, "head", "director", act=_("hand clients over urgently"))
    if reason not in HandoverBatch.Reason.values:
        raise BadInput(_("Choose one of what is offered"), field="reason")
    leaves = reason == HandoverBatch.Reason.DISMISSAL
    left = charges_left(giver) if leaves else []
    with acting(0, *{*shares, *batch_mates(giver), *(one.client_id for one in left)}):
        _refuse_changed(giver, all_of)
        if leaves and len(shares) < all_of - len(begun_by_sales(giver) - shares.keys()):
            raise BadInput(_("Each client of who leaves needs a new manager"), field="clients")
        batch = None
        if shares:
            call_off(giver, shares.keys(), by, role)
            batch = begin(by, role, giver, shares, reason, limit_reason, is_urgent=True)
            now = clock.now()
            batch.handovers.update(
                giver_signed_at=now, giver_signed_by=by, offered_at=now, receiver_signed_at=None
            )
            move_batch(batch, by, role)
        close_doors(user=giver, by=by, why=reason)
        if leaves:
            release_rest(left, by, role)
            part_with(user=giver, by=by)
    return batch


def _refuse_changed(giver: "User", all_of: int) -> None:
    held = load_of(giver).clients
    if held != all_of:
        raise Conflict(
            _("%(name)s holds %(held)d clients by now, you saw %(seen)d")
            % {"name": giver, "held": held, "seen": all_of},
            cure=_("Open the list again"),
        )


def note_access(
    *, by: "User", user: "User", name: str, level: str, client_id: int | None = None
) -> OutsideAccess:
    """Note an account outside Pult that somebody holds; passwords are never written down."""
    role = _keeper(by, user)
    name = line_of(name)
    if not name:
        raise BadInput(_("Say where the access is"), field="name")
    if level not in OutsideAccess.Level.values:
        raise BadInput(_("Choose one of what is offered"), field="level")
    if client_id is not None and client_id not in held_clients(user, [client_id]):
        raise BadInput(_("Choose one of what is offered"), field="client")
    with acting(0):
        row = OutsideAccess.objects.create(
            user=user,
            client_id=client_id,
            name=name[:200],
            level=level,
            noted_by=by,
            since=business_day(),
        )
        refs = {"person": user.pk, "access": row.pk}
        record("access.noted", root_id=0, refs=refs, by=by, role=role)
    return row


def close_access(*, by: "User", access_id: int) -> None:
    """The account was taken away, or its password changed."""
    row = OutsideAccess.objects.select_related("user").filter(pk=access_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    role = _keeper(by, row.user)
    with acting(0):
        mine = OutsideAccess.objects.filter(pk=row.pk, closed_at=None)
        if mine.update(closed_at=clock.now(), closed_by=by):
            refs = {"person": row.user_id, "access": row.pk}
            record("access.closed", root_id=0, refs=refs, by=by, role=role)


def _keeper(by: "User", user: "User") -> str:
    """Heads and IT keep everybody's accesses, a person notes their own."""
    for role in ("head", "director", "it"):
        if role in by.roles:
            return role
    if by.pk == user.pk and by.roles:
        return min(by.roles)
    raise Refusal(_("Your role does not allow this"))
