"""Days of spend go in line after line: a line's days and the fact that tells of them at once.

An import cut off leaves whole lines behind it and touches no other; the file taken in again goes
over the first and on to the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from pult.clients.models import ServiceLine
from pult.kernel import bulk
from pult.kernel.facts import (
    Draft,
    Encoded,
    acting,
    encode,
    insert_encoded,
    lock_roots,
    record_draft,
)
from pult.money.actions.asking import AT_ONCE
from pult.money.logic.campaigns import Campaign
from pult.money.models import SpendDay

LINES_AT_FIRST = 4
COLUMNS = (
    "source",
    "campaign",
    "day",
    "line_id",
    "campaign_name",
    "cost",
    "impressions",
    "clicks",
    "conversions",
    "file_id",
)


@dataclass(frozen=True)
class LineSpend:
    """What a file has of one line; of a campaign nobody tied, `line` and `client` are None."""

    line: int | None
    client: int | None
    campaigns: list[Campaign]

    def days(self) -> int:
        """Rows of the table."""
        return sum(len(campaign.days) for campaign in self.campaigns)


@dataclass(frozen=True)
class _Ready:
    """Some lines, their rows and facts, made before the lock is taken."""

    lines: list[LineSpend]
    rows: bulk.Ready
    drafts: list[Draft]
    facts: Encoded


def by_line(campaigns: Iterable[Campaign]) -> list[LineSpend]:
    """Campaigns gathered by the line they feed, in the order the table is kept."""
    found: dict[object, list[Campaign]] = {}
    for campaign in campaigns:
        found.setdefault(campaign.line or campaign.key, []).append(campaign)
    lines = [own[0].line for own in found.values() if own[0].line]
    clients = dict(ServiceLine.objects.filter(pk__in=lines).values_list("pk", "client_id"))
    return [
        LineSpend(own[0].line, clients[own[0].line] if own[0].line else None, own)
        for own in found.values()
    ]


def write(
    lines: list[LineSpend],
    *,
    source: str,
    file_id: int,
    by_id: int | None,
    role: str,
    polite: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Write the days of these lines and tell of them; `progress` is called with rows done, all.

    The ledger follows a few lines at once; of many the worker is told.
    """
    follows = sum(line.line is not None for line in lines) <= AT_ONCE

    def prepare(some: list[LineSpend]) -> _Ready:
        drafts = [_draft(line, file_id, by_id, role) for line in some if line.line]
        facts = encode([] if follows else drafts)
        return _Ready(some, bulk.ready(_rows(some, source, file_id)), drafts, facts)

    def put(ready: _Ready) -> int:
        roots = [line.client for line in ready.lines if line.client]
        if follows:
            with acting(*roots):
                _put(ready, source)
                for draft in ready.drafts:
                    record_draft(draft)
        else:
            lock_roots(roots)
            _put(ready, source)
            insert_encoded(ready.facts)
        return sum(line.days() for line in ready.lines)

    done, total = 0, sum(line.days() for line in lines)
    for count in bulk.in_chunks(lines, put, prepare=prepare, polite=polite, first=LINES_AT_FIRST):
        done += count
        if progress:
            progress(done, total)


def _rows(lines: list[LineSpend], source: str, file_id: int) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        for own in line.campaigns:
            for day in sorted(own.days):
                yield source, own.key, day, own.line, own.name, *own.days[day], file_id


def _put(ready: _Ready, source: str) -> None:
    bulk.upsert("money_spendday", COLUMNS, ready.rows, key=("source", "campaign", "day"))
    _forget_other_names(ready.lines, source)


def _forget_other_names(lines: list[LineSpend], source: str) -> None:
    """The days of this file that an earlier one brought under another login are counted once."""
    renamed = {
        key: campaign
        for line in lines
        for campaign in line.campaigns
        for key in campaign.other_keys
    }
    if not renamed:
        return
    known = SpendDay.objects.filter(source=source, campaign__in=list(renamed))
    for key in known.values_list("campaign", flat=True).distinct():
        campaign = renamed[key]
        SpendDay.objects.filter(
            Q(line=None) | Q(line=campaign.line),
            source=source,
            campaign=key,
            day__in=list(campaign.days),
        ).delete()


def _draft(line: LineSpend, file_id: int, by_id: int | None, role: str) -> Draft:
    assert line.line
    assert line.client
    newest: date = max(max(campaign.days) for campaign in line.campaigns)
    return Draft(
        kind="spend.loaded",
        root_id=line.client,
        refs={"client": line.client, "line": line.line},
        by_id=by_id,
        role=role,
        day=newest,
        value=sum(campaign.cost() for campaign in line.campaigns),
        source="spend",
        external_id=f"{file_id}:{line.line}",
    )
