"""What sales brought comes to the department by a handover alone (2.5)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import holder
from pult.clients.models import Assignment, Client, Handover
from pult.clients.models.handover import OPEN
from pult.kernel.errors import BadInput, Refusal, Way
from pult.kernel.models import Fact
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User

AT_WORK = frozenset([Client.Status.CLIENT, Client.Status.PAUSED])


def refuse_unsold(status: str, am: "User | None") -> None:
    """BadInput where a seller enters more than a lead, or names its manager."""
    cure = _("Enter a lead, then hand it over to the manager")
    if status != Client.Status.LEAD:
        raise BadInput(_("Sales enters leads"), field="status", cure=cure)
    if am:
        raise BadInput(_("A handover alone gives a lead its manager"), cure=cure)


def refuse_sold(client: Client) -> None:
    """Refusal for a lead that sales brought and that never was a client; it names the way."""
    if client.status in AT_WORK:
        return
    if not Assignment.objects.filter(client=client, role=Role.SALES).exists():
        return
    told = Fact.objects.filter(kind="client.status", root_id=client.pk)
    if told.filter(state=Client.Status.CLIENT).exists():
        return
    raise Refusal(
        _("Sales brought this client: a handover alone takes it into the department"),
        clause="2.5",
        cure=_("Hand it over with its brief and papers; an old client comes by the move-in import"),
        who=str(holder(client.pk, Role.SALES) or Role.HEAD.label),
        subject=client,
        ways=(way_to_handover(client.pk),),
    )


def way_to_handover(client_id: int) -> Way:
    """To the handover that is going on, or to the beginning of one."""
    going = Handover.objects.filter(client=client_id, state__in=OPEN).values_list("pk", flat=True)
    if found := going.first():
        return Way(_("Open the handover"), "handover", (found,))
    return Way(_("Hand it over"), "handover_new", query=f"client={client_id}")
