"""An erased person stays nowhere in what came from elsewhere, and no file brings them back."""

from dataclasses import replace

import pytest

from pult.clients.actions import add_contact
from pult.clients.actions.erasure import erase_contact
from pult.clients.models import Contact
from pult.clients.tests.factories import make_client, make_entity
from pult.integrations.migration.actions import sources
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.actions.reading_files import read_file
from pult.integrations.migration.models import Batch, FormerNote, Item
from pult.integrations.migration.shape import Comment
from pult.integrations.migration.tests.world import CALL, IRINA, moved
from pult.kernel import clock, outbox
from pult.work.models import Task

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Имя контакта;Компания;Рабочий телефон;Рабочий email\n"
    "Редкова Ядвига;Кофейня Зерно;+7 495 100-00-00;ya@zerno.example\n"
    "Гай Пётр;Кофейня Зерно;+7 495 300-00-00;\n"
)
TASKS = "Номер;Название;Клиент;Описание\n7;Позвонить;Кофейня Зерно;Спросить Ядвигу Редкову\n"


def words():
    """Whatever the database keeps of records and dry runs."""
    items = Item.objects.values_list("data", "external_id", "why")
    return f"{list(items)} {list(Batch.objects.values_list('plan', 'lines'))}".casefold()


def read(cast, source, text, kind):
    data = text.encode()
    return read_file(by=cast.vera, source_id=source.pk, data=data, name="out.csv", kind=kind)[0]


@pytest.fixture
def zerno(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_client("Кофейня Зерно", am=cast.anna)


@pytest.fixture
def files(cast, zerno):
    today = clock.now().date()
    source = sources.add_source(by=cast.vera, system="amocrm", name="Файлы", go_live=today)
    make_entity(zerno, inn="7700000016")
    firms = read(cast, source, "Название;ИНН\nКофейня Зерно;7700000016\n", "company")
    bring(by=cast.vera, batch_id=firms.pk)
    return source


@pytest.fixture
def yadviga(cast, zerno):
    return add_contact(
        by=cast.anna,
        client_id=zerno.pk,
        name="Ядвига Редкова",
        phone="+7 495 100-00-00",
        email="ya@zerno.example",
    )


def erase(cast, contact):
    erase_contact(by=cast.vera, contact_id=contact.pk)
    outbox.dispatch()


def test_a_person_in_a_dry_run_is_erased_with_the_card(cast, files, yadviga):
    read(cast, files, PEOPLE, "contact")
    batch = read(cast, files, TASKS, "task")
    erase(cast, yadviga)
    for word in ("ядвиг", "редков", "100-00-00", "ya@zerno"):
        assert word not in words()
    bring(by=cast.vera, batch_id=batch.pk)
    assert set(Contact.objects.values_list("name", flat=True)) == {"—", "Гай Пётр"}
    assert Task.objects.get().result == "Спросить — —"


def test_the_same_file_once_more_brings_nobody_back(cast, files, yadviga):
    read(cast, files, PEOPLE, "contact")
    erase(cast, yadviga)
    batch = read(cast, files, PEOPLE, "contact")
    bring(by=cast.vera, batch_id=batch.pk)
    assert set(Contact.objects.values_list("name", flat=True)) == {"—", "Гай Пётр"}
    assert "ядвиг" not in words()


def test_a_person_brought_from_a_file_leaves_no_name_in_its_ids(cast, files, zerno):
    batch = read(cast, files, PEOPLE, "contact")
    bring(by=cast.vera, batch_id=batch.pk)
    erase(cast, Contact.objects.get(name="Редкова Ядвига"))
    assert "ядвиг" not in words()
    bring(by=cast.vera, batch_id=read(cast, files, PEOPLE, "contact").pk)
    assert not Contact.objects.filter(name__contains="Ядвига").exists()


def test_waiting_words_about_a_person_come_in_without_the_name(cast, source, batch):
    source.former.put(
        Comment(id="57", about=("contact", "20"), text="Ирина Лес просила", author="1"),
        replace(CALL, id="58", text="Звонила Ирина Лес", author_name="Ирина Лес", author=""),
        replace(IRINA, id="29", name="Пётр Гай", phone="", email=""),
    )
    second = new_batch(source, cast.vera)
    read_into(second, source.former)
    erase(cast, Contact.objects.get())
    assert "лес" not in words()
    bring(by=cast.vera, batch_id=second.pk)
    said = list(FormerNote.objects.values_list("author", "text"))
    assert ("— —", "Звонила — —") in said
    assert not any("Ирина" in text for _author, text in said)
    assert Contact.objects.filter(name="Пётр Гай").exists()


def test_another_clients_namesake_is_let_be(cast, source, files, yadviga):
    moved(cast, source, source.former)
    read(cast, files, PEOPLE.replace("Кофейня Зерно", "Ромашка").replace("100-00", "700-00")
         .replace("ya@zerno", "ya@romashka"), "contact")  # fmt: skip
    erase(cast, yadviga)
    assert "редкова ядвига" in words()
