"""Ad spend by day and campaign, from a report of Yandex Direct or a table of any platform."""

from pult.integrations.spend.model import SpendReport, SpendRow
from pult.integrations.spend.reading import open_spend
from pult.integrations.spend.table import WANTED, missing_fields, propose_mapping, table_report

__all__ = [
    "WANTED",
    "SpendReport",
    "SpendRow",
    "missing_fields",
    "open_spend",
    "propose_mapping",
    "table_report",
]
