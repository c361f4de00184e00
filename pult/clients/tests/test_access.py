"""Who sees which client, and that nobody else's client exists for anybody."""

from datetime import timedelta

import pytest

from pult.clients.access import (
    client_for,
    clients_of,
    contact_for,
    entity_for,
    holder,
    holders,
    line_for,
)
from pult.clients.tests.factories import (
    make_assignment,
    make_client,
    make_contact,
    make_entity,
    make_line,
    make_user,
)
from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.people.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    return make_client("Ромашка", am=cast.anna), make_client("Василёк", am=cast.boris)


def names(user, at=None):
    return set(clients_of(user, at).values_list("name", flat=True))


def test_a_manager_sees_own_clients_only(cast, two):
    assert names(cast.anna) == {"Ромашка"}
    with pytest.raises(NotVisible):
        client_for(cast.anna, two[1].pk)


def test_a_manager_sees_the_clients_of_an_absent_colleague(cast, two):
    Absence.objects.create(
        user=cast.boris,
        category="leave",
        since=clock.now().date(),
        until=clock.now().date() + timedelta(days=3),
        substitute=cast.anna,
    )
    assert names(cast.anna) == {"Ромашка", "Василёк"}
    assert names(cast.anna, clock.now() + timedelta(days=10)) == {"Ромашка"}


@pytest.mark.parametrize("who", ["vera", "zakhar", "zhanna", "egor"])
def test_head_director_accountant_and_head_of_production_see_everybody(cast, two, who):
    assert names(getattr(cast, who)) == {"Ромашка", "Василёк"}


def test_an_executor_sees_clients_they_work_for(cast, two):
    assert names(cast.darya) == set()
    make_assignment(two[0], cast.darya, "executor")
    assert names(cast.darya) == {"Ромашка"}


def test_sales_see_a_client_until_it_is_handed_over(cast, two):
    row = make_assignment(two[0], cast.gleb, "sales")
    assert names(cast.gleb) == {"Ромашка"}
    row.until = clock.now()
    row.save()
    assert names(cast.gleb) == set()


def test_a_person_of_the_client_sees_that_client_alone(cast, two):
    guest = make_user("Ирина Лес", "client")
    make_assignment(two[1], guest, "client")
    assert names(guest) == {"Василёк"}


def test_a_person_without_a_role_sees_nobody(two):
    assert names(make_user("Никто")) == set()


def test_an_assignment_in_another_role_opens_nothing(cast, two):
    make_assignment(two[1], cast.anna, "executor")
    assert names(cast.anna) == {"Ромашка"}


def test_a_client_not_posted_yet_is_seen_by_nobody(cast):
    make_client("Тень", staged=True, am=cast.anna)
    assert names(cast.anna) == set()
    assert names(cast.zakhar) == set()


def test_a_client_comes_whole_and_no_number_of_an_address_is_too_long(cast, two):
    assert vars(client_for(cast.anna, two[0].pk)) | {"_state": None} == vars(
        type(two[0])._default_manager.get(pk=two[0].pk)
    ) | {"_state": None}
    with pytest.raises(NotVisible):
        client_for(cast.vera, 10**30)


def test_rows_of_a_foreign_client_do_not_exist(cast, two):
    foreign = two[1]
    for door, row in [
        (line_for, make_line(foreign)),
        (contact_for, make_contact(foreign)),
        (entity_for, make_entity(foreign)),
    ]:
        assert door(cast.boris, row.pk) == row
        with pytest.raises(NotVisible):
            door(cast.anna, row.pk)


def test_a_client_is_held_by_whoever_held_it_then(cast):
    client = make_client()
    handed = clock.now() - timedelta(days=10)
    make_assignment(client, cast.anna, until=handed)
    make_assignment(client, cast.boris, since=handed)
    assert holder(client.pk, "am") == cast.boris
    assert holder(client.pk, "am", handed - timedelta(minutes=1)) == cast.anna
    assert holder(client.pk, "am", handed) == cast.boris
    assert holders("am") == {client.pk: cast.boris.pk}
