"""The report of a project: metrics, statistics and the list of works of a stretch of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.kernel.roles import STAFF
from pult.money.queries.results import LineResult, line_results
from pult.people.actions import note_export
from pult.people.queries import business_day
from pult.ui.render import render_page
from pult.web.tables import TYPES, table_file
from pult.work.queries.report import WorkItem, WorkReport, work_report

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class ReportPage:
    """`query` is the stretch as an address names it; sums of `lines` in kopecks."""

    work: WorkReport
    lines: tuple[LineResult, ...]
    first: date
    last: date
    files: tuple[str, ...] = tuple(TYPES)

    @property
    def query(self) -> str:
        return f"from={self.first.isoformat()}&to={self.last.isoformat()}"

    @property
    def hours(self) -> str:
        return hours(self.work.minutes)

    @property
    def cost(self) -> int:
        return sum(line.cost for line in self.lines)

    @property
    def leads(self) -> int | None:
        known = [line.leads for line in self.lines if line.leads is not None]
        return sum(known) if known else None


@access(*STAFF)
@require_GET
def report(request: HttpRequest, project_id: int) -> HttpResponse:
    page = report_page(request.user, project_id, request.GET)
    return render_page(request, "projects/report.html", page)


@access(*STAFF)
@require_GET
def report_file(request: HttpRequest, project_id: int, kind: str) -> HttpResponse:
    """The same as a table: works first, then the lines."""
    if kind not in TYPES:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    page = report_page(request.user, project_id, request.GET)
    head, rows = _table(page)
    note_export(by=request.user, what="project_report", rows=len(rows))
    return table_file(kind, f"project-{project_id}-{page.last.isoformat()}", head, rows)


def report_page(user: "User", project_id: int, query: "QueryDict") -> ReportPage:
    """The last thirty days unless the address says otherwise; raises NotVisible."""
    last = _day(query.get("to", "")) or business_day()
    first = _day(query.get("from", "")) or last - timedelta(days=29)
    first = max(min(first, last), last - LONGEST)
    work = work_report(user, project_id, first, last)
    return ReportPage(work, line_results(user, work.client_id, first, last), first, last)


def hours(minutes: int) -> str:
    """Minutes as hours: `7:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def _table(page: ReportPage) -> tuple[list[str], list[list[Any]]]:
    head = [
        _("What"), _("Name"), _("State"), _("Deadline"), _("Handed in"), _("Who does it"),
        _("Minutes worked"), _("Bounces"), _("Late"), _("Spent, roubles"), _("Impressions"),
        _("Clicks"), _("Leads"),
    ]  # fmt: skip
    rows = [*_works(_("Done"), page.work.done), *_works(_("Open"), page.work.open)]
    blank = [""] * 7
    rows += [
        [_("Service line"), line.name, *blank, Decimal(line.cost) / 100, line.impressions,
         line.clicks, "" if line.leads is None else line.leads]
        for line in page.lines
    ]  # fmt: skip
    return head, rows


def _works(word: str, items: Iterable[WorkItem]) -> Iterable[list[Any]]:
    for item in items:
        yield [
            word, item.title, item.state_label, _moment(item.due),
            _moment(item.done_at) if item.done_at else "", item.doer, item.minutes, item.bounces,
            _("yes") if item.is_late else "", "", "", "", "",
        ]  # fmt: skip


def _moment(at: Any) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M")
