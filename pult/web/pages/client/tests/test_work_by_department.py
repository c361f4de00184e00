"""R00-03 and R00-02: all departments' work on one screen, and the one manager whom all see."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from pult.clients.models import Assignment
from pult.clients.tests.factories import make_assignment, make_client, make_line
from pult.kernel import clock
from pult.money.models import LineForecast
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast, pack):
    return make_client("Лес", am=cast.anna)


def test_a_manager_sees_planning_production_and_delivery_of_all_departments_together(
    cast, login, forest
):
    running, _planned = make_line(forest, "Поиск"), make_line(forest, status="planned")
    LineForecast.objects.create(
        line=running, as_of=date(2030, 1, 1), made_at=clock.now(), balance=1, q50=date(2030, 2, 7)
    )
    context, design = make_task(forest, cast.anna), make_task(forest, cast.anna, "design")
    late = {"due": clock.now() - timedelta(days=1), "assignee": cast.darya}
    Task.objects.filter(pk=context.pk).update(**late)
    answer = login(cast.anna).get(reverse("client_lines", args=[forest.pk]))
    page = answer.context["page"]
    work = {one.code: one for one in page.work}
    assert work.keys() == {context.department, design.department}
    assert work[context.department].late_with == (cast.darya.full_name,)
    assert work[design.department].late == 0
    assert {view.line.name: view.money_ends for view in page.lines}["Поиск"] == date(2030, 2, 7)
    assert [view.line.status for view in page.lines] == ["running", "planned"]
    assert cast.darya.full_name in answer.text
    assert login(cast.boris).get(reverse("client_lines", args=[forest.pk])).status_code == 404


def test_a_specialist_sees_no_sums_and_no_tally_of_other_departments(cast, login, forest):
    make_assignment(forest, cast.darya, "executor")
    make_task(forest, cast.anna, "design")
    page = login(cast.darya).get(reverse("client_lines", args=[forest.pk])).context["page"]
    assert page.work == ()


def test_every_department_sees_the_one_manager_of_a_client(cast, login, forest):
    make_assignment(forest, cast.darya, "executor")
    task = make_task(forest, cast.anna)
    Task.objects.filter(pk=task.pk).update(assignee=cast.darya)
    for person in (cast.darya, cast.vera, cast.zakhar):
        card = login(person).get(reverse("client", args=[forest.pk])).text
        assert cast.anna.full_name in card
        assert cast.anna.full_name in login(person).get(reverse("task", args=[task.pk])).text


def test_a_client_has_no_second_manager_and_a_vacancy_is_said(cast, login, forest):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assignment(forest, cast.boris, "am")
    Assignment.objects.filter(client=forest).delete()
    card = login(cast.vera).get(reverse("client", args=[forest.pk])).text
    assert "ответственного нет" in card
