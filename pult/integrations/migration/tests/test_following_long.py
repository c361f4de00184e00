"""A followed system over weeks: closed and deleted there, seen again, turns broken off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pult.clients.models import Client, Contact
from pult.integrations.migration.actions import reading, sources
from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.deciding import decide
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.actions.undoing import undo
from pult.integrations.migration.jobs import BRING, UNDO
from pult.integrations.migration.models import Batch, Item
from pult.integrations.migration.shape import Comment, Company
from pult.integrations.migration.tests.world import BANNER, IRINA, open_ones, sync
from pult.kernel import clock, jobs
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.jobs.worker import work
from pult.kernel.models import Job
from pult.work.actions import edit_task
from pult.work.models import Task

pytestmark = pytest.mark.django_db


def next_day(freeze):
    return freeze(clock.now() + timedelta(hours=25))


def edit_banner(cast, **fields):
    task = Task.objects.get(title="Баннер к 8 марта")
    return edit_task(by=cast.vera, task_id=task.pk, version=task.version, **fields)


def told_gone(followed, record, freeze):
    """The record is deleted there and the next whole reading says so."""
    followed.former.drop(record)
    next_day(freeze)
    sync(followed)
    return open_ones().get()


def test_a_task_closed_there_is_never_called_deleted(cast, followed, freeze):
    freeze(clock.now() + timedelta(minutes=20))
    followed.former.put(replace(BANNER, is_closed=True))
    sync(followed)
    assert Task.objects.get().state == "cancelled"
    for _day in range(2):
        next_day(freeze)
        sync(followed)
    assert not open_ones().exists()


def test_a_task_closed_there_between_two_whole_readings_is_closed_here(cast, followed, freeze):
    next_day(freeze)
    followed.former.put(replace(BANNER, is_closed=True))
    sync(followed)
    assert Task.objects.get().state == "cancelled"
    assert not open_ones().exists()


def test_what_was_told_deleted_and_is_met_again_is_no_difference(cast, followed, freeze):
    told_gone(followed, BANNER, freeze)
    followed.former.put(BANNER)
    sync(followed)
    assert not open_ones().exists()
    assert Task.objects.get().state == "new"


def test_what_was_kept_here_though_deleted_there_is_compared_again_once_restored(
    cast, followed, freeze
):
    told = told_gone(followed, BANNER, freeze)
    decide(by=cast.anna, difference_id=told.pk, decision="ours")
    followed.former.put(replace(BANNER, title="Баннер к майским"))
    sync(followed)
    assert Task.objects.get().title == "Баннер к майским"


def test_a_task_cancelled_as_deleted_lives_on_when_it_is_restored_there(cast, followed, freeze):
    told = told_gone(followed, BANNER, freeze)
    decide(by=cast.anna, difference_id=told.pk, decision="theirs")
    assert Task.objects.get().state == "cancelled"
    followed.former.put(BANNER)
    sync(followed)
    assert Task.objects.get().state == "new"


def test_a_turn_broken_off_is_brought_in_by_the_next_one(cast, followed, monkeypatch):
    followed.former.put(Company(id="11", name="Василёк", responsible="1"))
    with monkeypatch.context() as broken:
        broken.setattr(reading, "bring", lambda **_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sync(followed)
    assert not Client.objects.filter(name="Василёк").exists()
    sync(followed)
    assert Client.objects.filter(name="Василёк").exists()
    assert not Batch.objects.exclude(status=Batch.Status.DONE).exists()


def test_words_emptied_there_are_told_as_different_and_stay(cast, followed):
    followed.former.put(replace(BANNER, text="", due=None))
    sync(followed)
    sync(followed)
    assert set(open_ones().values_list("field", flat=True)) == {"text", "due"}
    told = open_ones().get(field="text")
    with pytest.raises(Refusal):
        decide(by=cast.anna, difference_id=told.pk, decision="theirs")
    decide(by=cast.anna, difference_id=told.pk, decision="ours")
    assert Task.objects.get().result == "Сделать баннер\nтри размера"


def test_a_birthday_emptied_there_is_emptied_here(cast, followed):
    followed.former.put(replace(IRINA, birthday=""))
    sync(followed)
    irina = Contact.objects.get()
    assert (irina.birthday_day, irina.birthday_month) == (None, None)
    assert not open_ones().exists()


@pytest.mark.parametrize("there", ["comment", "field"])
def test_a_colleagues_words_outlive_an_undo_whatever_came_from_there_since(cast, followed, there):
    edit_banner(cast, result="Четыре размера, мои слова")
    said = Comment(id="55", about=("task", "40"), text="Ждём", author="1")
    followed.former.put(said if there == "comment" else replace(BANNER, title="Срочно"))
    sync(followed)
    first = Batch.objects.order_by("pk").first()
    assert ("task", "40") in undo(by=cast.vera, batch_id=first.pk).kept
    assert Task.objects.get().result == "Четыре размера, мои слова"


def test_their_field_taken_by_a_person_does_not_make_a_colleagues_words_ours(cast, followed):
    edit_banner(cast, title="Баннер: мои слова")
    followed.former.put(replace(BANNER, title="Срочно"))
    sync(followed)
    decide(by=cast.anna, difference_id=open_ones().get().pk, decision="theirs")
    first = Batch.objects.order_by("pk").first()
    assert ("task", "40") in undo(by=cast.vera, batch_id=first.pk).kept


@pytest.mark.parametrize("name", [BRING, UNDO])
def test_what_is_asked_while_the_system_is_read_leaves_the_batch_as_it_was(cast, batch, name):
    with Lease(batch.source):
        jobs.enqueue(name, key=name, asked_by=cast.vera, batch=batch.pk, by=cast.vera.pk)
        work(once=True)
    batch.refresh_from_db()
    assert batch.status == Batch.Status.DONE
    assert Job.objects.get(name=name).result["error"]


def test_nothing_is_followed_while_a_dry_run_waits(cast, source):
    batch = new_batch(source, cast.vera)
    read_into(batch, source.former)
    with pytest.raises(Refusal):
        sources.follow(by=cast.vera, source_id=source.pk, on=True)
    bring(by=cast.vera, batch_id=batch.pk)
    assert sources.follow(by=cast.vera, source_id=source.pk, on=True).is_followed


def test_a_key_without_an_address_is_refused(cast):
    source = sources.add_source(
        by=cast.vera, system="amocrm", name="Файлы", go_live=clock.now().date()
    )
    with pytest.raises(BadInput) as told:
        sources.edit_source(
            by=cast.vera, source_id=source.pk, version=source.version, secrets={"token": "ключ"}
        )
    assert told.value.field == "host"


def test_a_record_that_cannot_be_read_stops_no_other(cast, source):
    batch = new_batch(source, cast.vera)
    Item.objects.create(
        source=source,
        batch=batch,
        kind="company",
        external_id="???",
        data={"name": "???"},
        seen_at=clock.now(),
    )
    read_into(batch, source.former)
    bring(by=cast.vera, batch_id=batch.pk)
    assert Client.objects.get().name == "Ромашка"
