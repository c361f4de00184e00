"""A section of a file becomes a card: its kind says which rows it must and may have."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from pult.regulation.evaluate.card import (
    RUNNING_KINDS,
    Amount,
    Card,
    Deadline,
    Exception_,
    Rung,
)
from pult.regulation.evaluate.reads import reads
from pult.regulation.language.conditions import Reader
from pult.regulation.language.deadlines import read_deadlines
from pult.regulation.language.markdown import Cell, Row, Section
from pult.regulation.language.parameters import Parameter
from pult.regulation.language.problems import Place, Problems, Unclear, nearest, normal
from pult.regulation.language.rules import cadence, forbidden, gate, monitor, parameter_names
from pult.regulation.language.vocabulary import Vocabulary
from pult.regulation.language.words import match, sample, words

Kept = TypeVar("Kept")

COMMON = ("rule", "about", "who", "do", "waived", "surface")
REPEATED = ("except", "until", "pauses")
NEEDS = {
    "obligation": ("about", "when", "due", "proof", "who"),
    "cadence": ("about", "act", "who"),
    "gate": ("about", "locks", "until"),
    "forbidden": ("about", "forbids", "whom"),
    "monitor": ("about", "measures", "plan", "tolerance", "bad", "due", "proof", "who"),
}
ALLOWS = {
    "obligation": ("aim", "warn", "cancels", "each", "pauses", "waits", "feed", "except", "ladder"),
    "cadence": ("at_least", "gap", "by", "while", "pauses", "waits", "feed", "except", "ladder"),
    "gate": ("except",),
    "forbidden": ("except", "ladder"),
    "monitor": ("aim", "warn", "pauses", "waits", "feed", "except", "ladder"),
}
SURFACED = ("surface",)
AT_ONCE = Amount(0, "wd")


class Rows:
    """The rows of a rule table by code; reading one notes its problems instead of raising."""

    def __init__(self, section: Section, kind: str, problems: Problems) -> None:
        self.section, self.kind, self.problems = section, kind, problems
        self.by_code: dict[str, list[Row]] = {}
        self.meant: set[str] = set()
        for row in section.rows:
            self._file(row)
        needs = NEEDS.get(kind, SURFACED if kind not in ("definition", "invariant") else ())
        for code in needs:
            if code not in self.by_code and code not in self.meant:
                self._missing(code)

    def read(self, code: str, how: Callable[[str], Kept], default: Any = None) -> Any:
        """The value of a row that stands once, read by `how`."""
        rows = self.by_code.get(code)
        return self._try(rows[0], how, default) if rows else default

    def read_all(self, code: str, how: Callable[[str], Kept]) -> tuple[Kept, ...]:
        """The values of a row that may stand several times."""
        read = (self._try(row, how, None) for row in self.by_code.get(code, ()))
        return tuple(value for value in read if value is not None)

    def has(self, code: str) -> bool:
        """Whether the table has the row."""
        return code in self.by_code

    def place(self, code: str) -> Place:
        """Where the row's value stands; the heading when there is no such row."""
        rows = self.by_code.get(code)
        return rows[0].value.place if rows else self.section.place

    def _file(self, row: Row) -> None:
        labels = words("rows")
        code = labels.find(row.label.text)
        if code is None:
            known = labels.spellings()
            near = nearest(row.label.text, known)
            self.meant |= {labels.find(word) or "" for word in near}
            self.problems.add(row.label.place, "unknown_row", near, word=row.label.text)
            return
        if code not in {*COMMON, *NEEDS.get(self.kind, ()), *ALLOWS.get(self.kind, ("sets",))}:
            label = words("kinds").label(self.kind, self.problems.language)
            self.problems.add(row.label.place, "alien_row", row=row.label.text, kind=label)
            return
        if code in self.by_code and code not in REPEATED:
            self.problems.add(row.label.place, "repeated_row", row=row.label.text)
            return
        if not row.value.text:
            self.meant.add(code)
            self.problems.add(row.value.place, "empty_cell", row=row.label.text)
            return
        self.by_code.setdefault(code, []).append(row)

    def _missing(self, code: str) -> None:
        label = words("rows").label(code, self.problems.language)
        self.problems.add(self.section.place, "missing_row", row=label)

    def _try(self, row: Row, how: Callable[[str], Kept], default: Any) -> Any:
        try:
            return how(row.value.text)
        except Unclear as trouble:
            self.problems.add_unclear(row.value.place, trouble)
            return default


def compile_section(
    section: Section,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    problems: Problems,
    former: bool = False,
) -> Card | None:
    """The card of a section, or None when its problems leave nothing to run.

    A `former` edition keeps the numbers it was signed with, whatever parameters.toml says today.
    """
    before = len(problems.found)
    if not section.wording:
        problems.add(section.place, "no_wording", clause=section.clause)
    if not section.rows:
        problems.add(section.place, "no_rule", clause=section.clause)
        return None
    kind = _kind(section.rows[0].value, problems)
    if not kind:
        return None
    rows = Rows(section, kind, problems)
    reader = Reader(vocabulary, None if former else parameters)
    reader.subject = rows.read("about", vocabulary.subject, "")
    parts = _running(kind, rows, reader) if kind in RUNNING_KINDS else _still(rows, reader)
    card = Card(
        clause=section.clause,
        title=section.title,
        title_en=section.title_en,
        wording=section.wording,
        wording_en=section.wording_en,
        kind=kind,
        subject=reader.subject,
        edition=edition(section),
        role=rows.read("who", vocabulary.role, ""),
        act=rows.read("do", lambda text: vocabulary.act(text).key, ""),
        waivers=rows.read("waived", lambda text: _roles(text, vocabulary), ()),
        file=section.place.file,
        line=section.place.line,
        **parts,
    )
    return with_planned(card, vocabulary.planned()) if len(problems.found) == before else None


def with_planned(card: Card, planned: Collection[str]) -> Card:
    """The card with those of the planned fact kinds that it speaks of; such a card does not run.

    Were it to run, the lack of facts nobody records would read as a breach.
    """
    if card.kind not in RUNNING_KINDS:
        return card
    return replace(card, planned=tuple(sorted(reads(card) & set(planned))))


def edition(section: Section) -> str:
    """The hash of what is signed: our wording and the rule table; the translation, examples and
    notes are not."""
    lines = [section.wording]
    lines += [f"{normal(row.label.text)}|{normal(row.value.text)}" for row in section.rows]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def _kind(cell: Cell, problems: Problems) -> str:
    try:
        return words("kinds").code(cell.text, "unknown_kind")
    except Unclear as trouble:
        problems.add_unclear(cell.place, trouble)
        return ""


def _running(kind: str, rows: Rows, reader: Reader) -> dict[str, Any]:
    reader.each = rows.read("each", reader.vocabulary.subject, "")
    parts: dict[str, Any] = {
        "each": reader.each,
        "exceptions": rows.read_all("except", lambda text: _exception(text, reader)),
        "pauses": rows.read_all("pauses", lambda text: reader.word(text, ("state",))),
        "active": rows.read("while", reader.condition),
        "waits_for": rows.read("waits", reader.vocabulary.subject, ""),
        "ladder": rows.read("ladder", lambda text: _ladder(text, reader), ()),
    }
    parts["feed"], parts["feed_limit"] = rows.read("feed", lambda t: _feed(t, reader), (None, None))
    match kind:
        case "obligation":
            parts |= _obligation(rows, reader)
        case "cadence":
            parts["cadence"] = cadence(rows, reader)
        case "gate":
            parts["gate"] = gate(rows, reader)
        case "forbidden":
            parts["forbidden"] = forbidden(rows, reader)
        case "monitor":
            parts["monitor"] = monitor(rows, reader)
            parts |= {"deadlines": _deadlines(rows, reader)}
            parts |= {"evidence": rows.read("proof", reader.condition)}
    return parts


def _obligation(rows: Rows, reader: Reader) -> dict[str, Any]:
    trigger = rows.read("when", reader.trigger)
    evidence = rows.read("proof", reader.condition)
    if reader.each:
        for code in ("when", "proof"):
            _correlated(rows, code, reader)
    return {
        "trigger": trigger,
        "deadlines": _deadlines(rows, reader),
        "evidence": evidence,
        "cancels": rows.read("cancels", reader.condition),
    }


def _deadlines(rows: Rows, reader: Reader) -> tuple[Deadline, ...]:
    soft = rows.read("aim", lambda text: read_deadlines(text, reader)[0].amount)
    warn = rows.read("warn", lambda text: _warn(text, reader))
    deadlines = rows.read("due", lambda text: read_deadlines(text, reader), ())
    return tuple(replace(each, soft=soft, warn_percent=warn) for each in deadlines)


def _correlated(rows: Rows, code: str, reader: Reader) -> None:
    """Both ends of "for each question" must name the question, or any answer would do for all."""
    for row in rows.by_code.get(code, ()):
        try:
            fact, _ = reader.vocabulary.fact(row.value.text)
        except Unclear:
            continue
        if reader.each not in fact.refs:
            label = reader.vocabulary.label(reader.each, reader.vocabulary.language)
            words_ = {"word": row.value.text, "subject": label}
            rows.problems.add(row.value.place, "fact_lacks_each", **words_)


def _exception(text: str, reader: Reader) -> Exception_:
    try:
        return Exception_(text, reader.condition(text))
    except Unclear:
        slots = match("labelled", text)
        if not slots:
            raise
        return Exception_(slots["label"], reader.condition(slots["inner"]))


def _ladder(text: str, reader: Reader) -> tuple[Rung, ...]:
    rungs = []
    for step in text.split(","):
        if slots := match("rung_now", step):
            rungs.append(Rung(AT_ONCE, reader.vocabulary.role(slots["role"])))
        elif slots := match("rung", step):
            amount = reader.amount(slots["amount"])
            rungs.append(Rung(amount, reader.vocabulary.role(slots["role"])))
        else:
            raise _not_understood(step.strip(), "rung_now", reader)
    return tuple(rungs)


def _feed(text: str, reader: Reader) -> tuple[Any, Any]:
    slots = match("feed", text)
    if not slots:
        raise _not_understood(text, "feed", reader)
    word = reader.word(slots["word"], ("event", "measure", "state"))
    return word, reader.amount(slots["amount"])


def _warn(text: str, reader: Reader) -> Any:
    slots = match("warn", text)
    if not slots:
        raise _not_understood(text, "warn", reader)
    return reader.amount(slots["amount"])


def _roles(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(vocabulary.role(role.strip()) for role in text.split(","))


def _still(rows: Rows, reader: Reader) -> dict[str, Any]:
    """Kinds that do not run keep where they are seen and which parameters they set."""
    return {
        "surface": rows.read("surface", str, ""),
        "sets": rows.read("sets", lambda text: parameter_names(text, reader), ()),
    }


def _not_understood(text: str, phrase: str, reader: Reader) -> Unclear:
    language = reader.vocabulary.language
    return Unclear("not_understood", word=text, sample=sample(phrase, language))
