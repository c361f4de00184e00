"""A batch is taken back as a whole; whatever somebody has worked with stays."""

from dataclasses import replace

import pytest

from pult.clients.actions import edit_contact
from pult.clients.models import Client, Contact
from pult.clients.tests.factories import make_client, make_entity
from pult.integrations.migration.actions import sources
from pult.integrations.migration.actions.reading import new_batch, read_into
from pult.integrations.migration.actions.undoing import undo
from pult.integrations.migration.models import Batch, FormerDeal, FormerNote, Item
from pult.integrations.migration.tests.world import IRINA, moved
from pult.kernel.errors import Conflict, Refusal
from pult.kernel.models import Fact
from pult.work.actions import comment_task, log_time
from pult.work.models import Project, Task

pytestmark = pytest.mark.django_db


def test_an_untouched_batch_leaves_nothing_behind(cast, batch):
    told = undo(by=cast.vera, batch_id=batch.pk)
    assert told.kept == ()
    for table in (Client, Task, Project, FormerDeal, FormerNote):
        assert not table.objects.exists(), table
    assert set(Item.objects.values_list("state", flat=True)) == {"undone"}
    alive = Fact.objects.filter(voided_by=None, root_id__gt=0).exclude(kind="void")
    assert not alive.exists()
    batch.refresh_from_db()
    assert batch.status == Batch.Status.UNDONE


def test_a_task_somebody_worked_at_stays_with_its_client(cast, batch):
    log_time(by=cast.darya, task_id=Task.objects.get().pk, minutes=30)
    told = undo(by=cast.vera, batch_id=batch.pk)
    assert ("task", "40") in told.kept
    assert ("company", "10") in told.kept
    assert Task.objects.exists()
    assert Client.objects.exists()
    assert not FormerDeal.objects.exists()


def test_an_answer_under_a_task_keeps_it(cast, batch):
    comment_task(by=cast.darya, task_id=Task.objects.get().pk, text="Беру")
    assert ("task", "40") in undo(by=cast.vera, batch_id=batch.pk).kept
    assert Task.objects.get().comments.count() == 3


def test_a_card_that_was_here_loses_only_what_was_added(cast, source):
    ours = make_client("Ромашка", am=cast.boris)
    make_entity(ours, inn="7700000016")
    batch = moved(cast, source, source.former)
    undo(by=cast.vera, batch_id=batch.pk)
    assert Client.objects.get() == ours
    assert not ours.contacts.exists()
    assert not Task.objects.exists()


def test_a_person_added_to_a_known_card_goes_unless_somebody_touched_them(cast, source, batch):
    later = [replace(IRINA, id=str(pk), name=f"Пётр {pk}", phone="", email="") for pk in (23, 24)]
    source.former.put(*later)
    second = moved(cast, source, source.former)
    kept = Contact.objects.get(name="Пётр 24")
    edit_contact(by=cast.anna, contact_id=kept.pk, version=kept.version, position="юрист")
    edits = Fact.objects.filter(kind="client.edited", actor=cast.vera)
    before = edits.count()
    told = undo(by=cast.vera, batch_id=second.pk)
    assert told.kept == (("contact", "24"),)
    assert not Contact.objects.filter(name="Пётр 23").exists()
    assert edits.count() == before + 1, "no write without a fact"
    assert Client.objects.get().contacts.count() == 2


def test_what_was_taken_back_can_be_brought_in_again(cast, source, batch):
    undo(by=cast.vera, batch_id=batch.pk)
    moved(cast, source, source.former)
    assert (Client.objects.count(), Task.objects.count()) == (1, 1)


def test_after_an_undo_nothing_comes_again_by_itself(cast, source, batch):
    sources.follow(by=cast.vera, source_id=source.pk, on=True)
    undo(by=cast.vera, batch_id=batch.pk)
    source.refresh_from_db()
    assert not source.is_followed


def test_a_batch_that_is_not_finished_is_not_undone(cast, source):
    batch = new_batch(source, cast.vera)
    read_into(batch, source.former)
    with pytest.raises(Conflict):
        undo(by=cast.vera, batch_id=batch.pk)


def test_only_leaders_take_a_batch_back(cast, batch):
    with pytest.raises(Refusal):
        undo(by=cast.anna, batch_id=batch.pk)
