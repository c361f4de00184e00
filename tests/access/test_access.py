"""Each address answers each person as the table says, to a GET and to a POST, in few queries."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from pult.kernel import clock
from pult.kernel.access import access_of
from pult.kernel.models import Fact
from pult.kernel.roles import EVERY_ROLE
from tests.access.table import OF_OTHERS, OPEN_TO_ALL, PEOPLE, arguments, everybody, table
from tests.sources import ROOT

ROWS = table()
IDS = [row.name for _module, row in ROWS]
SHUT = {403, 404}
# The queries an address may cost whoever opens it, warm, in the world of its row.
MOST = 15  # of the first look in a minute
COSTS: dict[str, int] = json.loads((ROOT / "tests" / "access" / "budgets.json").read_text())


def addresses(resolver: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of everything this Pult answers to."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}{one.name or one.pattern}", one
        else:
            yield from addresses(one, f"{space}{one.namespace}:" if one.namespace else space)


def test_every_address_has_a_row_and_says_who_may_open_it():
    rows = {row.name for _module, row in ROWS}
    undeclared = {name for name, one in addresses() if access_of(one.callback) is None}
    assert undeclared == set()
    public = {name for name, one in addresses() if access_of(one.callback).is_public}
    assert {name for name in public if not name.startswith(OF_OTHERS)} <= OPEN_TO_ALL
    known = rows | OPEN_TO_ALL
    found = {name for name, _one in addresses() if not name.startswith(OF_OTHERS)}
    assert found - known == set(), "an address without a row"
    assert rows & public == set(), "a row of an address that anybody opens"
    assert known - found <= set(OPEN_TO_ALL), "a row without its address"


def test_every_page_has_a_budget_and_every_budget_its_page():
    assert {row.name for _module, row in ROWS if 200 in row.statuses.values()} == COSTS.keys()


def test_the_table_knows_every_role_there_is():
    assert set(PEOPLE) - {"another_am"} == EVERY_ROLE


@pytest.mark.parametrize(("module", "row"), ROWS, ids=IDS)
def test_an_address_answers_everybody_as_the_table_says(module, row, client, cast):
    world, people = module.world(cast), everybody(cast)
    address = reverse(row.name, args=arguments(row, world))
    form = {name: world.get(value, value) for name, value in row.form.items()}
    opened, misheard, dear = {}, {}, {}
    for who, person in people.items():
        client.force_login(person)
        opened[who], first, again = got(client, address)
        if again > COSTS.get(row.name, 0) or first > MOST:
            dear[who] = (first, again)
        status, wrote = sent(client, address, form)
        if not _as_said(row, who, status, wrote):
            misheard[who] = (status, wrote)
    client.logout()
    opened["stranger"] = client.get(address).status_code
    wanted = {who: row.statuses.get(who, 403) for who in PEOPLE} | {"stranger": 302}
    assert opened == wanted
    assert client.post(address, form).status_code == 302
    assert misheard == {}
    assert dear == {}


def got(client: Any, address: str) -> tuple[int, int, int]:
    """The status of a GET and, of a page that opens, the queries of the first look in a minute
    (what is kept for a minute is counted anew) and of the next one while the clock stands still."""
    started = clock.now()
    with clock.frozen(started):
        status = client.get(address).status_code
    if status != 200:
        return status, 0, 0
    with clock.frozen(started + timedelta(minutes=1)):
        return status, *(_queries(client, address) for _look in range(2))


def _queries(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def sent(client: Any, address: str, form: dict[str, Any]) -> tuple[int, int]:
    """The status of a POST and the facts it left; it is taken back, so everybody finds the same."""
    before = Fact.objects.count()
    with transaction.atomic():
        status = client.post(address, form).status_code
        wrote = Fact.objects.count() - before
        transaction.set_rollback(True)
    return status, wrote


def _as_said(row: Any, who: str, status: int, wrote: int) -> bool:
    if row.writers is None:
        return status in SHUT | {405} and not wrote
    if who in row.refused:
        return status == 409 and not wrote
    if who in row.writers:
        return status not in SHUT | {405}
    return status in SHUT and not wrote


def test_no_address_has_two_rows():
    names = [row.name for _module, row in ROWS]
    assert sorted(set(names)) == sorted(names)
