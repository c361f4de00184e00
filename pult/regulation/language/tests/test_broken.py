"""Every way to break a card is answered with its place, the word and the nearest known ones."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pult.regulation.language.check import check
from pult.regulation.language.pack import load_pack
from pult.regulation.language.tests.packs import CARD, load, messages, swap, write_pack

CASES = tomllib.loads((Path(__file__).parent / "broken.toml").read_text("utf-8"))["case"]
TYPO = swap("| счёт отправлен                          |", "| счёт отправленн |")


def broken(case: dict[str, Any]) -> str:
    """The text of a case; a swap that changes nothing would test nothing."""
    text: str = case.get("text", CARD)
    for old, new in case.get("swap", ()):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def case(name: str) -> str:
    return broken(next(case for case in CASES if case["name"] == name))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_broken_card_is_refused_with_its_place_and_the_nearest_words(
    case: dict[str, Any], tmp_path: Path
):
    assert messages(tmp_path, broken(case)) == case["says"]


def test_the_good_card_the_others_are_broken_from_is_taken(tmp_path: Path):
    pack = load(tmp_path, CARD)
    assert pack.problems == ()
    assert [card.clause for card in pack.cards] == ["5.3"]


def test_a_broken_card_is_not_among_the_cards(tmp_path: Path):
    pack = load(tmp_path, TYPO + "\n" + CARD.replace("## 5.3", "## 5.4"))
    assert [card.clause for card in pack.cards] == ["5.4"]


def test_messages_come_in_english_for_a_reader_of_english(tmp_path: Path):
    problem = load(tmp_path, TYPO).problems[0]
    assert problem.text("en") == (
        "regulations/agency/05-invoice.md:9: unknown word “счёт отправленн”; perhaps: "
        "“счёт отправлен”, “отчёт отправлен”, “счёт выставлен”"
    )


def test_an_english_pack_speaks_english(tmp_path: Path):
    said = messages(tmp_path, TYPO, language="en")[0]
    assert said.startswith("05-invoice.md:9: unknown word “счёт отправленн”")


def test_a_problem_names_the_column_of_its_cell(tmp_path: Path):
    problem = load(tmp_path, TYPO).problems[0]
    assert (problem.place.line, problem.place.column) == (9, 20)


def test_a_pack_without_its_vocabulary_says_so(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    (folder / "vocabulary.toml").unlink()
    lost = [problem for problem in load_pack(folder).problems if problem.code == "not_toml"]
    assert [problem.place.file for problem in lost] == ["regulations/agency/vocabulary.toml"]


def test_a_torn_file_of_parameters_is_named(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    (folder / "parameters.toml").write_text("[broken", "utf-8")
    torn = [problem for problem in load_pack(folder).problems if problem.code == "not_toml"]
    assert [problem.place.file for problem in torn] == ["regulations/agency/parameters.toml"]


def test_an_empty_folder_is_no_pack(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    (folder / "05-invoice.md").unlink()
    assert [problem.code for problem in load_pack(folder).problems] == ["no_cards"]


def test_a_circle_of_clauses_is_reported_and_does_not_stop_the_check(tmp_path: Path):
    report = check(write_pack(tmp_path, case("a circle")))
    assert not report.good
    assert [problem.code for problem in report.pack.problems] == ["clause_cycle"]
