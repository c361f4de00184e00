"""A row of examples becomes a history: facts, parameter values and the instant it is judged at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pult.regulation.evaluate.card import Card, Example, Holds
from pult.regulation.evaluate.table import NONE, FactRow, ParameterValue
from pult.regulation.language.examples.cells import NOON, Item, Moment, read_cell, read_moment
from pult.regulation.language.examples.table import read_column
from pult.regulation.language.parameters import Parameter
from pult.regulation.language.vocabulary import Fact, Vocabulary

LONG_AGO = 60 * 24 * 60  # minutes: what a table leaves undated began sixty days before it
CLIENT = 1
EPOCH = date(1970, 1, 1).toordinal()


class History(NamedTuple):
    """Facts and values of one example; `period` is a day inside the period it asks about."""

    facts: tuple[FactRow, ...]
    values: tuple[ParameterValue, ...]
    now: int
    period: int
    subject: int


class Cells(NamedTuple):
    """An example's cells as read."""

    facts: list[tuple[Fact, Item]]
    named: set[str]
    waivers: list[Item]
    values: list[tuple[str, int]]
    now: Moment | None
    period: Moment | None


def history(
    card: Card,
    lower: Sequence[Card],
    example: Example,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    zone: ZoneInfo,
) -> History:
    """The history an example tells. What a table leaves out is as usual: the card is in force."""
    cells = _cells(example, vocabulary, parameters)
    began = _earliest(cells, zone) - LONG_AGO
    told = [
        row
        for fact, item in cells.facts
        for row in _rows(fact, item, began, zone, card, vocabulary)
    ]
    told += [
        row
        for fact in _usual((card, *lower), vocabulary)
        if fact.key not in cells.named
        for row in _rows(fact, Item(None), began, zone, card, vocabulary)
    ]
    told += [_waiver(card, item, began, zone, vocabulary) for item in cells.waivers]
    now = cells.now.minute(zone) if cells.now else max(row.at for row in told) + 1
    values = [ParameterValue(n, name, v, 0, 0) for n, (name, v) in enumerate(cells.values, 1)]
    act = card.cadence.act.text if card.cadence else ""
    acts = [item.start for fact, item in cells.facts if fact.key == act and item.start]
    period = cells.period or (min(acts) if acts else None)
    subject = CLIENT if card.subject == "client" else _ref(card.subject, 1, vocabulary)
    return History(
        tuple(_numbered(told)),
        tuple(values),
        now,
        period.minute(zone) if period else now,
        subject,
    )


def _cells(example: Example, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> Cells:
    cells = Cells([], set(), [], [], None, None)
    for heading, text in example.cells.items():
        column = read_column(heading, vocabulary, parameters)
        match column.kind:
            case "now":
                cells = cells._replace(now=read_moment(text))
            case "period":
                cells = cells._replace(period=read_moment(text))
            case "parameter":
                cells.values.append((column.key, int(text)))
            case "waiver":
                cells.waivers.extend(read_cell(text, vocabulary))
            case "fact":
                cells.named.add(column.key)
                fact = vocabulary.facts[column.key]
                cells.facts.extend((fact, item) for item in read_cell(text, vocabulary))
    return cells


def _earliest(cells: Cells, zone: ZoneInfo) -> int:
    moments = [cells.now, cells.period]
    for item in (*(item for _, item in cells.facts), *cells.waivers):
        moments += [item.start, item.known, item.recorded]
    return min((moment.minute(zone) for moment in moments if moment), default=2 * LONG_AGO)


def _rows(
    fact: Fact, item: Item, began: int, zone: ZoneInfo, card: Card, vocabulary: Vocabulary
) -> Iterator[FactRow]:
    """The facts of one entry, ids and voids still to be given (a void follows its fact)."""
    at, day, key = _instant(fact, item, began, zone), NONE, ""
    if item.start and fact.shape in ("date", "measure"):
        day = item.start.day.toordinal() - EPOCH
    if fact.shape == "date":
        key = str(item.number)
    row = FactRow(
        id=0,
        kind=fact.kinds[0],
        root=CLIENT if fact.root == "client" else 0,
        at=at,
        recorded=item.recorded.minute(zone) if item.recorded else at,
        refs=_refs(fact, item.number, card, vocabulary),
        key=key,
        day=day,
        state=fact.states[0] if fact.states else "",
        value=item.value or 0,
        role=item.role or fact.role,
    )
    yield row
    if item.voided:
        voided = item.voided.minute(zone)
        yield row._replace(at=voided, recorded=voided, voids=-1)
    if item.until and fact.shape == "state":
        end = item.until.end(zone)
        yield row._replace(at=end, recorded=end, state=fact.ends)


def _instant(fact: Fact, item: Item, began: int, zone: ZoneInfo) -> int:
    if fact.shape == "date":
        return item.known.minute(zone) if item.known else began
    if item.start is None:
        return began
    if fact.shape == "measure":
        return item.start.end(zone) - 1
    return item.start.minute(zone, time(0) if fact.shape == "state" else NOON)


def _refs(fact: Fact, number: int, card: Card, vocabulary: Vocabulary) -> dict[str, int]:
    numbered = _numbered_type(fact, card)
    refs = {
        type_: _ref(type_, number if type_ == numbered else 1, vocabulary) for type_ in fact.refs
    }
    return {"client": CLIENT, **refs} if fact.root == "client" else refs


def _numbered_type(fact: Fact, card: Card) -> str:
    """What `#2` counts: the correlated thing, the counted children, else the card's subject."""
    children = [hold.word.level for hold in _holds(card) if hold.quantifier and hold.word]
    for type_ in (card.each, *children, *(() if fact.shape == "date" else (card.subject,))):
        if type_ in fact.refs:
            return type_
    return ""


def _usual(cards: Sequence[Card], vocabulary: Vocabulary) -> list[Fact]:
    """The facts that keep cards in force: an example that says nothing of them means them."""
    found: dict[str, Fact] = {}
    for card in cards:
        for group in card.active.any_of[:1] if card.active else ():
            for hold in group:
                if hold.word and not hold.negated and not hold.within:
                    found[hold.word.text] = vocabulary.facts[hold.word.text]
    return list(found.values())


def _holds(card: Card) -> list[Holds]:
    conditions = [card.evidence, card.cancels, card.active]
    conditions += [requirement.condition for requirement in card.gate.requires] if card.gate else []
    return [hold for each in conditions if each for group in each.any_of for hold in group]


def _waiver(card: Card, item: Item, began: int, zone: ZoneInfo, vocabulary: Vocabulary) -> FactRow:
    at = item.start.minute(zone) if item.start else began
    ids = {card.subject: CLIENT if card.subject == "client" else _ref(card.subject, 1, vocabulary)}
    return FactRow(
        id=0,
        kind="waiver.granted",
        root=CLIENT,
        at=at,
        recorded=at,
        refs={"client": CLIENT, **ids},
        key=card.clause,
        day=item.until.day.toordinal() - EPOCH if item.until else NONE,
        state="on",
        role=item.role or (card.waivers[0] if card.waivers else ""),
    )


def _numbered(rows: Sequence[FactRow]) -> Iterator[FactRow]:
    numbers = count(1)
    last = 0
    for row in rows:
        number = next(numbers)
        yield row._replace(id=number, voids=last if row.voids else 0)
        last = number


def _ref(type_: str, number: int, vocabulary: Vocabulary) -> int:
    return 100 * (list(vocabulary.subjects).index(type_) + 1) + number
