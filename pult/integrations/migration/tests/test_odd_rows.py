"""Rows that name nobody, or two under one name: told by their line, and in nobody's way."""

import pytest

from pult.clients.models import Client
from pult.integrations.migration.actions import sources
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.reading_files import read_file
from pult.integrations.migration.models import Item
from pult.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(cast, freeze):
    freeze("2026-03-10 12:00")
    today = clock.now().date()
    return sources.add_source(by=cast.vera, system="megaplan", name="Файлы", go_live=today)


def read(cast, files, text, kind="company"):
    return read_file(
        by=cast.vera, source_id=files.pk, data=text.encode(), name="out.csv", kind=kind
    )[0]


def test_a_row_of_punctuation_is_named_and_stops_no_other(cast, files):
    batch = read(cast, files, 'Название;ИНН\n???;1\nВасилёк;\n"\'";2\n')
    assert "2, 4" in batch.trouble
    bring(by=cast.vera, batch_id=batch.pk)
    bring(by=cast.vera, batch_id=read(cast, files, "Название;ИНН\nРомашка;\n").pk)
    assert set(Client.objects.values_list("name", flat=True)) == {"Василёк", "Ромашка"}


def test_two_firms_of_one_name_are_not_one(cast, files):
    batch = read(cast, files, "Название;ИНН\nВасилёк;7700000016\nВасилёк;7707083893\nВасилёк;\n")
    assert "3, 4" in batch.trouble
    assert Item.objects.get(kind="company").data["inn"] == "7700000016"


def test_the_same_row_twice_is_no_trouble(cast, files):
    batch = read(cast, files, "Название;ИНН\nВасилёк;7700000016\nВасилёк;7700000016\n")
    assert batch.trouble == ""


def test_two_tasks_of_one_title_are_told_apart_by_their_numbers(cast, files):
    text = "Название;Клиент;Крайний срок\nПозвонить;Василёк;01.04.2026\nПозвонить;Василёк;\n"
    assert "3" in read(cast, files, text, "task").trouble
    numbered = "Номер;Название;Клиент\n1;Позвонить;Василёк\n2;Позвонить;Василёк\n"
    assert read(cast, files, numbered, "task").trouble == ""
    assert Item.objects.filter(external_id__in=["1", "2"]).count() == 2
