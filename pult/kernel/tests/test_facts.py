import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from pult.kernel.facts import FactKind, record, register
from pult.kernel.models import Fact

SENT = FactKind("test.sent", "счёт отправлен", "invoice sent", refs=("client",))
register(SENT)

pytestmark = pytest.mark.django_db


def sent(**changes):
    values = {"root_id": 7, "refs": {"client": 7}, "by": None} | changes
    return record("test.sent", **values)


def test_a_fact_keeps_when_it_became_so_and_when_it_was_recorded():
    fact = sent()
    assert Fact.objects.get() == fact
    assert fact.valid_at == fact.recorded_at


@pytest.mark.parametrize(
    "change", ["UPDATE kernel_fact SET root_id = 8", "DELETE FROM kernel_fact"]
)
def test_the_database_itself_refuses_to_change_a_fact(change):
    sent()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)
    assert Fact.objects.get().root_id == 7
