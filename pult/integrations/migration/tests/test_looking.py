"""A reading by hand is looked at first: until it is brought in, no card changes."""

from dataclasses import replace

import pytest

from pult.clients.models import Client
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.actions.reading_files import read_file
from pult.integrations.migration.models import FormerDeal, Item
from pult.integrations.migration.tests.test_files import MEGAPLAN_CLIENTS, files, take  # noqa: F401
from pult.integrations.migration.tests.world import ROMASHKA, SALE, open_ones, rename, sync
from pult.people.models import User

pytestmark = pytest.mark.django_db


def read_again(source):
    """Everything is read anew and waits to be looked at."""
    batch = new_batch(source, User.objects.get(full_name__startswith="Вера"))
    read_into(batch, source.former)
    return batch


def kept():
    """Words kept of records that were brought in before."""
    return Item.objects.filter(state="brought").exclude(data={})


def test_what_changed_there_is_counted_and_comes_with_the_batch(cast, batch, source):
    source.former.put(replace(ROMASHKA, about="Цветы и подарки"), replace(SALE, amount=90_000_00))
    again = read_again(source)
    assert again.plan["counts"]["changed"] == 2
    assert Client.objects.get().about == "Доставка цветов"
    assert FormerDeal.objects.get().amount == 120_000_00
    bring(by=cast.vera, batch_id=again.pk)
    assert Client.objects.get().about == "Цветы и подарки"
    assert FormerDeal.objects.get().amount == 90_000_00
    assert not kept().exists()


def test_what_changed_on_both_sides_is_a_difference_then(cast, batch, source):
    source.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    again = read_again(source)
    rename(cast)
    assert not open_ones().exists()
    bring(by=cast.vera, batch_id=again.pk)
    assert open_ones().get().theirs == "Ромашка-Цвет"
    assert Client.objects.get().name == "Ромашка плюс"


def test_a_reading_without_changes_keeps_no_words(batch, source):
    source.former.put(replace(ROMASHKA, about="Цветы и подарки"))
    read_again(source)
    source.former.put(ROMASHKA)
    assert read_again(source).plan["counts"]["changed"] == 0
    assert not kept().exists()


def test_older_words_nobody_looked_at_do_not_undo_a_newer_reading(cast, followed):
    followed.former.put(replace(ROMASHKA, about="Цветы и подарки"))
    again = read_again(followed)
    followed.former.put(replace(ROMASHKA, about="Цветы, подарки, доставка"))
    sync(followed)
    bring(by=cast.vera, batch_id=again.pk)
    assert Client.objects.get().about == "Цветы, подарки, доставка"


def test_a_wrong_file_that_is_only_looked_at_changes_nothing(cast, files):  # noqa: F811
    take(cast, files, MEGAPLAN_CLIENTS)
    address = Client.objects.get().entities.get().address
    wrong = MEGAPLAN_CLIENTS.replace("Москва", "Тверь")
    read_file(by=cast.vera, source_id=files.pk, data=wrong.encode(), name="wrong.csv")
    assert Client.objects.get().entities.get().address == address
