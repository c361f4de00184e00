"""The calendar: tasks by the day they are due."""

from datetime import timedelta

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.work.models import Task
from pult.work.queries import TaskFilters, days, due_days
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def romashka(cast, pack):
    return make_client("Ромашка", am=cast.anna)


def test_a_task_stands_on_its_day(cast, login, romashka, within_budget):
    task = make_task(romashka, cast.anna)
    page = within_budget(login(cast.anna), "task_calendar", "/tasks/calendar/", view="set").text
    assert f'href="/tasks/{task.pk}/"' in page
    far = login(cast.anna).get("/tasks/calendar/", {"view": "set", "day": "2100-01-01"})
    assert far.status_code == 200
    assert login(cast.anna).get("/tasks/calendar/", {"day": "nonsense"}).status_code == 200
    assert task.title not in login(cast.boris).get("/tasks/calendar/", {"view": "all"}).text


def test_days_read_one_by_one_say_the_same_as_all_at_once(cast, romashka, monkeypatch):
    now = clock.now()
    for number in range(7):
        make_task(romashka, cast.anna, due=now + timedelta(days=1 + number % 3, minutes=number))
    asked = (cast.anna, TaskFilters(view="set"), now.date(), 7)
    at_once = due_days(*asked)
    monkeypatch.setattr(days, "MOST_OWN", 3)
    assert due_days(*asked) == at_once
    assert [day.total for day in at_once if day.total] == [3, 2, 2]


def test_overdue_tasks_are_counted_above_and_lead_to_their_list(cast, login, romashka):
    late = make_task(romashka, cast.anna, title="Забытая")
    Task.objects.filter(pk=late.pk).update(due=clock.now() - timedelta(days=90))
    page = login(cast.anna).get("/tasks/calendar/", {"view": "set"})
    assert "просрочено: 1" in page.text
    assert late.title not in page.text
    listed = login(cast.anna).get(page.context["page"].overdue_href).context["page"].found
    assert [row.id for row in listed.rows] == [late.pk]
