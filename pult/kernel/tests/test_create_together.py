import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from pult.kernel.create_together import CreateTogether

LEADING = {"on_delete": models.CASCADE, "to": "kernel.trunk"}


@pytest.fixture
def made():
    """`made()`: the operation of two tables, the state before it and the state after it."""
    trunk = CreateModel("Trunk", [("id", models.BigAutoField(primary_key=True))])
    leaf = CreateModel(
        "Leaf",
        [("id", models.BigAutoField(primary_key=True)), ("on", models.ForeignKey(**LEADING))],
        options={"indexes": [models.Index(fields=["on", "id"], name="leaf_on_trunk")]},
    )
    together, before = CreateTogether([trunk, leaf]), ProjectState()
    assert before.apps.all_models["kernel"] == {}
    after = before.clone()
    together.state_forwards("kernel", after)
    return together, before, after


def test_models_made_together_are_drawn_up_once(made):
    _together, _before, after = made
    assert "apps" not in vars(after)
    assert set(after.apps.all_models["kernel"]) == {"trunk", "leaf"}


@pytest.mark.django_db(transaction=True)
def test_tables_made_together_come_in_order_and_go_the_other_way(made):
    together, before, after = made
    with connection.schema_editor() as editor:
        together.database_forwards("kernel", editor, before, after)
    assert {"kernel_trunk", "kernel_leaf"} <= set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        assert "leaf_on_trunk" in connection.introspection.get_constraints(cursor, "kernel_leaf")
    with connection.schema_editor() as editor:
        together.database_backwards("kernel", editor, after, before)
    assert "kernel_trunk" not in connection.introspection.table_names()
