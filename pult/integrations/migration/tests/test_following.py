"""The parallel run: read every ten minutes, nothing overwritten silently, nobody types twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pult.clients.actions import edit_contact
from pult.clients.models import Client, Contact
from pult.integrations.migration.actions.deciding import decide
from pult.integrations.migration.models import Batch, Difference, FormerDeal
from pult.integrations.migration.shape import Comment, Company
from pult.integrations.migration.tests.world import (
    BANNER,
    IRINA,
    ROMASHKA,
    SALE,
    open_ones,
    rename,
    sync,
)
from pult.kernel import clock
from pult.kernel.errors import Conflict, NotVisible, Refusal
from pult.work.actions import edit_task
from pult.work.models import Task

pytestmark = pytest.mark.django_db


def test_a_change_there_alone_is_taken_over(cast, followed):
    followed.former.put(
        replace(ROMASHKA, about="Цветы и подарки"),
        replace(IRINA, phone="+7 495 200-00-00"),
        replace(BANNER, title="Баннер к майским"),
        replace(SALE, amount=90_000_00),
    )
    sync(followed)
    assert Client.objects.get().about == "Цветы и подарки"
    assert Contact.objects.get().phone_key == "74952000000"
    assert Task.objects.get().title == "Баннер к майским"
    assert FormerDeal.objects.get().amount == 90_000_00
    assert not open_ones().exists()


def test_a_change_here_alone_stays(cast, followed):
    rename(cast)
    sync(followed)
    assert Client.objects.get().name == "Ромашка плюс"
    assert not open_ones().exists()


def test_a_change_on_both_sides_is_a_difference_and_overwrites_nothing(cast, followed):
    rename(cast)
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    sync(followed)
    assert Client.objects.get().name == "Ромашка плюс"
    told = open_ones().get()
    assert (told.field, told.theirs, told.ours) == ("name", "Ромашка-Цвет", "Ромашка плюс")


def test_the_same_change_on_both_sides_is_no_difference(cast, followed):
    rename(cast, "Ромашка-Цвет")
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    assert not Difference.objects.exists()


def test_theirs_taken_is_written_and_not_asked_again(cast, followed):
    rename(cast)
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    decide(by=cast.anna, difference_id=open_ones().get().pk, decision="theirs")
    assert Client.objects.get().name == "Ромашка-Цвет"
    sync(followed)
    row = Difference.objects.get()
    assert (row.state, row.theirs, row.ours, row.by) == ("theirs", "", "", cast.anna)


def test_ours_kept_is_not_asked_again_until_theirs_changes_once_more(cast, followed):
    rename(cast)
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    decide(by=cast.anna, difference_id=open_ones().get().pk, decision="ours")
    sync(followed)
    assert not open_ones().exists()
    followed.former.put(replace(ROMASHKA, name="Ромашка-Сад"))
    sync(followed)
    assert Client.objects.get().name == "Ромашка плюс"
    assert open_ones().get().theirs == "Ромашка-Сад"


def test_asked_later_waits_and_a_new_change_wakes_it(cast, followed):
    rename(cast)
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    decide(by=cast.anna, difference_id=open_ones().get().pk, decision="later")
    sync(followed)
    assert open_ones().get().state == "later"
    followed.former.put(replace(ROMASHKA, name="Ромашка-Сад"))
    sync(followed)
    assert open_ones().get().state == "open"


def test_a_decision_about_words_that_changed_meanwhile_is_refused(cast, followed):
    rename(cast)
    followed.former.put(replace(ROMASHKA, name="Ромашка-Цвет"))
    sync(followed)
    seen = open_ones().get()
    followed.former.put(replace(ROMASHKA, name="Ромашка-Сад"))
    sync(followed)
    with pytest.raises(Conflict):
        decide(by=cast.anna, difference_id=seen.pk, decision="theirs", mark=seen.mark)
    with pytest.raises(NotVisible):
        decide(by=cast.boris, difference_id=seen.pk, decision="theirs")


def test_what_is_new_there_comes_by_itself(cast, followed):
    followed.former.put(
        Company(id="11", name="Василёк", responsible="1"),
        replace(BANNER, id="45", title="Лендинг", about=(("company", "11"),)),
        Comment(id="55", about=("task", "40"), text="Ждём логотип", author="1"),
    )
    sync(followed)
    assert Client.objects.get(name="Василёк").tasks.get().title == "Лендинг"
    assert Task.objects.get(title="Баннер к 8 марта").comments.count() == 3
    before = Batch.objects.count()
    sync(followed)
    assert Batch.objects.count() == before, "nothing new, no batch"


def test_a_manager_there_is_never_changed_here_without_a_person(cast, followed):
    followed.former.put(replace(ROMASHKA, responsible="2"))
    sync(followed)
    told = open_ones().get()
    assert told.field == "responsible"
    with pytest.raises(Refusal):
        decide(by=cast.vera, difference_id=told.pk, decision="theirs")


def test_a_task_closed_there_is_closed_here_and_one_worked_on_is_asked(cast, followed):
    followed.former.put(replace(BANNER, is_closed=True))
    sync(followed)
    task = Task.objects.get()
    assert task.state == "cancelled"
    assert task.comments.last().text


def test_a_task_changed_here_and_there_is_asked_about(cast, followed):
    task = Task.objects.get()
    edit_task(by=cast.vera, task_id=task.pk, version=task.version, title="Баннер: четыре размера")
    followed.former.put(replace(BANNER, title="Баннер срочно"))
    sync(followed)
    assert Task.objects.get().title == "Баннер: четыре размера"
    assert open_ones().get().field == "title"


def test_what_was_deleted_there_is_only_told_and_only_after_a_whole_reading(cast, followed, freeze):
    followed.former.drop(BANNER)
    sync(followed)
    assert not open_ones().exists()
    freeze(clock.now() + timedelta(hours=25))
    followed.former.broken = ["page 3"]
    sync(followed)
    assert not open_ones().exists(), "not whole: nobody knows"
    freeze(clock.now() + timedelta(hours=25))
    followed.former.broken = []
    sync(followed)
    told = open_ones().get()
    assert (told.field, told.item.kind) == ("gone", "task")
    assert Task.objects.get().state == "new"
    decide(by=cast.anna, difference_id=told.pk, decision="theirs")
    assert Task.objects.get().state == "cancelled"


def test_the_same_contact_edited_on_both_sides_field_by_field(cast, followed):
    irina = Contact.objects.get()
    edit_contact(by=cast.anna, contact_id=irina.pk, version=irina.version, phone="+7 495 111-11-11")
    followed.former.put(replace(IRINA, phone="+7 495 222-22-22", position="директор"))
    sync(followed)
    irina.refresh_from_db()
    assert (irina.position, irina.phone) == ("директор", "+7 495 111-11-11")
    assert open_ones().get().field == "phone"
