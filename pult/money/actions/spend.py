"""Ad spend: a file replaces the days it covers and never doubles them; VAT is taken out once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions import link_feed
from pult.clients.actions.lines import FEEDERS
from pult.clients.models import ServiceLine
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

IMPORTERS = ("am", "executor", "accountant", "it", "head", "director")


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
    role = require(by, *IMPORTERS, act=_("import ad spend")) if by else ""
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
    retied = _follow_ties(campaigns, source, by, role)
    result = _summary(file.pk, campaigns)
    SpendFile.objects.filter(pk=file.pk).update(
        status=SpendFile.Status.POSTED, summary=_plain(result)
    )
    ask_forecast({line.line for line in lines if line.line} | retied)
    if result.last_day:
        feed_came(source, result.last_day)
    return result


def _follow_ties(campaigns: list[Campaign], source: str, by: "User | None", role: str) -> set[int]:
    """Campaigns tied to another line while the file came in go there, as the tie would have moved
    them; the lines concerned."""
    feeds = feed_index(source)
    astray = {
        campaign.key: line
        for campaign in campaigns
        if (line := fed_by(campaign.key, feeds)) and line != campaign.line
    }
    clients = dict(ServiceLine.objects.filter(pk__in=astray.values()).values_list("pk", "client"))
    moved: set[int] = set()
    for key, line in astray.items():
        with acting(0, clients[line], *_clients_of(source, key)):
            tied = fed_by(key, feed_index(source)) == line  # nobody ties while the agency waits
            elsewhere = SpendDay.objects.filter(source=source, campaign=key).exclude(line=line)
            if tied and elsewhere.exists():
                moved |= {line, *move_campaign(source, key, line, clients[line], by, role).left}
    return moved


def _clients_of(source: str, campaign: str) -> list[int]:
    """The clients whose lines hold days of a campaign."""
    rows = SpendDay.objects.filter(source=source, campaign=campaign).exclude(line=None)
    return list(rows.order_by().values_list("line__client", flat=True).distinct())


def fed_by(key: str, feeds: dict[tuple[str, str], int]) -> int | None:
    login, _slash, campaign_id = key.rpartition("/")
    return line_of(login, campaign_id, feeds)


@dataclass(frozen=True)
class Moved:
    """How many days went to a line, and the lines they left."""

    days: int
    left: frozenset[int]


def move_campaign(
    source: str, campaign: str, line: int, client: int, by: "User | None", role: str
) -> Moved:
    """All spend of a campaign belongs to this line from now on, told of by a fact.

    Days the line holds of the same campaign under another login are replaced. Call inside an
    action that holds the client and the agency.
    """
    rows = SpendDay.objects.filter(source=source, campaign=campaign)
    names = other_names(campaign, line, feed_index(source))
    SpendDay.objects.filter(
        source=source, line=line, campaign__in=names, day__in=rows.values("day")
    ).delete()
    left = frozenset(rows.exclude(line=None).values_list("line", flat=True).distinct())
    count = rows.update(line=line)
    newest, cost = rows.aggregate(Max("day"), Sum("cost")).values()
    record(
        "spend.loaded",
        root_id=client,
        refs={"client": client, "line": line},
        by=by,
        role=role,
        day=newest,
        value=cost,
    )
    return Moved(count, left)


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
    if not SpendDay.objects.filter(source=source, campaign=campaign).exists():
        raise BadInput(_("There is no spend of this campaign"), field="campaign")
    with acting(0, line.client_id, *_clients_of(source, campaign)):
        link_feed(by=by, line_id=line_id, source=source, login=login, campaign_id=campaign_id)
        moved = move_campaign(source, campaign, line.pk, line.client_id, by, role)
    ask_forecast({line.pk, *moved.left})
    return moved.days
