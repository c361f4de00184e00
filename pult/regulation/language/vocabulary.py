"""The words an agency's cards may use: subjects, roles, acts and facts, in Russian and English."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pult.regulation.evaluate.card import Shape, Word
from pult.regulation.language.problems import Place, Problems, Unclear, nearest, normal
from pult.regulation.language.words import join_pattern

SHAPES = ("event", "date", "state", "measure")
GENERIC, AGENCY = "client", "agency"


class Fact(NamedTuple):
    """A word about facts: which kinds it reads, in which states, and what they refer to.

    `refs` are the subject types the facts name besides the client they all belong to; `root` is
    "client", or "none" for facts of the whole agency. `ends` is the state that undoes the word.
    `parallel` keys of a date live side by side (planned flights) instead of replacing each other.
    `gen` is the Russian genitive phrase ("дня, когда кончатся деньги") and its English peer.
    """

    key: str
    ru: tuple[str, ...]
    en: tuple[str, ...]
    kinds: tuple[str, ...]
    shape: Shape
    refs: tuple[str, ...]
    states: tuple[str, ...] = ()
    ends: str = ""
    role: str = ""
    ru_not: tuple[str, ...] = ()
    en_not: tuple[str, ...] = ()
    gen: tuple[str, str] = ("", "")
    planned: bool = False
    root: str = "client"
    parallel: bool = False


class Act(NamedTuple):
    """Something a person does: its action code, and the word of the facts it leaves behind."""

    key: str
    ru: tuple[str, ...]
    en: tuple[str, ...]
    fact: str = ""


class Term(NamedTuple):
    """A subject type or a role. `under` is the subject type this one belongs to."""

    key: str
    ru: tuple[str, ...]
    en: tuple[str, ...]
    ru_many: tuple[str, ...] = ()
    en_many: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """All words of a pack; `language` is the one its cards and messages are written in."""

    language: str = "ru"
    subjects: Mapping[str, Term] = field(default_factory=dict)
    roles: Mapping[str, Term] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    spelled: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def fact(self, text: str) -> tuple[Fact, bool]:
        """The fact word of a spelling, and whether the spelling denies it."""
        known = self.spelled["facts"].get(normal(text))
        if known:
            return self.facts[known], False
        denied = self.spelled["denied"].get(normal(text))
        if denied:
            return self.facts[denied], True
        spellings = [word for entry in self.facts.values() for word in _forms(entry)]
        raise Unclear("unknown_word", nearest(text, spellings), word=text)

    def subject(self, text: str) -> str:
        """The subject type of a spelling, singular."""
        return self._find("subjects", text, "unknown_subject")

    def children(self, text: str) -> str:
        """The subject type of a plural spelling ("креативы")."""
        return self._find("many", text, "unknown_subject")

    def role(self, text: str) -> str:
        """The role code of a spelling."""
        return self._find("roles", text, "unknown_role")

    def act(self, text: str) -> Act:
        """The act of a spelling."""
        return self.acts[self._find("acts", text, "unknown_act")]

    def label(self, key: str, language: str) -> str:
        """How a fact, act or subject is called."""
        for table in (self.facts, self.acts, self.subjects):
            if key in table:
                return str(getattr(table[key], language)[0])
        return key

    def role_label(self, code: str, language: str) -> str:
        """How a role is called."""
        role = self.roles.get(code)
        return (role.ru if language == "ru" else role.en)[0] if role else code

    def ancestors(self, subject: str) -> list[str]:
        """The subject and what it belongs to, nearest first."""
        chain: list[str] = []
        while subject and subject not in chain:
            chain.append(subject)
            subject = self.subjects[subject].under if subject in self.subjects else ""
        return chain

    def bind(self, fact: Fact, subject: str, each: str = "") -> Word:
        """The word as `evaluate` reads it in a card about `subject`, correlated by `each` if given.

        The facts name the subject itself, or are about nothing finer than what it belongs to: a
        client's word may stand in a card about a service line, an invoice's may not. Raises
        `Unclear` otherwise.
        """
        if not subject:
            return Word(fact.key, fact.kinds, fact.shape, "", fact.states, fact.role)
        named = {*fact.refs, *((GENERIC,) if fact.root == GENERIC else ())}
        above = self.ancestors(subject)
        level = next((type_ for type_ in (each, subject) if type_ in named), "")
        if not level and named <= set(above):
            level = next((type_ for type_ in above if type_ in named), AGENCY)
        if not level:
            labels = (fact.ru[0], self.label(subject, self.language))
            raise Unclear("fact_lacks_subject", word=labels[0], subject=labels[1])
        return Word(fact.key, fact.kinds, fact.shape, level, fact.states, fact.role)

    def planned(self, declared: Collection[str] | None = None) -> tuple[str, ...]:
        """Fact kinds that no domain records yet; `declared` names those that do."""
        kinds = {
            kind
            for fact in self.facts.values()
            for kind in fact.kinds
            if (fact.planned if declared is None else kind not in declared)
        }
        return tuple(sorted(kinds))

    def _find(self, table: str, text: str, problem: str) -> str:
        known = self.spelled[table].get(normal(text))
        if known is None:
            entries: Mapping[str, Any] = getattr(self, "subjects" if table == "many" else table)
            names = ("ru_many", "en_many") if table == "many" else ("ru", "en")
            spellings = [word for entry in entries.values() for word in _forms(entry, names)]
            raise Unclear(problem, nearest(text, spellings), word=text)
        return known


def read_vocabulary(
    data: Mapping[str, Any], text: str, file: str, problems: Problems
) -> Vocabulary:
    """The vocabulary of a parsed vocabulary.toml; `text` finds the line of a broken entry."""
    subjects = {key: _term(key, entry) for key, entry in data.get("subject", {}).items()}
    roles = {key: _term(key, entry) for key, entry in data.get("role", {}).items()}
    acts = {
        key: Act(key, tuple(entry["ru"]), tuple(entry["en"]), entry.get("fact", ""))
        for key, entry in data.get("act", {}).items()
    }
    facts = {key: _fact(key, entry) for key, entry in data.get("fact", {}).items()}
    vocabulary = Vocabulary(
        data.get("language", "ru"),
        subjects,
        roles,
        acts,
        facts,
        {
            "subjects": _spell(subjects, ("ru", "en"), text, file, problems),
            "many": _spell(subjects, ("ru_many", "en_many"), text, file, problems),
            "roles": _spell(roles, ("ru", "en"), text, file, problems),
            "acts": _spell(acts, ("ru", "en"), text, file, problems),
            "facts": _spell(facts, ("ru", "en"), text, file, problems),
            "denied": _spell(facts, ("ru_not", "en_not"), text, file, problems),
        },
    )
    _verify(vocabulary, text, file, problems)
    return vocabulary


def disagreements(vocabulary: Vocabulary, declared: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(word, reason) where the vocabulary and the domains' registry of kinds contradict.

    A kind of the registry has `shape` and `known_refs`.
    """
    for key, fact in vocabulary.facts.items():
        for kind in fact.kinds:
            known = declared.get(kind)
            if known is None:
                continue
            if known.shape != fact.shape and fact.kinds[0] == kind:
                yield key, f"{kind}: shape = {known.shape}"
            lacking = sorted(set(fact.refs) - known.known_refs)
            if lacking:
                yield key, f"{kind}: refs ≠ {', '.join(lacking)}"


def _verify(vocabulary: Vocabulary, text: str, file: str, problems: Problems) -> None:
    def broken(key: str, reason: str) -> None:
        problems.add(_place(key, text, file), "vocabulary_broken", word=key, reason=reason)

    for key, fact in vocabulary.facts.items():
        if fact.shape not in SHAPES:
            broken(key, f"shape = {fact.shape}")
        for word in _forms(fact):
            if join_pattern("and").search(word) or join_pattern("or").search(word):
                problems.add(_place(key, text, file), "vocabulary_joined", word=word)
        for type_ in fact.refs:
            if type_ not in vocabulary.subjects:
                broken(key, f"refs = {type_}")
    for key, act in vocabulary.acts.items():
        if act.fact and act.fact not in vocabulary.facts:
            broken(key, f"fact = {act.fact}")
    for key, subject in vocabulary.subjects.items():
        if subject.under and subject.under not in vocabulary.subjects:
            broken(key, f"under = {subject.under}")


def _spell(
    entries: Mapping[str, Any], fields: tuple[str, str], text: str, file: str, problems: Problems
) -> dict[str, str]:
    spelled: dict[str, str] = {}
    for key, entry in entries.items():
        for word in (word for name in fields for word in getattr(entry, name)):
            first = spelled.setdefault(normal(word), key)
            if first != key:
                place = _place(key, text, file)
                problems.add(place, "vocabulary_duplicate", word=word, first=first, second=key)
    return spelled


def _term(key: str, entry: Mapping[str, Any]) -> Term:
    ru, en, ru_many, en_many = (
        tuple(entry.get(name, ())) for name in ("ru", "en", "ru_many", "en_many")
    )
    return Term(key, ru, en, ru_many, en_many, entry.get("under", ""))


def _fact(key: str, entry: Mapping[str, Any]) -> Fact:
    return Fact(
        key,
        tuple(entry["ru"]),
        tuple(entry["en"]),
        tuple(entry.get("kinds", (key,))),
        entry["shape"],
        tuple(entry.get("refs", ())),
        tuple(entry.get("states", ())),
        entry.get("ends", ""),
        entry.get("role", ""),
        tuple(entry.get("ru_not", ())),
        tuple(entry.get("en_not", ())),
        tuple(entry.get("gen", ("", ""))),
        entry.get("planned", False),
        entry.get("root", GENERIC),
        entry.get("parallel", False),
    )


def _forms(entry: Any, names: tuple[str, ...] = ("ru", "en", "ru_not", "en_not")) -> list[str]:
    return [word for name in names for word in getattr(entry, name)]


def _place(key: str, text: str, file: str) -> Place:
    found = re.search(rf'^\[\w+\."?{re.escape(key)}"?\]', text, re.MULTILINE)
    return Place(file, text.count("\n", 0, found.start()) + 1 if found else 1)
