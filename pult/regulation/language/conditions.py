"""Conditions and triggers of a card: what must hold, and what makes a row appear."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pult.regulation.evaluate.card import Amount, Condition, Holds, Trigger, Word
from pult.regulation.language.amounts import read_amount
from pult.regulation.language.parameters import Parameter, check
from pult.regulation.language.problems import Unclear, nearest, say
from pult.regulation.language.vocabulary import Fact, Vocabulary
from pult.regulation.language.words import join_pattern, lexicon, match, phrases, sample, words


@dataclass
class Reader:
    """Reads the cells of one card: knows the words, the parameters and the card's subject.

    Without `parameters` numbers are taken as written. `each` is the card's correlation.
    """

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter] | None
    subject: str = ""
    each: str = ""

    def amount(self, text: str) -> Amount:
        """A number with its parameter, checked against parameters.toml."""
        amount = read_amount(text)
        check(amount, self.parameters)
        return amount

    def fact(self, text: str, shapes: tuple[str, ...]) -> tuple[Fact, bool]:
        """A fact word of one of the shapes a cell can use."""
        fact, denied = self.vocabulary.fact(text)
        if fact.shape not in shapes:
            language = self.vocabulary.language
            needed = say("say_or", language).join(say(f"say_{shape}", language) for shape in shapes)
            found = say(f"say_{fact.shape}", language)
            raise Unclear("wrong_shape", word=text, found=found, needed=needed)
        return fact, denied

    def word(self, text: str, shapes: tuple[str, ...]) -> Word:
        """A fact word bound to the subject; a denial has no place here."""
        fact, denied = self.fact(text, shapes)
        if denied:
            known = [word for entry in self.vocabulary.facts.values() for word in entry.ru]
            raise Unclear("unknown_word", nearest(text, known), word=text)
        return self.vocabulary.bind(fact, self.subject, self.each)

    def own_word(self, text: str, shapes: tuple[str, ...]) -> Word:
        """A word whose facts name the subject itself: what makes rows must say whose they are."""
        return self.owned(self.word(text, shapes), text)

    def owned(self, word: Word, text: str) -> Word:
        """The word, if its facts name the card's subject; raises `Unclear` otherwise."""
        if word.level not in (self.subject, self.each, ""):
            label = self.vocabulary.label(self.subject, self.vocabulary.language)
            raise Unclear("fact_lacks_subject", word=text, subject=label)
        return word

    def condition(self, text: str) -> Condition:
        """`A и B или C`: groups joined by or, each of them by and."""
        groups = []
        for group in join_pattern("or").split(text):
            holds: list[Holds] = []
            for part in join_pattern("and").split(group):
                holds.extend(self.holds(part.strip()))
            groups.append(tuple(holds))
        return Condition(tuple(groups))

    def holds(self, text: str) -> list[Holds]:
        """One condition; several clauses in one phrase make several."""
        if slots := match("clause", text):
            return self._clauses(slots["clauses"], slots["verdict"])
        for quantifier in ("all", "some"):
            if slots := match(quantifier, text):
                return [self._children(quantifier, slots)]
        return [self._plain(text)]

    def trigger(self, text: str) -> Trigger:
        """What makes a row appear: a fact, the lack of one, or what came of another clause."""
        if slots := match("clause", text):
            clauses, states, _ = self._verdict(slots["clauses"], slots["verdict"])
            return Trigger(clause=clauses[0], clause_states=states)
        slots = match("when_missing_since", text) or match("when_missing", text)
        if slots:
            since = slots.get("since")
            return Trigger(
                missing=self.own_word(slots["word"], ("event",)),
                older_than=self.amount(slots["amount"]),
                since=self.own_word(since, ("event", "state")) if since else None,
            )
        word = self.own_word(text, ("event", "date", "state"))
        return Trigger(word=word, parallel=self.vocabulary.facts[word.text].parallel)

    def _plain(self, text: str) -> Holds:
        slots = match("within", text)
        within = self.amount(slots["amount"]) if slots else None
        spelled = slots["word"] if slots else text
        shapes = ("event",) if slots else ("event", "state", "date")
        try:
            fact, denied = self.fact(spelled, shapes)
        except Unclear as trouble:
            inner = self._denied(spelled)
            if inner is None or trouble.code != "unknown_word":
                raise
            fact, denied = self.fact(inner, shapes)
            denied = not denied
        word = self.vocabulary.bind(fact, self.subject, self.each)
        return Holds(word, negated=denied, within=within)

    def _denied(self, text: str) -> str | None:
        for phrase in phrases("not"):
            found = phrase.pattern.fullmatch(text)
            if found:
                return found["inner"].strip()
        return None

    def _children(self, quantifier: str, slots: dict[str, str]) -> Holds:
        child = self.vocabulary.children(slots["children"])
        fact, denied = self.fact(slots["inner"], ("event", "state"))
        named = {*fact.refs}
        if child not in named or self.subject not in {*named, "client", ""}:
            language = self.vocabulary.language
            label = self.vocabulary.label(child, language)
            raise Unclear("fact_lacks_subject", word=slots["inner"], subject=label)
        word = self.vocabulary.bind(fact, child)
        if quantifier == "all":
            return Holds(word, negated=denied, quantifier="all")
        count = self.amount(slots["amount"])
        return Holds(word, negated=denied, quantifier="at_least", count=count)

    def _clauses(self, clauses: str, verdict: str) -> list[Holds]:
        names, states, negated = self._verdict(clauses, verdict)
        return [Holds(clause=name, clause_states=states, negated=negated) for name in names]

    def _verdict(self, clauses: str, verdict: str) -> tuple[list[str], tuple[str, ...], bool]:
        names = [name for name in re.split(r"[,\s]+", clauses) if name]
        found = words("verdicts").find(verdict)
        if found is None:
            language = self.vocabulary.language
            raise Unclear(
                "not_understood",
                nearest(verdict, words("verdicts").spellings()),
                word=verdict,
                sample=sample("clause", language).format(
                    clauses=names[0], verdict=words("verdicts").label("breached", language)
                ),
            )
        entry = lexicon()["verdicts"][found]
        return names, tuple(entry["states"]), entry.get("negated", False)
