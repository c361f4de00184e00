import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from pult.kernel.models import RootLock
from pult.kernel.statements import answer, answers, at_once, carry_out

pytestmark = pytest.mark.django_db
ADD = "INSERT INTO kernel_rootlock (id) VALUES (%s)"
FOUND = "SELECT id FROM kernel_rootlock WHERE id > %s ORDER BY id"


def test_an_answer_is_what_a_cursor_would_fetch():
    carry_out(ADD, [(1,), (2,), (3,)])
    statement = "SELECT id, id %% 2, '%%s' FROM kernel_rootlock WHERE id > %s ORDER BY id"
    with connection.cursor() as cursor:
        cursor.execute(statement, [1])
        assert answer(statement, [1]) == cursor.fetchall() == [(2, 0, "%s"), (3, 1, "%s")]


def test_several_statements_answer_in_their_order():
    carry_out(ADD, [(1,), (2,)])
    assert answers((FOUND, [1]), (FOUND, [0]), (FOUND, [2])) == [[(2,)], [(1,), (2,)], []]


def test_who_counts_queries_counts_these_too(django_assert_num_queries):
    with django_assert_num_queries(4):
        answer(FOUND, [0])
        answers((FOUND, [0]), (FOUND, [1]))
        carry_out(ADD, [(1,), (2,)])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is asked without a way to go")
def test_what_is_told_at_once_waits_for_no_result():
    def is_piped():
        return connection.connection.info.pipeline_status.name == "ON"

    with at_once():
        assert is_piped()
    assert not is_piped()


def test_what_goes_at_once_stands_afterwards():
    with at_once():
        carry_out(ADD, [(1,), (2,)])
        carry_out("DELETE FROM kernel_rootlock WHERE id = %s", [(1,)])
    assert list(RootLock.objects.values_list("id", flat=True)) == [2]


@transaction.atomic
def twice_and_on() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(savepoint=False):
        carry_out(ADD, [(1,), (1,)])
    answer(FOUND, [0])


@transaction.atomic
def twice_at_once() -> None:
    with at_once():
        carry_out(ADD, [(2,)])
        carry_out(ADD, [(2,)])


def test_a_refusal_of_the_database_is_the_framework_s_and_ends_the_transaction():
    with pytest.raises(TransactionManagementError):
        twice_and_on()


def test_a_refusal_among_what_goes_at_once_leaves_nothing_behind():
    with pytest.raises(IntegrityError):
        twice_at_once()
    assert not RootLock.objects.exists()
