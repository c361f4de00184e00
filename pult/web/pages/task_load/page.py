"""What the table of the workload shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.days import read_day
from pult.kernel.errors import BadInput
from pult.people.models import Department
from pult.ui.markup import fill
from pult.web.answers import address_of
from pult.work.access import led_by
from pult.work.queries import WorkloadDay, WorkloadRow, workload

if TYPE_CHECKING:
    from pult.people.models import User

DAYS = 14
FARTHEST = timedelta(days=3660)


@dataclass(frozen=True)
class LoadPage:
    """`rows` are drawn; `departments` are those the person leads."""

    days: tuple[date, ...]
    rows: SafeString
    count: int
    departments: tuple[tuple[str, Any], ...]
    department: str
    earlier: str
    later: str


def load_page(user: "User", query: QueryDict) -> LoadPage:
    """Two weeks from the Monday of the day asked for, this week's by default."""
    led = led_by(user)
    department = query.get("department", "")
    # Three hundred people of seven departments are no page: one at a time.
    department = department if department in led else (led[0] if led else "")
    first = _first(query)
    rows = workload(user, first, DAYS, department)
    week = timedelta(weeks=1)
    return LoadPage(
        days=tuple(first + timedelta(days=n) for n in range(DAYS)),
        rows=SafeString("".join(_drawn(rows))),
        count=len(rows),
        departments=tuple((code, Department.Code(code).label) for code in led),
        department=department,
        earlier=f"?department={department}&day={first - week}",
        later=f"?department={department}&day={first + week}",
    )


def _first(query: QueryDict) -> date:
    today = clock.today(settings.TIME_ZONE)
    try:
        day = read_day(query.get("day", ""), "day") or today
    except BadInput:
        day = today
    day = day if abs(day - today) < FARTHEST else today
    return day - timedelta(days=day.weekday())


def _drawn(rows: tuple[WorkloadRow, ...]) -> Iterator[SafeString]:
    """A `<tr>` a person: three hundred people make four thousand cells, hence no template."""
    tasks, queue = address_of("tasks"), _("In the queue")
    told = _("planned %(planned)d min of %(capacity)d, worked %(logged)d")
    overdue = _("overdue: %(n)d")
    for row in rows:
        person = row.id if row.id is not None else 0
        late = f" · {overdue % {'n': row.overdue}}" if row.overdue else ""
        yield fill(
            '<tr><th scope="row"><a href="{}?view=all&amp;person={}">{}</a>'
            '<div class="small muted">{}{}</div></th>{}</tr>',
            tasks, person, row.name or queue, row.open, late,
            SafeString("".join(_cell(one, told) for one in row.days)),
        )  # fmt: skip


def _cell(day: WorkloadDay, told: str) -> SafeString:
    """Tasks due and hours planned; the tone is by the share of the day's capacity, and said."""
    if not day.due and not day.logged:
        return AWAY if not day.capacity else FREE
    share = day.planned / day.capacity if day.capacity else 2.0
    tone = "breach" if share > 1 else "soon" if share > FULL else "plain"
    title = told % {"planned": day.planned, "capacity": day.capacity, "logged": day.logged}
    return fill(
        '<td class="load load--{}" title="{}">{}<span class="small muted">{}</span></td>',
        tone, title, day.due, f" {day.planned // 60}:{day.planned % 60:02}" if day.planned else "",
    )  # fmt: skip


FULL = 0.8  # of a day's hours: hardly anything more fits in
FREE = SafeString('<td class="load"></td>')
AWAY = SafeString('<td class="load load--away"></td>')
