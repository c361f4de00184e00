"""Vocabulary, parameters and editions of a pack."""

from pathlib import Path

import pytest

from pult.regulation.evaluate.card import Amount
from pult.regulation.evaluate.reads import depends_on, parameters_of, reads
from pult.regulation.language.compile import compile_section
from pult.regulation.language.markdown import sections
from pult.regulation.language.pack import Pack, load_pack
from pult.regulation.language.problems import Problems, nearest, normal
from pult.regulation.language.tests.packs import CARD, load, swap, write_pack
from pult.regulation.pack_path import default_pack

FORECAST = "funds.p"  # a parameter of 5.3 that the forecast reads, not the card


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(default_pack())


def test_words_are_compared_without_case_yo_and_spaces():
    assert normal(" Счёт\u00a0 ОТПРАВЛЕН. ") == normal("счет отправлен")


def test_the_likeliest_word_comes_first():
    assert nearest("счет отправлн", ["отчёт отправлен", "счёт отправлен"])[0] == "счёт отправлен"


def test_nothing_is_suggested_for_a_word_unlike_any():
    assert nearest("жираф", ["счёт отправлен"]) == ()


def test_a_word_named_twice_is_an_error_of_the_vocabulary(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    vocabulary = folder / "vocabulary.toml"
    text = vocabulary.read_text("utf-8").replace('"встреча с клиентом"', '"счёт отправлен"')
    vocabulary.write_text(text, "utf-8")
    line = text[: text.index('[fact."meeting.held"]')].count("\n") + 1
    assert f"vocabulary.toml:{line}: слово «счёт отправлен» названо дважды" in str(
        load_pack(folder).problems[0]
    )


def test_an_act_without_its_fact_is_an_error_of_the_vocabulary(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    vocabulary = folder / "vocabulary.toml"
    text = vocabulary.read_text("utf-8")
    vocabulary.write_text(text.replace('fact = "meeting.held"', 'fact = "meeting.hold"'), "utf-8")
    assert [problem.code for problem in load_pack(folder).problems] == ["vocabulary_broken"]


def test_a_parameter_of_ours_needs_a_reason(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    numbers = folder / "parameters.toml"
    numbers.write_text(numbers.read_text("utf-8") + '\n["x"]\nvalue = 1\nunit = "wd"\nru = "x"\n'
                       'en = "x"\nsource = "proposal"\n', "utf-8")  # fmt: skip
    assert [problem.code for problem in load_pack(folder).problems] == ["parameter_broken"]


def test_every_number_says_where_it_comes_from(pack: Pack):
    sources = {parameter.source for parameter in pack.parameters.values()}
    assert sources == {"regulation", "proposal"}
    assert len(pack.parameters) >= 71


def test_a_list_of_values_is_a_parameter_for_each(pack: Pack):
    parts = [pack.parameters[f"pay.remind.{part}"].value for part in (1, 2, 3)]
    assert parts == [2, 0, 2]


def test_every_clause_a_parameter_names_that_has_a_card_uses_it(pack: Pack):
    named = {card.clause: parameters_of(card) | set(card.sets) for card in pack.cards}
    lost = [
        (name, clause)
        for name, parameter in pack.parameters.items()
        for clause in parameter.clauses
        if clause in named and name not in named[clause] and name != FORECAST
    ]
    assert lost == []


def test_another_wording_or_rule_is_another_edition_and_an_example_is_not(tmp_path: Path):
    def edition(text: str, name: str) -> str:
        return load(tmp_path / name, text).cards[0].edition

    first = edition(CARD, "a")
    assert edition(swap("заранее.", "загодя."), "b") != first
    assert (
        edition(swap("| счёт отправлен                          |", "| счёт выставлен |"), "c")
        != first
    )
    assert edition(swap("успели", "вовремя"), "d") == first
    assert edition(swap("за **7 рабочих дней**", "за  **7 рабочих дней**"), "f") == first
    assert edition(swap("| правило        | обязанность", "| Правило | обязанность"), "e") == first


def test_a_former_edition_keeps_the_numbers_it_was_signed_with(pack: Pack):
    problems = Problems()
    section = sections(swap("7 рабочих дней", "12 рабочих дней"), "5.md", problems)[0]
    card = compile_section(section, pack.vocabulary, {}, problems, former=True)
    assert card
    assert card.deadlines[0].amount == Amount(12, "wd", "invoice.lead")


def test_a_word_that_holds_and_would_be_torn_apart(tmp_path: Path):
    folder = write_pack(tmp_path, CARD)
    vocabulary = folder / "vocabulary.toml"
    text = vocabulary.read_text("utf-8").replace('"этап сдан"', '"этап сдан и принят"')
    vocabulary.write_text(text, "utf-8")
    assert [problem.code for problem in load_pack(folder).problems] == ["vocabulary_joined"]


def test_what_a_card_reads_is_derived_from_it(pack: Pack):
    card = pack.card("5.3")
    assert {"line.funds_end", "invoice.sent", "spend.loaded", "line.status"} <= reads(card)
    assert {"invoice.lead", "spend.fresh"} <= parameters_of(card)
    assert depends_on(pack.card("9.7")) == {"9.4"}


def test_a_clients_word_stands_in_a_card_about_a_line_but_an_invoices_does_not(pack: Pack):
    vocabulary = pack.vocabulary
    assert vocabulary.bind(vocabulary.facts["client.trusted"], "line").level == "client"
    with pytest.raises(Exception, match="fact_lacks_subject"):
        vocabulary.bind(vocabulary.facts["pay.reminded"], "line")


def test_a_card_whose_facts_nobody_records_is_marked_and_its_former_editions_are_too(pack: Pack):
    text = (default_pack() / "04-plan.md").read_text("utf-8")
    section = sections(text, "4.md", Problems())[0]
    card = compile_section(section, pack.vocabulary, {}, Problems(), former=True)
    assert card
    assert card.planned == pack.card("4.1").planned == ("plan.made", "plan.ordered")


def test_a_card_is_no_longer_planned_once_its_facts_are_declared():
    every = [
        kind for fact in load_pack(default_pack()).vocabulary.facts.values() for kind in fact.kinds
    ]
    assert load_pack(default_pack(), every).card("4.1").planned == ()
