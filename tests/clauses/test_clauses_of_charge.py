"""П.7: a client nobody answers for is the head's to see, until somebody does (A1-07)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pult.clients.actions import assign, release
from pult.clients.actions.handover import hand_over_urgently
from pult.clients.actions.vacancies import vacancies, watch_vacancies
from pult.clients.models import Assignment
from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.kernel.models import Fact
from pult.people.actions import set_absence
from pult.people.actions.people import close_accounts
from pult.people.models import User
from pult.work.actions import edit_project
from pult.work.models import Project
from pult.work.tests.factories import make_task
from pult.work.vacancies import free_projects

pytestmark = pytest.mark.django_db


def take_off(scene):
    release(by=scene.cast.vera, client_id=scene.client.pk, user=scene.cast.anna, role="am")


def test_a_client_left_without_a_manager_is_the_heads_within_a_day_a1_07(scene):
    take_off(scene)
    assert scene.rows("П.7") == [("open", date(2026, 3, 3))]
    assign(by=scene.cast.vera, client_id=scene.client.pk, user=scene.cast.boris, role="am")
    assert scene.states("П.7") == ["met"]


def test_a_vacancy_nobody_filled_is_overdue_a1_07(scene):
    take_off(scene)
    scene.at("2026-03-05 12:00")
    assert scene.states("П.7") == ["overdue"]
    assign(by=scene.cast.vera, client_id=scene.client.pk, user=scene.cast.boris, role="am")
    assert scene.states("П.7") == ["late"]


def test_a_change_of_managers_leaves_no_vacancy_a1_07(scene):
    shares = {scene.client.pk: scene.cast.boris}
    told = {"reason": "urgent", "all_of": 1}
    hand_over_urgently(by=scene.cast.vera, giver=scene.cast.anna, shares=shares, **told)
    assert scene.states("П.7") == []
    assert not Fact.objects.filter(kind="client.vacant").exists()


def test_whoever_has_left_the_agency_answers_for_nobody_a1_07(scene):
    User.objects.filter(pk=scene.cast.anna.pk).update(is_active=False)
    assert watch_vacancies() == 1
    assert watch_vacancies() == 0
    assert scene.states("П.7") == ["open"]
    assert Fact.objects.get(kind="client.vacant").payload == {"reason_code": "gone"}


def test_an_absent_manager_needs_a_stand_in_a1_07(scene):
    told = {"user": scene.cast.anna, "since": date(2026, 3, 2), "until": date(2026, 3, 3)}
    set_absence(by=scene.cast.vera, category="sick", **told)
    assert vacancies() == {scene.client.pk: "away"}
    watch_vacancies()
    assert scene.states("П.7") == ["open"]
    scene.at("2026-03-04 12:00")
    watch_vacancies()
    assert scene.states("П.7") == ["late"]


def test_nobody_asks_who_manages_a_lead_or_a_client_that_left_a1_07(scene):
    make_client("Лютик", status="lead")
    make_client("Василёк", status="ended")
    assert vacancies() == {}


def test_a_project_of_whoever_left_is_the_account_managers_again_a1_07(scene):
    task = make_task(scene.client, scene.cast.anna)
    version = Project.objects.get(pk=task.project_id).version
    edit_project(
        by=scene.cast.vera, project_id=task.project_id, version=version, manager=scene.cast.egor
    )
    assert free_projects() == 0
    User.objects.filter(pk=scene.cast.egor.pk).update(is_active=False)
    assert free_projects() == 1
    assert Project.objects.get(pk=task.project_id).manager is None


def test_whoever_left_with_a_last_day_ahead_is_gone_once_it_has_passed_a1_07(scene, login):
    task = make_task(scene.client, scene.cast.anna)
    version = Project.objects.get(pk=task.project_id).version
    edit_project(
        by=scene.cast.vera, project_id=task.project_id, version=version, manager=scene.cast.egor
    )
    for person in (scene.cast.anna, scene.cast.egor):
        place = reverse("person_departure", args=[person.pk])
        assert login(scene.cast.zakhar).post(place, {"last_day": "2026-03-03"}).status_code == 303
    scene.at("2026-03-03 12:00")
    assert (watch_vacancies(), free_projects(), close_accounts()) == (0, 0, 0)
    scene.at("2026-03-04 06:45")
    assert (watch_vacancies(), free_projects()) == (1, 1)
    assert scene.states("П.7") == ["open"]
    assert close_accounts() == 2
    assert not User.objects.get(pk=scene.cast.anna.pk).is_active
    assert (watch_vacancies(), close_accounts()) == (0, 0)


def test_each_morning_asks_of_those_whose_vacancy_stands_open_alone_a1_07(
    scene,
):
    take_off(scene)
    assign(by=scene.cast.vera, client_id=scene.client.pk, user=scene.cast.boris, role="am")
    with CaptureQueriesContext(connection) as once:
        assert watch_vacancies() == 0
    assert len(once) <= 5
    take_off_boris = {"by": scene.cast.vera, "client_id": scene.client.pk, "role": "am"}
    release(user=scene.cast.boris, **take_off_boris)
    Assignment.objects.create(
        client=scene.client, user=scene.cast.boris, role="am", since=clock.now()
    )
    assert watch_vacancies() == 1
