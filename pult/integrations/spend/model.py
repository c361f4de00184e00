"""What an ad platform says it spent. Money is integer kopecks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pult.integrations.statement.model import Problem


@dataclass(slots=True)
class SpendRow:
    """One campaign in one day. `cost_kopecks` is as the file says, with or without VAT (see
    `SpendReport.with_vat`); `conversions` is `None` where there is no data."""

    line: int
    day: date
    campaign_id: str
    campaign_name: str
    login: str
    impressions: int
    clicks: int
    cost_kopecks: int
    conversions: int | None

    @property
    def cost(self) -> int:
        """The sum as the money domain calls it."""
        return self.cost_kopecks


@dataclass(slots=True)
class SpendReport:
    """A file of spend. `rows()` streams it and fills `problems`, `warnings` and `count` on the
    way; each call starts anew. `with_vat` is `None` when the file does not say and must be asked.
    """

    source: str
    columns: list[str]
    reading: Callable[["SpendReport"], Iterator[SpendRow]]
    name: str = ""
    encoding: str = "utf-8"
    with_vat: bool | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Any] = field(default_factory=list)
    count: int = 0

    def rows(self) -> Iterator[SpendRow]:
        self.problems.clear()
        self.warnings.clear()
        self.count = 0
        return self.reading(self)
