"""A wording in both languages: the Russian one is signed, the English one is its translation."""

from pathlib import Path

from pult.regulation.language.check import check
from pult.regulation.language.tests.packs import CARD, load, swap, write_pack

RUSSIAN = "> Счёт отправлен заранее.\n"
BOTH = swap(RUSSIAN, f"{RUSSIAN}>\n> EN: The invoice is sent\n> well ahead.\n")


def test_a_quote_says_the_clause_in_both_languages(tmp_path: Path):
    (card,) = load(tmp_path, BOTH).cards
    assert card.wording == "Счёт отправлен заранее."
    assert card.wording_en == "The invoice is sent well ahead."


def test_a_translation_is_not_part_of_what_is_signed(tmp_path: Path):
    (spoken,), (silent,) = load(tmp_path / "a", BOTH).cards, load(tmp_path / "b", CARD).cards
    assert spoken.edition == silent.edition


def test_the_check_asks_for_the_english_words_and_the_pack_still_loads(tmp_path: Path):
    report = check(write_pack(tmp_path, CARD))
    assert report.pack.problems == ()
    assert not report.good
    (problem,) = report.problems
    assert str(problem).endswith(
        "05-invoice.md:1: у пункта 5.3 нет английской формулировки (строки «> EN: …»)"
    )
    assert check(write_pack(tmp_path / "both", BOTH)).good
