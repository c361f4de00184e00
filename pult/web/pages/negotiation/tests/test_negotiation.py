"""The page before negotiations tells of tasks what lists tell the same reader."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_assignment, make_client
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def test_a_specialist_of_the_client_reads_no_tasks_of_other_departments(login, cast):
    forest = make_client("Лес", am=cast.anna)
    make_assignment(forest, cast.darya, "executor")
    make_task(forest, cast.anna, title="Поиск по брендам")
    make_task(forest, cast.anna, "design", title="Смета на логотип")
    page = reverse("negotiation", args=[forest.pk])
    told = {who: login(getattr(cast, who)).get(page).content.decode() for who in ("anna", "darya")}
    assert "Поиск по брендам" in told["darya"]
    assert "Смета на логотип" not in told["darya"]
    assert "Смета на логотип" in told["anna"]
