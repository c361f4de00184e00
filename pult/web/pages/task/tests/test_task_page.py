"""The page of one task, from the queue to acceptance, by plain forms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pult.clients.tests.factories import make_client
from pult.people.models import Absence
from pult.people.queries import business_day
from pult.work.actions import assign_task, bounce_task, take_task
from pult.work.models import Comment, Task, TaskFile
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


def post(browser, task, act, **form):
    return browser.post(f"/tasks/{task.pk}/acts/{act}/", form)


def test_a_task_goes_its_way_by_plain_forms(cast, login, task, within_budget):
    page = within_budget(login(cast.darya), "task", f"/tasks/{task.pk}/").text
    assert "Кампания запущена" in page
    assert f'action="/tasks/{task.pk}/acts/take/"' in page
    assert post(login(cast.darya), task, "take").status_code == 303
    assert post(login(cast.darya), task, "hand_in").status_code == 303
    assert post(login(cast.anna), task, "send_back", reason="Нет меток").status_code == 303
    assert "Нет меток" in login(cast.darya).get(f"/tasks/{task.pk}/").text
    task.refresh_from_db()
    again = post(login(cast.darya), task, "hand_in", version=task.version)
    assert again.status_code == 303
    assert post(login(cast.anna), task, "accept").status_code == 303
    task.refresh_from_db()
    assert (task.state, task.returns) == ("accepted", 1)


def test_two_people_at_once_are_told_and_nothing_is_lost(cast, login, task):
    sent = {"version": task.version, "title": "Моё название"}
    take_task(by=cast.darya, task_id=task.pk)
    answer = login(cast.anna).post(f"/tasks/{task.pk}/changes/", sent)
    assert answer.status_code == 409
    assert str(cast.darya) in answer.text
    assert "Моё название" in answer.text
    task.refresh_from_db()
    assert task.title == "Новая кампания"


def test_a_bounce_names_what_is_missing_and_mending_starts_the_clock(cast, login, task):
    sent = {"clause": "М4.0", "field": ["goal"], "note": "Какая цена заявки?"}
    assert post(login(cast.darya), task, "bounce", **sent).status_code == 303
    assert "Какая цена заявки?" in login(cast.anna).get(f"/tasks/{task.pk}/changes/").text
    task.refresh_from_db()
    sent = {"version": task.version, "value_goal": "Заявки по 700 ₽"}
    assert login(cast.anna).post(f"/tasks/{task.pk}/changes/", sent).status_code == 303
    task.refresh_from_db()
    assert (task.state, task.values["goal"]) == ("new", "Заявки по 700 ₽")


def test_a_refused_act_keeps_what_was_typed(cast, login, task):
    answer = post(login(cast.darya), task, "bounce", clause="99.99", note="Не хватает целей")
    assert answer.status_code == 422
    assert "Не хватает целей" in answer.text
    assert post(login(cast.darya), task, "log_time", minutes="час").status_code == 422
    assert post(login(cast.darya), task, "nonsense").status_code == 404


def test_a_comment_brings_a_file_that_opens_as_a_download(cast, login, task):
    brief = SimpleUploadedFile("бриф.html", b"<script>1</script>")
    sent = {"text": "Бриф клиента", "file": brief, "mention": [cast.darya.pk]}
    assert post(login(cast.anna), task, "comment", **sent).status_code == 303
    kept = TaskFile.objects.get()
    answer = login(cast.darya).get(f"/tasks/{task.pk}/files/{kept.pk}/")
    assert answer.content == b"<script>1</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    other = make_task(task.client, cast.anna)
    assert login(cast.darya).get(f"/tasks/{other.pk}/files/{kept.pk}/").status_code == 404
    post(login(cast.anna), task, "erase_comment", comment=Comment.objects.get().pk)
    assert login(cast.darya).get(f"/tasks/{task.pk}/files/{kept.pk}/").status_code == 404


def test_a_manager_who_would_do_it_is_shown_the_right_way(cast, login, task):
    answer = post(login(cast.vera), task, "assign", user=cast.anna.pk)
    assert answer.status_code == 409
    assert f"/tasks/new/?client={task.client_id}" in answer.text
    task.refresh_from_db()
    assert task.assignee_id is None


def test_a_foreign_task_is_not_there(cast, login, task):
    assert login(cast.gleb).get(f"/tasks/{task.pk}/").status_code == 404
    assert post(login(cast.gleb), task, "comment", text="Привет").status_code == 404
    assert not Comment.objects.exists()


def test_a_talk_and_a_groundless_bounce_are_noted_by_heads(cast, login, task):
    assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    row = bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", fields=["goal"])
    assert post(login(cast.vera), task, "unfounded", bounce=row.pk).status_code == 303
    row.refresh_from_db()
    assert row.unfounded_at is not None
    assert Task.objects.get().state != "bounced"


def test_anybody_who_sees_the_task_may_be_called_by_name(cast, login, task):
    def called(text, person):
        return f'name="mention" value="{person.pk}"' in text

    page = login(cast.anna).get(f"/tasks/{task.pk}/").text
    for person in (cast.darya, cast.egor, cast.vera, cast.zakhar):
        assert called(page, person)
    for person in (cast.anna, cast.boris, cast.zhanna, cast.gleb):
        assert not called(page, person)
    Absence.objects.create(
        user=cast.anna,
        since=business_day(),
        category=Absence.Category.LEAVE,
        substitute=cast.boris,
    )
    assert called(login(cast.darya).get(f"/tasks/{task.pk}/").text, cast.boris)


def test_time_is_noted_by_whoever_may_do_the_work(cast, login, task):
    def offers(person):
        return "/acts/log_time/" in login(person).get(f"/tasks/{task.pk}/").text

    assert not offers(cast.anna)
    assert offers(cast.darya)
    assert offers(cast.egor)
