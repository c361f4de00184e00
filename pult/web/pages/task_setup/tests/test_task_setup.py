"""What is arranged around a task: order, repeats, auditors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pult.clients.tests.factories import make_client
from pult.work.models import Dependency, Recurrence, TaskFile
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


def arrange(browser, task, act, **form):
    return browser.post(f"/tasks/{task.pk}/setup/{act}/", form)


def test_a_task_is_made_to_wait_for_another(cast, login, task, within_budget):
    other = make_task(task.client, cast.anna, title="Тексты")
    anna = login(cast.anna)
    page = within_budget(anna, "task_setup", f"/tasks/{task.pk}/setup/").text
    assert f'id="after-{other.pk}"' in page
    assert arrange(anna, task, "order", after=other.pk).status_code == 303
    assert Dependency.objects.get().after == other
    assert arrange(anna, other, "order", after=task.pk).status_code == 422
    assert arrange(anna, task, "order").status_code == 303
    assert not Dependency.objects.exists()


def test_a_task_is_made_to_come_again_and_no_more(cast, login, task):
    anna = login(cast.anna)
    sent = {"basis": "calendar", "unit": "month", "every": "1"}
    assert arrange(anna, task, "repeat", **sent).status_code == 303
    row = Recurrence.objects.get()
    assert "каждый месяц" in anna.get(f"/tasks/{task.pk}/setup/").text
    assert arrange(anna, task, "stop", recurrence=row.pk).status_code == 303
    row.refresh_from_db()
    assert row.stopped_at is not None
    assert arrange(anna, task, "repeat", **sent | {"every": "0"}).status_code == 422
    assert arrange(anna, task, "repeat", **sent | {"basis": "no"}).status_code == 422


def test_anybody_who_works_here_may_be_an_auditor(cast, login, task):
    assert arrange(login(cast.anna), task, "watch", user=cast.boris.pk).status_code == 303
    assert login(cast.boris).get(f"/tasks/{task.pk}/").status_code == 200
    assert arrange(login(cast.anna), task, "watch").status_code == 422
    assert arrange(login(cast.anna), task, "nonsense").status_code == 404


def test_an_auditor_arranges_nothing(cast, login, task):
    arrange(login(cast.anna), task, "watch", user=cast.boris.pk)
    other = make_task(task.client, cast.anna)
    boris = login(cast.boris)
    assert arrange(boris, task, "order", after=other.pk).status_code == 409
    sent = {"basis": "calendar", "unit": "month", "every": "1"}
    assert arrange(boris, task, "repeat", **sent).status_code == 409


def test_files_are_attached_and_taken_off(cast, login, task):
    brief = SimpleUploadedFile("бриф.txt", b"brief")
    page = f"/tasks/{task.pk}/acts/"
    anna = login(cast.anna)
    assert anna.post(f"{page}attach/", {"file": brief}).status_code == 303
    kept = TaskFile.objects.get()
    assert "бриф.txt" in login(cast.darya).get(f"/tasks/{task.pk}/").text
    assert login(cast.darya).post(f"{page}detach/", {"file": kept.pk}).status_code == 409
    anna = login(cast.anna)
    assert anna.post(f"{page}detach/", {"file": kept.pk}).status_code == 303
    assert anna.get(f"/tasks/{task.pk}/files/{kept.pk}/").status_code == 404
    assert anna.post(f"{page}attach/").status_code == 422
