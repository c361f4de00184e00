"""Анна leaves: whoever takes her clients is at work, and what was begun does not hold her back."""

from datetime import date

import pytest

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.models import Assignment, Handover
from pult.clients.tests.factories import make_client, make_user
from pult.people.actions import close_doors, set_absence, set_client_limit
from pult.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast, freeze, pack):
    freeze("2026-03-02 12:00")
    return [make_client(name, am=cast.anna) for name in ("Лес", "Поле")]


@pytest.fixture
def galina(db):
    return make_user("Галина", "am")


def place(cast):
    return f"/handovers/people/{cast.anna.pk}/"


def test_nobody_absent_or_shut_out_is_proposed_and_the_list_says_until_when(
    cast, login, clients, galina
):
    day = date(2026, 3, 5)
    set_absence(user=cast.boris, category="leave", since=date(2026, 3, 2), until=day, by=cast.vera)
    shut = make_user("Игорь", "am")
    close_doors(user=shut, by=cast.vera)
    page = login(cast.vera).get(place(cast))
    told = page.context["page"]
    assert {one.value for one in told.choices} == {str(galina.pk)}
    assert shut.pk not in {pk for pk, _words in told.managers}
    assert "Борис Ветров: сейчас 0 по весу; отсутствует по" in page.text


def test_all_go_to_one_or_are_shared_out_beyond_the_limit(cast, login, clients, galina):
    set_client_limit(clients=1, user=None, by=cast.vera)
    make_client("Занят", am=cast.boris)
    vera = login(cast.vera)
    values = {one.value for one in vera.get(place(cast)).context["page"].choices}
    assert values == {str(galina.pk), ""}  # one has room for one
    sent = {f"to-{one.pk}": "" for one in clients} | {"reason": "post"}
    answer = vera.post(f"{place(cast)}acts/begin/", {**sent, "all_to": "load"})
    assert answer.status_code == 409
    assert answer.context["page"].problem.who == ""  # the head herself signs it here
    sent |= {"all_to": "load", "over_limit": "Больше некому"}
    assert vera.post(f"{place(cast)}acts/begin/", sent).status_code == 303
    taken = set(Handover.objects.values_list("receiver__full_name", flat=True))
    assert taken == {"Галина", "Борис Ветров"}


def test_what_was_begun_in_good_time_goes_at_once_too(cast, login, clients, galina):
    acts.start_between(
        by=cast.vera, giver=cast.anna, shares={clients[0].pk: cast.boris}, reason="post"
    )
    ended = make_client("Ушёл", am=cast.anna, status="ended")
    vera = login(cast.vera)
    page = vera.get(place(cast)).context["page"]
    assert [(one.name, one.value) for one in page.choices] == [
        (f"now-{clients[0].pk}", str(cast.boris.pk)),
        (f"to-{clients[1].pk}", page.choices[1].value),
    ]
    sent = {one.name: one.value for one in page.choices}
    sent |= {"reason": "dismissal", "all_of": 2, "all_to": str(galina.pk)}
    assert vera.post(f"{place(cast)}acts/urgent/", sent).status_code == 303
    assert {holder(one.pk, "am") for one in clients} == {galina}
    states = Handover.objects.filter(client=clients[0]).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["cancelled", "accepted"]
    assert holder(ended.pk, "am") is None
    assert not Assignment.objects.filter(user=cast.anna, until=None).exists()


def test_the_page_offers_no_shut_doors_to_shut_again(cast, login, clients):
    vera = login(cast.vera)
    words = "Закрыть все входы"
    assert words in login(cast.vera).get(f"/handovers/people/{cast.boris.pk}/").text
    close_doors(user=User.objects.get(pk=cast.boris.pk), by=cast.vera)
    assert words not in vera.get(f"/handovers/people/{cast.boris.pk}/").text
