"""What somebody took away as a file is remembered by one statement."""

import pytest

from pult.kernel.facts import Draft, record_aside
from pult.people.actions import note_export
from pult.people.exports import exports_of

pytestmark = pytest.mark.django_db


def test_a_file_taken_away_is_noted_by_one_statement(cast, django_assert_num_queries):
    assert cast.anna.roles == {"am"}
    with django_assert_num_queries(1):
        note_export(by=cast.anna, what="clients", rows=120)
    (taken,) = exports_of(cast.anna.pk)
    assert taken.rows == 120
    assert exports_of(cast.boris.pk) == []


def test_a_fact_of_a_client_is_never_set_aside(cast):
    with pytest.raises(ValueError):
        record_aside(Draft(kind="client.created", root_id=7, refs={"client": 7}))
