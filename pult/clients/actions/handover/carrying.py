"""What a brief says goes to the card, where the card says nothing of it yet."""

from typing import TYPE_CHECKING

from pult.clients.actions.aims import add_aim, edit_aim
from pult.clients.actions.cards import edit_client
from pult.clients.models import GOALS, Aim, Client, Handover

if TYPE_CHECKING:
    from pult.people.models import User


def fill_card(row: Handover, by: "User") -> None:
    """The folder, the goal and the wishes of an accepted brief fill what is empty on the card.

    A wish of the card names its day; those of a brief name none and stand as a need.
    """
    client = Client.objects.get(pk=row.client_id)
    if row.folder and not client.folder:
        edit_client(by=by, client_id=client.pk, version=client.version, folder=row.folder)
    if row.goals and not _open(row.client_id, *GOALS):
        add_aim(by=by, client_id=client.pk, kind=Aim.Kind.CAMPAIGN, text=row.goals)
    if row.wishes and not _open(row.client_id, Aim.Kind.NEED, Aim.Kind.WISH):
        add_aim(by=by, client_id=client.pk, kind=Aim.Kind.NEED, text=row.wishes)


def note_goal(*, by: "User", client_id: int, text: str, told: str) -> None:
    """The client's own words take the place of what the brief `told`; other goals stay."""
    goals = _open(client_id, *GOALS)
    if not goals:
        add_aim(by=by, client_id=client_id, kind=Aim.Kind.CAMPAIGN, text=text)
    elif len(goals) == 1 and goals[0].text == told != text:
        edit_aim(by=by, aim_id=goals[0].pk, version=goals[0].version, text=text)


def _open(client_id: int, *kinds: str) -> list[Aim]:
    return list(Aim.objects.filter(client=client_id, kind__in=kinds, state=Aim.State.OPEN))
