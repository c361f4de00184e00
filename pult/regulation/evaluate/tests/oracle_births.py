"""What the oracle finds asked for: one function for each way a trigger is told."""

from collections.abc import Iterator

from pult.regulation.evaluate.build import stable_key
from pult.regulation.evaluate.table import NEVER, NONE, FactRow
from pult.regulation.evaluate.tests.oracle import Cell, Oracle

MIX, WORD = 0x2545F4914F6CDD1D, 2**63 - 1

# (cell, key, trigger's id, opened, close, closer's id, predictions)
Birth = tuple[Cell, int, int, int, int, int, list[FactRow] | None]


def born(oracle: Oracle) -> Iterator[Birth]:
    """Every row the card's trigger, or its monitor, asks for by now."""
    trigger = oracle.card.trigger
    if oracle.card.monitor:
        return crossings(oracle)
    if trigger.clause:
        return from_below(oracle)
    if trigger.missing:
        return absences(oracle)
    return predicted(oracle) if trigger.word.shape == "date" else told(oracle)


def cell_of(oracle: Oracle, fact: FactRow) -> Cell:
    subject = fact.refs.get(oracle.card.subject, 0)
    return (fact.root, subject, fact.refs.get(oracle.card.each, 0) if oracle.card.each else 0)


def plain(cell: Cell, key: int, fact: int, opened: int) -> Birth:
    return (cell, key, fact, opened, NEVER, 0, None)


def named(oracle: Oracle, kinds: tuple[str, ...]) -> list[FactRow]:
    """Facts of the kinds that name the card's subject, and the ref it is asked for each of."""
    facts = [f for f in oracle.facts if f.kind in kinds and cell_of(oracle, f)[1]]
    return [f for f in facts if not oracle.card.each or f.refs.get(oracle.card.each)]


def told(oracle: Oracle) -> Iterator[Birth]:
    word = oracle.card.trigger.word
    for fact in named(oracle, word.kinds):
        if oracle.says(fact, word):
            yield plain(cell_of(oracle, fact), fact.id, fact.id, fact.at)


def predicted(oracle: Oracle) -> Iterator[Birth]:
    facts = named(oracle, oracle.card.trigger.word.kinds)
    for subject in sorted({cell_of(oracle, f)[1] for f in facts}):
        mine = [f for f in facts if cell_of(oracle, f)[1] == subject]
        keys = {key: [f for f in mine if f.key == key] for key in {f.key for f in mine}}
        starts = sorted((fs[0].at, fs[0].id) for fs in keys.values())
        for key, fs in keys.items():
            if all(f.day == NONE for f in fs):
                continue
            later = [s for s in starts if s[0] > fs[0].at]
            close, closer = later[0] if later and not oracle.card.trigger.parallel else (NEVER, 0)
            if fs[-1].day == NONE and fs[-1].at < close:
                close, closer = fs[-1].at, fs[-1].id
            cell, first = cell_of(oracle, fs[0]), fs[0]
            yield cell, stable_key(key), first.id, first.at, close, closer, fs


def absences(oracle: Oracle) -> Iterator[Birth]:
    """While `since` holds: from its beginning, at the age of the last fact by then if there is one,
    and anew from every fact inside."""
    trigger = oracle.card.trigger
    facts = named(oracle, trigger.missing.kinds)
    for subject in sorted(
        {f.refs[oracle.card.subject] for f in named(oracle, trigger.since.kinds)}
    ):
        had = [f for f in facts if f.refs[oracle.card.subject] == subject]
        for opener, end in stretches(oracle, subject):
            before = [f for f in had if f.at <= opener.at]
            inside = [f for f in had if opener.at < f.at < end]
            bases = [(opener, before[-1].at if before else opener.at)]
            bases += [(fact, fact.at) for fact in inside]
            for nth, (base, counted) in enumerate(bases):
                cell = cell_of(oracle, base)
                at = max(oracle.reach(counted, trigger.older_than, cell) + 1, base.at)
                until = bases[nth + 1][0].at if nth + 1 < len(bases) else end
                if at <= oracle.now and at < until:
                    yield plain(cell, base.id, base.id, at)


def stretches(oracle: Oracle, subject: int) -> Iterator[tuple[FactRow, int]]:
    """(the fact that opened it, its end) of every stretch in which `since` holds."""
    word, opener = oracle.card.trigger.since, None
    for fact in named(oracle, word.kinds):
        if fact.refs[oracle.card.subject] != subject:
            continue
        if oracle.says(fact, word):
            opener = opener or fact
        elif opener:
            yield opener, fact.at
            opener = None
    if opener:
        yield opener, NEVER


def from_below(oracle: Oracle) -> Iterator[Birth]:
    """A row for each row of the clause below that came into one of the states."""
    trigger = oracle.card.trigger
    type_, rows = oracle.lower[trigger.clause]
    ids = {fact.id for fact in oracle.facts}
    for row in rows:
        state = row["state"].name.lower()
        if state not in trigger.clause_states:
            continue
        missed = state == "overdue" or (state == "late" and "overdue" in trigger.clause_states)
        at = row["evidence_at"] if state in ("met", "late") else row["opened"]
        subject = row["subject"] if type_ == oracle.card.subject else row["root"]
        key = (row["key"] + row["part"] * MIX) & WORD
        fact = row["trigger"] if row["trigger"] in ids else 0
        yield plain((row["root"], subject, 0), key, fact, row["due"] + 1 if missed else at)


def crossings(oracle: Oracle) -> Iterator[Birth]:
    """The first of days in a row on which the measure lay beyond its plan."""
    monitor = oracle.card.monitor
    measured, planned = (newest(oracle, word.kinds) for word in (monitor.measured, monitor.plan))
    before: dict[tuple[int, int], bool] = {}
    for subject, key, day in sorted(measured.keys() & planned.keys()):
        value, plan = measured[subject, key, day], planned[subject, key, day]
        last = plan if plan.at > value.at else value
        cell = (last.root, subject, 0)
        share, _ = oracle.value(monitor.tolerance, last.at, cell)
        above = value.value * 100 > plan.value * (100 + share)
        below = value.value * 100 < plan.value * (100 - share)
        beyond = {"above": above, "below": below, "both": above or below}[monitor.side]
        if beyond and not before.get((subject, key)):
            yield plain(cell, (key ^ (day * MIX)) & WORD, last.id, last.at)
        before[subject, key] = beyond


def newest(oracle: Oracle, kinds: tuple[str, ...]) -> dict[tuple[int, int, int], FactRow]:
    """By subject, key and day the last value told."""
    facts = [f for f in oracle.facts if f.kind in kinds and oracle.card.subject in f.refs]
    return {(f.refs[oracle.card.subject], stable_key(f.key), f.day): f for f in facts}
