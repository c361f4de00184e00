"""A person's name is found in texts whatever its ending."""

import pytest

from pult.clients.logic.forgetting import hiding


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Говорили с Олегом Петровым", "Говорили с — —"),
        ("ОЛЕГ просит отчёт", "— просит отчёт"),
        ("Петрову перезвонить в 15:00", "— перезвонить в 15:00"),
        ("Звонить +7 (495) 123-45-67 после 12", "Звонить — после 12"),
        ("8 495 123 45 67, добавочный 2", "—, добавочный 2"),
        ("Написать на Oleg@Les.ru.", "Написать на —."),
        ("Бюджет 4951234567890 рублей", "Бюджет 4951234567890 рублей"),
        ("Олеговичи и петровский парк", "Олеговичи и петровский парк"),
    ],
)
def test_a_person_is_blanked_out(text, left):
    hide = hiding(names=["Олег Петров"], phones=["+7 495 123-45-67"], emails=["oleg@les.ru"])
    assert hide(text) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Ирина Лесная", "Ирине и Лесной", "— и —"),
        ("Лев", "Лев сказал", "— сказал"),
        ("Я", "Я сам", "Я сам"),
        ("", "Никого", "Никого"),
    ],
)
def test_short_and_empty_names_hide_no_more_than_themselves(name, text, left):
    assert hiding(names=[name])(text) == left
