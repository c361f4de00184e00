"""Streams a report: its name in quotes, the names of columns, rows, `Total rows: N`."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from pult.integrations.spend.model import SpendReport, SpendRow
from pult.integrations.statement.faults import BadField, faults, one_reason
from pult.integrations.statement.model import Problem
from pult.integrations.table import TableProblem

_REQUIRED = ("Date", "CampaignId", "Cost")
_READ = (*_REQUIRED, "CampaignName", "ClientLogin", "Impressions", "Clicks", "Conversions")
_TOTAL = re.compile(r"Total rows:\s*(\d+)")
_NO_DATA = "--"
_MICROS_IN_KOPECK = 10_000
_ROUBLE = 1_000_000
_SAMPLE_ROWS = 2_000
_MEND = _("Download the report again; do not edit it.")


def is_direct_report(data: bytes) -> bool:
    """Whether one of the first lines names the columns of a Direct report."""
    return _header(_lines(data[:65_536])) is not None


def report(data: bytes, *, with_vat: bool | None = None, micros: bool | None = None) -> SpendReport:
    """A report ready to be streamed. Whether VAT is inside is a setting of the request
    (`IncludeVAT`), not of the file: pass `with_vat`. Sums without a point are micros of a rouble
    unless none of them reaches a rouble; `micros` overrules the look."""
    head = _header(_lines(data))
    if head is None:
        raise TableProblem(
            _("The first lines do not name the columns Date, CampaignId and Cost."),
            cure=_("Order the report with its column header."),
        )
    line, name, columns = head
    _refuse_repeated(line, columns)
    look = _look_of_sums(data, line, columns) if micros is None else ""
    in_micros = look == "micros" if micros is None else micros
    return SpendReport(
        source="direct",
        columns=columns,
        reading=lambda found: _Rows(found, columns, line, in_micros, look).read(_lines(data)),
        name=name,
        with_vat=with_vat,
    )


def _refuse_repeated(line: int, columns: list[str]) -> None:
    repeated = [column for column in _READ if columns.count(column) > 1]
    if repeated:
        raise TableProblem(
            _("Several columns bear the same title: %(titles)s.") % {"titles": ", ".join(repeated)},
            line=line,
            field=repeated[0],
            cure=_("Order the report with each column once; do not edit it."),
        )


def _lines(data: bytes) -> Iterator[str]:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline=None))


def _header(lines: Iterator[str]) -> tuple[int, str, list[str]] | None:
    """(line of the column names, the report's own name, the columns)."""
    name = ""
    for number, text in enumerate(lines, 1):
        cells = [_unquoted(cell) for cell in text.rstrip("\n").split("\t")]
        if all(column in cells for column in _REQUIRED):
            return number, name, cells
        if text.strip() and not name:
            name = _unquoted(text.strip())
        if number > 5:
            break
    return None


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _look_of_sums(data: bytes, header_line: int, columns: list[str]) -> str:
    """`roubles` when a sum has a point, `micros` when whole numbers reach a rouble of micros,
    `whole` when they do not: then they are roubles somebody rounded; empty when all are zero."""
    place = columns.index("Cost")
    largest = 0
    for number, text in enumerate(_lines(data), 1):
        if number <= header_line:
            continue
        if number > header_line + _SAMPLE_ROWS:
            break
        cells = text.rstrip("\n").split("\t")
        cost = cells[place] if len(cells) == len(columns) else ""
        if "." in cost or "," in cost:
            return "roubles"
        if cost.isdigit() and cost.isascii():
            largest = max(largest, int(cost))
    if largest >= _ROUBLE:
        return "micros"
    return "whole" if largest else ""


class _Rows:
    """The loop over rows; what repeats (days, names) is parsed once."""

    def __init__(
        self, report: SpendReport, columns: list[str], header_line: int, micros: bool, look: str
    ) -> None:
        self._report = report
        if look == "whole":
            report.warnings.append(
                _("No sum has a point and none is large enough for micros: taken for roubles.")
            )
        self._columns = columns
        self._header_line = header_line
        self._cost = _micros if micros else _roubles
        self._days: dict[str, date] = {}
        self._names: dict[str, str] = {}

    def read(self, lines: Iterator[str]) -> Iterator[SpendRow]:
        report, width, days, names = self._report, len(self._columns), self._days, self._names
        to_cost = self._cost
        place = {name: index for index, name in enumerate(self._columns)}
        name_at, login_at = place.get("CampaignName", -1), place.get("ClientLogin", -1)
        views_at, clicks_at = place.get("Impressions", -1), place.get("Clicks", -1)
        day_at, campaign_at, cost_at = (place[column] for column in _REQUIRED)
        conversions = _conversions(self._columns)
        total: int | None = None
        number = 0
        for number, text in enumerate(lines, 1):
            if number <= self._header_line:
                continue
            cells = text.rstrip("\n").split("\t")
            if '"' in text:
                cells = _requoted(text, cells, width)
            if len(cells) != width:
                if found := _TOTAL.fullmatch(text.strip()):
                    total = int(found[1])
                elif text.strip():
                    reason = _("the row is cut short or too long")
                    self._refuse(number, [BadField("", "columns", reason)])
                continue
            try:
                day = days.get(cells[day_at]) or self._day(cells[day_at])
                name = cells[name_at] if name_at >= 0 else ""
                campaign = _identity(cells[campaign_at])
                row = SpendRow(
                    number,
                    day,
                    names.setdefault(campaign, campaign),
                    names.setdefault(name, name),
                    cells[login_at] if login_at >= 0 else "",
                    _count("Impressions", cells[views_at]) if views_at >= 0 else 0,
                    _count("Clicks", cells[clicks_at]) if clicks_at >= 0 else 0,
                    to_cost(cells[cost_at]),
                    conversions(cells) if conversions else None,
                )
            except BadField:
                self._refuse(number, self._faults(cells))
            else:
                report.count += 1
                yield row
        self._check_total(number, total)

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
            if text[4] + text[7:8] != "--" or not 1990 <= day.year <= 2099:
                raise ValueError
        except ValueError:
            reason = _("“%(value)s” is not a date") % {"value": text[:40]}
            raise BadField("Date", "date", reason) from None
        self._days[text] = day
        return day

    def _faults(self, cells: list[str]) -> list[BadField]:
        """Everything that is wrong with a row that was not taken."""
        values = dict(zip(self._columns, cells, strict=True))
        conversions = _conversions(self._columns)
        return faults(
            (
                lambda: self._day(values["Date"]),
                lambda: _identity(values["CampaignId"]),
                lambda: _count("Impressions", values.get("Impressions", "")),
                lambda: _count("Clicks", values.get("Clicks", "")),
                lambda: self._cost(values["Cost"]),
                lambda: conversions(cells) if conversions else None,
            )
        )

    def _refuse(self, line: int, bads: list[BadField]) -> None:
        first = bads[0]
        self._report.problems.append(
            Problem(line, first.field, first.code, one_reason(bads), _MEND)
        )

    def _check_total(self, last_line: int, total: int | None) -> None:
        """The summary counts every row, so a file cut short gives itself away."""
        seen = self._report.count + len(self._report.problems)
        if total is None:
            self._report.warnings.append(
                _("The report has no line “Total rows”: it cannot be seen whether it is whole.")
            )
        elif total != seen:
            reason = _("the report says %(total)s rows and holds %(seen)s") % {
                "total": total,
                "seen": seen,
            }
            self._refuse(last_line, [BadField("Total rows", "total", reason)])


def _identity(text: str) -> str:
    if not text or text == _NO_DATA:
        raise BadField("CampaignId", "required", _("the row names no campaign"))
    return text


def _requoted(text: str, cells: list[str], width: int) -> list[str]:
    """Cells in quotes; a tab or a line inside quotes makes the plain cut too wide."""
    if len(cells) != width and text.count('"') % 2 == 0:
        cells = next(csv.reader([text.rstrip("\n")], delimiter="\t"), [])
    return [_unquoted(cell) for cell in cells]


def _conversions(columns: list[str]) -> Callable[[list[str]], int | None] | None:
    """The column of conversions, else the sum of the goals' own (`Conversions_<goal>_<model>`);
    no data at all is `None`."""
    goals = [i for i, column in enumerate(columns) if column.startswith("Conversions_")]
    places = [columns.index("Conversions")] if "Conversions" in columns else goals
    if not places:
        return None
    if len(places) == 1:
        one = itemgetter(places[0])
        return lambda cells: None if one(cells) == _NO_DATA else _count("Conversions", one(cells))

    def total(cells: list[str]) -> int | None:
        known = [cells[place] for place in places if cells[place] != _NO_DATA]
        return sum(_count("Conversions", cell) for cell in known) if known else None

    return total


def _count(field: str, text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    if text in (_NO_DATA, ""):
        return 0
    raise BadField(field, "amount", _("“%(value)s” is not a count") % {"value": text[:40]})


def _roubles(text: str) -> int:
    """Kopecks of `2480.50`; Direct always writes two digits, an edited file may not."""
    whole, _point, fraction = text.partition(".")
    if whole.isdigit() and whole.isascii() and len(fraction) <= 2:
        if fraction == "":
            return int(whole) * 100
        if fraction.isdigit() and fraction.isascii():
            return int(whole) * 100 + int(fraction.ljust(2, "0"))
    if text in (_NO_DATA, ""):
        return 0
    raise BadField("Cost", "amount", _("“%(value)s” is not a sum") % {"value": text[:40]})


def _micros(text: str) -> int:
    """Kopecks of micros of a rouble, half up."""
    if text.isdigit() and text.isascii():
        return (int(text) + _MICROS_IN_KOPECK // 2) // _MICROS_IN_KOPECK
    if text in (_NO_DATA, ""):
        return 0
    raise BadField("Cost", "amount", _("“%(value)s” is not a sum in micros") % {"value": text[:40]})
