from datetime import UTC, datetime

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client
from pult.kernel.models import Fact
from pult.people.models import DayClose, DayNotice
from pult.web.pages.my_day.tests.world import build
from pult.work.actions import comment_task
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def test_one_press_says_that_one_is_late_and_another_takes_it_back(login, cast, freeze):
    freeze("2026-03-10 10:40")
    browser = login(cast.anna)
    assert browser.post(reverse("day_notice"), {"kind": "late"}).url == reverse("working_day")
    text = browser.get(reverse("working_day")).content.decode()
    assert "сказано в 10:40" in text
    assert "после начала дня" not in text
    seen = login(cast.vera).get(reverse("day_people")).content.decode()
    assert "Анна Берёзова" in seen
    back = reverse("day_notice_back", args=[DayNotice.objects.get().pk])
    assert login(cast.boris).post(back).status_code == 404
    assert login(cast.anna).post(back).status_code == 303


def test_a_head_notes_a_call_and_a_manager_may_not(login, cast, freeze):
    freeze("2026-03-10 10:40")
    said = {"user": str(cast.anna.pk), "kind": "away", "force_majeure": "1"}
    assert login(cast.vera).post(reverse("day_notice"), said).url == reverse("day_people")
    assert DayNotice.objects.get().force_majeure
    refused = login(cast.boris).post(reverse("day_notice"), {**said, "kind": "late"})
    assert refused.status_code == 409
    wrong = login(cast.vera).post(reverse("day_notice"), {**said, "user": "никто"})
    assert wrong.status_code == 422


def test_the_day_is_closed_on_one_page(login, cast, pack, freeze, within_budget, later):
    freeze("2026-05-05 18:45")
    build(cast)
    browser = login(cast.anna)
    page = within_budget(browser, "working_day", reverse("working_day")).context["page"]
    assert page.left
    assert page.is_open
    refused = browser.post(reverse("day_close"), {"mail": "clear", "plan": "Написать Лесу"})
    assert refused.status_code == 409
    assert "Написать Лесу" in refused.content.decode()
    assert "13.5" in refused.content.decode()
    later()
    said = {"mail": "clear", "one_reason": "Завтра с утра", "plan": "Написать Лесу"}
    assert browser.post(reverse("day_close"), said).status_code == 303
    assert DayClose.objects.get().plan == "Написать Лесу"
    text = browser.get(reverse("working_day")).content.decode()
    assert "закрыт в 18:45" in text
    seen = login(cast.vera).get(reverse("day_people")).content.decode()
    assert "закрыт в 18:45" in seen


def test_what_is_left_stands_by_client_and_says_what_to_do(login, cast, pack, freeze):
    freeze("2026-05-05 18:45")
    build(cast)
    page = login(cast.anna).get(reverse("working_day")).context["page"]
    names = [client.name for client in page.left]
    assert len(names) == len(set(names)), "a client stands once"
    rows = [row for client in page.left for row in client.rows]
    assert page.count == len(rows)
    asked = [row for row in rows if row.item.act]
    assert asked
    assert all(row.what != row.item.title and row.item.title in row.about for row in asked)


def test_what_burns_in_the_evening_burns_in_the_lists_13_4(login, cast, pack, freeze):
    freeze("2026-03-10 18:40")
    client = make_client("Ромашка", am=cast.anna)
    tasks = {
        "today": datetime(2026, 3, 10, 20, tzinfo=UTC),
        "tomorrow night": datetime(2026, 3, 11, 20, tzinfo=UTC),
        "after": datetime(2026, 3, 12, 6, tzinfo=UTC),
    }
    for title, due in tasks.items():
        make_task(client, cast.anna, "wish", title=title, due=due)
    Task.objects.update(assignee=cast.anna)
    page = login(cast.anna).get(reverse("working_day")).context["page"]
    evening = {row.item.title for one in page.left for row in one.rows if row.item.source == "task"}
    listed = login(cast.anna).get("/tasks/?view=mine&state=hot").context["page"]
    assert evening == {row.title for row in listed.found.rows} == {"today", "tomorrow night"}


def test_before_the_hour_the_page_says_when(login, cast, freeze):
    freeze("2026-03-10 12:00")
    text = login(cast.anna).get(reverse("working_day")).content.decode()
    assert "День закрывают с 18:30" in text
    assert login(cast.anna).post(reverse("day_close"), {"mail": "clear"}).status_code == 409


def test_a_specialist_says_and_closes_nothing(login, cast, freeze):
    freeze("2026-03-10 18:40")
    page = login(cast.darya).get(reverse("working_day")).context["page"]
    assert not page.closes
    assert login(cast.darya).post(reverse("day_close"), {"mail": "clear"}).status_code == 403


def test_a_refused_word_keeps_what_was_typed(login, cast, freeze):
    freeze("2026-03-10 10:40")
    said = {"kind": "late", "expected_at": "12-60", "force_majeure": "1", "day": "2026-03-11"}
    refused = login(cast.anna).post(reverse("day_notice"), said)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert 'value="12-60"' in text
    assert 'value="2026-03-11"' in text
    assert 'name="force_majeure" value="1" checked' in text


def test_my_day_leads_a_manager_to_the_plan_m3_1(login, cast, pack, freeze):
    freeze("2026-03-10 11:05")
    way = f'href="{reverse("working_day")}"'
    assert "План дня" in login(cast.anna).get("/").content.decode()
    assert way in login(cast.anna).get("/").content.decode()
    assert "План дня" not in login(cast.darya).get("/").content.decode()
    assert not Fact.objects.filter(kind__startswith="person.").exists(), "nobody notes who looked"


def test_unread_comments_stand_on_the_page_and_are_read_at_once(login, cast, pack, freeze):
    freeze("2026-03-10 18:40")
    task = make_task(make_client("Ромашка", am=cast.anna), cast.anna)
    comment_task(by=cast.darya, task_id=task.pk, text="Какой баннер брать?")
    browser = login(cast.anna)
    page = browser.get(reverse("working_day")).context["page"]
    assert [row.item.title for row in page.unread] == [task.title]
    said = {"shown": page.shown}
    assert login(cast.darya).post(reverse("day_comments_read"), said).status_code == 403
    assert login(cast.anna).post(reverse("day_comments_read"), said).status_code == 303
    assert login(cast.anna).get(reverse("working_day")).context["page"].unread == ()


@pytest.mark.parametrize(
    "shown",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2031-01-01T00:00:00+03:00", "x"],
)
def test_comments_are_read_to_now_by_a_moment_that_is_none(login, cast, pack, freeze, shown):
    freeze("2026-03-10 18:40")
    task = make_task(make_client("Ромашка", am=cast.anna), cast.anna)
    comment_task(by=cast.darya, task_id=task.pk, text="Какой баннер брать?")
    place = reverse("day_comments_read")
    assert login(cast.anna).post(place, {"shown": shown}).status_code == 303
    assert login(cast.anna).get(reverse("working_day")).context["page"].unread == ()
    freeze("2026-03-10 18:50")
    comment_task(by=cast.darya, task_id=task.pk, text="Так какой?")
    assert len(login(cast.anna).get(reverse("working_day")).context["page"].unread) == 1
