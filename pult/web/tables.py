"""A table as a file to download: CSV that spreadsheets open as it is, or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(
    kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """`kind` is csv or xlsx. Text that a spreadsheet would run as a formula is disarmed."""
    body = _csv(head, rows) if kind == "csv" else _xlsx(head, rows)
    disposition = content_disposition_header(True, f"{name}.{kind}") or "attachment"
    return HttpResponse(
        body, content_type=TYPES[kind], headers={"Content-Disposition": disposition}
    )


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def _xlsx(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    import xlsxwriter  # no page of the first second needs it

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for place, words in enumerate(head):
        sheet.write_string(0, place, str(words), book.add_format({"bold": True}))
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return file.getvalue()


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
