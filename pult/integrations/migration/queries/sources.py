"""Former systems as pages show them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pult.integrations.migration.models import CutOver, Item, Source, TheirPerson, TheirStatus
from pult.integrations.migration.pace import minutes_of
from pult.integrations.migration.words import KINDS
from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role
from pult.people.models import Team

if TYPE_CHECKING:
    from pult.people.models import User

READERS = frozenset({Role.HEAD, Role.DIRECTOR})


@dataclass(frozen=True)
class SourceItem:
    """A former system in the list of them; `brought` and `waiting` are records."""

    id: int
    name: str
    system: str
    address: str
    has_key: bool
    is_followed: bool
    synced_at: datetime | None
    trouble: str
    brought: int
    waiting: int


@dataclass(frozen=True)
class KindItem:
    kind: str
    label: str
    brought: int
    waiting: int
    left: int
    late: int


@dataclass(frozen=True)
class TeamItem:
    """A team and since when it works in Pult alone, if anybody has said."""

    id: int
    name: str
    day: date | None


@dataclass(frozen=True)
class SourceCard:
    """Everything about one system; `unmapped` are people and statuses nobody has spoken of."""

    item: SourceItem
    version: int
    zone: str
    go_live: date
    minutes: int
    by: str
    kinds: tuple[KindItem, ...]
    unmapped_people: int
    unmapped_statuses: int
    teams: tuple[TeamItem, ...]


@dataclass(frozen=True)
class PersonItem:
    id: int
    name: str
    email: str
    is_active: bool
    user_id: int | None
    is_decided: bool

    @property
    def id_text(self) -> str:
        """The id where a form needs it as text."""
        return str(self.id)


@dataclass(frozen=True)
class StatusItem:
    id: int
    kind: str
    name: str
    ours: str
    is_decided: bool

    @property
    def id_text(self) -> str:
        """The id where a form needs it as text."""
        return str(self.id)


def source_items(user: "User") -> tuple[SourceItem, ...]:
    """By name; empty for those who do not move clients in. One query."""
    if not READERS & user.roles:
        return ()
    return tuple(_item(row) for row in _rows().order_by("name"))


def source_card(user: "User", source_id: int) -> SourceCard:
    """One system; NotVisible for those who do not move clients in. Eight queries at most."""
    row = _row(user, source_id)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    found = Item.objects.filter(source=row).values_list("kind", "state").annotate(n=Count("id"))
    for kind, state, number in found.order_by():
        counts[kind][state] += number
    cuts = CutOver.objects.filter(source=row, cancelled_at=None)
    days = dict(cuts.values_list("team", "day"))
    return SourceCard(
        item=_item(row),
        version=row.version,
        zone=row.zone,
        go_live=row.go_live,
        minutes=minutes_of(row),
        by=str(row.by),
        kinds=tuple(
            KindItem(
                kind,
                str(label),
                counts[kind]["brought"] + counts[kind]["gone"],
                counts[kind]["waiting"],
                counts[kind]["left"],
                counts[kind]["late"],
            )
            for kind, label in KINDS.items()
        ),
        unmapped_people=TheirPerson.objects.filter(
            source=row, is_decided=False, is_active=True
        ).count(),
        unmapped_statuses=TheirStatus.objects.filter(source=row, is_decided=False).count(),
        teams=tuple(
            TeamItem(team.pk, team.name, days.get(team.pk))
            for team in Team.objects.filter(is_closed=False)
        ),
    )


def sources_in_trouble() -> tuple[tuple[int, str, str], ...]:
    """(id, name, why) of followed systems whose last reading was not whole; one query."""
    rows = Source.objects.filter(is_followed=True).exclude(trouble="").order_by("name")
    return tuple(rows.values_list("pk", "name", "trouble"))


def source_name(user: "User", source_id: int) -> str:
    """What people call it; NotVisible for those who do not move clients in. One query."""
    rows = Source.objects.filter(pk=source_id).values_list("name", flat=True)
    found = rows.first() if READERS & user.roles else None
    if found is None:
        raise NotVisible(_("There is no such system"))
    return found


def people_of(user: "User", source_id: int) -> tuple[PersonItem, ...]:
    """Those nobody has spoken of first."""
    source_name(user, source_id)
    rows = TheirPerson.objects.filter(source=source_id)
    return tuple(
        PersonItem(one.pk, one.name, one.email, one.is_active, one.user_id, one.is_decided)
        for one in rows.order_by("is_decided", "-is_active", "name", "pk")
    )


def statuses_of(user: "User", source_id: int) -> tuple[StatusItem, ...]:
    source_name(user, source_id)
    rows = TheirStatus.objects.filter(source=source_id)
    return tuple(
        StatusItem(one.pk, str(KINDS.get(one.kind, one.kind)), one.name, one.ours, one.is_decided)
        for one in rows.order_by("kind", "pk")
    )


def _rows():
    def count(*states: str) -> Count:
        return Count("items", filter=Q(items__state__in=states))

    return Source.objects.select_related("by").annotate(
        brought=count("brought", "gone"), waiting=count("waiting", "late")
    )


def _row(user: "User", source_id: int) -> Source:
    found = _rows().filter(pk=source_id).first() if READERS & user.roles else None
    if found is None:
        raise NotVisible(_("There is no such system"))
    return found


def _item(row: Source) -> SourceItem:
    return SourceItem(
        id=row.pk,
        name=row.name,
        system=row.get_system_display(),
        address=row.address.removeprefix("https://"),
        has_key=bool(row.secret),
        is_followed=row.is_followed,
        synced_at=row.synced_at,
        trouble=row.trouble,
        brought=row.brought,  # type: ignore[attr-defined]
        waiting=row.waiting,  # type: ignore[attr-defined]
    )
