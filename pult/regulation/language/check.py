"""The pure part of `pult check`: load a pack, run every example, say what each clause is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.language.examples.run import Ran, run_examples
from pult.regulation.language.lint import lint
from pult.regulation.language.pack import Declared, Pack, load_pack
from pult.regulation.language.problems import Place, Problem
from pult.regulation.language.verify import circles


@dataclass(frozen=True)
class Report:
    """What `pult check` prints. `unsaid`: cards of a Russian pack without an English wording."""

    pack: Pack
    ran: tuple[Ran, ...]
    unsaid: tuple[Problem, ...]
    remarks: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether the pack is fit to ship: every card taken, every example as expected, every
        wording in both languages."""
        return not self.problems and all(ran.passed for ran in self.ran)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be mended, by place."""
        return (*self.pack.problems, *self.unsaid)

    @property
    def failures(self) -> tuple[Ran, ...]:
        """Examples that came out otherwise than their card expects."""
        return tuple(ran for ran in self.ran if not ran.passed)

    @property
    def kinds(self) -> dict[str, int]:
        """How many cards of each kind, in the order kinds first appear."""
        return dict(Counter(card.kind for card in self.pack.cards))

    @property
    def live(self) -> tuple[Card, ...]:
        """Running cards all of whose facts some domain records."""
        cards = self.pack.cards
        return tuple(card for card in cards if card.kind in RUNNING_KINDS and not card.planned)

    @property
    def planned(self) -> dict[str, list[str]]:
        """Fact kinds that cards name and no domain records yet, each with its clauses."""
        found: dict[str, list[str]] = {}
        for card in self.pack.cards:
            for kind in card.planned:
                found.setdefault(kind, []).append(card.clause)
        return dict(sorted(found.items()))

    def as_dict(self, language: str = "") -> dict[str, Any]:
        """The report as `pult check --json` prints it; `language` of its sentences: ru or en."""
        return {
            "cards": self.kinds,
            "live": [card.clause for card in self.live],
            "examples": len(self.ran),
            "failures": [_failure(ran) for ran in self.failures],
            "problems": [problem.as_dict(language) for problem in self.problems],
            "remarks": [problem.as_dict(language) for problem in self.remarks],
            "planned": list(self.planned),
        }


def check(path: Path | str, declared: Declared | None = None) -> Report:
    """Loads the pack and runs its examples. `declared`: fact kinds that installed domains record;
    without it the vocabulary's own marks say what is planned."""
    pack = load_pack(path, declared)
    together = [] if circles(pack.cards) else pack.cards
    ran = run_examples(together, pack.vocabulary, pack.parameters)
    remarks = lint(pack.cards, pack.vocabulary, pack.parameters)
    return Report(pack, tuple(ran), tuple(_unsaid(pack)), tuple(remarks))


def _unsaid(pack: Pack) -> Iterator[Problem]:
    """Such a pack works, but English readers get its Russian words."""
    language = pack.vocabulary.language
    for card in pack.cards:
        if language == "ru" and not card.wording_en:
            told = (("clause", card.clause),)
            yield Problem(Place(card.file, card.line), "no_english", told, language=language)


def _failure(ran: Ran) -> dict[str, Any]:
    return {
        "file": ran.card.file,
        "line": ran.example.line,
        "clause": ran.card.clause,
        "example": ran.example.name,
        "expected": ran.example.expect,
        "got": ran.got,
    }
