from datetime import date

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client
from pult.regulation.actions import Target, waive

pytestmark = pytest.mark.django_db


@pytest.fixture
def waivers(cast, pack, freeze):
    freeze("2026-03-10 12:00")
    for name, manager in (("Ромашка", cast.anna), ("Василёк", cast.boris)):
        client = make_client(name, am=manager)
        waive(
            target=Target("9.1", client.pk, "client", client.pk),
            until=date(2026, 3, 13),
            reason="Клиент в отпуске",
            by=cast.vera,
            role="head",
        )


def names(answer):
    return [one.item.client for one in answer.context["page"].waived]


def test_a_manager_sees_the_exceptions_of_own_clients(login, cast, waivers):
    assert names(login(cast.anna).get(reverse("waivers"))) == ["Ромашка"]
    assert sorted(names(login(cast.vera).get(reverse("waivers")))) == ["Василёк", "Ромашка"]


def test_an_exception_taken_back_is_gone(login, cast, waivers, later):
    page = login(cast.vera).get(reverse("waivers")).context["page"]
    first = page.waived[0].item
    address = reverse("waiver_end", args=[first.id])
    assert login(cast.vera).post(address).status_code == 303
    assert first.client not in names(login(cast.vera).get(reverse("waivers")))
    later()
    assert login(cast.vera).post(address).status_code == 404


def test_many_exceptions_cost_no_more_queries(login, cast, waivers, within_budget):
    within_budget(login(cast.vera), "waivers", reverse("waivers"), clause="9.1")


def test_a_clause_there_is_not_is_named_and_left_out(login, cast, waivers):
    page = login(cast.vera).get(reverse("waivers"), {"clause": "99.9"})
    assert "clause=99.9" in page.text
    assert sorted(names(page)) == ["Василёк", "Ромашка"]
