"""A card is read aloud in both languages, from the card and not from its wording."""

import pytest

from pult.regulation.language.pack import Pack, load_pack
from pult.regulation.language.reading import describe, reading
from pult.regulation.pack_path import default_pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(default_pack())


def said(pack: Pack, clause: str, language: str) -> str:
    return reading(pack.card(clause), pack.vocabulary, language)


def test_a_lead_obligation_is_one_russian_sentence(pack: Pack):
    assert said(pack, "5.3", "ru").startswith(
        "Аккаунт-менеджер должен запросить счёт не позднее чем за 7 рабочих дней "
        "до дня, когда по прогнозу кончатся деньги."
    )


def test_a_lead_obligation_is_one_english_sentence(pack: Pack):
    assert said(pack, "5.3", "en").startswith(
        "The account manager must request an invoice no later than 7 working days "
        "before the day the money is forecast to run out."
    )


def test_three_deadlines_are_named_one_after_another(pack: Pack):
    assert (
        "за 2 рабочих дня до срока оплаты счёта, в сам день срока оплаты счёта "
        "и через 2 рабочих дня после срока оплаты счёта"
    ) in said(pack, "1.13", "ru")


def test_a_gate_says_what_it_waits_for_and_who_may_lift_it(pack: Pack):
    assert said(pack, "6.1", "en") == (
        "Nobody may start the service until: service line is paid in full. "
        "Exception: client is trusted or service line is paid afterwards. "
        "May be waived by the head of client service or director."
    )


def test_the_ladder_is_told_in_working_time(pack: Pack):
    assert (
        "Если не сделано: сразу узнаёт руководитель, через 3 рабочих дня узнаёт директор."
    ) in said(pack, "5.3", "ru")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_card_can_be_read_without_leftovers(pack: Pack, language: str):
    for card in pack.cards:
        text = reading(card, pack.vocabulary, language)
        assert text.endswith(".")
        assert not set("{}") & set(text), card.clause


def test_english_readings_hold_no_russian(pack: Pack):
    for card in pack.cards:
        text = reading(card, pack.vocabulary, "en")
        letters = [letter for letter in text if "а" <= letter.lower() <= "я"]
        assert letters == [], card.clause


def test_what_a_gate_misses_is_described_in_the_readers_language(pack: Pack):
    gate = pack.card("6.1.1").gate
    assert gate
    asked = gate.requires[0].condition
    assert describe(asked, pack.vocabulary, "ru") == "услуга не завершена"
    assert describe(asked, pack.vocabulary, "en") == "service line has not ended"
