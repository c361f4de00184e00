import pytest
from django.urls import reverse

from pult.clients.models import Assignment, ClientWeight, OverLimit
from pult.clients.tests.factories import make_client
from pult.people.actions import set_client_limit
from pult.people.models import ClientLimit

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast):
    return make_client("Лес", am=cast.anna)


def rows_seen(browser):
    return {row.load.name: row for row in browser.get(reverse("load")).context["page"].rows}


def test_the_page_says_that_no_limit_is_set(login, cast, forest):
    text = login(cast.vera).get(reverse("load")).content.decode()
    assert "Предел не назначен" in text


def test_a_head_sets_everybody_s_limit_and_a_person_s_own(login, cast, forest, later):
    address = reverse("load_limit")
    said = {"clients": "5", "since": "2026-01-12", "user": ""}
    assert login(cast.vera).post(address, said).url == reverse("load")
    later()
    login(cast.vera).post(address, {**said, "clients": "9", "user": str(cast.anna.pk)})
    rows = {
        row.load.name: row for row in login(cast.vera).get(reverse("load")).context["page"].rows
    }
    assert (rows["Анна Берёзова"].limit, rows["Анна Берёзова"].is_own) == ("9", True)
    assert (rows["Борис Ветров"].limit, rows["Борис Ветров"].is_own) == ("5", False)
    later()
    login(cast.vera).post(address, {**said, "follow": "1", "user": str(cast.anna.pk)})
    rows = {
        row.load.name: row for row in login(cast.vera).get(reverse("load")).context["page"].rows
    }
    assert (rows["Анна Берёзова"].limit, rows["Анна Берёзова"].is_own) == ("5", False)


@pytest.mark.parametrize("clients", ["", "много", "1000", "-1"])
def test_a_limit_that_is_no_number_is_said_at_its_field(login, cast, clients):
    answer = login(cast.vera).post(
        reverse("load_limit"), {"clients": clients, "since": "2026-01-12"}
    )
    assert answer.status_code == 422
    assert not ClientLimit.objects.exists()


def test_weights_are_typed_with_a_comma_and_taken_together(login, cast, forest, later):
    field = make_client("Поле", am=cast.anna)
    address = reverse("person_load", args=[cast.anna.pk])
    said = {f"weight-{forest.pk}": "0,5", f"weight-{field.pk}": "много"}
    assert login(cast.vera).post(address, said).status_code == 422
    assert not ClientWeight.objects.exists()
    later()
    assert login(cast.vera).post(address, {**said, f"weight-{field.pk}": "2"}).status_code == 303
    page = login(cast.vera).get(address).context["page"]
    assert (page.row.held, [one.weight for one in page.clients]) == ("2,5", ["0,5", "2"])


def test_a_manager_looks_at_their_own_clients_alone(login, cast, forest):
    assert login(cast.anna).get(reverse("person_load", args=[cast.boris.pk])).status_code == 404
    page = login(cast.anna).get(reverse("person_load", args=[cast.anna.pk]))
    assert page.status_code == 200
    assert not page.context["page"].may_set


def test_handing_over_beyond_the_limit_asks_why_and_shows_who_signed(login, cast, forest, later):
    Assignment.objects.filter(client=forest, role="am").delete()
    set_client_limit(clients=0, user=cast.boris, by=cast.vera)
    address = reverse("client_charge", args=[forest.pk])
    said = {"person": f"am:{cast.boris.pk}", "over_limit": ""}
    refused = login(cast.vera).post(address, said)
    assert refused.status_code == 409
    assert "Выберите того, у кого есть место" in refused.content.decode()
    later()
    bulk = reverse("clients_assignment")
    login(cast.vera).post(bulk, {"ids": [str(forest.pk)], "manager": str(cast.boris.pk)})
    assert not OverLimit.objects.exists()
    later()
    login(cast.vera).post(address, {**said, "over_limit": "Отпуск у Анны"})
    assert Assignment.objects.get(client=forest, until=None).user == cast.boris
    assert "Отпуск у Анны" in login(cast.vera).get(reverse("load")).content.decode()
    assert "Отпуск у Анны" not in login(cast.anna).get(reverse("load")).content.decode()
