"""What happened to the money of the demo's lines: spend, invoices and payments by day.

Pure: seeded numbers in, a plan out. The life then plays it through the real actions and files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pult.console.demo.cast import FIRMS, SPENDING, Firm
from pult.money.logic.forecast import HORIZON
from pult.money.logic.series import Series, make_series

DAYS = 70
VAT = 122  # per cent of the net sum, VAT included
MONTH = 30
FIRST_MONTH = 10_000_000  # the budget of a line that is about to start, kopecks net of VAT


@dataclass
class Bill:
    """One invoice of a line: asked, issued, sent on days; paid `share` of it on `paid`."""

    asked: date
    amount: int
    sent: date | None
    paid: date | None
    share: float = 1.0


@dataclass
class LineStory:
    """A spending line of a firm: its campaign, daily spend (kopecks net), its bills."""

    firm: Firm
    tool: str
    campaign: str
    login: str
    spend: list[int]
    first_day: date
    bills: list[Bill] = field(default_factory=list)

    @property
    def monthly(self) -> int:
        """The budget of a month, kopecks net of VAT, rounded to a hundred roubles."""
        if self.firm.habit == "new":
            return FIRST_MONTH
        return round(sum(self.spend) / len(self.spend) * MONTH / 10_000) * 10_000 or 10_000


def write_stories(today: date, seed: int) -> list[LineStory]:
    """One story for each line with ad spend; the last known day is yesterday."""
    lines = [(firm, tool) for firm in FIRMS for tool in firm.tools if tool in SPENDING]
    first = today - timedelta(days=DAYS)
    series = make_series(
        lines=len(lines), days=DAYS, ahead=HORIZON, first_weekday=first.weekday(), seed=seed
    )
    random = Random(seed)
    stories = []
    for row, (firm, tool) in enumerate(lines):
        story = LineStory(firm, tool, str(70_001 + row), f"demo-{tool}-{row + 1}", [], first)
        story.spend = _spend(firm, series, row)
        _bill(story, today, random)
        stories.append(story)
    return stories


def _spend(firm: Firm, series: Series, row: int) -> list[int]:
    spend = [int(cost) // 100 * 100 for cost in series.spend[row]]
    if firm.habit == "new":
        return [0] * len(spend)
    if firm.habit == "paused":
        return [*spend[:-6], *[0] * 6]
    return spend


def _bill(story: LineStory, today: date, random: Random) -> None:
    """Ask for money whenever less than `lead` days of it are left."""
    if story.firm.habit == "new":
        asked = today - timedelta(days=4)
        story.bills.append(Bill(asked, FIRST_MONTH * VAT // 100, asked + timedelta(days=1), None))
        return
    mean = sum(story.spend) / max(sum(1 for cost in story.spend if cost), 1)
    lead = random.randint(13, 17)
    balance = 0.0
    coming: list[tuple[int, float]] = []
    for offset in range(-4, DAYS):
        day = story.first_day + timedelta(days=offset)
        balance += sum(sum_ for when, sum_ in coming if when == offset)
        waiting = any(when > offset for when, _sum in coming)
        if offset >= 0:
            balance -= story.spend[offset]
        forgets = story.firm.habit == "forgotten" and offset > DAYS - 20
        if waiting or forgets or balance > lead * mean or day.weekday() > 3:
            continue
        bill = _new_bill(story, day, mean, random, first=not story.bills)
        story.bills.append(bill)
        if bill.paid:
            when = (bill.paid - story.first_day).days
            coming.append((when, bill.amount / VAT * 100 * bill.share))
        else:
            coming.append((DAYS + 9, 0.0))


def _new_bill(story: LineStory, day: date, mean: float, random: Random, *, first: bool) -> Bill:
    days = random.randint(24, 34)
    amount = round(days * mean * VAT / 100 / 100_000) * 100_000
    lag = {"slow": random.randint(7, 11)}.get(story.firm.habit, random.randint(2, 5))
    paid = _working(day + timedelta(days=1 if first else lag + 1))
    share = 0.6 if story.firm.habit == "part" and not first else 1.0
    end = story.first_day + timedelta(days=DAYS)
    return Bill(
        asked=day,
        amount=max(amount, 1_000_000),
        sent=_working(day + timedelta(days=1)) if day + timedelta(days=1) < end else None,
        paid=paid if paid < end else None,
        share=share,
    )


def _working(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def working_days(first: date, last: date) -> Iterator[date]:
    """Monday to Friday from `first` to `last`, both included: the demo keeps no holidays."""
    while first <= last:
        if first.weekday() < 5:
            yield first
        first += timedelta(days=1)
