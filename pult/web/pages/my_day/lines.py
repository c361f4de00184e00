"""The lines of the day's tables, drawn in Python: a template spends several times as long."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from pult.kernel import clock
from pult.ui import formats
from pult.ui.components.marks import when
from pult.ui.markup import EMPTY, fill

if TYPE_CHECKING:
    from pult.web.pages.my_day.bands import FoldedClient, FoldedPerson


def people_lines(people: "Iterable[FoldedPerson]") -> SafeString:
    """A `<tr>` a colleague: how many things at how many clients, and the nearest."""
    now = clock.now()
    return _joined(
        fill(
            '<tr><td>{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td></tr>\n',
            _link(one.name, one.href),
            formats.number(one.count),
            formats.number(one.clients),
            _when(one.due, now),
        )
        for one in people
    )


def client_lines(clients: "Iterable[FoldedClient]") -> SafeString:
    """A `<tr>` a client: how many things, and the nearest."""
    now = clock.now()
    return _joined(
        fill(
            '<tr><td>{}</td><td class="number">{}</td><td>{}</td></tr>\n',
            _link(one.client, one.href),
            formats.number(one.count),
            _when(one.due, now),
        )
        for one in clients
    )


def _joined(lines: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(lines))


def _link(words: str, href: str) -> SafeString:
    return fill('<a href="{}">{}</a>', href, words) if href else fill("{}", words)


def _when(due: datetime | None, now: datetime) -> SafeString:
    return EMPTY if due is None else when(due, now)
