from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session

from pult.kernel import clock
from pult.kernel.facts import record
from pult.kernel.models import Fact
from pult.kernel.ready import ready
from pult.people.models import Absence, User

pytestmark = pytest.mark.django_db


def values_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_ready_row_is_what_the_model_reads_of_it(cast):
    record("client.created", root_id=1, refs={"client": 1}, by=cast.anna, role="am")
    Absence.objects.create(
        user=cast.anna, category="leave", since=date(2026, 3, 2), substitute=cast.boris
    )
    Session.objects.create(
        session_key="k" * 32, session_data="", expire_date=clock.now() + timedelta(days=1)
    )
    for model in (Fact, Absence, Session, User):
        table = model._meta.db_table
        found = ready(model, f"SELECT * FROM {table} ORDER BY {model._meta.pk.column}")
        kept = list(model.objects.order_by("pk"))
        assert kept
        assert list(map(values_of, found)) == list(map(values_of, kept))
        assert not any(row.get_deferred_fields() or row._state.adding for row in found)


def test_a_column_the_model_does_not_have_becomes_an_attribute(cast):
    query = "SELECT 7 AS seven, person.* FROM people_user AS person WHERE id = %s"
    (found,) = ready(User, query, [cast.anna.pk])
    assert (found.seven, found.full_name) == (7, cast.anna.full_name)
    found.full_name = "Анна Новая"
    found.save()
    cast.anna.refresh_from_db()
    assert cast.anna.full_name == "Анна Новая"


def test_nothing_found_is_an_empty_list(cast):
    assert ready(User, "SELECT * FROM people_user WHERE id = %s", [0]) == []


def test_a_column_left_out_is_an_error_and_not_a_lazy_query(cast):
    with pytest.raises(KeyError):
        ready(User, "SELECT id FROM people_user WHERE id = %s", [cast.anna.pk])


def test_two_columns_of_one_name_are_an_error_and_not_the_last_of_them(cast):
    query = "SELECT person.*, 7 AS id FROM people_user AS person WHERE id = %s"
    with pytest.raises(ValueError, match=r"one name in a ready query: id$"):
        ready(User, query, [cast.anna.pk])
