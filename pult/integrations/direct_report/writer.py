"""Writes reports as Direct does: for the demo agency, the benchmark and the tests."""

from collections.abc import Iterable, Iterator

from pult.integrations.spend.model import SpendRow

_COLUMNS = "Date\tCampaignId\tCampaignName\tClientLogin\tImpressions\tClicks\tCost\tConversions"
_BATCH = 10_000


def write_report(
    rows: Iterable[SpendRow],
    name: str = "spend",
    *,
    micros: bool = False,
    header: bool = True,
    summary: bool = True,
) -> Iterator[bytes]:
    """Pieces of the file, UTF-8 with LF; join them or write them one by one."""
    if header:
        yield f'"{name}"\n'.encode()
    yield f"{_COLUMNS}\n".encode()
    lines: list[str] = []
    count = 0
    for row in rows:
        count += 1
        lines.append(_line(row, micros))
        if len(lines) == _BATCH:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
    if summary:
        yield f"Total rows: {count}\n".encode()


def _line(row: SpendRow, micros: bool) -> str:
    cost = row.cost_kopecks
    money = str(cost * 10_000) if micros else f"{cost // 100}.{cost % 100:02}"
    conversions = "--" if row.conversions is None else str(row.conversions)
    return (
        f"{row.day.isoformat()}\t{row.campaign_id}\t{_cell(row.campaign_name)}\t{row.login}"
        f"\t{row.impressions}\t{row.clicks}\t{money}\t{conversions}\n"
    )


def _cell(text: str) -> str:
    """A name on one line; quotes only around a name that begins with one."""
    plain = " ".join(text.split())
    doubled = plain.replace('"', '""')
    return f'"{doubled}"' if plain.startswith('"') else plain
