"""The days of the calendar, drawn in Python: five weeks of them name a hundred tasks and more."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.dateformat import format as date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui.markup import EMPTY, fill, icon
from pult.web.answers import address_of, address_pattern

if TYPE_CHECKING:
    from pult.web.pages.task_calendar.page import Cell


def drawn(weeks: "Iterable[tuple[Cell, ...]]") -> SafeString:
    """A `<tr>` a week."""
    tasks, task, more = address_of("tasks"), address_pattern("task"), _("%(n)s more")
    late = fill(" {}", icon("triangle-alert"))
    rows = (
        SafeString("".join(_cell(one, tasks, task, more, late) for one in week)) for week in weeks
    )
    return SafeString("".join(fill("<tr>{}</tr>", row) for row in rows))


def _cell(cell: "Cell", tasks: str, task: str, more: str, late: SafeString) -> SafeString:
    told, href = cell.told, f"{tasks}{cell.href}"
    marks = (("off", cell.is_off), ("today", cell.is_today), ("free", not told.total))
    named = "".join(
        fill(
            '<li class="small"><a href="{}">{}</a>{} <span class="muted">{}</span></li>',
            task.format(row.id), row.title, late if row.is_overdue else EMPTY, row.client,
        )
        for row in told.rows
    )  # fmt: skip
    return fill(
        '<td class="due-day{}"><a class="small" href="{}">{}</a>{}{}</td>',
        "".join(f" due-day--{name}" for name, on in marks if on),
        href,
        date_format(told.day, "j E"),
        fill('<ul class="plain">{}</ul>', SafeString(named)) if named else EMPTY,
        fill('<a class="small" href="{}">{}</a>', href, more % {"n": cell.more})
        if cell.more > 0
        else EMPTY,
    )
