"""The pages of contractors."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_own_entity
from pult.people.actions import hire
from pult.people.models import User
from pult.people.queries import business_day
from pult.work.actions import accept_task, hand_in, take_task
from pult.work.models import ContractorAct, Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(cast):
    person = hire(
        email="nina@agency.example", full_name="Нина Липова", roles=["contractor"], by=None
    )
    return User.objects.get(pk=person.pk)


def test_a_price_goes_from_the_manager_into_an_act_the_contractor_reads(login, cast, nina):
    task = make_task(make_client("Лес", am=cast.anna), cast.anna)
    Task.objects.filter(pk=task.pk).update(assignee=nina)
    price = reverse("task_price", args=[task.pk])
    wrong = login(cast.anna).post(price, {"amount": "много", "version": "0"})
    assert wrong.status_code == 422
    assert "много" in wrong.content.decode()
    said = {"amount": "12 500,50", "terms": "Два макета", "version": "0"}
    assert login(cast.anna).post(price, said).status_code == 303
    assert "12 500,50" in _plain(login(nina).get(reverse("task", args=[task.pk])))
    assert "12 500,50" not in _plain(login(cast.darya).get(reverse("task", args=[task.pk])))
    take_task(by=nina, task_id=task.pk)
    hand_in(by=nina, task_id=task.pk)
    accept_task(by=cast.anna, task_id=task.pk)
    here, today = reverse("contractor", args=[nina.pk]), business_day().isoformat()
    assert "12 500,50" in _plain(login(cast.zhanna).get(here))
    form = {"first": today, "last": today, "on": today, "task": str(task.pk)}
    none = login(cast.zhanna).post(here, form)
    assert none.status_code == 422, "there is no legal entity of ours yet"
    form["entity"] = str(make_own_entity().pk)
    made = login(cast.zhanna).post(here, form)
    assert made.status_code == 303
    own = _plain(login(nina).get(reverse("own_tasks")))
    assert f"№ {ContractorAct.objects.get()}" in own
    assert "12 500,50" in own
    assert "Два" not in _plain(login(nina).get(made.url))
    assert "12 500,50" in _plain(login(nina).get(made.url))


def _plain(answer):
    text = answer.content.decode()
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")
