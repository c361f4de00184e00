"""Two balances of a service line: the client's money with the agency, and on the ad account.

    with agency = opening + ad money paid by the client − top-ups
    on platform = opening + top-ups − spend

All in kopecks net of VAT (engine, "one balance"). Where the agency does not record top-ups, the
two are one pool: nobody knows on which side the money lies. A line that moved in with money on the
platform is told apart as long as that alone covers what it spent. Lines of one platform wallet
share what is on the platform.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LineMoney:
    """What came and went on one line since it moved in; `wallet` 0 means a wallet of its own."""

    line_id: int
    wallet: int = 0
    opening_with_agency: int = 0
    opening_on_platform: int = 0
    paid: int = 0
    topped_up: int = 0
    spent: int = 0
    tracks_top_ups: bool = False


@dataclass(frozen=True)
class Balance:
    """`with_agency` and `on_platform`; `pooled` when only their sum is known (it stands in
    `on_platform` then, because that is what the ads are spending)."""

    with_agency: int
    on_platform: int
    pooled: bool

    @property
    def total(self) -> int:
        """What the line can still spend before the client must pay again."""
        return self.with_agency + self.on_platform


def balances(lines: Iterable[LineMoney]) -> dict[int, Balance]:
    """The balance of each line. A wallet's platform money is counted for each of its lines, so
    totals over lines must be taken over wallets instead."""
    rows = list(lines)
    shared: dict[int, int] = {}
    for row in rows:
        if row.wallet:
            shared[row.wallet] = shared.get(row.wallet, 0) + _on_platform(row)
    result = {}
    for row in rows:
        on_platform = shared[row.wallet] if row.wallet else _on_platform(row)
        result[row.line_id] = Balance(_with_agency(row), on_platform, not _is_split(row))
    return result


def _is_split(row: LineMoney) -> bool:
    return row.tracks_top_ups or row.opening_on_platform >= max(row.spent, 1)


def _with_agency(row: LineMoney) -> int:
    if not _is_split(row):
        return 0
    return row.opening_with_agency + row.paid - row.topped_up


def _on_platform(row: LineMoney) -> int:
    if not _is_split(row):
        return row.opening_with_agency + row.opening_on_platform + row.paid - row.spent
    return row.opening_on_platform + row.topped_up - row.spent
