"""The list of gaps: by manager, by what is missing, one's own only."""

import pytest

from pult.clients.models import Client
from pult.clients.queries.gaps import client_gaps, gaps_by_manager
from pult.clients.scoring import rescore_all
from pult.clients.tests.factories import make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast):
    rows = [make_client("Ромашка", am=cast.anna), make_client("Василёк", am=cast.boris)]
    rows.append(make_client("Пион"))
    make_client("Давно", am=cast.anna, status="ended")
    rescore_all()
    return rows


def test_the_head_sees_every_manager_and_who_has_no_plan(cast, firms):
    found = {one.user_id: one for one in gaps_by_manager(cast.vera)}
    assert found.keys() == {cast.anna.pk, cast.boris.pk, None}
    anna = found[cast.anna.pk]
    assert (anna.clients, anna.with_gaps, anna.without_plan) == (1, 1, 1)


def test_a_manager_sees_their_own_gaps_only(cast, firms):
    assert [row.name for row in client_gaps(cast.anna).rows] == ["Ромашка"]
    assert [one.user_id for one in gaps_by_manager(cast.anna)] == [cast.anna.pk]


def test_a_part_is_found_wherever_it_stands_among_the_gaps(cast, firms):
    for gaps, wanted in (
        ("plan", 1),
        ("plan,folder", 1),
        ("folder,plan", 1),
        ("goal,plan,folder", 1),
        ("account_planning", 0),
        ("", 0),
    ):
        Client.objects.filter(pk=firms[0].pk).update(gaps=gaps)
        assert client_gaps(cast.anna, part="plan").total == wanted, gaps
    assert client_gaps(cast.anna).total == 0


def test_a_list_of_gaps_costs_two_queries_for_any_number(cast, firms, django_assert_num_queries):
    cast.vera.roles = frozenset(["head"])
    with django_assert_num_queries(2):
        assert client_gaps(cast.vera).total == 3
    with django_assert_num_queries(1):
        gaps_by_manager(cast.vera)
