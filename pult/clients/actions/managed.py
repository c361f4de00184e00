"""A client at work goes from its manager to another by a handover alone (2.1)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.actions.sold import AT_WORK
from pult.clients.models import Assignment, Client, Handover
from pult.clients.models.handover import OPEN
from pult.kernel import clock
from pult.kernel.errors import Refusal, Way
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User


def refuse_managed(client: Client, receiver: "User") -> None:
    """Refusal for a client at work that somebody else conducts, whoever left the agency among
    them; it leads to the handover that goes on, or to the beginning of one."""
    if client.status not in AT_WORK:
        return
    held = Assignment.objects.filter(client=client, role=Role.AM).exclude(user=receiver)
    lasting = held.filter(Q(until=None) | Q(until__gt=clock.now())).select_related("user")
    if (row := lasting.order_by("since").first()) is None:
        return
    raise Refusal(
        _("%(name)s conducts this client: it goes to another manager by a handover")
        % {"name": row.user},
        clause="2.1",
        cure=_("Begin the handover: it is told item by item and signed by both"),
        subject=client,
        ways=(way_between(client, row.user, receiver),),
    )


def way_between(client: Client, giver: "User", receiver: "User") -> Way:
    """To the handover that is going on, or to its beginning with the choice made."""
    going = Handover.objects.filter(client=client, state__in=OPEN).values_list("pk", flat=True)
    if found := going.first():
        return Way(_("Open the handover"), "handover", (found,))
    return way_to_begin(giver.pk, receiver.pk, [client.pk], _("Begin the handover"))


def way_to_begin(giver: int, receiver: int, clients: Iterable[int], words: Any) -> Way:
    """To everything the giver conducts, with these clients chosen for the receiver."""
    chosen = "-".join(map(str, clients))
    return Way(words, "handover_person", (giver,), query=f"to={receiver}&clients={chosen}")
