"""After any sequence of operations the stored ledger is what one evaluation of everything says."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from pult.kernel import clock
from pult.kernel.calendar import WorkHours
from pult.kernel.models import Fact
from pult.regulation.calendar_edits import edit_calendar, sign_hours
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import CARDS
from pult.regulation.modes import set_go_live, set_mode
from pult.regulation.parameters import sign_parameter
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import MOSCOW, install, stored, tell, truth, void, without_wakes
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
START = datetime(2026, 4, 20, 11, tzinfo=MOSCOW)
STEPS = 30
UNITS = ["agency", "accounts", "context"]
CAMPAIGN = {"line": 11, "campaign": 21}
# kind, what it may say besides its refs
KINDS = [
    ("line.status", {"line": 11}, ["running", "paused"]),
    ("client.status", {}, ["client", "paused"]),
    ("client.pause", {}, ["on", "off"]),
    ("client.trusted", {}, ["yes", "no"]),
    ("contact.logged", {}, ["two_way", "attempt"]),
    ("contact.waits", {}, ["on", "off"]),
    ("invoice.next_month", {}, [""]),
    ("invoice.sent", {"line": 11}, [""]),
    ("spend.loaded", {"line": 11}, [""]),
    ("line.opened", {"line": 11}, [""]),
    ("line.optimised", {"line": 11}, [""]),
    ("line.started", {"line": 11}, [""]),
    ("line.funded", {"line": 11}, ["full", "part"]),
    ("plan.made", {"line": 11}, [""]),
    ("question.asked", {"question": 31}, [""]),
    ("question.answered", {"question": 31}, [""]),
    ("launch.accepted", CAMPAIGN, [""]),
    ("campaign.launched", CAMPAIGN, [""]),
    ("campaign.linked", CAMPAIGN, [""]),
    ("creative.status", CAMPAIGN | {"creative": 41}, ["approved", "sent"]),
    ("pay.reminded", {"invoice": 51}, [""]),
    ("invoice.paid", {"invoice": 51}, ["full", "part"]),
    ("invoice.cancelled", {"invoice": 51}, [""]),
    ("day.closed", {}, [""]),
]
DATES = [
    ("line.funds_end", {"line": 11}),
    ("line.planned_start", {"line": 11}),
    ("invoice.due", {"invoice": 51}),
]
MEASURES = [("stats.cpa", CAMPAIGN), ("plan.cpa", CAMPAIGN)]


class World:
    """Random people doing random things; the worker ticks after each."""

    def __init__(self, seed: int, freeze, cast) -> None:
        self.random, self.freeze, self.cast = random.Random(seed), freeze, cast
        self.now = START
        self.freeze(self.now)
        install(*CARDS)
        self.live: list[Fact] = []
        self.cards = sorted({card.clause for card in CARDS})
        self.at_step = 0

    def step(self) -> str:
        self.at_step += 1
        pass_time = self.random.choice([0, 1, 25, 300, 1440, 4000])
        self.now += timedelta(minutes=pass_time)
        self.freeze(self.now)
        act = self.random.choices(
            [self.fact, self.dated, self.measured, self.void, self.waive, self.dispute],
            [40, 15, 10, 10, 5, 5],
        )[0]
        if self.random.random() < 0.2:
            act = self.random.choice(
                [self.value, self.calendar, self.hours, self.mode, self.go_live]
            )
        act()
        return act.__name__

    def fact(self) -> None:
        kind, refs, states = self.random.choice(KINDS)
        self._tell(kind, refs, state=self.random.choice(states))

    def dated(self) -> None:
        kind, refs = self.random.choice(DATES)
        day = (self.now + timedelta(days=self.random.randint(-5, 40))).date()
        self._tell(kind, refs, key=self.random.choice("ab"), day=str(day))

    def measured(self) -> None:
        kind, refs = self.random.choice(MEASURES)
        day = (self.now - timedelta(days=self.random.randint(0, 4))).date()
        self._tell(kind, refs, day=str(day), value=self.random.choice([80, 100, 130]))

    def void(self) -> None:
        if self.live:
            void(self.live.pop(self.random.randrange(len(self.live))))

    def waive(self) -> None:
        day = str((self.now + timedelta(days=self.random.randint(0, 5))).date())
        clause, state = self.random.choice(self.cards), self.random.choice(["on", "on", "off"])
        self._tell("waiver.granted", {"line": 11}, key=clause, state=state, day=day)

    def dispute(self) -> None:
        state = self.random.choice(["open", "upheld", "rejected"])
        self._tell("obligation.disputed", {}, key=self.random.choice(self.cards), state=state)

    def value(self) -> None:
        sign_parameter(
            name=self.random.choice(["invoice.lead", "reply", "contact.per_week", "silence"]),
            value=self.random.choice([None, *range(1, 11)]),
            effective_from=self._day(-20, 10),
            reason="проба",
            by=self.cast.vera,
            role="head",
            scope=self.random.choice([("agency", 0), ("client", 2)]),
            retro=True,
        )

    def calendar(self) -> None:
        edit_calendar(
            day=self._day(-2, 15),
            kind=self.random.choice(["work", "off", "short", ""]),
            unit=self.random.choice(UNITS),
            reason="проба",
            by=self.cast.vera,
            role="head",
        )

    def hours(self) -> None:
        unit = self.random.choice(UNITS)
        early = WorkHours(time(9), time(17), time(12), time(12, 30))
        kept = [WorkHours(), early, *([None] if unit != "agency" else [])]
        sign_hours(
            since=self._day(0, 10),
            hours=self.random.choice(kept),
            unit=unit,
            reason="проба",
            by=self.cast.vera,
            role="head",
        )

    def mode(self) -> None:
        set_mode(
            clause=self.random.choice(self.cards),
            mode=self.random.choice(list(Mode)),
            since=self._day(0, 5),
            by=self.cast.vera,
            role="head",
            reason="проба",
        )

    def go_live(self) -> None:
        scope = self.random.choice([("agency", 0), ("client", 1)])
        set_go_live(on=self._day(-30, 3), by=self.cast.vera, role="head", scope=scope)

    def _day(self, first: int, last: int) -> date:
        return (self.now + timedelta(days=self.random.randint(first, last))).date()

    def _tell(self, kind: str, refs: dict[str, int], **more) -> None:
        at = self.now + timedelta(minutes=self.random.choice([0, 0, 0, -90, -5000, 700, 3000]))
        root = self.random.choice([1, 1, 2])
        own = {name: 100 * root + number for name, number in refs.items()}
        text = at.strftime("%Y-%m-%d %H:%M")
        self.live.append(tell(kind, root=root, at=text, **own, **more))


@pytest.mark.parametrize("seed", range(12))
def test_the_stored_ledger_is_the_evaluation_after_every_operation(seed, freeze, cast):
    world = World(seed, freeze, cast)
    for place in range(STEPS):
        done = world.step()
        tick(sweep=sweep)
        told = f"seed {seed}, step {place}: {done} at {world.now}"
        assert without_wakes(stored()) == without_wakes(truth()), told
    world.now += timedelta(days=30)
    freeze(world.now)
    while tick(sweep=sweep):
        pass
    assert without_wakes(stored()) == without_wakes(truth())
    assert sweep().drift == 0
    assert clock.now() == world.now
