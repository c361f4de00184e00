"""Tasks of a queue are given out from the list, many at once."""

import pytest

from pult.clients.tests.factories import make_client, make_user
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(cast, pack):
    forest = make_client("Лес", am=cast.anna)
    return [make_task(forest, cast.anna, title=f"Кампания {n}") for n in range(3)]


def offered(browser, **query):
    page = browser.get("/tasks/", query).text
    _head, _found, rest = page.partition('id="id_bulk_user"')
    return rest.partition("</select>")[0]


def test_a_head_of_production_is_offered_their_people_with_what_each_has(cast, login, queue):
    Task.objects.filter(pk=queue[0].pk).update(assignee=cast.darya)
    told = offered(login(cast.egor), view="queue")
    assert "Дарья Ершова, открыто: 1" in told
    assert "Анна" not in told


def test_who_distributes_nothing_is_offered_the_queue_alone(cast, login, queue):
    assert offered(login(cast.anna), view="set").count("<option") == 1


def test_contractors_of_the_department_are_offered_by_name(cast, login, queue):
    nina = make_user("Нина Липова", "contractor")
    type(nina).objects.filter(pk=nina.pk).update(department=cast.darya.department)
    assert "Нина Липова, открыто: 0" in offered(login(cast.egor), view="queue")


def test_the_whole_queue_is_given_out_in_one_act(cast, login, queue):
    form = {"act": "assign", "ids": [one.pk for one in queue], "user": cast.darya.pk}
    login(cast.egor).post("/tasks/changes/", form)
    assert Task.objects.filter(assignee=cast.darya).count() == len(queue)
