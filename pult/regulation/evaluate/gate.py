"""Gates and forbidden acts: the audit of what was done, and the decision before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pult.regulation.evaluate import codes
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Card, Word
from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.columns import EMPTY, Index
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.lower import Lower
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.rows import NO_ROWS, Outcome, asked_for, ids_at, ledger_rows
from pult.regulation.evaluate.scope import in_force
from pult.regulation.evaluate.table import Facts, Ints, Mode
from pult.regulation.evaluate.triggers import Born, by_fact
from pult.regulation.evaluate.waivers import remissions


@dataclass(frozen=True)
class Decision:
    """Whether an act may be done now: the texts of what is missing, the label of the exception that
    lifted the gate, the id of the waiver that did, and how loud the clause is."""

    allowed: bool
    missing: tuple[str, ...] = ()
    exception: str = ""
    waiver: int = 0
    mode: Mode = Mode.SHADOW


def gates(reader: Reader, until: int) -> Outcome:
    """A row for each act the gate guards: ALLOWED, WAIVED or VIOLATED, by what was true then."""
    gate = reader.card.gate
    assert gate is not None
    rows = in_force(reader, by_fact(reader, gate.acts), until, excepted=False)
    if not len(rows):
        return Outcome(NO_ROWS, EMPTY, EMPTY)
    allowed = np.ones(len(rows), bool)
    for requirement in gate.requires:
        allowed &= reader.holds(requirement.condition, rows.cells, rows.opened)
    for exception in reader.card.exceptions:
        allowed |= reader.holds(exception.condition, rows.cells, rows.opened)
    return _audited(reader, rows, allowed)


def forbidden_acts(reader: Reader, until: int) -> Outcome:
    """A VIOLATED row for each act done in the forbidden role, WAIVED under a waiver."""
    rows = in_force(reader, by_fact(reader, _act(reader.card)), until)
    if not len(rows):
        return Outcome(NO_ROWS, EMPTY, EMPTY)
    return _audited(reader, rows, np.zeros(len(rows), bool))


def _act(card: Card) -> Word:
    assert card.forbidden is not None
    return replace(card.forbidden.act, role=card.forbidden.role)


def _audited(reader: Reader, rows: Born, allowed: np.ndarray) -> Outcome:
    pardons = remissions(reader, rows.cells, rows.key)
    waived = pardons.waived(rows.opened) | pardons.upheld
    state = np.where(allowed, codes.ALLOWED, np.where(waived, codes.WAIVED, codes.VIOLATED))
    mode = reader.parameters.mode(reader.card.clause, rows.opened, rows.cells.root)
    ids = ids_at(reader.index.facts.id, rows.place)
    result = ledger_rows(
        rows.cells,
        rows.key,
        state=state,
        flags=np.where(pardons.disputed, codes.DISPUTED, 0),
        mode=mode,
        trigger=ids,
        opened=rows.opened,
        due=rows.opened,
        calendar=_version(reader, rows.cells.root),
    )
    return Outcome(asked_for(result, mode), EMPTY, EMPTY)


def _version(reader: Reader, root: Ints) -> Ints:
    """The number of each root's newest calendar."""
    numbers = np.zeros(len(root), np.int64)
    for rows, versions in reader.calendars.parts(root):
        numbers[rows] = versions[-1].number
    return numbers


@dataclass(frozen=True)
class Ask:
    """An act about to be done: the subject, its client, the correlated ref and the acting role."""

    root: int
    subject: int
    each: int = 0
    role: str = ""


def decide(
    card: Card,
    facts: Facts | Index,
    ask: Ask,
    *,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
    cards: Sequence[Card] = (),
) -> Decision:
    """Whether `ask` may be done now by a gate or forbidden card in force.

    `facts` are the root's (see `reads`); `cards` are needed when the card reads other clauses.
    Before go-live everything is allowed. The caller heeds `mode`: a shadow gate refuses nobody.
    """
    index = facts if isinstance(facts, Index) else Index(facts, now)
    reader = Reader(index, card, parameters.known(now), calendars.known(now), now, {})
    if cards:
        reader = replace(reader, lower=_lower(cards, index, reader))
    one = Cells(*(np.array([value], np.int64) for value in (ask.root, ask.subject, ask.each)))
    at = np.array([now], np.int64)
    mode = Mode(int(reader.parameters.mode(card.clause, at, one.root)[0]))
    if mode == Mode.OFF or now < int(reader.parameters.go_live(now, one.root)[0]):
        return Decision(True, mode=mode)
    missing = _missing(reader, ask, one, at)
    if not missing:
        return Decision(True, mode=mode)
    for exception in card.exceptions:
        if reader.holds(exception.condition, one, at)[0]:
            return Decision(True, exception=exception.label, mode=mode)
    waiver = _waiver(reader, one, at)
    return Decision(bool(waiver), () if waiver else missing, waiver=waiver, mode=mode)


def _missing(reader: Reader, ask: Ask, one: Cells, at: Ints) -> tuple[str, ...]:
    card = reader.card
    if card.forbidden is not None:
        return (card.wording or card.title,) if ask.role == card.forbidden.role else ()
    assert card.gate is not None
    return tuple(
        requirement.text
        for requirement in card.gate.requires
        if not reader.holds(requirement.condition, one, at)[0]
    )


def _waiver(reader: Reader, one: Cells, at: Ints) -> int:
    """The id of a waiver of the whole clause for this subject, 0 if none."""
    pardons = remissions(reader, one, np.array([-1], np.int64))
    covering = ((pardons.start <= at[0]) & (at[0] < pardons.end)).nonzero()[0]
    if not len(covering):
        return 0
    return int(reader.index.facts.id[pardons.place[covering[-1]]])


def _lower(cards: Sequence[Card], index: Index, reader: Reader) -> Mapping[str, Lower]:
    from pult.regulation.evaluate.run import lower_rows

    return lower_rows(reader.card, cards, index, reader.parameters, reader.calendars)
