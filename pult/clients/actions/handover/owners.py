"""Rights follow the handover: the manager sees the client to check it, sales lets it go."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.actions.charge import end_charge, make_room, tell_charge
from pult.clients.actions.status import give_status
from pult.clients.models import Assignment, Client, Handover
from pult.kernel import clock
from pult.kernel.errors import Refusal
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User


def let_in(row: Handover, by: "User", role: str) -> None:
    """The receiver is in charge from now on; Refusal when somebody else is meanwhile."""
    now = clock.now()
    held = Assignment.objects.filter(client=row.client_id, role=Role.AM)
    other = held.filter(Q(until=None) | Q(until__gt=now)).exclude(user=row.receiver_id)
    if manager := other.select_related("user").first():
        raise Refusal(
            _("%(name)s is in charge of this client already") % {"name": manager.user},
            cure=_("Hand it over to them, or let the head move it between managers"),
            subject=row.client,
        )
    if make_room(held, row.client, row.receiver, now, by, role):
        return
    made = Assignment.objects.create(client=row.client, user=row.receiver, role=Role.AM, since=now)
    tell_charge("client.assigned", made, now, by, role)


def let_go(row: Handover, by: "User", role: str) -> None:
    """A client that was only looked at goes back: its manager of that while is released."""
    if row.client.status != Client.Status.LEAD or row.offered_at is None:
        return
    now = clock.now()
    held = Assignment.objects.filter(
        client=row.client_id, role=Role.AM, user=row.receiver_id, since__gte=row.offered_at
    )
    for one in held.filter(until=None):
        end_charge(one, now, by, role)


def leave_sales(row: Handover, by: "User", role: str) -> None:
    """Sales no longer sees the client (2.12: it is the department's now)."""
    now = clock.now()
    held = Assignment.objects.filter(client=row.client_id, role=Role.SALES)
    for one in held.filter(Q(until=None) | Q(until__gt=now)):
        end_charge(one, now, by, role)


def become_client(row: Handover, by: "User", role: str) -> None:
    """The status of the card turns to «client» by itself (2.12)."""
    client = Client.objects.get(pk=row.client_id)
    if client.status != Client.Status.CLIENT:
        status = Client.Status.CLIENT
        give_status(client, by, role, version=client.version, status=status)
