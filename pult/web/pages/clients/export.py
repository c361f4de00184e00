"""The filtered list as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from pult.clients.access import sees_money
from pult.clients.queries import client_pages
from pult.clients.queries.directory import ClientRow
from pult.comms.queries import last_contacts
from pult.kernel import clock
from pult.people.actions import note_export
from pult.people.queries import business_day
from pult.regulation.queries.nearest import Nearest, nearest_rows
from pult.ui import formats
from pult.web.pages.clients.filters import filters_of

if TYPE_CHECKING:
    from pult.people.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (36, 14, 26, 40, 16, 44, 16, 22, 14, 16)


def answer(user: "User", query: QueryDict, kind: str) -> HttpResponse:
    """The file as a download; 404 for a kind that is neither csv nor xlsx."""
    writers = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, XLSX)}
    if kind not in writers:
        raise Http404
    write, mime = writers[kind]
    lines = [_head(user), *_lines(user, query)]
    note_export(by=user, what="clients", rows=len(lines) - 1)
    day = clock.today(settings.TIME_ZONE).isoformat()
    return HttpResponse(
        write(lines),
        content_type=mime,
        headers={
            "Content-Disposition": f'attachment; filename="clients-{day}.{kind}"',
            "Cache-Control": "no-store",
        },
    )


def _head(user: "User") -> list[Any]:
    head = [_("Client"), _("Status"), _("Manager"), _("Tools"), _("Last contact"), _("Next")]
    if sees_money(user):
        head += [_("Budget a month"), _("State of money"), _("Money ends"), _("Balance")]
    return head


def _lines(user: "User", query: QueryDict) -> Iterator[list[Any]]:
    for rows in client_pages(user, filters_of(user, query)):
        ids = [row.id for row in rows]
        contacts, nearest = last_contacts(ids), nearest_rows(ids)
        for row in rows:
            contact = contacts.get(row.id)
            said = business_day(contact) if contact else None
            yield _line(row, said, _next(nearest.get(row.id)), sees_money(user))


def _next(owed: Nearest | None) -> str:
    """«5.3 Счёт заранее, 06.05.2026»: what the client is owed first and by which day."""
    if owed is None:
        return ""
    due = formats.short_day(owed.due) if owed.due else ""
    return ", ".join(filter(None, [f"{owed.clause} {owed.title}", due]))


def _line(row: ClientRow, contact: date | None, owed: str, with_money: bool) -> list[Any]:
    tools = ", ".join(map(str, row.tools))
    line = [row.name, str(row.status_label), row.am, tools, contact, owed]
    if with_money:
        money = row.money
        line += [
            _roubles(row.budget),
            str(money.label) if money else "",
            money.ends_on if money else None,
            _roubles(money.balance) if money else None,
        ]
    return line


def _roubles(kopecks: int | None) -> Decimal | None:
    return None if kopecks is None else Decimal(kopecks) / 100


def _csv(lines: list[list[Any]]) -> bytes:
    """Semicolons and a byte order mark: what a Russian spreadsheet opens without questions."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_cell(value) for value in line] for line in lines])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _xlsx(lines: list[list[Any]]) -> bytes:
    import xlsxwriter  # no page of the first second needs it

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Clients")[:31])
    bold = book.add_format({"bold": True})
    looks = {
        date: book.add_format({"num_format": "dd.mm.yyyy"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    for y, line in enumerate(lines):
        for x, value in enumerate(line):
            if y == 0:
                sheet.write_string(y, x, str(value), bold)
            elif isinstance(value, date):
                sheet.write_datetime(y, x, value, looks[date])
            elif isinstance(value, Decimal):
                sheet.write_number(y, x, value, looks[Decimal])
            elif value:
                sheet.write_string(y, x, str(value))
    for x, width in enumerate(WIDTHS[: len(lines[0])]):
        sheet.set_column(x, x, width)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(lines) - 1, len(lines[0]) - 1)
    book.close()
    return file.getvalue()
