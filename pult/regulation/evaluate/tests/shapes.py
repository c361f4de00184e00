"""One small card of every shape, and a world to try them in."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from pult.kernel.calendar import BusinessCalendar, WorkHours, day_index, production_days
from pult.regulation.evaluate.card import (
    Amount,
    Cadence,
    Card,
    Condition,
    Deadline,
    Exception_,
    Forbidden,
    Gate,
    Holds,
    Monitor,
    Requirement,
    Trigger,
    Word,
)

ZONE = ZoneInfo("Europe/Moscow")


def event(kind: str, level: str = "line", **more) -> Word:
    return Word(kind, (kind,), "event", level, **more)


def state(kind: str, *states: str, level: str = "line", **more) -> Word:
    return Word(kind, (kind,), "state", level, states, **more)


def dated(kind: str, level: str = "line") -> Word:
    return Word(kind, (kind,), "date", level)


def measure(kind: str, level: str = "campaign") -> Word:
    return Word(kind, (kind,), "measure", level)


def when(*holds: Word | Holds) -> Condition:
    """Any of the words."""
    return Condition(tuple((h if isinstance(h, Holds) else Holds(h),) for h in holds))


def both(*holds: Word | Holds) -> Condition:
    """All of the words."""
    return Condition((tuple(h if isinstance(h, Holds) else Holds(h) for h in holds),))


def card(clause: str, kind: str, subject: str, **more) -> Card:
    return Card(clause, clause, clause, "", kind, subject, "first", **more)


def wd(value: int, name: str = "") -> Amount:
    return Amount(value, "wd", name)


def bh(value: int, name: str = "") -> Amount:
    return Amount(value, "bh", name)


def count(value: int, name: str = "") -> Amount:
    return Amount(value, "count", name)


RUNNING = state("line.status", "running")
PAUSE = state("client.pause", "on", level="client")

LEAD = card(
    "5.3", "obligation", "line",
    trigger=Trigger(dated("line.funds_end")),
    deadlines=(Deadline(wd(7, "invoice.lead"), "before"),),
    evidence=when(event("invoice.sent")),
    feed=event("spend.loaded"), feed_limit=wd(2, "spend.fresh"),
)  # fmt: skip
PARALLEL = card(
    "5.4", "obligation", "line",
    trigger=Trigger(dated("line.planned_start"), parallel=True),
    deadlines=(Deadline(wd(7, "invoice.lead"), "before"),),
    evidence=when(event("invoice.sent")),
)  # fmt: skip
THRICE = card(
    "1.13", "obligation", "invoice",
    trigger=Trigger(dated("invoice.due", "invoice")),
    deadlines=(
        Deadline(wd(2, "pay.before"), "before"),
        Deadline(wd(0), "at"),
        Deadline(wd(2, "pay.after"), "after"),
    ),
    evidence=when(event("pay.reminded", "invoice"), state("invoice.paid", "full", level="invoice")),
    cancels=when(event("invoice.cancelled", "invoice")),
)  # fmt: skip
ANEW = replace(
    THRICE, clause="1.14", deadlines=tuple(replace(each, anew=True) for each in THRICE.deadlines)
)
REPLY = card(
    "12.5", "obligation", "client", each="question",
    trigger=Trigger(event("question.asked", "question")),
    deadlines=(Deadline(bh(2, "reply"), "after", warn_percent=Amount(80, "percent")),),
    evidence=when(event("question.answered", "question")),
    pauses=(PAUSE,), waits_for="client",
)  # fmt: skip
SOFT = card(
    "8.5", "obligation", "campaign",
    trigger=Trigger(event("launch.accepted", "campaign")),
    deadlines=(Deadline(wd(5, "launch.hard"), "after", soft=wd(3, "launch.soft")),),
    evidence=both(event("campaign.launched", "campaign"), event("campaign.linked", "campaign")),
    exceptions=(Exception_("own", when(state("campaign.own", "on", level="campaign"))),),
    pauses=(PAUSE,),
)  # fmt: skip
ABSENCE = card(
    "4.1", "obligation", "line",
    trigger=Trigger(
        missing=event("plan.made"), older_than=Amount(1, "month", "plan.fresh"), since=RUNNING
    ),
    deadlines=(Deadline(wd(1, "plan.ask"), "after"),),
    evidence=when(event("plan.made")),
)  # fmt: skip
WEEKLY = card(
    "9.1", "cadence", "client",
    cadence=Cadence(event("contact.logged", "client", states=("two_way",)), "week",
                    count(2, "contact.per_week")),
    active=when(Holds(RUNNING, quantifier="at_least", count=count(1))),
    pauses=(PAUSE,), waits_for="client",
)  # fmt: skip
YOUNG = card(
    "9.4", "cadence", "line",
    cadence=Cadence(event("line.optimised"), "month", count(2, "opt.new")),
    active=both(RUNNING, Holds(event("line.opened"), within=Amount(3, "month", "new.months"))),
)  # fmt: skip
MONTHLY = card(
    "5.1", "cadence", "client",
    cadence=Cadence(event("invoice.next_month", "client"), "month", count(1),
                    by=Amount(25, "month_day", "invoice.by")),
    active=when(state("client.status", "client", level="client")),
)  # fmt: skip
SILENCE = card(
    "12.3", "cadence", "client",
    cadence=Cadence(event("contact.logged", "client"), gap=wd(5, "silence")),
    active=when(state("client.status", "client", level="client")),
    pauses=(PAUSE,),
)  # fmt: skip
MONEY_FIRST = card(
    "6.1", "gate", "line",
    gate=Gate("line.start", event("line.started"), (
        Requirement(when(state("line.funded", "full")), "the money has not come"),
    )),
    exceptions=(Exception_("trusted", when(state("client.trusted", "yes", level="client"))),),
)  # fmt: skip
ALL_APPROVED = card(
    "6.2", "gate", "campaign",
    gate=Gate("launch", event("campaign.launched", "campaign"), (
        Requirement(
            when(Holds(state("creative.status", "approved", level="creative"), quantifier="all")),
            "not every creative is approved",
        ),
    )),
)  # fmt: skip
NOT_THE_MANAGER = card(
    "М4.9", "forbidden", "client",
    forbidden=Forbidden("invoice.issue", event("invoice.issued", "client"), "am"),
)  # fmt: skip
OFF_PLAN = card(
    "11.3", "monitor", "campaign",
    monitor=Monitor(measure("stats.cpa"), measure("plan.cpa"), Amount(10, "percent", "plan.tol"),
                    "above"),
    deadlines=(Deadline(wd(1, "react"), "after"),),
    evidence=when(event("campaign.linked", "campaign")),
)  # fmt: skip
AFTER_BREACH = card(
    "9.7", "obligation", "line",
    trigger=Trigger(clause="9.4", clause_states=("overdue",)),
    deadlines=(Deadline(wd(1, "opt.manager"), "after"),),
    evidence=when(event("line.optimised")),
)  # fmt: skip
DAY_CLOSE = card(
    "М3.5", "gate", "client",
    gate=Gate("day.close", event("day.closed", "client"), (
        Requirement(
            both(Holds(clause="12.5", clause_states=("overdue",), negated=True)), "questions wait"
        ),
    )),
)  # fmt: skip
CARDS = (
    LEAD, PARALLEL, THRICE, ANEW, REPLY, SOFT, ABSENCE, WEEKLY, YOUNG, MONTHLY, SILENCE,
    MONEY_FIRST, ALL_APPROVED, NOT_THE_MANAGER, OFF_PLAN, AFTER_BREACH, DAY_CLOSE,
)  # fmt: skip


@cache
def russia(version: int = 0, days_off: tuple[date, ...] = ()) -> BusinessCalendar:
    return BusinessCalendar.build(
        production_days(), WorkHours(), "Europe/Moscow", date(2027, 12, 31), days_off, version
    )


def minute(text: str) -> int:
    """«2026-03-20 12:00» in Moscow as an instant."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()) // 60


def local_day(text: str) -> int:
    return day_index(date.fromisoformat(text))


def clock(instant: int) -> str:
    """An instant as «2026-03-20 12:00» in Moscow."""
    return datetime.fromtimestamp(instant * 60, ZONE).strftime("%Y-%m-%d %H:%M")
