"""Who watches a task changes nothing of it; what is erased and mended is told."""

from datetime import timedelta

import pytest

from pult.clients.models import Assignment
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import part_with
from pult.people.models import User
from pult.work import actions
from pult.work.access import role_in
from pult.work.models import Comment, Task


@pytest.fixture
def watched(cast, task):
    actions.add_auditor(by=cast.anna, task_id=task.pk, user_id=cast.boris.pk)
    return task


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("log_time", {"minutes": 60}),
        ("attach_file", {"name": "a.txt", "content": b"a"}),
        ("add_auditor", {"user_id": 0}),
        ("set_flag", {"flag": "urgent", "on": True}),
    ],
)
def test_an_auditor_changes_nothing(cast, watched, act, told):
    with pytest.raises(Refusal):
        getattr(actions, act)(by=cast.boris, task_id=watched.pk, **told)
    assert not Fact.objects.filter(kind="task.doer", actor=cast.boris).exists()


def test_a_colleague_of_the_department_logs_time_and_brings_files(cast, task):
    actions.log_time(by=cast.darya, task_id=task.pk, minutes=30)
    actions.attach_file(by=cast.darya, task_id=task.pk, name="a.txt", content=b"a")
    assert Task.objects.get(pk=task.pk).spent == 30


def test_time_is_noted_for_days_the_task_was_open(cast, task):
    day = clock.now().date()
    with pytest.raises(BadInput):
        actions.log_time(by=cast.darya, task_id=task.pk, minutes=5, day=day - timedelta(days=9))


def test_mending_words_is_told(cast, task):
    said = actions.comment_task(by=cast.anna, task_id=task.pk, text="Ставка 40 ₽")
    actions.edit_comment(by=cast.anna, comment_id=said.pk, version=said.version, text="Ставка 50 ₽")
    told = Fact.objects.filter(kind="task.edited", refs__task=task.pk).latest("id")
    assert told.payload == {"fields": ["comments"]}


def test_erased_words_are_not_filled_again(cast, task):
    said = actions.comment_task(by=cast.anna, task_id=task.pk, text="Ставка 40 ₽")
    seen = Comment.objects.get(pk=said.pk)
    actions.erase_comment(by=cast.anna, comment_id=said.pk)
    assert Comment.objects.get(pk=said.pk).version == seen.version + 1
    with pytest.raises(Refusal):
        actions.edit_comment(by=cast.anna, comment_id=said.pk, version=seen.version, text="Снова")
    assert Comment.objects.get(pk=said.pk).text == ""


def test_a_manager_acts_as_one_while_the_account_is_theirs(cast, romashka):
    """М4 asks Анна, a specialist too, as the manager to the last day and from the first."""
    cast.anna.grants.create(role="executor", since=clock.now().date() - timedelta(days=1))
    anna, now = type(cast.anna).objects.get(pk=cast.anna.pk), clock.now()
    held = Assignment.objects.filter(client=romashka, user=anna, role="am")
    held.update(until=now + timedelta(days=1))
    assert role_in(anna, romashka.pk) == "am"
    held.update(since=now + timedelta(days=1), until=None)
    assert role_in(anna, romashka.pk) == "executor"


def test_a_mark_set_meanwhile_keeps_its_head(cast, task, monkeypatch):
    actions.set_flag(by=cast.anna, task_id=task.pk, flag="is_global", on=True)
    stale = Task.objects.get(pk=task.pk)
    stale.is_global = False  # read before the colleague's mark
    monkeypatch.setattr(actions.watching, "task_for", lambda by, task_id: stale)
    with pytest.raises(Refusal) as refused:
        actions.remove_auditor(by=cast.anna, task_id=task.pk, user_id=cast.vera.pk)
    assert refused.value.clause == "13.1"


def test_deadlines_are_controlled_by_somebody_at_work(cast, task):
    told = {"by": cast.vera, "project_id": task.project_id, "version": 1}
    part_with(user=cast.egor, by=cast.zakhar)
    for manager in (cast.egor, User.objects.get(pk=cast.egor.pk)):
        with pytest.raises(BadInput) as bad:
            actions.edit_project(**told, manager=manager)
        assert bad.value.field == "manager"
