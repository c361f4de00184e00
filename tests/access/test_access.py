"""Each address answers each person as the table says."""

import pytest
from django.urls import reverse

from tests.access.table import PEOPLE, arguments, table

ROWS = table()


@pytest.mark.parametrize(("module", "row"), ROWS, ids=[row.name for _module, row in ROWS])
def test_an_address_answers_everybody_as_the_table_says(module, row, client, cast):
    world = module.world(cast)
    address = reverse(row.name, args=arguments(row, world))
    found = {}
    for who, name in PEOPLE.items():
        client.force_login(getattr(cast, name))
        found[who] = client.get(address).status_code
    client.logout()
    found["stranger"] = client.get(address).status_code
    wanted = {who: row.statuses.get(who, 403) for who in PEOPLE} | {"stranger": 302}
    assert found == wanted


def test_no_address_has_two_rows():
    names = [row.name for _module, row in ROWS]
    assert sorted(set(names)) == sorted(names)
