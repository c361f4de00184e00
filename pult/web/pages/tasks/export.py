"""The filtered list as a file for a spreadsheet."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.people.actions import note_export
from pult.web.pages.tasks.filters import filters_of
from pult.web.tables import table_file
from pult.work.queries import export_rows

if TYPE_CHECKING:
    from pult.people.models import User


def tasks_file(user: "User", query: QueryDict, kind: str) -> HttpResponse:
    head = [
        _("Task"), _("Client"), _("Department"), _("State"), _("Deadline"), _("Who does it"),
        _("Set by"), _("Minutes planned"), _("Minutes worked"), _("Bounces"), _("Moves"),
    ]  # fmt: skip
    rows = [
        [
            row.title, row.client, row.department_label, row.state_label,
            localtime(row.due).strftime("%Y-%m-%d %H:%M"), row.assignee, row.author,
            row.estimate, row.spent, row.bounces, row.moves,
        ]
        for row in export_rows(user, filters_of(user, query))
    ]  # fmt: skip
    note_export(by=user, what="tasks", rows=len(rows))
    day = clock.today(settings.TIME_ZONE).isoformat()
    return table_file(kind, f"tasks-{day}", head, rows)
