"""What was said to a client, and how long ago anything was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require, sees_traits
from pult.clients.merged import cards_of
from pult.comms.models import Interaction
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import standing

if TYPE_CHECKING:
    from pult.people.models import User

LAST = "SELECT client_id, MAX(at) FROM comms_interaction WHERE voided_at IS NULL"


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
    rows = Interaction.objects.filter(client__in=cards_of(client.pk))
    if before:
        at, pk = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    rows = rows.select_related("by").prefetch_related("contacts").order_by("-at", "-pk")
    return tuple(_entry(row, user, shows_notes) for row in rows[:limit])


def latest_contacts(user: "User", client_id: int, limit: int) -> tuple[ContactEntry, ...]:
    """The newest contacts of a client already checked, without who took part. One query."""
    told = Interaction.objects.filter(client__in=cards_of(client_id), voided_at=None)
    rows = told.select_related("by")
    shows_notes = sees_traits(user)
    newest = rows.order_by("-at", "-pk")[:limit]
    return tuple(_entry(row, user, shows_notes, with_people=False) for row in newest)


def contact_to_correct(user: "User", client_id: int, interaction_id: int) -> ContactEntry:
    """An entry of one's own (a head: anybody's), to be corrected. NotVisible for one that is not
    there, Refusal for a colleague's and for one that was taken back."""
    rows = Interaction.objects.filter(client=client_for(user, client_id), pk=interaction_id)
    row = rows.select_related("by").first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    require_own(user, row)
    return _entry(row, user, sees_traits(user))


def require_own(user: "User", row: Interaction) -> None:
    """Refusal for a colleague's entry unless a head asks, and for one that was taken back."""
    if row.by_id != user.pk:
        require(user, "head", "director", act=_("correct a colleague's entry"))
    if row.voided_at:
        raise Refusal(_("The entry has been taken back"))


def awaited_since(client_id: int) -> datetime | None:
    """Since when the client owes an answer; None when nothing is awaited."""
    last = standing(client_id, "contact.waits")
    return last.since if last and last.state == "on" else None


def last_contacts(client_ids: Iterable[int], *, two_way: bool = False) -> dict[int, datetime]:
    """Client id → the moment of the last contact; of the last talk with `two_way`."""
    wanted = list(client_ids)
    if not wanted:
        return {}
    query = f"{LAST} AND client_id IN ({', '.join(['%s'] * len(wanted))})"
    if two_way:
        query, wanted = f"{query} AND outcome = %s", [*wanted, Interaction.Outcome.TWO_WAY]
    with connection.cursor() as cursor:  # on every list and card: the ORM would cost more than it
        cursor.execute(f"{query} GROUP BY client_id", wanted)
        return {client: _moment(at) for client, at in cursor.fetchall()}


def _moment(at: datetime | str) -> datetime:
    """SQLite hands the greatest of moments out as text, all of them in UTC."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def last_contact(client: Any) -> Subquery:
    """The same of the client `client` (an outer reference), to sort clients by: the first entry of
    the index of their contacts."""
    rows = Interaction.objects.filter(client=client, voided_at=None)
    return Subquery(rows.order_by("-at").values("at")[:1])


def _entry(
    row: Interaction, user: "User", shows_notes: bool, *, with_people: bool = True
) -> ContactEntry:
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
        people=tuple(one.name for one in row.contacts.all()) if with_people else (),
        note=row.note if shows_notes or row.by_id == user.pk else "",
        is_meeting=row.meeting_fact_id is not None,
        is_voided=row.voided_at is not None,
        version=row.version,
    )
