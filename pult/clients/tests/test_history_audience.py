"""The history of a client is read column by column, by those who may read the column itself."""

import pytest
from django.apps import apps

from pult.clients import actions
from pult.clients.actions.first_call import edit_call, open_call
from pult.clients.edits import change
from pult.clients.history_audience import DEPARTMENT_READS, MONEY_READS, STAFF_READS
from pult.clients.models import FieldChange
from pult.clients.queries.history import client_changes
from pult.clients.tests.factories import make_assignment, make_client, make_entity, make_line
from pult.clients.trail import COMPUTED

pytestmark = pytest.mark.django_db

READ = (STAFF_READS, MONEY_READS, DEPARTMENT_READS)
# Columns nobody types: what the row is, whose, since when, and what Pult reckons itself.
GIVEN = frozenset(["id", "client", "version", "by", "batch", "staged", "created_at", "changed_at"])
GIVEN |= {"complete", "gaps", "erased_on", "entered_running", "opened_by", "opened_at", "handover"}
GIVEN |= {"confirmed_on", "confirmed_by", "since"} | COMPUTED


@pytest.fixture
def firm(cast):
    return make_client(am=cast.anna)


def test_every_column_that_leaves_a_trail_has_one_audience():
    for table in {name for part in READ for name in part}:
        model = apps.get_model("clients", table)
        columns = {field.name for field in model._meta.concrete_fields} - GIVEN
        told = [column for part in READ for column in part.get(table, ())]
        kinds = {"block": {"kind"}, "plan": {"kind"}, "customvalue": {"field"}}
        assert sorted(told) == sorted(columns - kinds.get(table, set())), table


def test_an_executor_reads_neither_the_cost_of_the_first_call_nor_who_pays(cast, firm):
    make_assignment(firm, cast.darya, "executor")
    open_call(by=cast.anna, client_id=firm.pk)
    goal, cost = "Заявки дешевле", 1_234_00
    edit_call(by=cast.anna, client_id=firm.pk, version=1, goal=goal, cost=cost)
    line, entity = make_line(firm), make_entity(firm)
    actions.edit_line(by=cast.anna, line_id=line.pk, version=1, payer=entity)
    assert [one.new for one in client_changes(cast.darya, firm.pk)[1]] == [goal]
    shown = {one.new.replace("\u202f", "").replace("\xa0", "") for one in _changes(cast.anna, firm)}
    assert shown == {goal, "1234₽", entity.name}


def test_who_wrote_the_first_call_down_signs_its_history(cast, firm):
    open_call(by=cast.anna, client_id=firm.pk)
    edit_call(by=cast.anna, client_id=firm.pk, version=1, goal="Заявки", aims=["meet"])
    told = _changes(cast.anna, firm)
    assert {one.by for one in told} == {cast.anna.full_name}
    assert "firstcall" not in {one.table for one in told}
    assert "meet" not in {one.new for one in told}


def test_a_table_nobody_was_named_for_is_read_by_nobody(cast, firm):
    newest = FieldChange(client=firm, table="handover", row=1, field="sold", new="Всё", version=2)
    newest.at = firm.created_at
    newest.save()
    assert _changes(cast.vera, firm) == ()


def test_a_row_of_a_client_is_changed_by_somebody(cast, firm):
    with pytest.raises(TypeError):
        change(firm, firm.version, {"about": "хлеб"})


def _changes(user, firm):
    return client_changes(user, firm.pk)[1]
