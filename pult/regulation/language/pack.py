"""A pack: the folder of clause cards with its vocabulary and parameters, read and verified."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pult.regulation.evaluate.card import Card
from pult.regulation.language.compile import compile_section, with_planned
from pult.regulation.language.examples.table import read_examples
from pult.regulation.language.markdown import Section, sections
from pult.regulation.language.parameters import Parameter, read_parameters
from pult.regulation.language.problems import Place, Problem, Problems
from pult.regulation.language.verify import verify
from pult.regulation.language.vocabulary import Vocabulary, disagreements, read_vocabulary

Declared = Collection[str] | Mapping[str, Any]


@dataclass(frozen=True)
class Pack:
    """What a folder says. `cards` holds those that can be taken; any problem refuses the pack.

    `chapters` and `notes` are for readers: clause → the heading above it, the text beside it.
    """

    cards: tuple[Card, ...] = ()
    problems: tuple[Problem, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    chapters: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def card(self, clause: str) -> Card:
        """The card of a clause; KeyError when the pack has none."""
        for card in self.cards:
            if card.clause == clause:
                return card
        raise KeyError(clause)


def load_pack(path: Path | str, declared: Declared | None = None) -> Pack:
    """Reads every `*.md` of a folder beside its vocabulary.toml and parameters.toml.

    `declared` names the fact kinds that installed domains record, as codes or as the registry
    {code: kind}; kinds outside it are planned (without it the vocabulary's own marks decide), and a
    registry must agree with the vocabulary. All problems are collected, none is raised.
    """
    folder = Path(path)
    problems = Problems()
    vocabulary = _toml(folder, "vocabulary.toml", read_vocabulary, problems, Vocabulary())
    problems.language = vocabulary.language
    parameters = _toml(folder, "parameters.toml", read_parameters, problems, {})
    if any(problem.code == "not_toml" for problem in problems.found):
        return Pack(problems=problems.sorted())
    if isinstance(declared, Mapping):
        for key, reason in disagreements(vocabulary, declared):
            place = Place(_name(folder, "vocabulary.toml"), 1)
            problems.add(place, "vocabulary_broken", word=key, reason=reason)
    found = [section for file in sorted(folder.glob("*.md")) for section in _read(file, problems)]
    if not found and not problems.found:
        problems.add(Place(_name(folder, ""), 1), "no_cards")
    cards = [
        card
        for section in found
        if (card := _card(section, vocabulary, parameters, problems, declared))
    ]
    verify(cards, found, vocabulary, problems)
    return Pack(
        tuple(cards),
        problems.sorted(),
        parameters,
        vocabulary,
        {section.clause: section.chapter for section in found},
        {section.clause: "\n".join(section.notes) for section in found if section.notes},
    )


def _card(
    section: Section,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    problems: Problems,
    declared: Declared | None,
) -> Card | None:
    card = compile_section(section, vocabulary, parameters, problems)
    if card is None:
        return None
    examples = read_examples(section, vocabulary, parameters, problems)
    if declared is not None:
        card = with_planned(card, vocabulary.planned(declared))
    return replace(card, examples=examples)


def _read(file: Path, problems: Problems) -> list[Section]:
    if file.name.casefold() == "readme.md":
        return []
    return sections(file.read_text("utf-8"), _name(file.parent, file.name), problems)


def _toml(
    folder: Path, name: str, read: Callable[..., Any], problems: Problems, default: Any
) -> Any:
    file = _name(folder, name)
    try:
        text = (folder / name).read_text("utf-8")
        return read(tomllib.loads(text), text, file, problems)
    except (OSError, tomllib.TOMLDecodeError) as trouble:
        reason = trouble.strerror if isinstance(trouble, OSError) else str(trouble)
        problems.add(Place(file, 1), "not_toml", reason=reason)
        return default


def _name(folder: Path, file: str) -> str:
    """A name that does not depend on where the pack lies: its last two folders and the file."""
    parts = (*folder.resolve().parts[-2:], file)
    return "/".join(part for part in parts if part)
