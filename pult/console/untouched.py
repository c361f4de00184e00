"""Whether anybody's work is in a database: what is invented is never mixed with what is real."""

from django.apps import apps
from django.db import connection

from pult.kernel.errors import Refusal
from pult.kernel.models import Fact, StoredFile

WORK = ("people", "clients", "money", "comms", "knowledge", "web")


def is_untouched() -> bool:
    """No person, client, document, account, file or fact: not a row that somebody entered.

    Asks nothing of tables that are not there yet, so it may be asked before migrating. The pack's
    own cards are nobody's work.
    """
    there = set(connection.introspection.table_names())
    tables = [model for app in WORK for model in apps.get_app_config(app).get_models()]
    return not any(
        model._meta.db_table in there and model._base_manager.exists()
        for model in (Fact, StoredFile, *tables)
    )


def refuse_work_of_others() -> None:
    """Raises Refusal unless the database is untouched; writes nothing."""
    if not is_untouched():
        raise Refusal(
            "This database already holds an agency; a generated one needs an empty database.",
            cure="Point PULT_HOME at an empty folder.",
        )
