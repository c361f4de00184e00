"""Ad spend: a file replaces the days it covers and never doubles them; VAT is taken out once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q, Sum
from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions import link_feed
from pult.clients.models import ServiceLine
from pult.clients.queries.payers import feed_index
from pult.kernel import bulk, clock
from pult.kernel.errors import BadInput
from pult.kernel.facts import Draft, acting, record, record_draft, record_many
from pult.money.actions.asking import AT_ONCE, ask_forecast
from pult.money.actions.feeds import feed_came
from pult.money.logic.campaigns import Campaign, SpendItem, merge, other_names
from pult.money.models import SpendDay, SpendFile

if TYPE_CHECKING:
    from pult.people.models import User

FEEDERS = ("am", "executor", "accountant", "it", "head", "director")
KEYS_AT_ONCE = 500
COLUMNS = (
    "source",
    "campaign",
    "day",
    "line_id",
    "campaign_name",
    "cost",
    "impressions",
    "clicks",
    "conversions",
    "file_id",
)


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
    report brought for the same campaign with a login or without one too. `polite`
    leaves the database free for other people between chunks. `by` None is the operator at the
    command line.
    """
    role = require(by, *FEEDERS, act=_("import ad spend")) if by else ""
    feeds = feed_index(source)
    campaigns = merge(rows, feeds, vat_included)
    if not campaigns:
        raise BadInput(_("The file has no rows of spend"), cure=_("Check the period of the export"))
    file = SpendFile.objects.create(
        sha256=sha256, name=name[:200], source=source, loaded_by=by, loaded_at=clock.now()
    )
    _write(campaigns, source, file.pk, polite, progress)
    _forget_other_names(campaigns, source)
    result = _summary(file.pk, campaigns)
    SpendFile.objects.filter(pk=file.pk).update(
        status=SpendFile.Status.POSTED, summary=_plain(result)
    )
    _tell_lines(campaigns, by, role, file)
    if result.last_day:
        feed_came(source, result.last_day)
    return result


def _write(
    campaigns: list[Campaign],
    source: str,
    file_id: int,
    polite: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    values = (
        (source, campaign.key, day, campaign.line, campaign.name, *campaign.days[day], file_id)
        for campaign in campaigns
        for day in sorted(campaign.days)
    )

    def write(chunk: list[tuple[Any, ...]]) -> int:
        bulk.upsert("money_spendday", COLUMNS, chunk, key=("source", "campaign", "day"))
        return len(chunk)

    done, total = 0, _count(campaigns)
    for count in bulk.in_chunks(values, write, prepare=bulk.ready, polite=polite):
        done += count
        if progress:
            progress(done, total)


def _forget_other_names(campaigns: list[Campaign], source: str) -> None:
    """The days of this file that an earlier one brought under another login are counted once."""
    renamed = {key: campaign for campaign in campaigns for key in campaign.other_keys}
    keys = list(renamed)
    for start in range(0, len(keys), KEYS_AT_ONCE):
        known = SpendDay.objects.filter(source=source, campaign__in=keys[start:][:KEYS_AT_ONCE])
        for key in known.values_list("campaign", flat=True).distinct():
            campaign = renamed[key]
            SpendDay.objects.filter(
                Q(line=None) | Q(line=campaign.line),
                source=source,
                campaign=key,
                day__in=list(campaign.days),
            ).delete()


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


def _tell_lines(campaigns: list[Campaign], by: "User | None", role: str, file: SpendFile) -> None:
    newest: dict[int, date] = {}
    total: dict[int, int] = {}
    for campaign in campaigns:
        if campaign.line:
            day = max(campaign.days)
            newest[campaign.line] = max(newest.get(campaign.line, day), day)
            total[campaign.line] = total.get(campaign.line, 0) + campaign.cost()
    clients = dict(ServiceLine.objects.filter(pk__in=newest).values_list("pk", "client_id"))
    drafts = [
        Draft(
            kind="spend.loaded",
            root_id=clients[line],
            refs={"client": clients[line], "line": line},
            by_id=by.pk if by else None,
            role=role,
            day=newest[line],
            value=total[line],
            source="spend",
            external_id=f"{file.pk}:{line}",
        )
        for line in sorted(newest)
    ]
    _tell(drafts)
    ask_forecast(newest)


def _tell(drafts: list[Draft]) -> None:
    if len(drafts) > AT_ONCE:
        record_many(drafts)
        return
    for draft in drafts:
        record_draft(draft)


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
    link_feed(by=by, line_id=line_id, source=source, login=login, campaign_id=campaign_id)
    names = other_names(campaign, line.pk, feed_index(source))
    with acting(line.client_id):
        SpendDay.objects.filter(
            source=source, line=line, campaign__in=names, day__in=rows.values("day")
        ).delete()
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
    ask_forecast([line.pk])
    return count
