"""Ad spend: a file replaces the days it covers and never doubles them; VAT is taken out once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions import link_feed
from pult.clients.models import ServiceLine
from pult.clients.queries.payers import feed_index
from pult.kernel import bulk, clock
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.facts import Draft, acting, record, record_many, void
from pult.kernel.models import Fact
from pult.kernel.money import standard_vat, without_vat
from pult.money.actions.asking import AT_ONCE, ask_forecast
from pult.money.actions.feeds import feed_came
from pult.money.booking import record_draft
from pult.money.models import SpendDay, SpendFile, TopUp

if TYPE_CHECKING:
    from pult.people.models import User

FEEDERS = ("am", "executor", "accountant", "it", "head", "director")
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


class SpendItem(Protocol):
    """One row of a spend export; `cost_kopecks` as the file gives it."""

    day: date
    login: str
    campaign_id: str
    campaign_name: str
    impressions: int
    clicks: int
    cost_kopecks: int
    conversions: int | None


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

    All rows are read before the first is written; days already known are replaced. `polite`
    leaves the database free for other people between chunks. `by` None is the operator at the
    command line.
    """
    role = require(by, *FEEDERS, act=_("import ad spend")) if by else ""
    feeds = feed_index(source)
    merged = _merge(rows, feeds, vat_included)
    if not merged:
        raise BadInput(_("The file has no rows of spend"), cure=_("Check the period of the export"))
    file = SpendFile.objects.create(
        sha256=sha256, name=name[:200], source=source, loaded_by=by, loaded_at=clock.now()
    )
    _write(merged, source, file.pk, polite, progress)
    result = _summary(file.pk, merged)
    SpendFile.objects.filter(pk=file.pk).update(
        status=SpendFile.Status.POSTED, summary=_plain(result)
    )
    _tell_lines(merged, by, role, file)
    if result.last_day:
        feed_came(source, result.last_day)
    return result


def _merge(
    rows: Iterable[SpendItem], feeds: dict[tuple[str, str], int], vat_included: bool
) -> dict[tuple[str, date], list[Any]]:
    """Rows of one campaign and day added up: [line, name, cost, shows, clicks, conversions]."""
    merged: dict[tuple[str, date], list[Any]] = {}
    rates: dict[date, int] = {}
    for row in rows:
        rate = rates.get(row.day)
        if rate is None:
            rate = rates[row.day] = standard_vat(row.day)
        cost = without_vat(row.cost_kopecks, rate) if vat_included else row.cost_kopecks
        key = (campaign_key(row.login, row.campaign_id), row.day)
        known = merged.get(key)
        if known is None:
            line = feeds.get((row.login, row.campaign_id)) or feeds.get(("", row.campaign_id))
            line = line or feeds.get((row.login, ""))
            name = row.campaign_name[:255]
            merged[key] = [line, name, cost, row.impressions, row.clicks, row.conversions]
            continue
        known[2] += cost
        known[3] += row.impressions
        known[4] += row.clicks
        if row.conversions is not None:
            known[5] = (known[5] or 0) + row.conversions
    return merged


def campaign_key(login: str, campaign_id: str) -> str:
    """How a campaign is named in `SpendDay.campaign`."""
    return f"{login}/{campaign_id}"[:80] if login else campaign_id[:80]


def _write(
    merged: dict[tuple[str, date], list[Any]],
    source: str,
    file_id: int,
    polite: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    values = (
        (source, campaign, day, row[0], row[1], row[2], row[3], row[4], row[5], file_id)
        for (campaign, day), row in merged.items()
    )

    def write(chunk: list[tuple[Any, ...]]) -> int:
        bulk.upsert("money_spendday", COLUMNS, chunk, key=("source", "campaign", "day"))
        return len(chunk)

    done = 0
    for count in bulk.in_chunks(values, write, polite=polite):
        done += count
        if progress:
            progress(done, len(merged))


def _summary(file_id: int, merged: dict[tuple[str, date], list[Any]]) -> SpendResult:
    days = [day for _campaign, day in merged]
    return SpendResult(
        file_id=file_id,
        rows=len(merged),
        cost=sum(row[2] for row in merged.values()),
        first_day=min(days),
        last_day=max(days),
        lines=len({row[0] for row in merged.values() if row[0]}),
        unknown=len({key[0] for key, row in merged.items() if row[0] is None}),
    )


def _plain(result: SpendResult) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in vars(result).items()
    }


def _tell_lines(
    merged: dict[tuple[str, date], list[Any]], by: "User | None", role: str, file: SpendFile
) -> None:
    newest: dict[int, date] = {}
    total: dict[int, int] = {}
    for (_campaign, day), row in merged.items():
        if row[0]:
            newest[row[0]] = max(newest.get(row[0], day), day)
            total[row[0]] = total.get(row[0], 0) + row[2]
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
    """A campaign's spend, past and future, belongs to this line; returns the days it moved."""
    role = require(by, *FEEDERS, act=_("tie campaigns to lines"))
    line = line_for(by, line_id)
    login, _slash, campaign_id = campaign.rpartition("/")
    rows = SpendDay.objects.filter(source=source, campaign=campaign)
    if not rows.exists():
        raise BadInput(_("There is no spend of this campaign"), field="campaign")
    link_feed(by=by, line_id=line_id, source=source, login=login, campaign_id=campaign_id)
    with acting(line.client_id):
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


def top_up(*, by: "User", line_id: int, amount: int, on: date) -> TopUp:
    """Ad money was moved to the ad account: `amount` in kopecks net of VAT."""
    role = require(by, "am", "executor", "accountant", "head", "director", act=_("log top-ups"))
    line = line_for(by, line_id)
    if amount <= 0:
        raise BadInput(_("The sum must be above zero"), field="amount")
    with acting(line.client_id):
        row = TopUp.objects.create(line=line, on=on, amount=amount, made_by=by)
        record(
            "line.topped_up",
            root_id=line.client_id,
            refs={"client": line.client_id, "line": line.pk},
            by=by,
            role=role,
            value=amount,
            external_id=f"top-up:{row.pk}",
        )
    return row


def void_top_up(*, by: "User", top_up_id: int, reason: str) -> None:
    """Take back a top-up logged by mistake: its row and its fact stay, marked. Twice is once."""
    require(by, "am", "executor", "accountant", "head", "director", act=_("log top-ups"))
    row = TopUp.objects.select_related("line").filter(pk=top_up_id).first()
    if row is None:
        raise NotVisible(_("There is no such top-up"))
    line = line_for(by, row.line_id)
    with acting(line.client_id):
        if not TopUp.objects.filter(pk=row.pk, voided_at=None).update(voided_at=clock.now()):
            return
        for fact in Fact.objects.filter(source="pult", external_id=f"top-up:{row.pk}"):
            void(fact, by=by, reason=reason)
    ask_forecast([line.pk])
