"""Where spend and payments come from, and how fresh each source is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max

from pult.kernel import clock
from pult.kernel.calendar import day_date, day_index
from pult.kernel.models import Fact
from pult.money.models import SpendDay, SpendFile
from pult.regulation.calendars import current_calendar
from pult.regulation.parameters import number

FRESH = ("spend.fresh", 1)
BANK = "bank"
BANK_LAG = 5  # working days: some agencies load the bank once a week


@dataclass(frozen=True)
class FeedLine:
    """A source: the last day it covers and when it was loaded last.

    `is_late`: it lags by more working days than {spend.fresh} allows; `is_broken`: somebody said
    so.
    """

    source: str
    covers: date | None
    loaded_at: datetime | None
    is_late: bool
    is_broken: bool


def feeds() -> tuple[FeedLine, ...]:
    """Every source of spend, then the bank; five queries."""
    calendar = current_calendar()
    today = day_index(clock.today(settings.TIME_ZONE))
    latest = day_date(int(calendar.add_workdays(today, -number(*FRESH) - 1)))
    covered = dict(SpendDay.objects.values_list("source").annotate(Max("day")))
    loaded = dict(SpendFile.objects.values_list("source").annotate(Max("loaded_at")))
    broken = _broken()
    told = Fact.objects.filter(root_id=0, kind="statement.loaded", voided_by=None)
    bank, at = told.aggregate(day=Max("day"), at=Max("recorded_at")).values()
    expected = day_date(int(calendar.add_workdays(today, -BANK_LAG)))
    silent = bank is not None and bank < expected
    lines = [
        FeedLine(source, day, loaded.get(source), day < latest, source in broken)
        for source, day in sorted(covered.items())
    ]
    return (*lines, FeedLine(BANK, bank, at, silent, BANK in broken))


def _broken() -> set[str]:
    """Sources whose newest word is that they are broken."""
    facts = Fact.objects.filter(root_id=0, kind="feed.broken", voided_by=None)
    rows = facts.order_by("valid_at", "id")
    said = {
        payload.get("feed", ""): state for payload, state in rows.values_list("payload", "state")
    }
    return {source for source, state in said.items() if state == "on"}
