"""Figures of the machine room in words a head understands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pult.integrations.migration.queries import sources_in_trouble
from pult.integrations.migration.queries.sources import READERS
from pult.kernel import clock
from pult.kernel.queues import JobLine, Queues, queues
from pult.money.queries import OpenStatement, open_statements
from pult.money.queries.feeds import FeedLine, feeds
from pult.regulation.queries import Health, health

if TYPE_CHECKING:
    from pult.people.models import User

NIGHT = timedelta(hours=26)
BUSY = 100
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class HealthPage:
    """`tone` and `swept_late` sum up; `feeds` are the sources of spend and statements,
    `cut_off` statements whose import never ended, `unread` former systems that are followed and
    could not be read, as (id, name, why); `may_mend` leads there."""

    ledger: Health
    queues: Queues
    feeds: tuple[FeedLine, ...]
    cut_off: tuple[OpenStatement, ...]
    unread: tuple[tuple[int, str, str], ...]
    may_mend: bool
    now: datetime
    swept_late: bool
    worker_silent: bool
    is_well: bool

    @property
    def failed(self) -> tuple[JobLine, ...]:
        return self.queues.failed


def health_page(user: "User") -> HealthPage:
    """How Pult is doing; ten queries."""
    now = clock.now()
    ledger, queue, sources = health(), queues(), feeds()
    cut_off = tuple(file for file in open_statements() if not file.is_at_work)
    unread = sources_in_trouble()
    swept_late = ledger.swept_at is None or now - ledger.swept_at > NIGHT
    silent = queue.oldest is not None and now - queue.oldest > LATE
    return HealthPage(
        ledger=ledger,
        queues=queue,
        feeds=sources,
        cut_off=cut_off,
        unread=unread,
        may_mend=not user.roles.isdisjoint(READERS),
        now=now,
        swept_late=swept_late,
        worker_silent=silent or ledger.waiting > BUSY or ledger.overdue_timers > BUSY,
        is_well=not any(
            (ledger.drift, swept_late, silent, queue.failed, queue.stuck, cut_off, unread)
        )
        and not any(feed.is_late or feed.is_broken for feed in sources),
    )
