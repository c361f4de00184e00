"""What a text is found by and what a query asks for, before any database."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.kernel.search.finding import to_fts5, to_tsquery
from pult.kernel.search.folding import fold, other_layout
from pult.kernel.search.tokens import LONGEST, query_tokens, tokens


def finds(query: str, text: str, *, forgiving: bool = False) -> bool:
    """The meaning of a query, read straight from its definition."""
    found = tokens(text)

    def holds(term):
        return any(t.startswith(term.token) if term.prefix else t == term.token for t in found)

    words = query_tokens(query, forgiving=forgiving)
    return bool(words) and all(
        any(all(any(map(holds, group)) for group in reading) for reading in word) for word in words
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("счета", "Выставлен счёт"),
        ("счёт", "оплата счетов"),
        ("СЧЕТУ", "Счета за май"),
        ("ромашке", "ООО «Ромашка»"),
        ("люди", "много людей"),
        ("сталь", "стали дороже"),
        ("еж", "Ёж и К°"),
        ("ром", "Ромашка"),
        ("договор с ромашкой", "Ромашка: договор № 7"),
        ("А-2026/015", "Счёт А-2026/015 от 06.05.2026"),
        ("A-2026/015", "Счёт А-2026/015, первая буква русская"),
        ("а2026015", "А-2026/015"),
        ("2026/015", "А-2026/015"),
        ("А-2026/01", "А-2026/015"),
        ("А-2026/15", "А-2026/015"),
        ("015", "А-2026/015"),
        ("15", "А-2026/015"),
        ("№15", "счёт № 0015"),
        ("06.05.2026", "от 06.05.2026"),
        ("7701", "ИНН 7701234567"),
        ("7701234567", "ИНН 770123456789"),
        ("8 916 123-45-67", "+7 (916) 123-45-67"),
        ("+79161234567", "9161234567"),
        ("интернет магазин", "интернет-магазин"),
        ("интернетмагазин", "интернет-магазин"),
        ("интернет-магазины", "лучший интернет-магазин"),
        ("romashka.ru", "https://romashka.ru/contacts"),
        ("anna@romashka.ru", "Anna@Romashka.ru"),
        ("iphone", "iPhone15"),
        ("для", "всё для дома"),
        ("ﬁnance", "Finance"),
    ],
)
def test_a_query_finds_the_text(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("счета ромашки", "счёт Василька"),
        ("2026/016", "А-2026/015"),
        ("7702", "ИНН 7701234567"),
        ("кот", "кит"),
        ("стол", "стул"),
        ("cxtnf", "счета"),
        ("", "счета"),
        (" — !", "счета"),
    ],
)
def test_a_query_leaves_other_texts_alone(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("cxtnf", "Счёт на май"),
        ("CXTNF", "Счёт на май"),
        ("hjvfirf", "Ромашка"),
        ("k.,jq", "любой клиент"),
        ("ds`v", "выём"),
        ("нфтвуч вшкусе", "Yandex Direct"),
        ("cxtnf ромашки", "Ромашка: счёт"),
        ("F-2026|015", "А-2026/015"),
        ("ntktajy d jabct", "телефон в офисе"),
    ],
)
def test_the_other_keyboard_layout_is_forgiven(query, text):
    assert finds(query, text, forgiving=True)


def test_a_document_keeps_each_token_once_and_none_too_long():
    assert tokens("счёт счета СЧЁТУ") == ["счет", "счета", "счету"]
    assert tokens("") == tokens("— … !") == []
    assert max(map(len, tokens("а" * 500 + " " + "9" * 500))) == LONGEST


@given(st.text(max_size=60))
def test_any_text_gives_plain_tokens_and_safe_queries(text):
    for token in tokens(text):
        assert token.isalnum()
        assert token == fold(token)
    for forgiving in (False, True):
        words = query_tokens(text, forgiving=forgiving)
        terms = {t.token for word in words for reading in word for group in reading for t in group}
        assert all(term.isalnum() for term in terms)
        if words:
            assert to_fts5(words).count('"') % 2 == to_tsquery(words).count("'") % 2 == 0


@given(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12))
def test_a_word_of_either_layout_comes_back(word):
    assert other_layout(other_layout(word)) == word


@given(st.from_regex(r"[А-Я]{1,2}-20[0-9]{2}/[0-9]{1,4}", fullmatch=True))
def test_an_invoice_is_found_by_its_whole_number_and_every_beginning_of_it(number):
    text = f"Счёт {number} от 06.05.2026"
    assert finds(number, text)
    for length in range(4, len(number)):
        assert finds(number[:length], text)


def test_queries_are_worded_for_each_database():
    words = query_tokens("счета 015")
    assert to_fts5(words) == '(("счета"* OR "счет") AND ("015"* OR "15"))'
    assert to_tsquery(words) == "(('счета':* | 'счет') & ('015':* | '15'))"
    assert to_tsquery(query_tokens("vk")) == "'vk':*"


def test_the_dictionary_is_not_loaded_before_it_is_needed():
    code = (
        "import sys, django; django.setup(); import pult.kernel.search; "
        "sys.exit('pymorphy3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
