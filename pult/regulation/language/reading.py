"""Reads a card aloud: a plain sentence in Russian or English, made from the card itself."""

import tomllib
from functools import cache
from typing import Any

from pult.regulation.evaluate.card import Amount, Card, Condition, Deadline, Holds, Trigger
from pult.regulation.language.amounts import form_of, spoken
from pult.regulation.language.problems import HERE
from pult.regulation.language.vocabulary import Vocabulary
from pult.regulation.language.words import lexicon, words


def reading(card: Card, vocabulary: Vocabulary, language: str = "ru") -> str:
    """What the card asks, as one would say it; numbers are those written in the card."""
    return Voice(vocabulary, language).card(card)


def describe(condition: Condition, vocabulary: Vocabulary, language: str = "ru") -> str:
    """A condition in words, for "what is missing" and the like."""
    return Voice(vocabulary, language).condition(condition)


class Voice:
    """One language over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self.vocabulary, self.language = vocabulary, language

    def card(self, card: Card) -> str:
        """The main sentence and what limits it."""
        match card.kind:
            case "obligation":
                main = self._say(
                    "obligation",
                    **self._who(card),
                    deadlines=self.deadlines(card),
                    proof=self.condition(card.evidence),
                )
            case "cadence":
                assert card.cadence
                proof = self._label(card.cadence.act.text)
                main = self._say("cadence", **self._who(card), often=self.often(card), proof=proof)
            case "gate":
                assert card.gate
                needs = "; ".join(self.condition(each.condition) for each in card.gate.requires)
                main = self._say("gate", act=self._label(card.gate.action), needs=needs)
            case "forbidden":
                assert card.forbidden
                whom, act = self._role(card.forbidden.role), self._label(card.forbidden.action)
                main = self._say("forbidden", whom=self._start(whom), act=act)
            case "monitor":
                main = self._monitor(card)
            case _:
                kind = words("kinds").label(card.kind, self.language)
                main = self._say("still", kind=_upper(kind))
        return " ".join([main, *self._limits(card)])

    def deadlines(self, card: Card) -> str:
        """When, counted from what: one deadline or several of one trigger."""
        gen = self._trigger(card.trigger) if card.trigger else self._say("gen_monitor")
        short = "_short" if len(card.deadlines) > 1 else ""
        parts = [self._deadline(each, gen, short) for each in card.deadlines]
        *most, last = parts
        return self._say("and").join([", ".join(most), last]) if most else last

    def often(self, card: Card) -> str:
        """How often a cadence wants its act."""
        cadence = card.cadence
        assert cadence
        if cadence.gap:
            return self._say("gap", amount=self.amount(cadence.gap))
        assert cadence.times
        assert cadence.period
        times = lexicon()["units"]["count"]
        form = form_of(cadence.times.value, self.language)
        amount = f"{cadence.times.value} {times[f'{self.language}_{form}'][0]}"
        period = words("periods").label(cadence.period, self.language)
        text = self._say("times", amount=amount, period=period)
        return text + (self._say("by", amount=self.amount(cadence.by)) if cadence.by else "")

    def amount(self, amount: Amount) -> str:
        """A number with its unit in the right form."""
        return spoken(amount.value, amount.unit, self.language)

    def condition(self, condition: Condition | None) -> str:
        """Groups joined by or, their parts by and."""
        groups = condition.any_of if condition else ()
        said = [self._say("and").join(self._hold(hold) for hold in group) for group in groups]
        return self._say("or").join(said)

    def _hold(self, hold: Holds) -> str:
        if hold.clause:
            verdict = _verdict(hold.clause_states, hold.negated)
            shown = lexicon()["verdicts"][verdict][self.language][0]
            return self._say("clause", clause=hold.clause, verdict=shown)
        assert hold.word
        word = self._label(hold.word.text)
        if hold.quantifier:
            subject = self.vocabulary.subjects[hold.word.level]
            children = (subject.ru_many if self.language == "ru" else subject.en_many)[0]
            amount = self.amount(hold.count) if hold.count else ""
            word = self._say(hold.quantifier, children=children, word=word, amount=amount)
        if hold.within:
            word = self._say("within", word=word, amount=self.amount(hold.within))
        elif hold.negated:
            fact = self.vocabulary.facts[hold.word.text]
            denied = fact.ru_not if self.language == "ru" else fact.en_not
            return denied[0] if denied else self._say("not", word=word)
        return self._say("not", word=word) if hold.negated else word

    def _deadline(self, deadline: Deadline, gen: str, short: str) -> str:
        text = self._say(deadline.side + short, amount=self.amount(deadline.amount), gen=gen)
        aim = self._say("aim", amount=self.amount(deadline.soft)) if deadline.soft else ""
        return text + aim

    def _trigger(self, trigger: Trigger) -> str:
        if trigger.clause:
            verdict = _verdict(trigger.clause_states, False)
            shown = lexicon()["verdicts"][verdict][self.language][0]
            code = "gen_breached" if verdict == "breached" else "gen_clause"
            return self._say(code, clause=trigger.clause, verdict=shown)
        if trigger.missing:
            gen = self._genitive(trigger.missing.text)
            amount = self.amount(trigger.older_than) if trigger.older_than else ""
            return self._say("gen_missing", gen=gen, amount=amount)
        assert trigger.word
        return self._genitive(trigger.word.text)

    def _genitive(self, key: str) -> str:
        gen = self.vocabulary.facts[key].gen[0 if self.language == "ru" else 1]
        return gen or self._say("gen_some", fact=self._label(key))

    def _monitor(self, card: Card) -> str:
        assert card.monitor
        who = self._who(card)
        return self._say(
            "monitor",
            **who,
            who_low=self._role(card.role),
            measured=self._label(card.monitor.measured.text),
            plan=self._label(card.monitor.plan.text),
            tolerance=self.amount(card.monitor.tolerance),
            side=words("sides").label(card.monitor.side, self.language),
            deadlines=self.deadlines(card),
            proof=self.condition(card.evidence),
        )

    def _limits(self, card: Card) -> list[str]:
        said = []
        if card.each:
            said.append(self._say("each", about=self._label(card.each)))
        if card.active:
            said.append(self._say("while", condition=self.condition(card.active)))
        for pause in card.pauses:
            said.append(self._say("pauses", condition=self._label(pause.text)))
        if card.cancels:
            said.append(self._say("cancels", condition=self.condition(card.cancels)))
        if card.exceptions:
            cases = [self.condition(exception.condition) for exception in card.exceptions]
            said.append(self._say("except", condition=self._say("or").join(cases)))
        if card.waits_for:
            said.append(self._say("waits"))
        if card.feed and card.feed_limit:
            word, amount = self._label(card.feed.text), self.amount(card.feed_limit)
            said.append(self._say("feed", word=word, amount=amount))
        for deadline in card.deadlines[:1]:
            if deadline.anew:
                said.append(self._say("anew"))
            if deadline.warn_percent:
                said.append(self._say("warn", amount=self.amount(deadline.warn_percent)))
        if card.ladder:
            said.append(self._say("ladder", rungs=", ".join(map(self._rung, card.ladder))))
        if card.waivers:
            roles = self._say("or").join(map(self._role, card.waivers))
            said.append(self._say("waived", roles=roles))
        if card.surface:
            russian, _, english = card.surface.partition(" · ")
            shown = russian if self.language == "ru" else english or russian
            said.append(self._say("surface", surface=shown))
        if card.sets:
            said.append(self._say("sets", names=", ".join(card.sets)))
        return said

    def _rung(self, rung: Any) -> str:
        code = "rung" if rung.amount.value else "rung_now"
        return self._say(code, amount=self.amount(rung.amount), role=self._role(rung.role))

    def _who(self, card: Card) -> dict[str, str]:
        who = self._start(self._role(card.role))
        act = card.act or ""
        return {"who": who, "act": self._label(act), "about": self._label(card.subject)}

    def _start(self, text: str) -> str:
        return _upper(text) if self.language == "ru" else text

    def _label(self, key: str) -> str:
        return self.vocabulary.label(key, self.language)

    def _role(self, code: str) -> str:
        return self.vocabulary.role_label(code, self.language)

    def _say(self, code: str, **parts: Any) -> str:
        return sentences()[code][self.language].format(**parts)


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Sentence code → language → text with named placeholders."""
    return tomllib.loads((HERE / "sentences.toml").read_text("utf-8"))


def _verdict(states: tuple[str, ...], negated: bool) -> str:
    for code, entry in lexicon()["verdicts"].items():
        if tuple(entry["states"]) == states and entry.get("negated", False) == negated:
            return str(code)
    return "breached"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
