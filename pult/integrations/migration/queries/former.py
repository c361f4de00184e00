"""What a client's former system held that has no place of its own here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import client_for, sees_money
from pult.integrations.migration.models import FormerDeal, FormerNote
from pult.kernel import files
from pult.kernel.errors import NotVisible

if TYPE_CHECKING:
    from pult.people.models import User

DEALS, NOTES = 100, 200


@dataclass(frozen=True)
class DealItem:
    """A deal there; `amount` in kopecks, None for those who see no money."""

    id: int
    title: str
    amount: int | None
    currency: str
    stage: str
    state: str
    state_label: str
    responsible: str
    opened_on: date | None
    closed_on: date | None
    source: str


@dataclass(frozen=True)
class NoteItem:
    """Words or a file; `deal` is the title of the deal they stood under."""

    id: int
    author: str
    at: datetime | None
    text: str
    file_name: str
    size: int
    deal: str


@dataclass(frozen=True)
class FormerPage:
    deals: tuple[DealItem, ...]
    notes: tuple[NoteItem, ...]


def former_of(user: "User", client_id: int) -> FormerPage:
    """Of the client and of the cards merged into it; NotVisible for somebody else's client."""
    ids = _ids(user, client_id)
    with_money = sees_money(user)
    deals = FormerDeal.objects.filter(client__in=ids).select_related("source").order_by("-pk")
    notes = FormerNote.objects.filter(client__in=ids).select_related("file", "deal")
    return FormerPage(
        deals=tuple(
            DealItem(
                id=row.pk,
                title=row.title,
                amount=row.amount if with_money else None,
                currency=row.currency,
                stage=row.stage,
                state=row.state,
                state_label=row.get_state_display(),
                responsible=row.responsible,
                opened_on=row.opened_on,
                closed_on=row.closed_on,
                source=row.source.name,
            )
            for row in deals[:DEALS]
        ),
        notes=tuple(
            NoteItem(
                id=row.pk,
                author=row.author,
                at=row.at,
                text=row.text,
                file_name=row.file_name,
                size=row.file.size if row.file else 0,
                deal=row.deal.title if row.deal else "",
            )
            for row in notes.order_by("-at", "-pk")[:NOTES]
        ),
    )


def former_file(user: "User", client_id: int, note_id: int) -> tuple[str, bytes]:
    """Name and bytes of a file that came with the client."""
    ids = _ids(user, client_id)
    rows = FormerNote.objects.filter(client__in=ids, file__isnull=False)
    row = rows.filter(pk=note_id).select_related("file").first()
    if row is None or row.file is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    try:
        return row.file_name, files.read(row.file)
    except OSError as problem:
        raise NotVisible(_("There is no such page, or it is not yours to see")) from problem


def _ids(user: "User", client_id: int) -> list[int]:
    client = client_for(user, client_id)
    return [client.pk, *client.merged_from.values_list("pk", flat=True)]
