"""Sources of ad spend that stopped: one row to their owner instead of many to the managers."""

from datetime import date
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db.models import Max

from pult.clients.models import LineFeed, ServiceLine
from pult.kernel import clock, jobs
from pult.kernel.calendar.hours import day_index
from pult.kernel.facts import acting, record
from pult.kernel.models import Fact
from pult.money.models import SpendDay
from pult.regulation.calendars import current_calendar
from pult.regulation.parameters import number

WATCH = "money.feeds"
FRESH = ("spend.fresh", 1)


def feed_id(source: str) -> int:
    """The number a source of spend has as a subject; the same in every process."""
    return crc32(source.encode()) & 0x7FFFFFFF or 1


def watch_feeds() -> int:
    """Say of each source that feeds a running line whether it stopped; returns how many changed.

    A source that never brought anything is still being connected: nobody is asked about it.
    """
    running = LineFeed.objects.filter(line__status=ServiceLine.Status.RUNNING)
    fed = set(running.values_list("source", flat=True).distinct())
    newest = dict(SpendDay.objects.order_by().values_list("source").annotate(Max("day")))
    known = fed | _broken()
    return sum(
        _tell(source, broken=source in fed and source in newest and is_stale(newest[source]))
        for source in sorted(known)
    )


def feed_came(source: str, newest: date) -> None:
    """Spend up to `newest` was loaded: a source that had stopped works again, if that is fresh."""
    if source in _broken() and not is_stale(newest):
        _tell(source, broken=False)


def is_stale(newest: date) -> bool:
    """Whether more working days than {spend.fresh} lie between a day and today."""
    first, today = day_index(newest) + 1, day_index(clock.today(settings.TIME_ZONE))
    return bool(current_calendar().workdays_between(first, today) > number(*FRESH))


def _broken() -> set[str]:
    """Sources said to be broken by their last word."""
    said: dict[str, str] = {}
    facts = Fact.objects.filter(root_id=0, kind="feed.broken", voided_by=None)
    for fact in facts.order_by("valid_at", "pk"):
        said[fact.payload["feed"]] = fact.state
    return {source for source, state in said.items() if state == "on"}


def _tell(source: str, *, broken: bool) -> bool:
    with acting(0):
        if broken == (source in _broken()):
            return False
        record(
            "feed.broken",
            root_id=0,
            refs={"feed": feed_id(source)},
            by=None,
            state="on" if broken else "off",
            payload={"feed": source},
        )
    return True


@jobs.job(WATCH)
def _watch(job: Any) -> dict[str, int]:
    return {"changed": watch_feeds()}
