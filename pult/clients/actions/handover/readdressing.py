"""Another manager is to take the client: brief, papers and items stay, the agreement does not."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.owners import let_go
from pult.clients.actions.handover.starting import check_manager
from pult.clients.actions.handover.steps import OPEN, move, must_be, save, tell, tell_state
from pult.clients.actions.room import check_room
from pult.clients.handover_access import handover_for, side
from pult.clients.models import Handover
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting

if TYPE_CHECKING:
    from pult.people.models import User


def give_to_another(
    *, by: "User", handover_id: int, receiver: "User", reason: str = ""
) -> Handover:
    """Change who takes the client of an open handover.

    From sales the seller does it and offers the project anew; between managers the head does, the
    new one has to have room (or the head signs a `reason`), and both sign anew. Raises BadInput
    for somebody who cannot take it.
    """
    row = handover_for(by, handover_id)
    is_sale = row.kind == Handover.Kind.SALES
    if is_sale:
        role = side(by, row, giving=True)
    else:
        role = require(by, "head", "director", act=_("hand clients to another manager"))
    check_manager(receiver)
    if receiver.pk == row.giver_id:
        raise BadInput(_("Choose another manager: this one hands over"), field="receiver")
    with acting(row.client_id):
        must_be(row, *OPEN)
        if receiver.pk == row.receiver_id:
            return row
        if is_sale:
            _take_back(row, by, role)
        else:
            check_room(receiver, by=by, client_ids=[row.client_id], reason=reason)
            row.items.update(accepted_at=None)
            signatures = {"giver_signed_at": None, "giver_signed_by": None}
            save(row, state=Handover.State.DRAFT, receiver_signed_at=None, **signatures)
        save(row, receiver=receiver)
        tell("handover.edited", row, by, role, payload={"fields": ["receiver"]})
    return row


def _take_back(row: Handover, by: "User", role: str) -> None:
    """Whoever looked at the project looks no more; what they studied counts for nobody else."""
    let_go(row, by, role)
    if row.studies.exists():
        row.studies.all().delete()
        tell_state("handover.studied", row, by, role, "part")
    if row.state == Handover.State.OFFERED:
        move(row, by, role, Handover.State.RETURNED)
