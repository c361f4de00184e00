"""The agency's own settings: its entities, their VAT and accounts."""

from typing import Any

from pult.clients.tests import factories as make
from tests.access.table import opens, writes

KEEPERS = ("accountant", "director", "it")


def world(cast: Any) -> dict[str, Any]:
    own = make.make_own_entity()
    return {"own": own.pk, "account": make.make_own_account(entity=own).pk}


ROWS = [
    opens("agency", "", "head", *KEEPERS),
    opens("agency_check", "", *KEEPERS),
    writes("agency_entity_new", "", *KEEPERS),
    writes("agency_entity", "own", *KEEPERS),
    writes("agency_vat", "own", *KEEPERS),
    writes("agency_account_new", "own", *KEEPERS),
    writes("agency_account", "account", *KEEPERS),
]
