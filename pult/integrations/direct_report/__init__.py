"""TSV reports of Yandex Direct (Reports service, API v5), as the API and people save them."""

from pult.integrations.direct_report.reader import is_direct_report, report
from pult.integrations.direct_report.writer import write_report

__all__ = ["is_direct_report", "report", "write_report"]
