"""Projects: the list, one over time, a new one."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.actions import cancel_task, edit_project
from pult.work.models import Project
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def romashka(cast, pack):
    return make_client("Ромашка", am=cast.anna)


@pytest.fixture
def task(cast, romashka):
    return make_task(romashka, cast.anna)


def test_a_project_shows_its_tasks_over_time_with_the_nearest_deadline(
    cast, login, task, within_budget
):
    anna = login(cast.anna)
    page = within_budget(anna, "projects", "/projects/").text
    assert f'href="/projects/{task.project_id}/"' in page
    page = within_budget(anna, "project", f"/projects/{task.project_id}/").text
    assert task.title in page
    assert "chart--span" in page
    assert login(cast.boris).get(f"/projects/{task.project_id}/").status_code == 404


def test_a_project_is_opened_changed_and_ended_on_its_pages(cast, login, romashka):
    anna = login(cast.anna)
    assert "Ромашка" in anna.get("/projects/new/").text
    sent = {"client": romashka.pk, "department": "seo", "title": "Блог"}
    assert anna.post("/projects/new/", sent).status_code == 303
    row = Project.objects.get(title="Блог")
    sent = {"version": row.version, "title": "Блог и новости", "manager": cast.egor.pk}
    assert anna.post(f"/projects/{row.pk}/changes/", sent).status_code == 303
    row.refresh_from_db()
    assert (row.title, row.manager) == ("Блог и новости", cast.egor)
    assert anna.post(f"/projects/{row.pk}/end/").status_code == 303
    row.refresh_from_db()
    assert row.ended_on is not None


def test_a_project_with_open_tasks_does_not_end(cast, login, task):
    anna = login(cast.anna)
    assert anna.post(f"/projects/{task.project_id}/end/").status_code == 409
    cancel_task(by=cast.anna, task_id=task.pk, reason_code="mistake")
    assert anna.post(f"/projects/{task.project_id}/end/").status_code == 303


def test_of_two_who_change_a_project_the_slower_is_told(cast, login, task):
    seen = task.project.version
    edit_project(by=cast.egor, project_id=task.project_id, version=seen, title="Реклама")
    sent = {"version": seen, "title": "Моё"}
    answer = login(cast.anna).post(f"/projects/{task.project_id}/changes/", sent)
    assert answer.status_code == 409
    assert 'value="Моё"' in answer.text


def test_a_second_usual_project_of_a_department_is_refused_in_words(cast, login, task):
    sent = {"client": task.client_id, "department": "context", "title": ""}
    assert login(cast.anna).post("/projects/new/", sent).status_code in (409, 422)
