"""Exports of each system, as its interface writes them."""

import io
from datetime import date

import pytest
import xlsxwriter

from pult.clients.models import Client
from pult.integrations.migration.actions import keeping, sources
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.reading_files import (
    open_file,
    read_export,
    read_file,
    start_file,
)
from pult.integrations.migration.models import FormerDeal, FormerNote, TheirPerson
from pult.integrations.table import TableProblem
from pult.kernel.errors import BadInput, Refusal
from pult.work.models import Task

pytestmark = pytest.mark.django_db

MEGAPLAN_CLIENTS = (
    "Название / ФИО;Тип;Статус;Ответственный;Телефон;E-mail;Сайт;Адрес;ИНН;КПП\n"
    "Ромашка;Компания;Клиент;Анна Берёзова;+7 495 100-00-00, +7 900;a@romashka.example;"
    "romashka.example;Москва;7700000016;770001001\n"
)
MEGAPLAN_TASKS = (
    "Номер;Название;Статус;Постановщик;Ответственный;Аудиторы;Заказчик;Дедлайн;Описание\n"
    "40;Баннер;В работе;Анна Берёзова;Дарья Ершова;Вера Громова;Ромашка;20.03.2026 12:00;Три\n"
    "41;Давно;Завершена;Анна Берёзова;Дарья Ершова;;Ромашка;20.01.2026 12:00;\n"
)
AMO_DEALS = (
    "ID,Название сделки,Компания,Основной контакт,Ответственный,Этап сделки,Воронка,Бюджет ₽,"
    "Дата создания,Дата закрытия,Примечание 1\n"
    "30,Контекст,Ромашка,Ирина Лес,Анна Берёзова,Успешно реализовано,Продажи,120000,"
    "12.01.2026 10:00:00,01.02.2026 10:00:00,Договорились\n"
)
AMO_CONTACTS = (
    "ID,Тип,Имя контакта,Компания,Ответственный,Рабочий телефон,Рабочий email,Должность\n"
    "10,компания,Ромашка,,Анна Берёзова,,,\n"
    "20,контакт,Ирина Лес,Ромашка,Анна Берёзова,+7 495 100-00-00,i@romashka.example,директор\n"
)
BITRIX_CONTACTS = "ID;Имя;Отчество;Фамилия;Дата рождения;Должность;Компания;Рабочий e-mail\n" \
    "20;Ирина;;Лес;05.03.1980;директор;Ромашка;i@romashka.example\n"  # fmt: skip


@pytest.fixture
def files(cast, today):
    """A system known by its files alone."""
    return sources.add_source(
        by=cast.vera, system="megaplan", name="Файлы Мегаплана", go_live=date(2026, 3, 16)
    )


def take(cast, files, text, name="export.csv", **given):
    batch, export = read_file(
        by=cast.vera, source_id=files.pk, data=text.encode(), name=name, **given
    )
    bring(by=cast.vera, batch_id=batch.pk)
    return export


def test_clients_and_open_tasks_of_megaplan(cast, files):
    assert take(cast, files, MEGAPLAN_CLIENTS).kind == "company"
    assert take(cast, files, MEGAPLAN_TASKS).kind == "task"
    client = Client.objects.get()
    assert client.entities.get().inn == "7700000016"
    task = Task.objects.get()
    assert (task.title, task.author, task.assignee) == ("Баннер", cast.anna, cast.darya)
    assert task.auditors.get().user == cast.vera
    assert task.due.hour == 9, "noon in Moscow"


def test_contacts_with_companies_among_them_and_deals_of_amocrm(cast, files):
    assert take(cast, files, AMO_CONTACTS).kind == "contact"
    assert take(cast, files, AMO_DEALS).kind == "deal"
    assert Client.objects.get().contacts.get(name="Ирина Лес").position == "директор"
    deal = FormerDeal.objects.get()
    assert (deal.amount, deal.state, deal.stage) == (
        120_000_00, "won", "Продажи: Успешно реализовано",
    )  # fmt: skip
    assert FormerNote.objects.get().text == "Договорились"


def test_a_name_in_parts_of_bitrix_in_the_windows_code(cast, files):
    take(cast, files, MEGAPLAN_CLIENTS)
    data = BITRIX_CONTACTS.encode("cp1251")
    batch, _export = read_file(by=cast.vera, source_id=files.pk, data=data, name="contacts.csv")
    bring(by=cast.vera, batch_id=batch.pk)
    person = Client.objects.get().contacts.get(name="Лес Ирина")
    assert (person.birthday_day, person.birthday_month, person.birthday_year) == (5, 3, None)


def test_a_workbook_is_read_as_a_table(cast, files):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, line in enumerate(MEGAPLAN_CLIENTS.splitlines()):
        sheet.write_row(number, 0, line.split(";"))
    book.close()
    batch, _export = read_file(
        by=cast.vera, source_id=files.pk, data=stream.getvalue(), name="clients.xlsx"
    )
    bring(by=cast.vera, batch_id=batch.pk)
    assert Client.objects.get().name == "Ромашка"


def test_the_same_file_again_changes_nothing(cast, files):
    take(cast, files, MEGAPLAN_CLIENTS)
    take(cast, files, MEGAPLAN_TASKS)
    take(cast, files, MEGAPLAN_CLIENTS)
    take(cast, files, MEGAPLAN_TASKS)
    assert (Client.objects.count(), Task.objects.count()) == (1, 1)


def test_columns_said_once_are_remembered(cast, files):
    text = "Кто;Телефон фирмы\nРомашка;+7 495 100-00-00\n"
    with pytest.raises(BadInput):
        take(cast, files, text, kind="company")
    take(cast, files, text, kind="company", mapping={"name": 0, "phone": 1})
    files.refresh_from_db()
    again = open_file(files, text.encode(), "again.csv")
    assert (again.kind, again.mapping) == ("company", {"name": 0, "phone": 1})


def test_columns_nobody_reads_are_told(cast, files):
    export = open_file(files, MEGAPLAN_CLIENTS.encode(), "clients.csv")
    assert export.unread == ["Тип"]


def test_people_of_a_file_are_known_by_their_names(cast, files):
    take(cast, files, MEGAPLAN_TASKS)
    assert TheirPerson.objects.get(name="Дарья Ершова").user == cast.darya


def test_what_is_no_table_is_refused_and_so_are_files_beside_a_key(cast, files, source):
    with pytest.raises(TableProblem):
        read_file(by=cast.vera, source_id=files.pk, data=b"\x00\x01", name="x.bin")
    with pytest.raises(Refusal):
        read_file(by=cast.vera, source_id=source.pk, data=b"x", name="x.csv")


def test_the_worker_tells_how_far_it_is(cast, files, monkeypatch):
    monkeypatch.setattr(keeping, "CHUNK", 2)
    text = "Название\n" + "".join(f"Фирма {n}\n" for n in range(5))
    batch, export = start_file(
        by=cast.vera, source_id=files.pk, data=text.encode(), name="out.csv", kind="company"
    )
    told = []
    read_export(batch, export, told.append)
    assert told == [2, 4, 5]
