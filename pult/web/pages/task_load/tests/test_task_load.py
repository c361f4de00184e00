"""The workload: a head sees who has how much on which day."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.actions import assign_task, log_time
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    task = make_task(make_client("Ромашка", am=cast.anna), cast.anna, estimate=90)
    assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    return task


def test_a_head_sees_the_hours_of_each_of_the_department(cast, login, task, within_budget):
    day = task.due.date().isoformat()
    egor = login(cast.egor)
    page = within_budget(egor, "task_load", "/tasks/load/", day=day).text
    assert cast.darya.full_name in page
    assert " 1:30" in page
    log_time(by=cast.darya, task_id=task.pk, minutes=30)
    assert "30" in egor.get("/tasks/load/").text


def test_who_leads_nobody_sees_themselves_alone(cast, login, task):
    page = login(cast.darya).get("/tasks/load/").text
    assert cast.darya.full_name in page
    assert cast.egor.full_name not in page.split("<tbody>")[1]
    strange = {"department": "seo", "day": "x"}
    assert login(cast.darya).get("/tasks/load/", strange).status_code == 200
