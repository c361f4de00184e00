"""The regulation once more, scalar and slow: loops over one subject's facts, no columns.

It reads README.md, not the engine: facts are scanned for every question, conditions are asked at
every instant at which anything happened, business time is walked.
"""

from collections.abc import Iterator

from pult.regulation.evaluate.card import Amount, Card, Condition, Holds, Word
from pult.regulation.evaluate.reads import DISPUTE, GRACE, HORIZON, WAIVER, mode_name, reads
from pult.regulation.evaluate.table import NEVER, NONE, FactRow, Mode, ParameterValue
from pult.regulation.evaluate.tests.walk import DAY, ZONE, Pauses, Walk

Cell = tuple[int, int, int]
Lower = dict[str, tuple[str, list[dict]]]  # by clause: its subject's type, its rows


class Oracle:
    """What is known at `now`, asked about one card edition in force in [since, until)."""

    def __init__(
        self,
        card: Card,
        until: int,
        facts: list[FactRow],
        values: list[ParameterValue],
        teams: dict[int, int],
        versions: list[tuple],
        now: int,
        lower: Lower | None = None,
    ) -> None:  # fmt: skip
        self.lower = lower or {}
        known = [fact for fact in facts if fact.recorded <= now]
        dead = {fact.voids for fact in known if fact.voids}
        living = [f for f in known if not f.voids and f.id not in dead and f.at <= now]
        self.facts = sorted(living, key=lambda fact: (fact.at, fact.id))
        self.card, self.until, self.teams, self.now = card, until, teams, now
        self.values = [value for value in values if value.recorded <= now]
        self.walks = [
            (recorded, number, Walk(calendar))
            for recorded, number, calendar in versions
            if number == 0 or recorded <= now
        ]

    # Words and values

    def says(self, fact: FactRow, word: Word) -> bool:
        return (
            fact.kind in word.kinds
            and (not word.states or fact.state in word.states)
            and (not word.role or fact.role == word.role)
            and (word.shape != "date" or fact.day != NONE)
        )

    def of(self, word: Word, cell: Cell) -> list[FactRow]:
        """Facts of the word's kinds that the cell sees, oldest first."""
        root, subject, each = cell
        if self.card.each and word.level == self.card.each:
            name, wanted = self.card.each, each
        elif word.level == "client" and self.card.subject != "client":
            name, wanted = "client", root
        else:
            name, wanted = self.card.subject, subject
        return [f for f in self.facts if f.kind in word.kinds and f.refs.get(name) == wanted]

    def value(self, amount: Amount, at: int, cell: Cell) -> tuple[int, int]:
        return self.named(amount.name, amount.value, at, cell)

    def named(self, name: str, default: int, at: int, cell: Cell) -> tuple[int, int]:
        root, subject, _ = cell
        scopes = [("agency", 0), ("team", self.teams.get(root, 0)), ("client", root)]
        if self.card.subject != "client":
            scopes.append((self.card.subject, subject))
        found = (default, 0)
        for scope in scopes:
            named = [v for v in self.values if name and v.name == name and v.scope == scope]
            mine = [v for v in named if v.effective <= at]
            if mine:
                best = max(mine, key=lambda v: (v.effective, v.recorded, v.id))
                found = (best.value, best.id)
        return found

    def mode(self, at: int, cell: Cell) -> int:
        bare = (cell[0], -1, 0)
        return self.named(mode_name(self.card.clause), int(Mode.VISIBLE), at, bare)[0]

    def walk(self) -> Walk:
        return self.walks[-1][2]

    # Conditions

    def holds(self, condition: Condition, cell: Cell, at: int) -> bool:
        return any(all(self.one(h, cell, at) for h in group) for group in condition.any_of)

    def one(self, hold: Holds, cell: Cell, at: int) -> bool:
        if hold.clause:
            found = self.below(hold, cell, at)
        elif hold.quantifier:
            found = self.counted(hold, cell, at)
        else:
            found = self.stands(hold, self.of(hold.word, cell), cell, at)
        return found != hold.negated

    def stands(self, hold: Holds, facts: list[FactRow], cell: Cell, at: int) -> bool:
        facts = [f for f in facts if f.at <= at]
        if hold.word.shape == "event":
            facts = [f for f in facts if self.says(f, hold.word)]
        if not facts or not self.says(facts[-1], hold.word):
            return False
        return hold.within is None or at <= self.reach(facts[-1].at, hold.within, cell)

    def below(self, hold: Holds, cell: Cell, at: int) -> bool:
        """Whether a row of the clause below stood in one of the states at the instant."""
        type_, rows = self.lower[hold.clause]
        same = type_ == self.card.subject != "client"
        mine = [r for r in rows if (r["subject"] == cell[1] if same else r["root"] == cell[0])]
        return any(stood(r, name, at) for r in mine for name in hold.clause_states)

    def reach(self, at: int, amount: Amount, cell: Cell) -> int:
        value, _ = self.value(amount, at, cell)
        return self.walk().due(at, False, value, amount.unit, "after", [])

    def counted(self, hold: Holds, cell: Cell, at: int) -> bool:
        level, mine = hold.word.level, cell[1]
        children = {
            f.refs[level]
            for f in self.facts
            if f.at <= at and f.kind in reads(self.card)
            and f.refs.get(self.card.subject) == mine and level in f.refs
        }  # fmt: skip
        held = 0
        for child in children:
            facts = [f for f in self.facts if f.kind in hold.word.kinds]
            held += self.stands(hold, [f for f in facts if f.refs.get(level) == child], cell, at)
        if hold.quantifier == "all":
            return bool(children) and held == len(children)
        return held >= self.value(hold.count or Amount(1, "count"), at, cell)[0]

    def first(self, condition: Condition | None, cell: Cell, start: int, trigger: int) -> tuple:
        """(instant, fact id, recorded) at which the condition is first met from `start` on."""
        best = (NEVER, 0, 0)
        if condition is None:
            return best
        moments = sorted({start} | {f.at for f in self.facts if f.at > start})
        for group in condition.any_of:
            at = next((t for t in moments if self.met(group, cell, start, t, trigger)), NEVER)
            if at < best[0]:
                proofs = [self.proof(hold, cell, start, at, trigger) for hold in group]
                last = max(proofs, key=lambda f: f.at)
                best = (at, last.id, max(f.recorded for f in proofs))
        return best

    def met(self, group: tuple[Holds, ...], cell: Cell, start: int, at: int, trigger: int) -> bool:
        return all(
            self.proof(hold, cell, start, at, trigger) is not None
            if hold.word.shape == "event"
            else self.one(hold, cell, at)
            for hold in group
        )

    def proof(self, hold: Holds, cell: Cell, start: int, at: int, trigger: int) -> FactRow | None:
        facts = [f for f in self.of(hold.word, cell) if f.at <= at]
        if hold.word.shape == "state":
            return facts[-1]
        facts = [f for f in facts if f.at >= start and f.id != trigger and self.says(f, hold.word)]
        return facts[0] if facts else None

    def stretches(self, words: tuple[Word, ...], cell: Cell) -> list[tuple[int, int]]:
        """While at least one of the state words holds; the last may have no end."""
        result, opened = [], None
        condition = Condition(tuple((Holds(word),) for word in words))
        for at in sorted({f.at for f in self.facts}):
            on = self.holds(condition, cell, at)
            if on and opened is None:
                opened = at
            elif not on and opened is not None:
                result.append((opened, at))
                opened = None
        return result + ([(opened, NEVER)] if opened is not None else [])

    # Scope, waivers, disputes, excuses

    def in_scope(self, opened: int, cell: Cell, excepted: bool = True) -> bool:
        live = self.named("go.live", 0, self.now, (cell[0], -1, 0))[0]
        inside = self.card.effective_from <= opened < self.until and opened >= live
        exceptions = self.card.exceptions if excepted else ()
        return inside and not any(self.holds(e.condition, cell, opened) for e in exceptions)

    def remissions(self, kind: str, cell: Cell, key: int) -> Iterator[FactRow]:
        for fact in self.facts:
            subject = fact.refs.get(self.card.subject, 0)
            if fact.kind == kind and fact.root == cell[0] and fact.key == self.card.clause:
                mine = self.card.subject == "client" or subject in (0, cell[1])
                if mine and fact.value in (0, key):
                    yield fact

    def waived(self, cell: Cell, key: int, at: int) -> bool:
        return any(fact.at <= at < end for fact, end, _back in self.waivers(cell, key))

    def waived_within(self, cell: Cell, key: int, first: int, last: int) -> bool:
        met = any(
            fact.at <= last and end > first and not back
            for fact, end, back in self.waivers(cell, key)
        )
        return met or self.waived(cell, key, first) or self.waived(cell, key, last)

    def waivers(self, cell: Cell, key: int) -> Iterator[tuple[FactRow, int, bool]]:
        facts = list(self.remissions(WAIVER, cell, key))
        for place, fact in enumerate(facts):
            later = [f for f in facts[place + 1 :] if f.value == fact.value][:1]
            end = (fact.day + 1) * DAY - ZONE if fact.day != NONE else NEVER
            back = any(f.state != "on" and f.at < end for f in later)
            if fact.state == "on":
                yield fact, min([end, *(f.at for f in later)]), back

    def disputed(self, cell: Cell, key: int, part: int = 0) -> str:
        told = list(self.remissions(DISPUTE, cell, key))
        mine = [f for f in told if f.refs.get("deadline", 0) in (0, part + 1)]
        return mine[-1].state if mine else ""

    def silent(self, cell: Cell, at: int) -> bool:
        if self.card.feed is None:
            return False
        facts = [f for f in self.of(self.card.feed, cell) if f.at <= at]
        return not facts or at > self.reach(facts[-1].at, self.card.feed_limit, cell)

    def waits(self, cell: Cell, at: int) -> bool:
        facts = [f for f in self.facts
                 if f.kind == "contact.waits" and f.root == cell[0] and f.at <= at]  # fmt: skip
        return bool(self.card.waits_for and facts and facts[-1].state == "on")

    # Dues

    def folded(self, closed: int, compute) -> tuple:
        """(due, more…, version): the oldest calendar, then each one recorded in time."""
        _, number, walk = self.walks[0]
        result = compute(walk)
        for recorded, later, walk in self.walks[1:]:
            if recorded < result[0] and recorded < closed:
                due, *others = compute(walk)
                told = next(m for m in range(recorded, recorded + 30 * DAY) if walk.works(m))
                floor = walk.day_end(walk.day_of(told))
                result, number = (max(due, min(result[0], floor)), *others), later
        return (*result, number)

    def predicted(self, walk: Walk, facts: list[FactRow], rule: tuple, cell: Cell) -> tuple:
        """(due, short notice) after every prediction in turn."""
        value, unit, side, pauses = rule
        due, short = None, False
        for fact in (f for f in facts if f.day != NONE):
            grace = self.value(GRACE, fact.recorded, cell)[0]
            floor = walk.due(fact.recorded, False, grace, "wd", "after", [])
            asked = walk.due(fact.day, True, value, unit, side, pauses)
            if due is None:
                limit = floor if side == "before" else asked
            else:
                limit = min(due, floor) if asked < due else asked
            due, short = max(asked, limit), asked < limit
        return due, short

    def opens(self, due: int, opened: int, cell: Cell) -> int:
        walk, days = self.walk(), self.value(HORIZON, opened, cell)[0]
        day = walk.add_workdays(walk.day_of(due), -days, [])
        return max(opened, walk.day_start(day))


def stood(row: dict, name: str, at: int) -> bool:
    """Whether a row was in a state at an instant; what ended as it did is not told again."""
    state, closed = row["state"].name.lower(), row["evidence_at"]
    if name == "breached":
        return any(stood(row, one, at) for one in ("overdue", "late", "violated"))
    if name in ("open", "overdue"):
        moves = state in ("open", "met", "overdue", "late")
        alive = row["opened"] <= at and (closed == NONE or at < closed)
        return moves and alive and (at > row["due"]) == (name == "overdue")
    return state == name and at >= (closed if name in ("met", "late") else row["opened"])


def clipped(pauses: Pauses, closed: int) -> Pauses:
    return [(p, min(q, closed)) for p, q in pauses if p < closed]


def row(**cells) -> dict:
    """A ledger row as the oracle tells it."""
    blank = {"part": 0, "flags": 0, "soft": NONE, "evidence_at": NONE, "need": 0, "done": 0,
             "parameter": 0, "calendar": 0}  # fmt: skip
    return {**blank, **cells}
