"""Random histories: facts late and dated ahead, voids, values, calendars, pauses, waivers."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.layers import with_lower
from pult.regulation.evaluate.reads import DEADLINE, DISPUTE, parameters_of, reads
from pult.regulation.evaluate.table import FactRow, ParameterValue
from pult.regulation.evaluate.tests.driver import Driver
from pult.regulation.evaluate.tests.shapes import CARDS, SOFT, WEEKLY, minute, russia

START = minute("2026-03-02 00:00")
HOUR, DAY = 60, 1440

# kind: (refs besides the client, states, what it carries)
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "line.funds_end": (("line",), (), "day"),
    "line.planned_start": (("line",), (), "day"),
    "invoice.due": (("invoice",), (), "day"),
    "invoice.sent": (("line", "invoice"), (), ""),
    "invoice.paid": (("invoice",), ("none", "part", "full"), ""),
    "invoice.cancelled": (("invoice",), (), ""),
    "invoice.issued": ((), (), "role"),
    "invoice.next_month": ((), (), ""),
    "pay.reminded": (("invoice",), (), ""),
    "question.asked": (("question",), (), ""),
    "question.answered": (("question",), (), ""),
    "client.pause": ((), ("on", "off"), ""),
    "client.status": ((), ("lead", "client", "ended"), ""),
    "client.trusted": ((), ("yes", "no"), ""),
    "contact.waits": ((), ("on", "off"), ""),
    "contact.logged": ((), ("two_way", "light"), ""),
    "launch.accepted": (("campaign",), (), ""),
    "campaign.launched": (("campaign",), (), ""),
    "campaign.linked": (("campaign",), (), ""),
    "campaign.own": (("campaign",), ("on", "off"), ""),
    "creative.status": (("campaign", "creative"), ("draft", "approved"), ""),
    "line.status": (("line",), ("planned", "running", "ended"), ""),
    "line.opened": (("line",), (), ""),
    "line.funded": (("line",), ("none", "full"), ""),
    "line.started": (("line",), (), ""),
    "line.optimised": (("line",), (), ""),
    "plan.made": (("line",), (), ""),
    "spend.loaded": (("line",), (), ""),
    "stats.cpa": (("campaign",), (), "measure"),
    "plan.cpa": (("campaign",), (), "measure"),
    "day.closed": ((), (), ""),
    "waiver.granted": ((), ("on", "off"), "remission"),
    "obligation.disputed": ((), ("open", "upheld", "rejected"), "remission"),
}
EDITIONS = (
    *CARDS,
    replace(SOFT, edition="second", effective_from=START + 30 * DAY, deadlines=(
        replace(SOFT.deadlines[0], side="after", amount=replace(SOFT.deadlines[0].amount, value=2)),
    )),
    replace(WEEKLY, edition="second", effective_from=START + 25 * DAY),
)  # fmt: skip
VALUES = {"forecast.grace": 3, "forecast.horizon": 8, "plan.fresh": 2, "new.months": 3,
          "plan.tol": 30, "invoice.by": 28}  # fmt: skip


class Historian:
    """Makes up what happens next to a driver."""

    def __init__(self, seed: int, cards: tuple[Card, ...] = ()) -> None:
        self.random = Random(seed)
        self.cards = cards or self.some_cards()
        self.driver = Driver(self.cards, russia(), START + self.random.randrange(20 * DAY))
        kinds = sorted(set().union(*(reads(card) for card in self.cards)))
        self.kinds = [kind for kind in kinds if kind in KINDS]
        self.weights = [1 if KINDS[kind][2] == "remission" else 3 for kind in self.kinds]
        self.names = sorted(set().union(*(parameters_of(card) for card in self.cards)))

    def some_cards(self) -> tuple[Card, ...]:
        """Two or three clauses with what they read, every edition."""
        clauses = sorted({card.clause for card in EDITIONS})
        return tuple(with_lower(EDITIONS, self.random.sample(clauses, self.random.choice([1, 2]))))

    def step(self) -> None:
        """One operation at some later minute."""
        chance = self.random.random()
        later = self.driver.now + self.random.choice([0, 1, HOUR, 5 * HOUR, DAY, 4 * DAY])
        later += self.random.randrange(HOUR)
        if chance < 0.62:
            self.driver.record(self.fact(later))
        elif chance < 0.70:
            self.void(later)
        elif chance < 0.85:
            self.driver.advance(later + self.random.randrange(6 * DAY))
        elif chance < 0.96:
            self.driver.sign(self.value(later))
        else:
            self.edit_calendar(later)

    def fact(self, recorded: int) -> FactRow:
        pick = self.random
        kind = pick.choices(self.kinds, self.weights)[0]
        types, states, carries = KINDS[kind]
        root = pick.choice([1, 1, 2])
        at = recorded + pick.choice([0, 0, 0, -pick.randrange(20 * DAY), pick.randrange(6 * DAY)])
        refs = {"client": root, **{name: root * 10 + (pick.random() < 0.3) for name in types}}
        day = value = key = None
        if carries == "day":
            day = -1 if pick.random() < 0.1 else recorded // DAY + pick.randrange(-2, 30)
            key = pick.choice("abc")
        elif carries == "measure":
            day, value = START // DAY + pick.randrange(2), pick.choice([90, 100, 150])
        elif carries == "remission":
            key = pick.choice(self.cards).clause
            day = recorded // DAY + pick.randrange(9)
            keys = [identity[4] for identity in self.driver.rows if identity[0] == key]
            value = pick.choice([0, *keys])
            subject = pick.choice(self.cards).subject
            refs |= {subject: root * 10} if subject != "client" and pick.random() < 0.5 else {}
            if kind == DISPUTE and pick.random() < 0.5:
                refs |= {DEADLINE: pick.choice([1, 2, 3])}
        return FactRow(
            len(self.driver.facts) + 1, kind, root, max(at, 1), recorded, refs,
            key=key or "", day=-1 if day is None else day, value=value or 0,
            state=pick.choice(states) if states else "",
            role=pick.choice(["am", "accountant"]) if carries == "role" else "",
        )  # fmt: skip

    def void(self, recorded: int) -> None:
        facts = self.driver.facts
        dead = {fact.voids for fact in facts}
        living = [fact for fact in facts if not fact.voids and fact.id not in dead]
        if living:
            fact = self.random.choice(living)
            self.driver.record(
                FactRow(len(facts) + 1, "void", fact.root, recorded, recorded, {}, voids=fact.id)
            )

    def value(self, recorded: int) -> ParameterValue:
        pick = self.random
        name = pick.choice(self.names)
        effective = max(recorded + pick.randrange(-20 * DAY, 10 * DAY), 1)
        if name.startswith("mode."):
            value = pick.choice([0, 1, 2, 3])
        elif name == "go.live":
            value = pick.choice([0, recorded - 5 * DAY, recorded + 3 * DAY])
        else:
            value = pick.randrange(1, VALUES.get(name, 9) + 1)
        scopes = [("agency", 0), ("team", 7), ("client", 1), ("line", 10), ("campaign", 20)]
        scope = pick.choice(scopes)
        return ParameterValue(len(self.driver.values) + 1, name, value, effective, recorded, scope)

    def edit_calendar(self, recorded: int) -> None:
        version = len(self.driver.versions)
        days = {
            date(1970, 1, 1) + timedelta(recorded // DAY + self.random.randrange(-3, 9))
            for _ in range(2)
        }
        self.driver.edit_calendar(recorded, russia(version, tuple(sorted(days))))


def first_difference(seed: int, steps: int = 12, cards: tuple[Card, ...] = ()) -> str:
    """Where the kept ledger of a history first differs from a sweep; "" if it never does."""
    historian = Historian(seed, cards)
    for step in range(steps):
        historian.step()
        different = historian.driver.difference()
        if different:
            return f"seed {seed}, step {step}: {different}"
    return ""
