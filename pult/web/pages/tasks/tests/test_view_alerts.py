"""A view of tasks tells its owner what came into it."""

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel.models import Job
from pult.web.models import SavedView
from pult.web.pages.tasks.alerts import look
from pult.work.actions import accept_task, hand_in, take_task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def romashka(cast, pack):
    return make_client("Ромашка", am=cast.anna)


@pytest.fixture
def view(cast, login, romashka):
    """Анна's view of what waits for her acceptance, with an alert."""
    anna = login(cast.anna)
    anna.post("/tasks/views/", {"name": "Принять", "query": "view=accept"})
    row = SavedView.objects.get()
    assert change(anna, row, "alert").status_code == 303
    return row


def change(browser, view, act):
    return browser.post(f"/tasks/views/{view.pk}/", {"act": act})


def done(cast, client):
    task = make_task(client, cast.anna)
    take_task(by=cast.darya, task_id=task.pk)
    hand_in(by=cast.darya, task_id=task.pk)
    return task


def test_what_is_new_is_told_above_the_list_and_by_mail_until_it_is_seen(
    cast, login, view, romashka, mailoutbox, settings
):
    settings.MAIL_NOTICES = True
    done(cast, romashka)
    assert look(Job()) == {"told": 1}
    assert look(Job()) == {"told": 0}
    assert [letter.subject for letter in mailoutbox] == ["«Принять»: 1 новая задача"]
    anna = login(cast.anna)
    assert "1 новая" in anna.get("/tasks/").text
    assert "Новое просмотрено" in anna.get("/tasks/?view=accept").text
    change(anna, view, "looked")
    assert "1 новая" not in anna.get("/tasks/").text
    assert look(Job()) == {"told": 0}


def test_a_task_that_left_and_came_again_is_new(cast, login, view, romashka):
    task = done(cast, romashka)
    change(login(cast.anna), view, "looked")
    accept_task(by=cast.anna, task_id=task.pk)
    assert look(Job()) == {"told": 0}
    done(cast, romashka)
    assert look(Job()) == {"told": 1}


def test_a_view_saved_anew_under_its_name_still_tells_and_what_it_shows_is_not_new(
    cast, login, view, romashka
):
    make_task(romashka, cast.anna)
    sent = {"name": "Принять", "query": "view=set"}
    login(cast.anna).post("/tasks/views/", sent)
    assert look(Job()) == {"told": 0}
    make_task(romashka, cast.anna)
    assert look(Job()) == {"told": 1}


def test_a_quiet_or_a_removed_view_tells_nothing(cast, login, view, romashka):
    done(cast, romashka)
    change(login(cast.anna), view, "quiet")
    assert look(Job()) == {"told": 0}
    assert change(login(cast.boris), view, "remove").status_code == 404
    assert change(login(cast.anna), view, "remove").status_code == 303
    assert not SavedView.objects.exists()


def test_a_view_of_everybodys_tells_nobody(cast, login, view):
    SavedView.objects.update(user=None, role="am", alert=False)
    change(login(cast.vera), view, "alert")
    view.refresh_from_db()
    assert not view.alert


def test_a_view_of_another_list_is_not_changed_here(cast, login, view):
    SavedView.objects.update(page="clients")
    for act in ("quiet", "looked", "remove"):
        assert change(login(cast.anna), view, act).status_code == 404
    assert SavedView.objects.get().alert
