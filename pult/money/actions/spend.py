"""Ad spend: a file replaces the days it covers and never doubles them; VAT is taken out once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions import link_feed
from pult.clients.queries.payers import feed_index
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.money.actions.asking import ask_forecast
from pult.money.actions.feeds import feed_came
from pult.money.actions.spend_days import by_line, write
from pult.money.logic.campaigns import Campaign, SpendItem, line_of, merge, other_names
from pult.money.models import SpendDay, SpendFile
from pult.regulation import registry

if TYPE_CHECKING:
    from pult.people.models import User

FEEDERS = ("am", "executor", "accountant", "it", "head", "director")


@dataclass(frozen=True)
class SpendResult:
    """What an import did; `unknown` campaigns wait to be tied to a line. Kopecks net of VAT."""

    file_id: int
    rows: int
    cost: int
    first_day: date | None
    last_day: date | None
    lines: int
    unknown: int


def import_spend(
    *,
    by: "User | None",
    rows: Iterable[SpendItem],
    source: str,
    name: str,
    sha256: str,
    vat_included: bool = True,
    polite: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> SpendResult:
    """Take in a whole, already checked export of `source`.

    All rows are read before the first is written; days already known are replaced, those another
    report brought for the same campaign with a login or without one too. Each line's days come in
    whole, with the fact that tells of them. `polite` leaves the database free for other people
    between chunks. `by` None is the operator at the command line.
    """
    role = require(by, *FEEDERS, act=_("import ad spend")) if by else ""
    registry.current()  # reading the cards takes half a second: not with the writer held
    feeds = feed_index(source)
    campaigns = merge(rows, feeds, vat_included)
    if not campaigns:
        raise BadInput(_("The file has no rows of spend"), cure=_("Check the period of the export"))
    file = SpendFile.objects.create(
        sha256=sha256, name=name[:200], source=source, loaded_by=by, loaded_at=clock.now()
    )
    lines = by_line(campaigns)
    write(
        lines,
        source=source,
        file_id=file.pk,
        by_id=by.pk if by else None,
        role=role,
        polite=polite,
        progress=progress,
    )
    retied = _follow_ties(campaigns, source)
    result = _summary(file.pk, campaigns)
    SpendFile.objects.filter(pk=file.pk).update(
        status=SpendFile.Status.POSTED, summary=_plain(result)
    )
    ask_forecast({line.line for line in lines if line.line} | retied)
    if result.last_day:
        feed_came(source, result.last_day)
    return result


def _follow_ties(campaigns: list[Campaign], source: str) -> set[int]:
    """Campaigns tied to another line while the file came in go there; the lines concerned."""
    feeds = feed_index(source)
    moved: set[int] = set()
    for campaign in campaigns:
        login, _slash, campaign_id = campaign.key.rpartition("/")
        line = line_of(login, campaign_id, feeds)
        if line and line != campaign.line:
            SpendDay.objects.filter(source=source, campaign=campaign.key).update(line=line)
            moved |= {line, campaign.line or line}
    return moved


def _count(campaigns: list[Campaign]) -> int:
    return sum(len(campaign.days) for campaign in campaigns)


def _summary(file_id: int, campaigns: list[Campaign]) -> SpendResult:
    return SpendResult(
        file_id=file_id,
        rows=_count(campaigns),
        cost=sum(campaign.cost() for campaign in campaigns),
        first_day=min(min(campaign.days) for campaign in campaigns),
        last_day=max(max(campaign.days) for campaign in campaigns),
        lines=len({campaign.line for campaign in campaigns if campaign.line}),
        unknown=sum(campaign.line is None for campaign in campaigns),
    )


def _plain(result: SpendResult) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in vars(result).items()
    }


def tie_campaign(*, by: "User", source: str, campaign: str, line_id: int) -> int:
    """A campaign's spend, past and future, belongs to this line; returns the days it moved.

    Days the line holds of the same campaign under another login are replaced.
    """
    role = require(by, *FEEDERS, act=_("tie campaigns to lines"))
    line = line_for(by, line_id)
    login, _slash, campaign_id = campaign.rpartition("/")
    rows = SpendDay.objects.filter(source=source, campaign=campaign)
    if not rows.exists():
        raise BadInput(_("There is no spend of this campaign"), field="campaign")
    with acting(line.client_id, 0):
        link_feed(by=by, line_id=line_id, source=source, login=login, campaign_id=campaign_id)
        names = other_names(campaign, line.pk, feed_index(source))
        SpendDay.objects.filter(
            source=source, line=line, campaign__in=names, day__in=rows.values("day")
        ).delete()
        left = set(rows.exclude(line=None).values_list("line", flat=True).distinct())
        count = rows.update(line=line)
        newest, cost = rows.aggregate(Max("day"), Sum("cost")).values()
        record(
            "spend.loaded",
            root_id=line.client_id,
            refs={"client": line.client_id, "line": line.pk},
            by=by,
            role=role,
            day=newest,
            value=cost,
        )
    ask_forecast({line.pk, *left})
    return count
