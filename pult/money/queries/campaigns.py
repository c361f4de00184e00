"""Spend files, and the campaigns nobody tied to a service line yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum

from pult.kernel import clock
from pult.kernel.roles import Role
from pult.money.models import SpendDay, SpendFile

if TYPE_CHECKING:
    from pult.people.models import User

# Untied campaigns belong to no client yet: those who feed spend see them all.
FEED_READERS = frozenset(
    {Role.AM, Role.EXECUTOR, Role.ACCOUNTANT, Role.IT, Role.HEAD, Role.DIRECTOR}
)

LATELY = timedelta(days=92)
MOST_NAMED = 50


@dataclass(frozen=True)
class SpendFileItem:
    """One import of spend; `summary`: rows, cost (kopecks net of VAT), first_day, last_day,
    lines, unknown."""

    id: int
    name: str
    source: str
    status: str
    loaded_by: str
    loaded_at: datetime
    summary: dict[str, Any]

    @property
    def is_posted(self) -> bool:
        return self.status == SpendFile.Status.POSTED


@dataclass(frozen=True)
class UntiedCampaign:
    """A campaign with spend and no line; `campaign` and `source` go to `tie_campaign`."""

    source: str
    campaign: str
    login: str
    campaign_id: str
    name: str
    cost: int
    days: int
    first_day: date
    last_day: date


def spend_files(user: "User", limit: int = 50) -> tuple[SpendFileItem, ...]:
    """The newest imports of spend first, one cut off only until its file came in. One query."""
    if not FEED_READERS & user.roles:
        return ()
    same = SpendFile.objects.filter(
        sha256=OuterRef("sha256"), pk__gt=OuterRef("pk"), status=SpendFile.Status.POSTED
    )
    listed = SpendFile.objects.filter(Q(status=SpendFile.Status.POSTED) | ~Exists(same))
    rows = listed.select_related("loaded_by").order_by("-pk")[:limit]
    return tuple(
        SpendFileItem(
            id=row.pk,
            name=row.name,
            source=row.source,
            status=row.status,
            loaded_by=str(row.loaded_by or ""),
            loaded_at=row.loaded_at,
            summary=row.summary,
        )
        for row in rows
    )


def campaigns_of(client_id: int) -> tuple[str, ...]:
    """Names of the campaigns that spent for a client in the last three months, by name. One
    query."""
    since = clock.today(settings.TIME_ZONE) - LATELY
    rows = SpendDay.objects.filter(line__client_id=client_id, day__gte=since)
    names = rows.exclude(campaign_name="").values_list("campaign_name", flat=True)
    return tuple(names.distinct().order_by("campaign_name")[:MOST_NAMED])


def untied_campaigns(user: "User", limit: int = 200) -> tuple[UntiedCampaign, ...]:
    """Campaigns whose spend counts for nobody, the costliest first. One query."""
    if not FEED_READERS & user.roles:
        return ()
    rows = (
        SpendDay.objects.filter(line=None)
        .values("source", "campaign")
        .annotate(
            name=Max("campaign_name"),
            total=Sum("cost"),
            days=Count("day"),
            first_day=Min("day"),
            last_day=Max("day"),
        )
        .order_by("-total")[:limit]
    )
    return tuple(_campaign(row) for row in rows)


def _campaign(row: dict[str, Any]) -> UntiedCampaign:
    login, _slash, campaign_id = row["campaign"].rpartition("/")
    return UntiedCampaign(
        source=row["source"],
        campaign=row["campaign"],
        login=login,
        campaign_id=campaign_id,
        name=row["name"],
        cost=row["total"],
        days=row["days"],
        first_day=row["first_day"],
        last_day=row["last_day"],
    )
