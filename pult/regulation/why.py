"""Why this date? A row's deadline counted again, with the people and papers behind each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils.translation import get_language

from pult.kernel import clock
from pult.kernel.calendar import day_date
from pult.kernel.errors import NotVisible
from pult.kernel.facts import kinds
from pult.kernel.models import Fact
from pult.regulation import registry
from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.card import Amount, Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.explanation import CountedDay, Explanation
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.whatif import with_value
from pult.regulation.evaluate.why import explain
from pult.regulation.index import parts
from pult.regulation.labels import wording_of
from pult.regulation.models import CalendarVersion, CardEdition, ParameterValue
from pult.regulation.pack_text import shipped_pack
from pult.regulation.queries.rows import LedgerRow, Step, moment, obligation, steps
from pult.regulation.reading import facts_of


@dataclass(frozen=True)
class Cited:
    """A fact on which the date rests: what it is called, when it happened and was written down."""

    id: int
    label: str
    at: datetime
    recorded_at: datetime
    actor: str
    day: date | None


@dataclass(frozen=True)
class Signed:
    """Where a number comes from: a signed value, or the card itself (`since` empty)."""

    name: str
    value: int
    unit: str
    side: str
    since: date | None
    author: str
    reason: str


@dataclass(frozen=True)
class Day:
    """A day on the way. `kind` work | off | short; `reason` a key of `kernel.calendar.reasons`;
    `name` the holiday; `minutes` counted when the deadline is in hours."""

    date: date
    kind: str
    reason: str
    name: str
    moved: date | None
    counted: bool
    paused: bool
    minutes: int


@dataclass(frozen=True)
class Forecast:
    """A predicted day and the deadline it gave; `short` when a working day of grace was added."""

    fact: Cited | None
    recorded_at: datetime
    day: date
    due: datetime
    short: bool


@dataclass(frozen=True)
class Version:
    """The deadline by one version of the calendar, and why that version was made."""

    number: int
    due: datetime
    reason: str


@dataclass(frozen=True)
class Why:
    """Everything the panel shows. `sentence` is the card read aloud, `wording` its text."""

    row: LedgerRow
    sentence: str
    wording: str
    edition: CardEdition | None
    trigger: Cited | None
    evidence: Cited | None
    number: Signed
    days: tuple[Day, ...]
    pauses: tuple[tuple[datetime, datetime], ...]
    forecasts: tuple[Forecast, ...]
    calendars: tuple[Version, ...]
    due: datetime
    steps: tuple[Step, ...]


def why(obligation_id: int) -> Why:
    """The explanation of a row as it stands now; NotVisible when the row is no more."""
    row = obligation(obligation_id)
    card, found, values = _explained(row)
    prediction_facts = [prediction.fact for prediction in found.predictions]
    facts = _cited({found.trigger, row.evidence_fact, *prediction_facts})
    return Why(
        row=row,
        sentence=sentence(card, values),
        wording=wording_of(card),
        edition=CardEdition.objects.select_related("signed_by").filter(pk=card.edition_id).first(),
        trigger=facts.get(found.trigger),
        evidence=facts.get(row.evidence_fact),
        number=_signed(found),
        days=tuple(_day(day) for day in found.days),
        pauses=tuple(
            (clock.from_minute(start), clock.from_minute(end)) for start, end in found.pauses
        ),
        forecasts=tuple(
            Forecast(
                fact=facts.get(step.fact),
                recorded_at=clock.from_minute(step.recorded),
                day=day_date(step.day),
                due=clock.from_minute(step.due),
                short=step.short,
            )
            for step in found.predictions
        ),
        calendars=_versions(found),
        due=clock.from_minute(found.due),
        steps=tuple(steps(row)),
    )


def sentence(card: Card, values: Mapping[Amount, int]) -> str:
    """The card as one plain sentence in the active language, with these numbers in it."""
    from pult.regulation.language.reading import reading

    language = "ru" if _is_russian() else "en"
    for amount, value in values.items():
        card = with_value(card, amount, value)
    return reading(card, shipped_pack().vocabulary, language)


def _explained(row: LedgerRow) -> tuple[Card, Explanation, dict[Amount, int]]:
    regulation = registry.current()
    cells = regulation.needed_for([row.clause])
    cards = regulation.cards_of(cells)
    kinds_read = regulation.kinds_of(cells)
    facts = facts_of(row.root_id, kinds_read, regulation.agency_kinds_of(cells))
    now = clock.to_minute(clock.now())
    index = Index(facts, now)
    parameters = regulation.parameters(cells, [row.root_id])
    rows = evaluate(cards, index, parameters, regulation.calendars, now).rows
    found = _same(rows, cards, row)
    if found is None:
        raise NotVisible("")
    card = cards[int(found["card"])]
    told = explain(found, card, index, parameters, regulation.calendars, now)
    return card, told, _numbers(found, card, parameters.known(now))


def _numbers(row: np.void, card: Card, parameters: Parameters) -> dict[Amount, int]:
    """The named numbers of a card as they are in force for this row, where another was signed."""
    at, subject, root = (np.array([row[name]], np.int64) for name in ("opened", "subject", "root"))
    found = {}
    for amount in parts(card):
        if isinstance(amount, Amount) and amount.name:
            value = int(parameters.amount(amount, at, card.subject, subject, root)[0][0])
            if value != amount.value:
                found[amount] = value
    return found


def _same(rows: np.ndarray, cards: Sequence[Card], row: LedgerRow) -> np.void | None:
    places = [place for place, card in enumerate(cards) if card.clause == row.clause]
    same = np.isin(rows["card"], places) & (rows["subject"] == row.subject_id)
    same &= (rows["key"] == row.row_key) & (rows["part"] == row.part)
    found = rows[same]
    return found[0] if len(found) else None


def _cited(ids: set[int]) -> dict[int, Cited]:
    names = kinds()
    language = get_language() or "ru"
    rows = Fact.objects.filter(pk__in=ids - {0}).select_related("actor")
    return {
        fact.pk: Cited(
            id=fact.pk,
            label=names[fact.kind].label(language) if fact.kind in names else fact.kind,
            at=fact.valid_at,
            recorded_at=fact.recorded_at,
            actor=str(fact.actor) if fact.actor else "",
            day=fact.day,
        )
        for fact in rows
    }


def _signed(found: Explanation) -> Signed:
    said = ParameterValue.objects.select_related("author").filter(pk=found.parameter_id)
    row = said.first() if found.parameter_id else None
    return Signed(
        name=found.parameter,
        value=found.amount,
        unit=found.unit,
        side=found.side,
        since=row.effective_from if row else None,
        author=str(row.author) if row and row.author else "",
        reason=row.reason if row else "",
    )


def _day(day: CountedDay) -> Day:
    record = day.day
    return Day(
        date=record.date,
        kind=record.kind,
        reason=record.reason.key,
        name=record.reason.name("ru" if _is_russian() else "en"),
        moved=record.reason.moved,
        counted=day.counted,
        paused=day.paused,
        minutes=day.minutes,
    )


def _versions(found: Explanation) -> tuple[Version, ...]:
    numbers = [step.version for step in found.calendars]
    rows = CalendarVersion.objects.filter(number__in=numbers) if any(numbers) else ()
    reasons = {row.number: row.reason for row in rows}
    return tuple(
        Version(step.version, due, reasons.get(step.version, ""))
        for step in found.calendars
        if (due := moment(step.due))
    )


def _is_russian() -> bool:
    return (get_language() or "ru").startswith("ru")
