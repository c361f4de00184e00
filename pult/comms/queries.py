"""What was said to a client, and how long ago anything was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q, Subquery

from pult.clients.access import client_for, sees_traits
from pult.comms.models import Interaction

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class ContactEntry:
    """One contact. `note` is empty for readers outside the client department."""

    id: int
    channel: str
    channel_label: str
    direction: str
    outcome: str
    outcome_label: str
    at: datetime
    by: str
    is_mine: bool
    people: tuple[str, ...]
    note: str
    is_meeting: bool
    is_voided: bool
    version: int


def contact_log(
    user: "User",
    client_id: int,
    *,
    limit: int = 50,
    before: tuple[datetime, int] | None = None,
) -> tuple[ContactEntry, ...]:
    """The newest contacts with a client; `before` is `(at, id)` of the last one shown."""
    client = client_for(user, client_id)
    shows_notes = sees_traits(user)
    rows = Interaction.objects.filter(client=client)
    if before:
        at, pk = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    rows = rows.select_related("by").prefetch_related("contacts").order_by("-at", "-pk")
    return tuple(_entry(row, user, shows_notes) for row in rows[:limit])


def last_contacts(client_ids: Iterable[int], *, two_way: bool = False) -> dict[int, datetime]:
    """Client id → the moment of the last contact; of the last talk with `two_way`."""
    rows = Interaction.objects.filter(client__in=list(client_ids), voided_at=None)
    if two_way:
        rows = rows.filter(outcome=Interaction.Outcome.TWO_WAY)
    return dict(rows.order_by().values_list("client").annotate(Max("at")))


def last_contact(client: Any) -> Subquery:
    """The same of the client `client` (an outer reference), to sort clients by: the first entry of
    the index of their contacts."""
    rows = Interaction.objects.filter(client=client, voided_at=None)
    return Subquery(rows.order_by("-at").values("at")[:1])


def _entry(row: Interaction, user: "User", shows_notes: bool) -> ContactEntry:
    return ContactEntry(
        id=row.pk,
        channel=row.channel,
        channel_label=str(Interaction.Channel(row.channel).label),
        direction=row.direction,
        outcome=row.outcome,
        outcome_label=str(Interaction.Outcome(row.outcome).label),
        at=row.at,
        by=str(row.by),
        is_mine=row.by_id == user.pk,
        people=tuple(contact.name for contact in row.contacts.all()),
        note=row.note if shows_notes or row.by_id == user.pk else "",
        is_meeting=row.meeting_fact_id is not None,
        is_voided=row.voided_at is not None,
        version=row.version,
    )
