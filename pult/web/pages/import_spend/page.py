"""What the pages of ad spend show."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from pult.clients.access import lines_of
from pult.integrations import spend
from pult.integrations.intake import NeedsColumns, RepeatedColumns, SpendFile, open_spend_file
from pult.integrations.intake.columns import remember
from pult.integrations.spend import SpendRow
from pult.integrations.table import read_table
from pult.kernel.errors import BadInput, PultError
from pult.money.queries import UntiedCampaign, untied_campaigns
from pult.money.queries.file_campaigns import FileCampaign, whose_campaigns
from pult.ui.formats import money
from pult.web.columns import ColumnChoice, by_title, chosen_columns, column_choices
from pult.web.drops import Drop
from pult.web.pages.import_spend.taking import LONG
from pult.web.pages.import_spend.words import FIELDS, PLATFORMS

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 20
MOST_PROBLEMS = 200
MOST_LINES = 2000
MOST_CAMPAIGNS = 20


@dataclass(frozen=True)
class PreviewPage:
    """An export before it is taken in. `figures` are None for a long one: it is read once only,
    when it is taken in. `nobodys` are campaigns tied to no line, `others` those of clients this
    reader does not see. `ask_vat` when the file does not say."""

    name: str
    post_url: str
    columns_url: str
    problem: PultError | None = None
    figures: "Figures | None" = None
    nobodys: "Strangers | None" = None
    others: "Strangers | None" = None
    rows: tuple[SpendRow, ...] = ()
    refused: tuple[Any, ...] = ()
    more_refused: int = 0
    warnings: tuple[str, ...] = ()
    columns: tuple[ColumnChoice, ...] | None = None
    must_choose: bool = False
    ask_vat: bool = False
    with_vat: bool | None = None
    platforms: tuple[tuple[str, Any], ...] = ()
    platform: str = ""
    can_post: bool = False


@dataclass(frozen=True)
class Figures:
    """What is in the file: rows, campaigns, its days and the costs as it writes them."""

    rows: int
    campaigns: int
    first_day: date | None
    last_day: date | None
    cost: str


@dataclass(frozen=True)
class Strangers:
    """Campaigns of the file that feed no line this reader sees: how many, their sum as the file
    writes it, the costliest of them and how many `more` there are."""

    count: int
    cost: int
    rows: tuple[FileCampaign, ...]
    more: int


@dataclass(frozen=True)
class CampaignsPage:
    """Campaigns whose spend counts for nobody, each with the lines it may be tied to: those on its
    platform, or all that are on any when none is."""

    rows: tuple[tuple[UntiedCampaign, tuple[tuple[str, str], ...]], ...]
    problem: PultError | None


def preview_page(user: "User", drop: Drop, problem: PultError | None = None) -> PreviewPage:
    base = {
        "name": drop.name,
        "post_url": reverse("import_spend", args=[drop.sha256]),
        "columns_url": reverse("import_spend_columns", args=[drop.sha256]),
    }
    try:
        file = open_spend_file(drop.data, drop.name)
    except NeedsColumns as asks:
        problem = problem or (asks if isinstance(asks, RepeatedColumns) else None)
        choices = column_choices(FIELDS, asks.table, asks.proposed)
        return PreviewPage(**base, problem=problem, columns=choices, must_choose=True)
    except BadInput as refused:
        return PreviewPage(**base, problem=refused)
    rows, figures, campaigns = _read(file, whole=drop.size <= LONG)
    whose = whose_campaigns(user, file.platform, campaigns)
    problems = file.report.problems
    return PreviewPage(
        **base,
        problem=problem,
        figures=figures,
        nobodys=_strangers(whose.nobodys),
        others=_strangers(whose.others),
        rows=rows,
        refused=by_title(problems[:MOST_PROBLEMS], file.table, file.mapping),
        more_refused=max(len(problems) - MOST_PROBLEMS, 0),
        warnings=tuple(str(warning) for warning in file.report.warnings),
        columns=column_choices(FIELDS, file.table, file.mapping or {}) if file.table else None,
        ask_vat=file.report.with_vat is None,
        with_vat=file.report.with_vat,
        platforms=PLATFORMS,
        platform=file.platform,
        can_post=bool(rows),
    )


def _read(
    file: SpendFile, *, whole: bool
) -> tuple[tuple[SpendRow, ...], Figures | None, dict[tuple[str, str], FileCampaign]]:
    """The first rows; of a file read `whole` its figures and campaigns too."""
    shown: list[SpendRow] = []
    sums: dict[tuple[str, str], int] = defaultdict(int)
    names: dict[tuple[str, str], str] = {}
    days: set[date] = set()
    for row in file.report.rows():
        if len(shown) < SHOWN:
            shown.append(row)
        elif not whole:
            return tuple(shown), None, {}
        named = (row.login, row.campaign_id)
        sums[named] += row.cost_kopecks
        names[named] = row.campaign_name
        days.add(row.day)
    figures = Figures(
        rows=file.report.count,
        campaigns=len(sums),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        cost=money(sum(sums.values()), exact=True),
    )
    campaigns = {named: FileCampaign(*named, names[named], cost) for named, cost in sums.items()}
    return tuple(shown), figures, campaigns


def _strangers(found: tuple[FileCampaign, ...]) -> Strangers | None:
    if not found:
        return None
    cost, shown = sum(one.cost for one in found), found[:MOST_CAMPAIGNS]
    return Strangers(len(found), cost, shown, len(found) - len(shown))


def confirm_columns(user: "User", drop: Drop, given: Mapping[str, Any]) -> None:
    """Keep what the form says of the columns; raises BadInput when it is not enough."""
    table = read_table(drop.data, drop.name, wanted=spend.WANTED)
    mapping = chosen_columns(FIELDS, table, given)
    if missing := spend.missing_fields(mapping):
        raise NeedsColumns([str(FIELDS[field]) for field in missing], table, mapping)
    remember("spend", table, mapping, user)


def campaigns_page(user: "User", problem: PultError | None = None) -> CampaignsPage:
    lines = lines_of(user).exclude(status="ended").exclude(platform="")
    named = lines.order_by("client__name", "name").values_list(
        "platform", "pk", "client__name", "name"
    )
    by_platform: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for platform, pk, client, name in named[:MOST_LINES]:
        choice = (str(pk), f"{client}: {name}")
        by_platform[platform].append(choice)
        by_platform[""].append(choice)
    return CampaignsPage(
        rows=tuple(
            (row, (("", "—"), *(by_platform.get(row.source) or by_platform[""])))
            for row in untied_campaigns(user)
        ),
        problem=problem,
    )
