"""Columns are confirmed by whoever brings such files in, and the base remembers who it was."""

import pytest

from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.money.actions.mappings import remember_columns
from pult.money.models import ColumnMapping

pytestmark = pytest.mark.django_db
SPEND = {"purpose": "spend", "signature": "a"}


def test_confirmed_columns_leave_a_fact_once(cast):
    for mapping in ({"day": 0, "cost": 1}, {"day": 0, "cost": 1}, {"day": 0, "cost": 2}):
        remember_columns(by=cast.darya, mapping=mapping, **SPEND)
    told = Fact.objects.filter(kind="columns.confirmed").order_by("pk")
    assert [fact.payload["mapping"]["cost"] for fact in told] == [1, 2]
    assert {(fact.root_id, fact.actor_id, fact.role) for fact in told} == {
        (0, cast.darya.pk, "executor")
    }
    assert ColumnMapping.objects.get().mapping["cost"] == 2


@pytest.mark.parametrize(("purpose", "who"), [("bank", "anna"), ("spend", "gleb")])
def test_columns_are_not_confirmed_by_somebody_who_brings_no_such_file(cast, purpose, who):
    with pytest.raises(Refusal):
        remember_columns(by=getattr(cast, who), purpose=purpose, signature="a", mapping={"day": 0})
    assert not ColumnMapping.objects.exists()
