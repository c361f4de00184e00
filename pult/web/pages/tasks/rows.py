"""The rows of the list, drawn in Python: a template spends three times as long on fifty."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.ui.components.marks import badge, when
from pult.ui.markup import EMPTY, fill
from pult.web.answers import address_pattern
from pult.web.pages.task.page import FLAGS, TONES
from pult.work.queries import TaskRow

TICK = (
    '<td class="no-print"><input type="checkbox" name="ids" value="{}" form="bulk"'
    ' aria-label="{}"></td>'
)
CLIENT = '<td data-label="{}">{}</td>'


def drawn(rows: Iterable[TaskRow], *, with_client: bool = True) -> SafeString:
    """A `<tr>` each; on the page of a client without its name and without a tick to choose by."""
    now, words = clock.now(), _Words(with_client)
    return SafeString("".join(_row(row, now, words) for row in rows))


class _Words:
    """What the rows have in common, told once."""

    def __init__(self, with_client: bool) -> None:
        self.with_client = with_client
        self.address = address_pattern("task")
        self.client, self.due, self.who = _("Client"), _("Deadline"), _("Who does it")
        self.state = _("State")
        self.queue = badge(_("in the queue"), "quiet")
        self.flags = {code: badge(words, "soon", "flag") for code, words in FLAGS.items()}


def _row(row: TaskRow, now: Any, words: _Words) -> SafeString:
    return fill(
        '<tr>{}<th scope="row"><a href="{}">{}</a>{}<div class="small muted">{}</div></th>{}'
        '<td data-label="{}" class="nowrap">{}</td><td data-label="{}">{}</td>'
        '<td data-label="{}">{}</td></tr>',
        fill(TICK, row.id, row.title) if words.with_client else EMPTY,
        words.address.format(row.id),
        row.title,
        _flags(row, words),
        _around(row),
        fill(CLIENT, words.client, row.client) if words.with_client else EMPTY,
        words.due,
        when(row.due, now, "breach" if row.is_overdue else ""),
        words.who,
        row.assignee or words.queue,
        words.state,
        badge(row.state_label, TONES.get(row.state, "plain")),
    )


def _flags(row: TaskRow, words: _Words) -> SafeString:
    shown = [mark for code, mark in words.flags.items() if getattr(row, code)]
    return SafeString("".join(f" {mark}" for mark in shown)) if shown else EMPTY


def _around(row: TaskRow) -> str:
    """What stands under the title: department, checklist, unread comments, bounces, waits."""
    ticked, checks = row.checks
    told = [row.department_label]
    if checks:
        told.append(_("%(ticked)d of %(all)d points") % {"ticked": ticked, "all": checks})
    if row.unread:
        told.append(_("unread: %(n)d") % {"n": row.unread})
    if row.bounces:
        told.append(_("bounces: %(n)d") % {"n": row.bounces})
    if row.waits:
        told.append(_("waits for: %(n)d") % {"n": row.waits})
    return " · ".join(told)
