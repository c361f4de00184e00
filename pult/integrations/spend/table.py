"""Spend of any platform in CSV or XLSX, through a mapping of columns confirmed once."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from pult.integrations.spend.model import SpendReport, SpendRow
from pult.integrations.statement.faults import BadField, faults, one_reason
from pult.integrations.statement.model import Problem
from pult.integrations.statement.values import BadValue, day, kopecks
from pult.integrations.table import Table, TableProblem, guess_mapping

WANTED: dict[str, tuple[str, ...]] = {
    "day": ("Дата", "День", "Date", "Day", "Date start"),
    "campaign_id": (
        "№ кампании", "Номер кампании", "ID кампании", "Кампания ID", "CampaignId", "Campaign ID",
        "Ad campaign id",
    ),
    "campaign_name": ("Название кампании", "Кампания", "CampaignName", "Campaign name", "Campaign"),
    "login": ("Логин", "Клиент", "Аккаунт", "ClientLogin", "Login", "Account", "Client"),
    "impressions": ("Показы", "Impressions", "Shows"),
    "clicks": ("Клики", "Переходы", "Clicks"),
    "cost": (
        "Расход", "Расходы", "Потрачено всего", "Потрачено", "Списано", "Стоимость", "Сумма",
        "Cost", "Spend", "Spent", "Amount spent",
    ),
    "conversions": ("Конверсии", "Достижения целей", "Conversions", "Goals", "Results"),
}  # fmt: skip
Cell = Callable[[str], str]
_NONE = ("", "--", "-", "—", "–")
_CURRENCY = re.compile(r"\s*(?:₽|р\.|руб\.?|RUB)$", re.IGNORECASE)
_MEND = _("Mend the row and import again.")


def propose_mapping(table: Table) -> dict[str, int]:
    """Field → column, for a person to confirm."""
    return guess_mapping(table.columns, WANTED)


def missing_fields(mapping: Mapping[str, int]) -> list[str]:
    """What a mapping lacks to be usable: a day, a sum and something to know the campaign by."""
    missing = [field for field in ("day", "cost") if field not in mapping]
    if "campaign_id" not in mapping and "campaign_name" not in mapping:
        missing.append("campaign_name")
    return missing


def table_report(
    table: Table, mapping: Mapping[str, int], *, with_vat: bool | None = None
) -> SpendReport:
    """Rows of `table`; a title like “Расход с НДС” says itself whether VAT is inside."""
    title = table.columns[mapping["cost"]].casefold()
    if with_vat is None and ("ндс" in title or "vat" in title):
        with_vat = not any(word in title for word in ("без", "excl", "without", "w/o"))
    return SpendReport(
        source="table",
        columns=table.columns,
        reading=lambda report: _rows(report, table, mapping),
        name=table.sheet,
        encoding=table.encoding,
        with_vat=with_vat,
    )


def _rows(report: SpendReport, table: Table, mapping: Mapping[str, int]) -> Iterator[SpendRow]:
    report.warnings.extend(table.warnings)
    titles = {field: table.columns[place] for field, place in mapping.items()}
    rows = table.rows()
    while True:
        try:
            line, cells = next(rows)
        except StopIteration:
            return
        except TableProblem as broken:
            report.problems.append(
                Problem(broken.line or 0, "", "columns", broken.message, broken.cure)
            )
            return
        if _is_total(cells, mapping):
            continue
        try:
            row = _row(line, cells, mapping, len(table.columns))
        except BadField as bad:
            first, *others = _faults(cells, mapping) if bad.field else [bad]
            reason = one_reason([first, *others], titles)
            report.problems.append(Problem(line, first.field, first.code, reason, _MEND))
        else:
            report.count += 1
            yield row


def _is_total(cells: list[str], mapping: Mapping[str, int]) -> bool:
    """The line under the table: no day at all, or the word for a total in its place."""
    text = cells[mapping["day"]].casefold()
    return text.startswith(("итог", "всего", "total"))


def _cells_by_field(cells: list[str], mapping: Mapping[str, int]) -> Cell:
    def cell(field: str) -> str:
        place = mapping.get(field)
        return cells[place] if place is not None else ""

    return cell


def _row(line: int, cells: list[str], mapping: Mapping[str, int], width: int) -> SpendRow:
    if any(cells[width:]):
        raise BadField("", "columns", _("the row has more cells than the table has columns"))
    cell = _cells_by_field(cells, mapping)
    return SpendRow(
        line=line,
        day=_day(cell),
        campaign_id=_identity(cell),
        campaign_name=cell("campaign_name"),
        login=cell("login"),
        impressions=_count("impressions", cell),
        clicks=_count("clicks", cell),
        cost_kopecks=_cost(cell),
        conversions=None if cell("conversions") in _NONE else _count("conversions", cell),
    )


def _faults(cells: list[str], mapping: Mapping[str, int]) -> list[BadField]:
    """Everything that is wrong with a row `_row` did not take."""
    cell = _cells_by_field(cells, mapping)
    counts = [partial(_count, field) for field in ("impressions", "clicks", "conversions")]
    return faults(partial(check, cell) for check in (_day, _identity, *counts, _cost))


def _day(cell: Cell) -> date:
    if not cell("day"):
        raise BadField("day", "required", _("the row has no day"))
    return _value("day", cell("day"), day)


def _identity(cell: Cell) -> str:
    identity = cell("campaign_id") or cell("campaign_name")
    if not identity:
        raise BadField("campaign_name", "required", _("the row names no campaign"))
    return identity


def _cost(cell: Cell) -> int:
    """A sum finer than a kopeck is rounded half up: platforms divide what they spend."""
    text = cell("cost")
    if text in _NONE:
        return 0
    plain = text if text[-1].isdigit() else _CURRENCY.sub("", text)
    head, mark, fraction = plain.replace(",", ".").rpartition(".")
    up = 0
    if mark and len(fraction) > 2 and fraction.isdigit() and fraction.isascii():
        up = int(fraction[2] >= "5")
        plain = f"{head}.{fraction[:2]}"
    amount = _value("cost", plain, kopecks)
    return amount - up if plain.strip().startswith("-") else amount + up


def _count(field: str, cell: Cell) -> int:
    text = cell(field)
    if text.isdigit() and text.isascii():
        return int(text)
    if text in _NONE:
        return 0
    try:
        amount = kopecks(text)
    except BadValue:
        amount = -1
    if amount < 0 or amount % 100:
        raise BadField(field, "amount", _("“%(value)s” is not a count") % {"value": text[:40]})
    return amount // 100


def _value(field: str, text: str, convert):
    try:
        return convert(text)
    except BadValue as bad:
        raise BadField(field, bad.code, bad.reason) from bad
