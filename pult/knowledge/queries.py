"""What the agency knows, for lists, for one entry, and for where it is needed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from pult.clients.access import client_for, clients_of
from pult.clients.models import ServiceLine
from pult.kernel.errors import NotVisible
from pult.kernel.search import search
from pult.kernel.search.anywhere import anywhere
from pult.kernel.words import id_of
from pult.knowledge.models import Edition, Entry
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
MOST = 500  # a search lists the best of what it finds
NEAR = 12
VIEWS = ("all", "check", "mine", "away")


@dataclass(frozen=True)
class EntryRow:
    """A line of the list. `is_due`: the day to check it again has passed; `is_orphan`: whoever
    kept it is not at work here any more."""

    id: int
    title: str
    subject: str
    subject_label: str
    service: str
    service_label: str
    edition: int
    since: date
    keeper_id: int
    keeper: str
    checked_on: date
    check_by: date
    is_due: bool
    is_orphan: bool
    is_away: bool
    version: int


@dataclass(frozen=True)
class EditionItem:
    """An edition: its number, when it came into force, who wrote it and what for."""

    number: int
    title: str
    text: str
    since: date
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class EntryCard:
    """An entry with its editions, the newest first; `now` is the one in force today. `clients` are
    those it concerns that the reader sees, as (id, name)."""

    row: EntryRow
    words: str
    editions: tuple[EditionItem, ...]
    now: EditionItem
    clients: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Wanted:
    """What a list asks for: words, a subject, a service and a view of `VIEWS`."""

    q: str = ""
    subject: str = ""
    service: str = ""
    view: str = "all"


@dataclass(frozen=True)
class Listed:
    """A page of the list, and how many there are in all."""

    rows: tuple[EntryRow, ...]
    total: int
    page: int
    pages: int


def entries(user: "User", wanted: Wanted, page: str = "1") -> Listed:
    """A page of the list. Two queries, three with words to look for."""
    rows = _wanted(user, wanted)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(id_of(page) or 1, 1), pages)
    first = (number - 1) * PAGE
    return Listed(_rows(rows[first : first + PAGE]), total, number, pages)


def entries_to_take(user: "User", wanted: Wanted) -> tuple[EntryRow, ...]:
    """The list whole, for a file."""
    return _rows(_wanted(user, wanted))


def entries_found(words: str, limit: int) -> list[tuple[int, str]]:
    """(id, title) of what holds these words; what was put away is not found. One query."""
    hits = search(words, kinds=["knowledge"], limit=limit, at_once=True)
    return [(hit.object_id, hit.title) for hit in hits]


def in_care(user: "User") -> tuple[EntryRow, ...]:
    """What this person keeps and was to check again by now, the longest ago first. One query."""
    rows = Entry.objects.filter(keeper=user, is_away=False, check_by__lte=business_day())
    rows = rows.select_related("keeper")
    return _rows(rows.order_by("check_by", "id"))


def entry_for(entry_id: int) -> Entry:
    """The entry with its keeper; NotVisible for none. Staff alone asks."""
    row = None
    if entry_id < 2**63:
        row = Entry.objects.select_related("keeper").filter(pk=entry_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def entry_card(user: "User", entry_id: int) -> EntryCard:
    """Three queries."""
    row, today = entry_for(entry_id), business_day()
    editions = tuple(_edition(one) for one in row.editions.select_related("by"))
    now = next((one for one in editions if one.since <= today), editions[0])
    seen = clients_of(user).filter(concerns__entry=row).order_by("name")
    return EntryCard(
        row=_row(row, today),
        words=row.words,
        editions=editions,
        now=now,
        clients=tuple(seen.values_list("pk", "name")),
    )


def near_service(service: str) -> tuple[EntryRow, ...]:
    """What is known of a service: of our own, in plain words, how it is done. One query."""
    return _rows(_living().filter(service=service)[:NEAR]) if service else ()


def near_client(user: "User", client_id: int) -> tuple[tuple[EntryRow, ...], frozenset[int]]:
    """What concerns a client, first what somebody said does, then what its services bring; and
    the ids of the former. NotVisible for a client that is not the reader's. Two queries more."""
    client = client_for(user, client_id)
    said = frozenset(client.concerns.values_list("entry", flat=True))
    lines = ServiceLine.objects.filter(client=client).exclude(status=ServiceLine.Status.ENDED)
    rows = _living().filter(Q(pk__in=said) | Q(service__in=lines.order_by().values("tool")))
    ordered = sorted(_rows(rows[:MOST]), key=lambda row: row.id not in said)
    return tuple(ordered), said


def entries_naming(
    client_ids: Collection[int], names: Callable[[str], bool]
) -> list[tuple[int, str]]:
    """(id, title) of what concerns these clients and names somebody, in any of its editions."""
    rows = Entry.objects.filter(concerns__client__in=client_ids).distinct().order_by("title", "pk")
    return [
        (row.pk, row.title)
        for row in rows.prefetch_related("editions")
        if names(f"{row.title}\n{row.words}\n{row.text}")
        or any(names(f"{one.title}\n{one.text}\n{one.note}") for one in row.editions.all())
    ]


def to_choose(but: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """Industries and competitors one may say concern a client."""
    subjects = (Entry.Subject.INDUSTRY, Entry.Subject.COMPETITOR)
    rows = _living().filter(subject__in=subjects).exclude(pk__in=but)
    return tuple((row.pk, f"{_subject(row)}: {row.title}") for row in rows[:MOST])


def _living() -> QuerySet[Entry]:
    return Entry.objects.filter(is_away=False).select_related("keeper")


def _wanted(user: "User", wanted: Wanted) -> QuerySet[Entry]:
    rows = Entry.objects.filter(is_away=wanted.view == "away").select_related("keeper")
    if wanted.view == "mine":
        rows = rows.filter(keeper=user)
    if wanted.view == "check":
        rows = rows.filter(Q(check_by__lte=business_day()) | Q(keeper__is_active=False))
    if wanted.subject:
        rows = rows.filter(subject=wanted.subject)
    if wanted.service:
        rows = rows.filter(service=wanted.service)
    if not wanted.q:
        return rows.order_by("subject", "title", "id")
    if wanted.view == "away":  # what was put away is in no search
        return rows.filter(title__regex=anywhere(wanted.q))
    hits = search(wanted.q, kinds=["knowledge"], limit=MOST)
    order = [When(pk=hit.object_id, then=Value(f"{place:04}")) for place, hit in enumerate(hits)]
    if not order:
        return rows.none()
    rows = rows.filter(pk__in=[hit.object_id for hit in hits])
    return rows.annotate(place=Case(*order, output_field=CharField())).order_by("place")


def _rows(rows: Iterable[Entry]) -> tuple[EntryRow, ...]:
    today = business_day()
    return tuple(_row(row, today) for row in rows)


def _row(row: Entry, today: date) -> EntryRow:
    return EntryRow(
        id=row.pk,
        title=row.title,
        subject=row.subject,
        subject_label=_subject(row),
        service=row.service,
        service_label=str(ServiceLine.Tool(row.service).label) if row.service else "",
        edition=row.edition,
        since=row.since,
        keeper_id=row.keeper_id,
        keeper=row.keeper.full_name,
        checked_on=row.checked_on,
        check_by=row.check_by,
        is_due=row.check_by <= today and not row.is_away,
        is_orphan=not row.keeper.is_active,
        is_away=row.is_away,
        version=row.version,
    )


def _subject(row: Entry) -> str:
    return str(Entry.Subject(row.subject).label)


def _edition(row: Edition) -> EditionItem:
    return EditionItem(
        row.number, row.title, row.text, row.since, row.note, row.by.full_name, row.at
    )
