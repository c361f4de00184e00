"""A handover from sales begins: the only way a client comes to the department (2.5)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import client_for, holder, require, roles_of
from pult.clients.actions.handover.owners import let_go
from pult.clients.actions.handover.steps import OPEN, move, must_be, tell
from pult.clients.actions.sold import way_to_handover
from pult.clients.handover_access import sale_for, side
from pult.clients.models import Client, Handover
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User

STARTERS = ("sales", "head", "director")


def start_handover(*, by: "User", client_id: int, receiver: "User") -> Handover:
    """Begin to hand a sold client over to an account manager.

    Raises BadInput for somebody who manages no accounts, Refusal for a client that is being
    handed over already, has another manager or has left.
    """
    role = require(by, *STARTERS, act=_("hand clients over"))
    client = client_for(by, client_id)
    check_manager(receiver)
    seller = by if role == "sales" else holder(client.pk, "sales") or by
    with acting(client.pk):
        refuse_open(client)
        _refuse_managed(client, receiver)
        now = clock.now()
        row = Handover(
            client=client,
            kind=Handover.Kind.SALES,
            giver=seller,
            receiver=receiver,
            started_by=by,
            started_at=now,
        )
        row.save(force_insert=True)
        people = {"giver": row.giver_id, "receiver": row.receiver_id}
        tell("handover.state", row, by, role, state=row.state, payload=people)
    return row


def cancel_handover(*, by: "User", handover_id: int) -> Handover:
    """Call a handover from sales off: the client stays with sales."""
    row = sale_for(by, handover_id)
    role = side(by, row, giving=True)
    with acting(row.client_id):
        must_be(row, *OPEN)
        let_go(row, by, role)
        move(row, by, role, Handover.State.CANCELLED)
    return row


def check_manager(receiver: "User") -> None:
    """BadInput for somebody who cannot take a client."""
    if Role.AM not in roles_of(receiver) or not receiver.comes_in:
        raise BadInput(
            _("%(name)s does not have this role") % {"name": receiver},
            field="receiver",
            cure=_("Choose an account manager"),
        )


def refuse_open(client: Client) -> None:
    """Refusal while another handover of the client is open."""
    open_one = Handover.objects.filter(client=client, state__in=OPEN).first()
    if open_one:
        raise Refusal(
            _("This client is being handed over already"),
            cure=_("Finish or cancel that handover first"),
            subject=client,
            ways=(way_to_handover(client.pk),),
        )


def _refuse_managed(client: Client, receiver: "User") -> None:
    manager = holder(client.pk, "am")
    if manager and manager.pk != receiver.pk:
        raise Refusal(
            _("%(name)s is in charge of this client already") % {"name": manager},
            cure=_("Hand it over to them, or let the head move it between managers"),
            subject=client,
        )
    if client.status == Client.Status.ENDED:
        raise Refusal(_("This client has left"), subject=client)
