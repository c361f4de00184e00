"""Everything a former system holds, brought in once and only once."""

from dataclasses import replace

import pytest

from pult.clients.access import clients_of, holder
from pult.clients.models import Client, Contact, LegalEntity
from pult.clients.tests.factories import make_client, make_entity
from pult.comms.models import Interaction
from pult.integrations.migration.actions import sources
from pult.integrations.migration.actions.bringing import bring, todo_of
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.models import (
    Batch,
    Difference,
    FormerDeal,
    FormerNote,
    Item,
    TheirPerson,
)
from pult.integrations.migration.shape import Contact as Person
from pult.integrations.migration.shape import Deal, File
from pult.integrations.migration.tests.world import BANNER, IRINA, ROMASHKA, SALE, moved
from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.work.models import Comment, Task, TaskFile

pytestmark = pytest.mark.django_db


def state_of(kind, external_id):
    item = Item.objects.get(kind=kind, external_id=external_id)
    return item.state, item.why


def test_a_reading_writes_nothing_of_ours(cast, source):
    batch = new_batch(source, cast.vera)
    read_into(batch, source.former)
    batch.refresh_from_db()
    assert batch.status == Batch.Status.READY
    assert not Client.objects.exists()
    preview = todo_of(batch, cast.vera).preview()
    assert preview.counts["create"] == 1
    assert preview.errors == ()
    assert set(Item.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_client_comes_with_its_people_payer_and_manager(cast, batch):
    client = Client.objects.get()
    assert (client.name, client.status, client.about) == ("Ромашка", "client", "Доставка цветов")
    assert holder(client.pk, "am") == cast.anna
    assert [one.name for one in clients_of(cast.anna)] == ["Ромашка"]
    entity = LegalEntity.objects.get()
    assert (entity.name, entity.inn) == ("ООО «Ромашка»", "7700000016")
    irina = client.contacts.get()
    assert (irina.name, irina.phone_key, irina.email) == (
        "Ирина Лес", "74951000000", "irina@romashka.example",
    )  # fmt: skip
    assert (irina.birthday_day, irina.birthday_month, irina.birthday_year) == (5, 3, None)


def test_a_deal_is_kept_to_be_read(batch):
    deal = FormerDeal.objects.get()
    assert (deal.title, deal.amount, deal.stage, deal.state, deal.responsible) == (
        "Контекст на год", 120_000_00, "Успешно реализовано", "won", "Анна Берёзова",
    )  # fmt: skip


def test_an_open_task_comes_to_its_doers_department_and_a_closed_one_stays(cast, batch):
    task = Task.objects.get()
    assert (task.title, task.result) == ("Баннер к 8 марта", "Сделать баннер\nтри размера")
    assert (task.author, task.assignee, task.department) == (cast.anna, cast.darya, "context")
    assert task.due == BANNER.due
    assert [one.text for one in task.checklist.all()] == ["240×400", "728×90"]
    assert not Item.objects.filter(external_id="41").exists()


def test_words_keep_the_name_and_the_day_of_who_left_long_ago(batch):
    said = Comment.objects.get(text__contains="Логотип")
    assert said.text == "Фёдор Ушедший, 03.03.2026:\nЛоготип во вложении"
    note = FormerNote.objects.get(file=None)
    assert (note.author, note.text, note.deal.title) == (
        "Фёдор Ушедший", "Договорились о сроках", "Контекст на год",
    )  # fmt: skip
    assert not Interaction.objects.exists(), "an old word is no contact of the regulation"


def test_files_come_beside_what_they_belong_to(batch):
    assert TaskFile.objects.get().name == "logo.png"
    note = FormerNote.objects.exclude(file=None).get()
    assert (note.file_name, note.file.mime) == ("brief.pdf", "application/pdf")


def test_what_was_brought_is_not_kept_twice(batch):
    assert set(Item.objects.values_list("state", flat=True)) == {"brought"}
    assert all(data == {} for data in Item.objects.values_list("data", flat=True))
    marks = str(list(Item.objects.values_list("marks", flat=True)))
    assert "Ирина" not in marks
    assert "4951000000" not in marks


def test_a_second_run_changes_nothing(cast, source, batch):
    facts = Fact.objects.exclude(kind__startswith="migration.").count()
    rows = (Contact.objects.count(), Comment.objects.count(), FormerNote.objects.count())
    again = new_batch(source, cast.vera)
    reading = read_into(again, source.former)
    assert (reading.new, reading.changed) == (0, 0)
    bring(by=cast.vera, batch_id=again.pk)
    assert Fact.objects.exclude(kind__startswith="migration.").count() == facts
    assert rows == (Contact.objects.count(), Comment.objects.count(), FormerNote.objects.count())
    assert not Difference.objects.exists()


def test_a_known_client_is_added_to_and_what_differs_is_told(cast, source):
    ours = make_client("Ромашка и Ко", am=cast.boris, about="Букеты")
    make_entity(ours, inn="7700000016")
    moved(cast, source, source.former)
    assert Client.objects.get() == ours
    assert ours.contacts.get().name == "Ирина Лес"
    ours.refresh_from_db()
    assert (ours.name, ours.about) == ("Ромашка и Ко", "Букеты")
    told = {one.field: (one.theirs, one.ours) for one in Difference.objects.all()}
    assert told["name"] == ("Ромашка", "Ромашка и Ко")
    assert told["about"] == ("Доставка цветов", "Букеты")
    assert told["responsible"] == ("Анна Берёзова", "Борис Ветров")


def test_a_look_alike_waits_for_an_answer(cast, source):
    make_client("Ромашка цветы букеты", am=cast.boris)
    source.former.put(replace(ROMASHKA, name="Ромашка цветы", inn="", legal_name=""))
    batch = moved(cast, source, source.former)
    assert state_of("company", "10") == ("waiting", "ask")
    assert state_of("task", "40") == ("waiting", "owner")
    key = todo_of(batch, cast.vera).preview().plans[0].key
    rest = new_batch(source, cast.vera)
    rest.decisions = {key: "create"}
    rest.save()
    bring(by=cast.vera, batch_id=rest.pk)
    assert Client.objects.count() == 2
    assert state_of("task", "40") == ("brought", "")


def test_a_number_that_cannot_be_right_stays_there(cast, source):
    source.former.put(replace(ROMASHKA, inn="7700000017"), replace(IRINA, phone="нет"))
    moved(cast, source, source.former)
    client = Client.objects.get()
    assert client.entities.get().inn == ""
    assert client.contacts.get().phone == ""


def test_a_person_without_a_firm_comes_only_with_a_deal_of_their_own(cast, source):
    source.former.put(
        Person(id="21", name="Пётр Сам", responsible="1"),
        Person(id="22", name="Случайный Номер"),
        Deal(id="31", title="Сайт", status="new", contacts=("21",)),
    )
    moved(cast, source, source.former)
    assert Client.objects.get(name="Пётр Сам").status == "lead"
    assert state_of("contact", "22") == ("left", "nobody")
    assert Item.objects.get(kind="contact", external_id="22").data == {}


def test_a_status_that_is_not_brought_leaves_its_deals_there(cast, source):
    source.former.put(replace(SALE, id="32", status="spam"))
    batch = new_batch(source, cast.vera)
    read_into(batch, source.former)
    spam = source.statuses.get(external_id="spam")
    sources.map_status(by=cast.vera, status_id=spam.pk, ours="skip")
    bring(by=cast.vera, batch_id=batch.pk)
    assert FormerDeal.objects.count() == 1
    assert state_of("deal", "32")[0] == "waiting"


def test_nobody_starts_with_a_debt(cast, source, today):
    late = replace(BANNER, due=today.replace(month=1))
    source.former.put(late)
    moved(cast, source, source.former)
    task = Task.objects.get()
    assert task.due > today
    assert any("10.01.2026" in one.text for one in task.comments.all())


def test_a_program_and_a_page_instead_of_a_file_are_left_out(cast, source):
    source.former.files |= {"exe": b"MZ\x90", "page": b"<!doctype html><title>Sign in</title>"}
    about = ("company", "10")
    source.former.put(
        File(id="62", about=about, name="отчёт.pdf.exe", where="exe"),
        File(id="63", about=about, name="договор.pdf", where="page"),
        File(id="64", about=about, name="big.zip", where="exe", size=60 << 20),
    )
    moved(cast, source, source.former)
    assert [state_of("file", pk)[0] for pk in ("62", "63", "64")] == ["left"] * 3
    assert FormerNote.objects.exclude(file=None).count() == 1


def test_their_people_are_mapped_once_and_remembered(cast, source, batch):
    fedor = TheirPerson.objects.get(external_id="9")
    assert (fedor.user, fedor.is_decided) == (None, False)
    sources.map_person(by=cast.vera, person_id=fedor.pk, user_id=cast.boris.pk)
    moved(cast, source, source.former)
    fedor.refresh_from_db()
    assert (fedor.user, fedor.is_decided) == (cast.boris, True)
    assert TheirPerson.objects.get(external_id="1").user == cast.anna


def test_only_leaders_bring_another_system_in(cast, source):
    batch = new_batch(source, cast.vera)
    with pytest.raises(Refusal):
        bring(by=cast.anna, batch_id=batch.pk)


def test_a_bring_that_died_goes_on_where_it_stopped(cast, source, monkeypatch):
    batch = new_batch(source, cast.vera)
    read_into(batch, source.former)
    path = "pult.integrations.migration.actions.bringing.run.Rest.task"
    with monkeypatch.context() as broken:
        broken.setattr(path, lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring(by=cast.vera, batch_id=batch.pk)
    assert not Task.objects.exists()
    bring(by=cast.vera, batch_id=batch.pk)
    assert (Task.objects.count(), Client.objects.count(), FormerDeal.objects.count()) == (1, 1, 1)
