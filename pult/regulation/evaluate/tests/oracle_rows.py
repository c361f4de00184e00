"""Rows by the oracle: one function for each kind of card."""

from collections.abc import Iterator
from itertools import groupby

from pult.kernel.calendar.periods import first_day_of, period_of_day
from pult.regulation.evaluate.card import Amount, Deadline
from pult.regulation.evaluate.reads import DISPUTE, WAIVER, reads
from pult.regulation.evaluate.table import NEVER, NONE, Flag, State
from pult.regulation.evaluate.tests.oracle import Cell, Oracle, clipped, row
from pult.regulation.evaluate.tests.oracle_births import born, cell_of
from pult.regulation.evaluate.tests.walk import DAY, ZONE, Walk


def rows_of(oracle: Oracle) -> list[dict]:
    """Every row of the oracle's card with a mode above OFF."""
    kind = oracle.card.kind
    if kind == "cadence":
        made = waits(oracle) if oracle.card.cadence.gap else periods(oracle)
    elif kind in ("gate", "forbidden"):
        made = acts(oracle)
    else:
        made = obligations(oracle)
    return [found for found in made if found["mode"] > 0]


def obligations(oracle: Oracle) -> Iterator[dict]:
    for cell, key, trigger, opened, close, closer, predictions in born(oracle):
        if not oracle.in_scope(opened, cell):
            continue
        cancelled = oracle.first(oracle.card.cancels, cell, opened, trigger)
        if cancelled[0] < close:
            close, closer = cancelled[:2]
        start = opened
        for part, deadline in enumerate(oracle.card.deadlines):
            if deadline.anew:
                start = max(start, own_time(oracle, cell, opened, predictions, deadline))
            proof = oracle.first(oracle.card.evidence, cell, start, trigger)
            asked = (cell, key, trigger, opened, close, closer, predictions)
            found = judged(oracle, asked, deadline, proof, start if part else None, part)
            yield row(**{**found, "part": part})
            start = max(opened, found["due"] + 1)


def own_time(
    oracle: Oracle, cell: Cell, opened: int, predictions: list | None, deadline: Deadline
) -> int:
    """From when an act counts for a deadline that asks for it anew."""
    if deadline.side == "before":
        return opened
    if deadline.side == "after":
        days = [f.day for f in predictions or () if f.day != NONE] or [oracle.walk().day_of(opened)]
        return (days[-1] + 1) * DAY - ZONE
    rule = (0, deadline.amount.unit, "at", [])

    def due_by(walk: Walk) -> tuple[int, bool]:
        told = predictions is not None
        return oracle.predicted(walk, predictions, rule, cell) if told else (opened, False)

    due = oracle.folded(NEVER, due_by)[0]
    return oracle.walk().day_of(due) * DAY - ZONE


def judged(
    oracle: Oracle,
    asked: tuple,
    deadline: Deadline,
    proof: tuple,
    start: int | None,
    part: int = 0,
) -> dict:
    cell, key, trigger, opened, close, closer, predictions = asked
    now, closed = oracle.now, min(proof[0], close)
    stretches = oracle.stretches(oracle.card.pauses, cell)
    pauses = [p for p in clipped(stretches, closed) if p[1] < NEVER]

    def due_by(walk: Walk, amount: Amount) -> tuple[int, bool]:
        value, _ = oracle.value(amount, opened, cell)
        rule = (value, amount.unit, deadline.side, pauses)
        if predictions is not None:
            return oracle.predicted(walk, predictions, rule, cell)
        return walk.due(opened, False, *rule), False

    due, short, version = oracle.folded(closed, lambda walk: due_by(walk, deadline.amount))
    soft = NONE
    if deadline.soft is not None:
        soft = oracle.folded(closed, lambda walk: due_by(walk, deadline.soft))[0]
    held = deadline.side == "after" and closed == NEVER
    held = held and any(q == NEVER and p <= due for p, q in stretches)
    bound = NEVER if held else due
    opens = oracle.opens(due, opened, cell) if predictions is not None else opened
    opens = max(opens, start) if start is not None else opens
    proved = proof[0] < NEVER and proof[0] <= close
    ended = not proved and close < NEVER
    alive = not proved and not ended
    if proved:
        state = State.MET if proof[0] <= bound else State.LATE
    elif ended:
        state = State.VOID if close <= bound else State.OVERDUE
    elif now > bound:
        state = State.OVERDUE
    else:
        state = State.FORECAST if now < opens else State.OPEN
    flags = set()
    if ended and state == State.OVERDUE:
        flags.add(Flag.CLOSED)
    if state == State.MET and proof[2] > due and not held:
        flags.add(Flag.LOGGED_LATE)
    if short:
        flags.add(Flag.SHORT_NOTICE)
    if held and alive:
        flags.add(Flag.PAUSED)
    silent = (alive or state == State.LATE) and oracle.silent(cell, now if alive else due)
    waits = alive and oracle.waits(cell, now)
    flags |= ({Flag.NO_DATA} if silent else set()) | ({Flag.WAITS_CLIENT} if waits else set())
    if alive and state == State.OVERDUE and (silent or waits):
        state = State.OPEN
    when = proof[0] if state == State.LATE else due if ended else now
    dispute = oracle.disputed(cell, key, part)
    pardoned = oracle.waived(cell, key, when) or dispute == "upheld"
    pardoned = pardoned and state not in (State.MET, State.VOID)
    if dispute == "open":
        flags.add(Flag.DISPUTED)
    if alive and not pardoned and not held and state == State.OPEN and deadline.warn_percent:
        share, _ = oracle.value(deadline.warn_percent, opened, cell)
        walk = oracle.walk()
        stops = pauses if deadline.side == "after" else []
        whole = sum(
            walk.works(minute) and not any(p <= minute < q for p, q in stops)
            for minute in range(opened, due)
        )
        if walk.add(opened, -(-whole * share // 100), stops) <= now:
            flags.add(Flag.WARNED)
    return {
        "root": cell[0], "subject": cell[1], "key": key, "trigger": trigger, "opened": opened,
        "state": State.WAIVED if pardoned else state, "flags": sum(flags), "due": due,
        "soft": soft, "evidence": proof[1] if proved else closer if ended else 0,
        "evidence_at": proof[0] if proved else close if ended else NONE,
        "parameter": oracle.value(deadline.amount, opened, cell)[1], "calendar": version,
        "mode": oracle.mode(min(now, due), cell),
    }  # fmt: skip


def acts(oracle: Oracle) -> Iterator[dict]:
    card = oracle.card
    word = card.gate.acts if card.gate else card.forbidden.act
    for fact in oracle.facts:
        cell = cell_of(oracle, fact)
        role = not card.forbidden or fact.role == card.forbidden.role
        if not oracle.says(fact, word) or not cell[1] or not role:
            continue
        if not oracle.in_scope(fact.at, cell, excepted=card.forbidden is not None):
            continue
        free = card.gate is not None and (
            all(oracle.holds(need.condition, cell, fact.at) for need in card.gate.requires)
            or any(oracle.holds(e.condition, cell, fact.at) for e in card.exceptions)
        )
        dispute = oracle.disputed(cell, fact.id)
        waived = oracle.waived(cell, fact.id, fact.at) or dispute == "upheld"
        yield row(
            root=cell[0], subject=cell[1], key=fact.id, trigger=fact.id, opened=fact.at,
            due=fact.at, evidence=0, mode=oracle.mode(fact.at, cell),
            state=State.ALLOWED if free else State.WAIVED if waived else State.VIOLATED,
            flags=int(Flag.DISPUTED) if dispute == "open" else 0, calendar=oracle.walks[-1][1],
        )  # fmt: skip


def subjects(oracle: Oracle) -> list[Cell]:
    kinds = reads(oracle.card) - {WAIVER, DISPUTE}
    named = {cell_of(oracle, f)[:2] for f in oracle.facts if f.kind in kinds}
    return [(root, subject, 0) for root, subject in sorted(named) if subject]


def active(oracle: Oracle, cell: Cell, at: int) -> bool:
    return oracle.holds(oracle.card.active, cell, at) and not any(
        oracle.holds(e.condition, cell, at) for e in oracle.card.exceptions
    )


def moments(oracle: Oracle, cell: Cell) -> list[int]:
    """Instants at which anything may change, ages running out included."""
    result = {f.at for f in oracle.facts}
    for group in oracle.card.active.any_of:
        for hold in group:
            if hold.within:
                facts = oracle.of(hold.word, cell)
                result |= {oracle.reach(f.at, hold.within, cell) + 1 for f in facts}
    return sorted(t for t in result if t <= oracle.now)


def periods(oracle: Oracle) -> Iterator[dict]:
    cadence, now = oracle.card.cadence, oracle.now
    live = {root: oracle.named("go.live", 0, now, (root, -1, 0))[0] for root in (1, 2)}
    for cell in subjects(oracle):
        changes = moments(oracle, cell)
        asked = [t for t in changes if active(oracle, cell, t)]
        if not asked:
            continue
        first = oracle.walk().day_of(asked[0])
        days = range(first - 31, oracle.walk().day_of(now) + 1)
        numbers = sorted({period_of_day(day, cadence.period) for day in days})
        for number in numbers:
            begins, ends = (first_day_of(n, cadence.period) for n in (number, number + 1))
            start, end = begins * DAY - ZONE, ends * DAY - ZONE
            in_force = oracle.card.effective_from <= start < oracle.until
            if start <= now and start >= live[cell[0]] and in_force:
                yield from period(oracle, cell, changes, (number, begins, ends, start, end))


def period(oracle: Oracle, cell: Cell, changes: list[int], which: tuple) -> Iterator[dict]:
    number, begins, ends, start, end = which
    card, now, cadence = oracle.card, oracle.now, oracle.card.cadence
    times, source = oracle.value(cadence.times, start, cell)

    def open_day(walk: Walk, day: int) -> bool:
        if not walk.is_workday(day):
            return False
        a, b = walk.day_start(day), walk.day_end(day)
        pauses = oracle.stretches(card.pauses, cell)
        points = [a, *(t for t in changes if a < t < b)]
        return all(active(oracle, cell, t) for t in points) and not any(
            p < b and a < q for p, q in pauses
        )

    def compute(walk: Walk) -> tuple[int, int]:
        last = ends - 1
        if cadence.by:
            last = min(begins + oracle.value(cadence.by, start, cell)[0] - 1, last)
        usual = sum((day + 3) % 7 < 5 for day in range(begins, ends))
        days = sum(open_day(walk, day) for day in range(begins, ends))
        return walk.day_end(last), min(times, -(-times * days // max(usual, 1)))

    due, need, version = oracle.folded(NEVER, compute)
    if need <= 0 or not active(oracle, cell, min(due, now)):
        return
    done = [f for f in oracle.of(cadence.act, cell)
            if oracle.says(f, cadence.act) and start <= f.at < end]  # fmt: skip
    judged_at, over = min(due, now), now >= end
    enough = len(done) >= need
    last = done[need - 1] if enough else None
    if enough:
        state = State.MET if last.at <= due else State.LATE
    else:
        state = State.OVERDUE if now > due else State.OPEN
    flags = set()
    if state == State.MET and max(f.recorded for f in done[:need]) > due:
        flags.add(Flag.LOGGED_LATE)
    paused = any(p <= now < q for p, q in oracle.stretches(card.pauses, cell))
    if state == State.OPEN and paused:
        flags.add(Flag.PAUSED)
    pending = not enough
    silent, waits = oracle.silent(cell, judged_at), oracle.waits(cell, judged_at)
    flags |= {Flag.NO_DATA} if pending and silent else set()
    flags |= {Flag.WAITS_CLIENT} if pending and waits else set()
    if state == State.OVERDUE and over:
        flags.add(Flag.CLOSED)
    if state == State.OVERDUE and (silent or waits):
        state = State.WAIVED if over else State.OPEN
    dispute = oracle.disputed(cell, number)
    waived = oracle.waived_within(cell, number, judged_at, max(judged_at, min(now, end - 1)))
    if state != State.MET and (waived or dispute == "upheld"):
        state = State.WAIVED
    if state == State.WAIVED:
        flags.discard(Flag.CLOSED)
    if dispute == "open":
        flags.add(Flag.DISPUTED)
    yield row(
        root=cell[0], subject=cell[1], key=number, trigger=0, opened=start, due=due, state=state,
        flags=sum(flags), evidence=last.id if last else 0, evidence_at=last.at if last else NONE,
        need=need, done=len(done), parameter=source, calendar=version,
        mode=oracle.mode(judged_at, cell),
    )  # fmt: skip


def waits(oracle: Oracle) -> Iterator[dict]:
    act = oracle.card.cadence.act
    for cell in subjects(oracle):
        live = oracle.named("go.live", 0, oracle.now, (cell[0], -1, 0))[0]
        points = [(t, active(oracle, cell, t)) for t in moments(oracle, cell)]
        runs = [(on, [t for t, _ in group]) for on, group in groupby(points, key=lambda x: x[1])]
        for place, (on, run) in enumerate(runs):
            end = runs[place + 1][1][0] if place + 1 < len(runs) else NEVER
            start = max(run[0], live)
            if not on or start >= end or start > oracle.now:
                continue
            facts = [f for f in oracle.of(act, cell) if oracle.says(f, act) and start < f.at < end]
            bases = [(start, -start, 0), *((f.at, f.id, f.id) for f in facts)]
            for nth, (opened, key, trigger) in enumerate(bases):
                following = facts[nth] if nth < len(facts) else None
                proof = (NEVER, 0, 0)
                if following:
                    proof = (following.at, following.id, following.recorded)
                close = NEVER if following else end
                asked = (cell, key, trigger, opened, close, 0, None)
                deadline = Deadline(oracle.card.cadence.gap, "after")
                found = judged(oracle, asked, deadline, proof, None)
                closed = found["evidence_at"] != NONE
                quiet = found["state"] in (State.MET, State.VOID)
                if not quiet and not (found["state"] == State.WAIVED and closed):
                    yield row(**found)
