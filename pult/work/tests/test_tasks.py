"""A task's way from the queue to acceptance."""

from datetime import timedelta

import pytest

from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.work.access import task_for
from pult.work.actions import (
    accept_task,
    answer_move,
    ask_move,
    bounce_task,
    call_unfounded,
    cancel_task,
    change_many,
    comment_task,
    hand_in,
    log_time,
    mend_task,
    move_due,
    send_back,
    set_dependencies,
    take_task,
    void_time,
)
from pult.work.models import Project, Task
from pult.work.queries import TaskFilters, board, form_items, project_list, task_card, task_list
from pult.work.queries import workload as workload_of
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def states(task):
    rows = Fact.objects.filter(kind="task.state", refs__task=task.pk).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_a_task_goes_from_the_queue_to_acceptance(cast, task):
    take_task(by=cast.darya, task_id=task.pk)
    hand_in(by=cast.darya, task_id=task.pk)
    done = accept_task(by=cast.anna, task_id=task.pk)
    assert states(task) == ["new", "taken", "done", "accepted"]
    done.refresh_from_db()
    assert done.assignee == cast.darya
    assert done.closed_at


def test_the_first_task_of_a_department_opens_the_clients_project(cast, romashka):
    make_task(romashka, cast.anna)
    make_task(romashka, cast.anna)
    assert Project.objects.filter(client=romashka, department="context").count() == 1


def test_a_task_without_its_measure_is_not_set(cast, romashka):
    with pytest.raises(BadInput) as problem:
        make_task(romashka, cast.anna, measure=" ")
    assert problem.value.field == "measure"


def test_a_required_field_of_the_form_is_asked_for(cast, romashka):
    with pytest.raises(BadInput) as problem:
        make_task(romashka, cast.anna, values={"goal": "Заявки"})
    assert problem.value.field == "value_campaign"


def test_work_sent_back_goes_round_again(cast, task):
    take_task(by=cast.darya, task_id=task.pk)
    hand_in(by=cast.darya, task_id=task.pk)
    send_back(by=cast.anna, task_id=task.pk, reason="Нет меток в ссылках")
    task.refresh_from_db()
    assert (task.state, task.returns) == ("returned", 1)
    hand_in(by=cast.darya, task_id=task.pk)
    assert Task.objects.get(pk=task.pk).state == "done"


def test_a_bounce_stops_the_clock_until_it_is_mended(cast, romashka, freeze):
    freeze("2026-03-10 12:00")
    task = make_task(romashka, cast.anna, due=None)
    due = task.due
    bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет цели", fields=["goal"])
    freeze("2026-03-10 17:00")
    task.refresh_from_db()
    mend_task(by=cast.anna, task_id=task.pk, version=task.version, values={"goal": "Заявки"})
    task.refresh_from_db()
    assert task.state == "new"
    assert task.due > due


def test_a_deadline_moves_by_those_who_answer_and_others_ask(cast, task):
    later = task.due.replace(year=task.due.year + 1)
    with pytest.raises(Refusal):
        move_due(by=cast.darya, task_id=task.pk, due=later, reason_code="load")
    ask_move(by=cast.darya, task_id=task.pk, due=later, reason_code="load")
    move_due(by=cast.anna, task_id=task.pk, due=later, reason_code="client")
    task.refresh_from_db()
    assert (task.due, task.moves) == (later, 1)


def test_of_two_people_at_once_one_is_told_what_the_other_did(cast, task):
    seen = task.version
    take_task(by=cast.darya, task_id=task.pk, version=seen)
    with pytest.raises(Conflict) as problem:
        bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет", version=seen)
    assert "Дарья" in str(problem.value)


def test_a_foreign_task_does_not_exist(cast, task):
    for stranger in (cast.boris, cast.zhanna):
        with pytest.raises(NotVisible):
            task_for(stranger, task.pk)


def test_pages_are_told_of_a_task(cast, task):
    comment_task(by=cast.anna, task_id=task.pk, text="Срочно?", mention_ids=[cast.darya.pk])
    take_task(by=cast.darya, task_id=task.pk)
    log_time(by=cast.darya, task_id=task.pk, minutes=30)
    mine = task_list(cast.darya, TaskFilters())
    assert [row.unread for row in mine.rows] == [1]
    assert mine.counts == {"mine": 1, "queue": 0, "set": 0, "accept": 0, "watch": 0}
    columns = {column.state: column.total for column in board(cast.anna, TaskFilters(view="all"))}
    assert columns["taken"] == 1
    card = task_card(cast.darya, task.pk)
    assert {"hand_in", "bounce"} <= card.acts
    assert card.times[0].minutes == 30
    assert project_list(cast.anna).rows[0].open == 1
    assert workload_of(cast.egor, task.due.date(), 3)[0].open == 1
    assert len(form_items(department="context")) > 3


def test_a_deadline_moved_after_it_passed_stays_missed(cast, task, freeze):
    due = task.due
    freeze(due + timedelta(days=2))
    move = move_due(by=cast.anna, task_id=task.pk, due=due + timedelta(days=9), reason_code="load")
    task.refresh_from_db()
    assert move.after_breach
    assert (task.missed_at, task.due) == (due, due + timedelta(days=9))
    later = due + timedelta(days=20)
    move_due(by=cast.anna, task_id=task.pk, due=later, reason_code="load")
    task.refresh_from_db()
    assert (task.missed_at, task.moves) == (due, 2)


def test_a_date_asked_for_is_moved_when_it_is_granted(cast, task):
    later = task.due + timedelta(days=3)
    asked = ask_move(by=cast.darya, task_id=task.pk, due=later, reason_code="load")
    with pytest.raises(Refusal):
        ask_move(by=cast.egor, task_id=task.pk, due=later, reason_code="load")
    with pytest.raises(Refusal):
        answer_move(by=cast.darya, move_id=asked.pk, grant=True)
    answer_move(by=cast.anna, move_id=asked.pk, grant=True)
    task.refresh_from_db()
    assert (task.due, task.moves) == (later, 1)
    with pytest.raises(Refusal):
        answer_move(by=cast.anna, move_id=asked.pk, grant=False)


def test_one_act_on_many_tasks_says_which_refused(cast, romashka):
    one, two = make_task(romashka, cast.anna), make_task(romashka, cast.anna)
    cancel_task(by=cast.anna, task_id=two.pk, reason_code="client")
    told = change_many(by=cast.egor, task_ids=[one.pk, two.pk], act="assign", user_id=cast.darya.pk)
    assert told.done == (one.pk,)
    assert [refused.task_id for refused in told.refused] == [two.pk]
    with pytest.raises(BadInput):
        change_many(by=cast.egor, task_ids=range(1, 300), act="assign", user_id=None)


def test_a_task_waits_for_another_and_never_for_itself(cast, romashka, task):
    second = make_task(romashka, cast.anna, after_ids=[task.pk])
    with pytest.raises(Refusal):
        take_task(by=cast.darya, task_id=second.pk)
    with pytest.raises(BadInput):
        set_dependencies(by=cast.anna, task_id=task.pk, after_ids=[second.pk])
    take_task(by=cast.darya, task_id=task.pk)
    hand_in(by=cast.darya, task_id=task.pk)
    assert take_task(by=cast.darya, task_id=second.pk).state == "taken"


def test_what_one_set_oneself_is_accepted_when_it_is_done(cast, romashka):
    wish = make_task(romashka, cast.anna, "wish")
    take_task(by=cast.anna, task_id=wish.pk)
    hand_in(by=cast.anna, task_id=wish.pk)
    assert states(wish) == ["new", "taken", "done", "accepted"]


def test_work_handed_in_late_stays_late(cast, task, freeze):
    take_task(by=cast.darya, task_id=task.pk)
    freeze(task.due + timedelta(hours=1))
    hand_in(by=cast.darya, task_id=task.pk)
    accept_task(by=cast.anna, task_id=task.pk)
    rows = task_list(cast.anna, TaskFilters(view="all", state="closed")).rows
    assert [(row.is_overdue, row.missed) for row in rows] == [(True, True)]


def test_an_unfounded_bounce_stops_no_clock(cast, romashka, freeze):
    freeze("2026-03-10 12:00")
    task = make_task(romashka, cast.anna, due=None)
    due = task.due
    row = bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет цели")
    freeze("2026-03-10 17:00")
    task.refresh_from_db()
    mend_task(by=cast.anna, task_id=task.pk, version=task.version)
    task.refresh_from_db()
    assert task.due > due
    call_unfounded(by=cast.vera, bounce_id=row.pk)
    task.refresh_from_db()
    assert (task.due, task.state) == (due, "new")


def test_a_persons_day_has_24_hours_at_all_tasks_together(cast, task, romashka):
    other = make_task(romashka, cast.anna)
    take_task(by=cast.darya, task_id=other.pk)
    take_task(by=cast.darya, task_id=task.pk)
    first = log_time(by=cast.darya, task_id=task.pk, minutes=1400)
    with pytest.raises(BadInput) as bad:
        log_time(by=cast.darya, task_id=other.pk, minutes=41)
    assert bad.value.field == "minutes"
    log_time(by=cast.darya, task_id=other.pk, minutes=40)
    void_time(by=cast.darya, entry_id=first.pk)
    log_time(by=cast.darya, task_id=task.pk, minutes=1400)
