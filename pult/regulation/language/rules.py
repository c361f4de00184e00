"""The parts of a card that belong to one running kind: cadence, gate, forbidden act, monitor."""

import re
from typing import TYPE_CHECKING, Any, cast

from pult.regulation.evaluate.card import (
    Amount,
    Cadence,
    Forbidden,
    Gate,
    Monitor,
    Period,
    Requirement,
    Word,
)
from pult.regulation.language.conditions import Reader
from pult.regulation.language.problems import Unclear, nearest, say
from pult.regulation.language.vocabulary import Act
from pult.regulation.language.words import match, sample, words

if TYPE_CHECKING:
    from pult.regulation.language.compile import Rows


def cadence(rows: "Rows", reader: Reader) -> Cadence | None:
    """At least so many acts a period, or no gap longer than so much."""
    act = rows.read("act", lambda text: reader.word(text, ("event",)))
    times, period = rows.read("at_least", lambda text: _times(text, reader), (None, None))
    gap = rows.read("gap", reader.amount)
    by = rows.read("by", reader.amount)
    if rows.has("at_least") == rows.has("gap"):
        language = reader.vocabulary.language
        labels = [words("rows").label(code, language) for code in ("at_least", "gap")]
        shown = say("say_or", language).join(labels)
        rows.problems.add(rows.section.place, "one_of_rows", rows=shown)
    return Cadence(act, cast(Period, period), times, gap, by) if act else None


def gate(rows: "Rows", reader: Reader) -> Gate | None:
    """An action refused until every requirement holds."""
    act = rows.read("locks", reader.vocabulary.act)
    acts = rows.read("locks", lambda text: act_word(text, reader))
    requires = rows.read_all("until", lambda text: Requirement(reader.condition(text), text))
    return Gate(act.key, acts, requires) if act and acts else None


def forbidden(rows: "Rows", reader: Reader) -> Forbidden | None:
    """An act that one role may not do."""
    act = rows.read("forbids", reader.vocabulary.act)
    word = rows.read("forbids", lambda text: act_word(text, reader))
    role = rows.read("whom", reader.vocabulary.role, "")
    return Forbidden(act.key, word, role) if act and word else None


def monitor(rows: "Rows", reader: Reader) -> Monitor | None:
    """A measure against its plan within a tolerance."""
    measured = rows.read("measures", lambda text: reader.own_word(text, ("measure",)))
    plan = rows.read("plan", lambda text: reader.own_word(text, ("measure",)))
    tolerance = rows.read("tolerance", reader.amount)
    side: Any = rows.read("bad", lambda text: words("sides").code(text, "unknown_side"))
    return Monitor(measured, plan, tolerance, side) if measured and plan and tolerance else None


def act_word(text: str, reader: Reader) -> Word:
    """The facts an act leaves behind, bound to the card's subject."""
    act: Act = reader.vocabulary.act(text)
    fact = reader.vocabulary.facts.get(act.fact)
    if fact is None:
        known = [
            label for each in reader.vocabulary.acts.values() if each.fact for label in each.ru
        ]
        raise Unclear("unknown_act", nearest(text, known), word=text)
    return reader.owned(reader.vocabulary.bind(fact, reader.subject), text)


def parameter_names(text: str, reader: Reader) -> tuple[str, ...]:
    """The parameters a definition sets: names separated by commas."""
    names = tuple(name.strip() for name in re.split(r"[,;]", text) if name.strip())
    known = reader.parameters
    for name in names:
        if known is not None and name not in known:
            raise Unclear("unknown_parameter", nearest(name, known), word=name)
    return names


def _times(text: str, reader: Reader) -> tuple[Amount, str]:
    slots = match("times", text)
    period = words("periods").find(slots["period"]) if slots else None
    if not slots or not period:
        language = reader.vocabulary.language
        label = words("periods").label("week", language)
        shown = sample("times", language).format(amount="**2** (contact.per_week)", period=label)
        raise Unclear("not_understood", word=text, sample=shown)
    return reader.amount(slots["amount"]), period
