"""Rows of ad spend and their import, for the tests of spend and of forecasts."""

from dataclasses import dataclass
from datetime import date, timedelta

from pult.clients.models import OpeningBalance
from pult.money.actions.spend import import_spend

TODAY = date(2026, 3, 11)


@dataclass
class Row:
    day: date
    cost_kopecks: int
    campaign_id: str = "100"
    login: str = "romashka"
    campaign_name: str = "Поиск"
    impressions: int = 10
    clicks: int = 1
    conversions: int | None = None


def load(by, *rows, **fields):
    fields = {"source": "direct", "name": "f.tsv", "sha256": "a", "vat_included": False, **fields}
    return import_spend(by=by, rows=iter(rows), **fields)


def history(days=60, cost=1_000_00):
    return [Row(TODAY - timedelta(days=n + 1), cost) for n in range(days)]


def opening(anna, line, with_agency=0, on_platform=0):
    OpeningBalance.objects.create(
        client=line.client,
        line=line,
        day=TODAY - timedelta(days=61),
        with_agency=with_agency,
        on_platform=on_platform,
        set_by=anna,
        set_at="2026-01-10T00:00:00Z",
    )
