"""A small regulation in the database, facts told in a few words, and the truth to compare with."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel import clock
from pult.kernel.calendar import day_index
from pult.kernel.facts import acting
from pult.kernel.facts.acting import remember
from pult.kernel.models import Fact
from pult.regulation import editions, registry, stamp
from pult.regulation.difference import IDENTITY, VALUES, Identity, Values, wanted_rows
from pult.regulation.evaluate import build_facts, evaluate
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import NONE, FactRow, Mode
from pult.regulation.models import ClauseMode, Obligation, ParameterValue
from pult.regulation.parameters import sign_parameter

MOSCOW = ZoneInfo("Europe/Moscow")


def install(*cards: Card, mode: Mode = Mode.VISIBLE) -> None:
    """Sign these cards and make them this loud."""
    named = [_with_edition(card) for card in cards]
    editions.sync(named, pack="test")
    ClauseMode.objects.bulk_create(
        ClauseMode(
            clause=clause,
            mode=mode,
            since=date(2019, 1, 1),
            recorded_at=clock.from_minute(0),
            reason="test",
        )
        for clause in sorted({card.clause for card in cards})
    )
    stamp.changed()
    registry.forget()


def _with_edition(card: Card) -> Card:
    from dataclasses import replace

    return replace(card, edition=f"test {card.clause} {card.edition}")


def sign(cast: Any, name: str, value: int | None, **more: Any) -> ParameterValue:
    """A number signed by the head, in force from today unless said otherwise."""
    today = clock.today(settings.TIME_ZONE)
    said = {"effective_from": today, "reason": "деньги кончаются раньше"}
    signer = {"by": cast.vera, "role": "head"}
    return sign_parameter(**said | signer | more, name=name, value=value)


def instant(text: str) -> datetime:
    """«2026-03-20 12:00» in Moscow."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


def tell(kind: str, *, root: int = 1, at: str = "", day: str = "", **more: Any) -> Fact:
    """Record a fact as an action would, of any kind; what is no column is a ref."""
    columns = {
        name: more.pop(name) for name in ("key", "state", "value", "role", "voids") if name in more
    }
    with acting(root):
        fact = Fact(
            kind=kind,
            root_id=root,
            refs=({"client": root} if root else {}) | more,
            valid_at=instant(at) if at else clock.now(),
            recorded_at=clock.now(),
            day=date.fromisoformat(day) if day else None,
            **columns,
        )
        fact.save(force_insert=True)
        remember(fact)
    return fact


def void(fact: Fact) -> Fact:
    """Take a fact back."""
    return tell("void", root=fact.root_id, voids=fact)


def stored(roots: Iterable[int] | None = None) -> dict[Identity, Values]:
    """The ledger as the table has it."""
    rows = Obligation.objects.all()
    if roots is not None:
        rows = rows.filter(root_id__in=roots)
    size = len(IDENTITY)
    return {row[:size]: row[size:] for row in rows.values_list(*IDENTITY, *VALUES)}


def truth() -> dict[Identity, Values]:
    """The ledger as one evaluation of every fact has it, wakes left aside by the caller."""
    regulation = registry.current()
    facts = build_facts(fact_row(fact) for fact in Fact.objects.all())
    cards = regulation.cards_of(regulation.clauses)
    now = clock.to_minute(clock.now())
    parameters = regulation.parameters()
    ledger = evaluate(cards, facts, parameters, regulation.calendars, now)
    return wanted_rows(ledger, cards)


def fact_row(fact: Fact) -> FactRow:
    """A fact as the engine's value, read by the ORM: another way than the product's."""
    return FactRow(
        id=fact.pk,
        kind=fact.kind,
        root=fact.root_id,
        at=clock.to_minute(fact.valid_at),
        recorded=clock.to_minute(fact.recorded_at),
        refs=fact.refs,
        key=fact.key,
        day=NONE if fact.day is None else day_index(fact.day),
        state=fact.state,
        value=fact.value or 0,
        role=fact.role,
        voids=fact.voids_id or 0,
    )


def without_wakes(rows: dict[Identity, Values]) -> dict[Identity, Values]:
    """Rows as compared: a wake is only a promise to look again."""
    return {key: values[:-1] for key, values in rows.items()}


def local_day(text: str) -> int:
    return day_index(date.fromisoformat(text))
