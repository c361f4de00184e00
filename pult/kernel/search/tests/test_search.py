"""Indexing and finding through the database at hand: the suite runs on SQLite and PostgreSQL."""

import pytest
from django.db import connection

from pult.kernel.search import (
    Document,
    Hit,
    index_document,
    index_documents,
    remove_document,
    search,
)
from pult.kernel.search.models import SearchDocument
from pult.kernel.search.schema import create_index, drop_index

pytestmark = pytest.mark.django_db

LIBRARY = [
    Document("client", 1, 1, "Ромашка", "ООО «Ромашка» ИНН 7701234567 romashka.ru Цветков"),
    Document("client", 2, 2, "Северный ёж", "ИНН 770123456789 +7 (916) 123-45-67"),
    Document("client", 3, 3, "Yandex-магазин «Окна»", "окна и двери оптом"),
    Document("invoice", 10, 1, "Счёт А-2026/015", "Ромашка, реклама в мае"),
    Document("invoice", 11, 2, "Счёт А-2026/151", "Северный ёж, за контекстную рекламу"),
    Document("invoice", 12, 3, "Акт 15", "окна; закрывает счета за апрель"),
    Document("task", 20, 1, "Позвонить насчёт отчёта", "перенести звонок с пятницы"),
    Document("task", 21, 2, "Стали дороже клики", "сравнить с прошлым месяцем"),
    Document("task", 22, 3, "Цены на сталь", "интернет-магазин металла"),
    Document("question", 30, 0, "Как оформить отпуск", "заявление руководителю"),
]


@pytest.fixture
def library():
    index_documents(LIBRARY)


def titles(text, **options):
    return [hit.title for hit in search(text, **options)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("счета", ["Счёт А-2026/151", "Счёт А-2026/015", "Акт 15"]),
        ("СЧЁТ", ["Счёт А-2026/151", "Счёт А-2026/015", "Акт 15"]),
        ("cxtnf", ["Счёт А-2026/151", "Счёт А-2026/015", "Акт 15"]),
        ("hjvfirb", ["Ромашка", "Счёт А-2026/015"]),
        ("ромашке", ["Ромашка", "Счёт А-2026/015"]),
        ("рома", ["Ромашка", "Счёт А-2026/015"]),
        ("счёт ромашки", ["Счёт А-2026/015"]),
        ("ежа", ["Северный ёж", "Счёт А-2026/151"]),
        ("ЁЖ", ["Северный ёж", "Счёт А-2026/151"]),
        ("А-2026/015", ["Счёт А-2026/015"]),
        ("2026/1", ["Счёт А-2026/151", "Счёт А-2026/015"]),
        ("2026/151", ["Счёт А-2026/151"]),
        ("a-2026", ["Счёт А-2026/151", "Счёт А-2026/015"]),
        ("15", ["Акт 15", "Счёт А-2026/151", "Счёт А-2026/015"]),
        ("7701", ["Северный ёж", "Ромашка"]),
        ("7701234567", ["Северный ёж", "Ромашка"]),
        ("8(916)123-45-67", ["Северный ёж"]),
        ("сталь", ["Цены на сталь", "Стали дороже клики"]),
        ("интернет магазины", ["Цены на сталь"]),
        ("магазин", ["Yandex-магазин «Окна»", "Цены на сталь"]),
        ("нфтвуч", ["Yandex-магазин «Окна»"]),
        ("реклама", ["Счёт А-2026/151", "Счёт А-2026/015"]),
        ("звонки", ["Позвонить насчёт отчёта"]),
        ("звонок с пятницы", ["Позвонить насчёт отчёта"]),
        ("окно", ["Yandex-магазин «Окна»", "Акт 15"]),
        ("отпуска", ["Как оформить отпуск"]),
        ("небывальщина", []),
        ("'\"*():& OR", []),
        ("", []),
    ],
)
def test_both_databases_find_the_same_in_the_same_order(library, query, found):
    assert titles(query) == found


def test_titles_come_first_and_then_the_newest(library):
    assert titles("счета") == ["Счёт А-2026/151", "Счёт А-2026/015", "Акт 15"]
    assert titles("ромашка") == ["Ромашка", "Счёт А-2026/015"]
    assert titles("счета", limit=1) == ["Счёт А-2026/151"]
    assert len(titles("счета", limit=3)) == 3


def test_a_reader_finds_only_what_their_clients_own(library):
    assert titles("счета", allowed_roots=[1]) == ["Счёт А-2026/015"]
    assert titles("счета", allowed_roots=[]) == []
    mine = SearchDocument.objects.filter(kind="client", object_id=1).values("root_id")
    assert titles("счета", allowed_roots=mine) == ["Счёт А-2026/015"]
    assert titles("отпуск", allowed_roots=[1, 2, 3]) == []
    assert titles("ежа", kinds=["client"]) == ["Северный ёж"]
    assert search("ежа", kinds={"client"}) == [Hit("client", 2, 2, "Северный ёж")]


def test_a_renamed_thing_is_found_by_its_new_name_only(library):
    index_document("client", 1, 1, "Василёк", "ООО «Василёк»")
    assert titles("василька") == ["Василёк"]
    assert titles("ромашка", kinds=["client"]) == []
    assert SearchDocument.objects.count() == len(LIBRARY)


def test_a_removed_thing_is_not_found_and_another_takes_no_trace_of_it(library):
    remove_document("client", 1)
    remove_document("client", 1)
    assert titles("ромашка") == ["Счёт А-2026/015"]
    index_document("client", 1, 1, "Пион")
    assert titles("ромашка") == ["Счёт А-2026/015"]


def test_of_two_equal_documents_the_last_one_counts():
    assert index_documents([LIBRARY[0], LIBRARY[0]._replace(title="Ромашка и сын")]) == 1
    assert titles("ромашка") == ["Ромашка и сын"]


def test_many_documents_are_indexed_in_few_queries(django_assert_max_num_queries):
    many = [Document("task", n, n % 7, f"Задача {n}", "медиаплан") for n in range(1000)]
    with django_assert_max_num_queries(12):
        assert index_documents(many) == 1000
    assert len(titles("медиапланы", limit=50)) == 50


def test_the_index_can_be_dropped_and_made_again(library):
    class Editor:
        connection = connection

    drop_index(None, Editor)
    create_index(None, Editor)
    assert titles("ромашке") == ["Ромашка", "Счёт А-2026/015"]
