"""0.2, 13.x and М4.x: tasks to production."""

from datetime import timedelta

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import grant_role
from pult.regulation.gates import GateRefusal
from pult.work.actions import (
    accept_task,
    assign_task,
    bounce_task,
    call_unfounded,
    cancel_task,
    hand_in,
    hold_talk,
    log_time,
    mend_task,
    move_due,
    remove_auditor,
    set_flag,
    setting,
    take_task,
    tell_client,
)
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(scene):
    return make_task(scene.client, scene.cast.anna)


def bounce(scene, task, **fields):
    fields = {"clause": "М4.0", "note": "Нет цели", "fields": ["goal"], **fields}
    return bounce_task(by=scene.cast.darya, task_id=task.pk, **fields)


def mend(scene, task):
    task.refresh_from_db()
    return mend_task(
        by=scene.cast.anna, task_id=task.pk, version=task.version, values={"goal": "Заявки"}
    )


def test_a_bounced_task_is_mended_within_four_working_hours_0_2(scene, task):
    scene.at("2026-03-03 11:30")
    bounce(scene, task)
    assert scene.states("0.2") == ["open"]
    scene.at("2026-03-03 13:00")
    mend(scene, task)
    assert scene.states("0.2") == ["met"]


def test_a_bounced_task_nobody_mends_is_a_breach_of_0_2(scene, task):
    scene.at("2026-03-03 11:30")
    bounce(scene, task)
    scene.at("2026-03-04 12:00")
    assert scene.states("0.2") == ["overdue"]


def test_an_unfounded_or_cancelled_request_asks_nobody_to_mend_it_0_2(scene, task):
    other = make_task(scene.client, scene.cast.anna)
    unfounded = bounce(scene, task)
    bounce(scene, other)
    call_unfounded(by=scene.cast.vera, bounce_id=unfounded.pk)
    cancel_task(by=scene.cast.anna, task_id=other.pk, reason_code="client")
    assert scene.states("0.2") == ["void", "void"]
    assert Task.objects.get(pk=task.pk).state == "new"


def test_the_second_bounce_calls_a_talk_0_2_1(scene, task):
    bounce(scene, task)
    mend(scene, task)
    assert scene.states("0.2.1") == []
    second = bounce(scene, task)
    assert scene.states("0.2.1") == ["open"]
    hold_talk(by=scene.cast.egor, bounce_id=second.pk, decision="Цель назовёт клиент на созвоне")
    assert scene.states("0.2.1") == ["met"]


def test_a_bounce_that_shifts_a_promised_date_asks_to_tell_the_client_0_2_2(scene):
    task = make_task(scene.client, scene.cast.anna, is_promised=True)
    scene.at("2026-03-03 11:30")
    bounce(scene, task)
    assert scene.states("0.2.2") == []
    scene.at("2026-03-03 13:30")
    mend(scene, task)
    assert scene.states("0.2.2") == ["open"]
    scene.at("2026-03-04 15:00")
    assert scene.states("0.2.2") == ["overdue"]
    tell_client(by=scene.cast.anna, task_id=task.pk)
    assert scene.states("0.2.2") == ["late"]
    with pytest.raises(Refusal):
        tell_client(by=scene.cast.anna, task_id=task.pk)


def test_a_promised_date_that_came_back_asks_nothing_0_2_2(scene):
    task = make_task(scene.client, scene.cast.anna, is_promised=True)
    for days in (3, -2):
        due = task.due + timedelta(days=days)
        move_due(by=scene.cast.anna, task_id=task.pk, due=due, reason_code="client")
    assert scene.states("0.2.2") == ["void"]


LAUNCH = {
    "platform": "Директ",
    "goal": "Заявки",
    "budget": 60_000_00,
    "start": "2026-03-10",
    "page": "https://romashka.example/",
    "plan": "https://romashka.example/plan",
    "until": "2026-04-10",
    "paid": 60_000_00,
    "creatives": "https://romashka.example/banners",
}


@pytest.mark.parametrize("lacking", ["plan", "until", "paid", "creatives"])
def test_a_launch_is_complete_or_is_not_set_8_3(scene, lacking):
    values = {code: value for code, value in LAUNCH.items() if code != lacking}
    told = {"template": "launch", "line_id": scene.line.pk}
    with pytest.raises(BadInput) as problem:
        make_task(scene.client, scene.cast.anna, **told, values=values)
    assert problem.value.field == f"value_{lacking}"


def test_a_launch_names_its_line_and_taking_it_begins_the_preparation_8_1(scene, monkeypatch):
    with pytest.raises(BadInput) as problem:
        make_task(scene.client, scene.cast.anna, template="launch", values=LAUNCH)
    assert problem.value.field == "line"
    told = {"template": "launch", "line_id": scene.line.pk, "values": LAUNCH}
    monkeypatch.setattr(setting, "guard", lambda *_act, **_told: None)  # П.28 has its own tests
    task = make_task(scene.client, scene.cast.anna, **told)
    take_task(by=scene.cast.darya, task_id=task.pk)
    assert Fact.objects.get(kind="prep.started").refs["line"] == scene.line.pk


def test_a_marked_task_is_watched_by_the_head_13_1(scene, task):
    scene.cast.vera.roles = frozenset({"head"})
    set_flag(by=scene.cast.anna, task_id=task.pk, flag="is_global", on=True)
    assert [row.user for row in task.auditors.all()] == [scene.cast.vera]
    with pytest.raises(Refusal) as refusal:
        remove_auditor(by=scene.cast.anna, task_id=task.pk, user_id=scene.cast.vera.pk)
    assert refusal.value.clause == "13.1"


def test_a_task_stands_under_a_project_of_its_client_and_department_13_2_13_3(scene, task):
    assert task.project.client == task.client == scene.client
    assert task.project.department == task.department == "context"
    with pytest.raises(NotVisible):
        make_task(type(scene.client)(pk=10**6), scene.cast.anna)


def test_a_deadline_without_a_reason_stays_where_it_is_13_6(scene, task):
    later = task.due + timedelta(days=3)
    with pytest.raises(GateRefusal) as refusal:
        move_due(by=scene.cast.anna, task_id=task.pk, due=later)
    assert refusal.value.clause == "13.6"
    task.refresh_from_db()
    assert (task.due + timedelta(days=3), task.moves) == (later, 0)
    assert Fact.objects.filter(kind="gate.refused", key="13.6").count() == 1
    move_due(by=scene.cast.anna, task_id=task.pk, due=later, reason_code="client")
    assert scene.states("13.6") == ["allowed"]
    with pytest.raises(GateRefusal):
        move_due(by=scene.cast.anna, task_id=task.pk, due=later + timedelta(days=3))


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        ("web", "М4.1"),
        ("context", "М4.2"),
        ("seo", "М4.3"),
        ("design", "М4.4"),
        ("report", "М4.5"),
        ("counter", "М4.6"),
        ("audit", "М4.7"),
        ("smm", "М4.8"),
    ],
)
def test_a_manager_does_not_make_what_production_makes_m4(scene, task, kind, clause):
    Task.objects.filter(pk=task.pk).update(kind=kind)
    cast = scene.cast
    tries = [
        lambda: take_task(by=cast.anna, task_id=task.pk),
        lambda: assign_task(by=cast.anna, task_id=task.pk, user_id=cast.anna.pk),
        lambda: assign_task(by=cast.egor, task_id=task.pk, user_id=cast.anna.pk),
        lambda: log_time(by=cast.anna, task_id=task.pk, minutes=30),
    ]
    for attempt in tries:
        with pytest.raises(GateRefusal) as refusal:
            attempt()
        assert refusal.value.clause == clause
        assert "department=context" in refusal.value.right_way
    task.refresh_from_db()
    assert (task.state, task.assignee, task.spent) == ("new", None, 0)
    assert Fact.objects.filter(kind="gate.refused", key=clause).count() == len(tries)


def test_a_specialist_does_the_work_and_no_ban_is_counted_m4(scene, task):
    cast = scene.cast
    take_task(by=cast.darya, task_id=task.pk)
    log_time(by=cast.darya, task_id=task.pk, minutes=60)
    hand_in(by=cast.darya, task_id=task.pk)
    accept_task(by=cast.anna, task_id=task.pk)
    assert scene.states("М4.2") == []


def test_a_manager_who_is_also_a_specialist_is_bound_with_own_clients_only_m4(scene, task):
    cast = scene.cast
    grant_role(user=cast.anna, role="executor", by=cast.zakhar)
    cast.anna.roles = frozenset({"am", "executor"})
    foreign = make_task(make_client("Василёк", am=cast.boris), cast.boris)
    assign_task(by=cast.egor, task_id=foreign.pk, user_id=cast.anna.pk)
    with pytest.raises(GateRefusal):
        assign_task(by=cast.egor, task_id=task.pk, user_id=cast.anna.pk)
