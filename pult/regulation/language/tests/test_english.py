"""The English vocabulary names the same registry: a card in English is the same card."""

from dataclasses import replace
from pathlib import Path

import pytest

from pult.regulation.evaluate.card import Card, Exception_, Requirement
from pult.regulation.language.check import check
from pult.regulation.language.pack import load_pack
from pult.regulation.language.tests.packs import write_pack
from pult.regulation.pack_path import default_pack

CARDS = Path(__file__).parent / "english.md"
CLAUSES = ["1.13", "4.1", "5.1", "5.3", "6.1", "6.2", "6.9", "8.5", "9.4", "9.7", "11.3", "12.3"]
CLAUSES += ["12.5", "М3.5.1", "М4.9"]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("english"), CARDS.read_text("utf-8"), "en")


def meaning(card: Card) -> Card:
    """The card without what is written for people: titles, labels, places and the edition."""
    gate = card.gate and replace(
        card.gate, requires=tuple(Requirement(each.condition, "") for each in card.gate.requires)
    )
    spoken = dict.fromkeys(("title", "title_en", "wording", "wording_en", "edition", "file"), "")
    bare = replace(card, **spoken, line=0, gate=gate)
    exceptions = tuple(Exception_("", each.condition) for each in card.exceptions)
    return replace(bare, exceptions=exceptions, examples=())


@pytest.mark.parametrize("clause", CLAUSES)
def test_an_english_card_compiles_to_the_same_card(clause: str, english: Path):
    pack = load_pack(english)
    assert [str(problem) for problem in pack.problems] == []
    assert meaning(pack.card(clause)) == meaning(load_pack(default_pack()).card(clause))


def test_english_examples_run_as_well(english: Path):
    report = check(english)
    assert [(ran.card.clause, ran.example.name, ran.got) for ran in report.failures] == []
    assert len(report.ran) >= 2 * len(CLAUSES)
