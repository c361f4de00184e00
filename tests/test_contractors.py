"""A contractor acts in nothing else: own tasks by their link, no client, no money, no М1 or М3."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.access import clients_of
from pult.clients.tests.factories import make_assignment, make_client, make_user
from pult.people.actions import grant_role, hire
from pult.people.daily import close_days
from pult.people.models import DayClose, User
from pult.people.queries import roles_of
from pult.work.actions import assign_task, attach_file
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(cast, freeze):
    """Нина runs ads for the agency, as a contractor from Tuesday on."""
    freeze("2026-03-09 12:00")
    person = hire(
        email="nina@agency.example",
        full_name="Нина Липова",
        roles=["executor"],
        department=cast.darya.department,
        by=None,
    )
    grant_role(user=person, role="contractor", since=date(2026, 3, 10), by=cast.zakhar)
    return person


def again(person):
    return User.objects.get(pk=person.pk)


def test_the_kind_of_employment_is_dated_and_goes_before_every_role(nina, freeze):
    assert again(nina).roles == {"executor"}
    freeze("2026-03-10 09:00")
    assert again(nina).roles == {"contractor"}
    assert roles_of(nina, date(2026, 3, 9)) == {"executor"}
    assert roles_of(nina, date(2026, 3, 10)) == {"contractor"}


def test_a_contractor_opens_their_own_task_by_its_link_and_nothing_else(login, cast, nina, freeze):
    forest = make_client("Лес", am=cast.anna)
    make_assignment(forest, nina, "executor")
    own, foreign = make_task(forest, cast.anna), make_task(forest, cast.anna)
    Task.objects.filter(pk=own.pk).update(assignee=nina)
    freeze("2026-03-10 12:00")
    browser = login(again(nina))
    assert browser.get(reverse("task", args=[own.pk])).status_code == 200
    assert browser.get(reverse("task", args=[foreign.pk])).status_code == 404
    for name, args in (
        ("tasks", []),
        ("people", []),
        ("search", []),
        ("client", [forest.pk]),
        ("client_people", [forest.pk]),
        ("client_money", [forest.pk]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 403, name
    assert list(clients_of(again(nina))) == []


def test_the_page_of_a_task_shows_a_contractor_no_contacts_of_the_client(login, cast, nina, freeze):
    forest = make_client("Лес", am=cast.anna)
    forest.contacts.create(name="Алла Рожкова", phone="+7 900 000-00-01", email="a@example.com")
    own = make_task(forest, cast.anna)
    Task.objects.filter(pk=own.pk).update(assignee=nina)
    freeze("2026-03-10 12:00")
    text = login(again(nina)).get(reverse("task", args=[own.pk])).content.decode()
    assert "Алла Рожкова" not in text
    assert "900 000" not in text


def test_the_working_day_binds_staff_alone(cast, nina, freeze):
    grant_role(user=nina, role="am", since=date(2026, 3, 10), by=cast.vera)
    freeze("2026-03-10 23:40")
    close_days()
    assert not DayClose.objects.filter(user=nina).exists()
    assert DayClose.objects.filter(user=cast.anna).exists()


@pytest.fixture
def oleg(cast):
    """Олег draws for the agency and was never anything else there."""
    person = make_user("Олег Орехов", "contractor")
    User.objects.filter(pk=person.pk).update(department=cast.darya.department)
    return again(person)


def test_the_head_of_the_department_gives_a_contractor_a_task(login, cast, oleg):
    task = make_task(make_client("Лес", am=cast.anna), cast.anna)
    act = reverse("task_act", args=[task.pk, "assign"])
    assert login(cast.anna).post(act, {"user": oleg.pk}).status_code == 409
    assert login(cast.egor).post(act, {"user": oleg.pk}).status_code == 303
    assert task.title in login(oleg).get(reverse("own_tasks")).content.decode()
    taken = login(oleg).post(reverse("task_act", args=[task.pk, "take"]))
    assert taken.status_code == 303
    assert Task.objects.get(pk=task.pk).state == "taken"


def test_a_contractor_opens_the_files_of_their_task_and_arranges_nothing(login, cast, oleg):
    task = make_task(make_client("Лес", am=cast.anna), cast.anna)
    file = attach_file(by=cast.anna, task_id=task.pk, name="бриф.txt", content=b"brief")
    opened = reverse("task_file", args=[task.pk, file.pk])
    assert login(oleg).get(opened).status_code == 404
    assign_task(by=cast.egor, task_id=task.pk, user_id=oleg.pk)
    browser = login(oleg)
    assert browser.get(opened).content == b"brief"
    page = browser.get(reverse("task", args=[task.pk])).content.decode()
    assert reverse("task_setup", args=[task.pk]) not in page
    assert cast.vera.full_name not in page
    assert cast.egor.full_name not in page
    assert cast.anna.full_name in page
    watch = reverse("task_act", args=[task.pk, "watch"])
    assert browser.post(watch, {"user": cast.egor.pk}).status_code == 409
    said = {"text": "Когда срок?", "mention": cast.egor.pk}
    assert browser.post(reverse("task_act", args=[task.pk, "comment"]), said).status_code == 422
    said["mention"] = cast.anna.pk
    assert browser.post(reverse("task_act", args=[task.pk, "comment"]), said).status_code == 303
