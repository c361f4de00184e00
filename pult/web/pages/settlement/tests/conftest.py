"""A client with a line, and the accountant who settles."""

import pytest

from pult.clients.tests.factories import make_client, make_entity, make_line


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


@pytest.fixture
def romashka(cast):
    row = make_client("Ромашка", am=cast.anna)
    make_entity(row, "7707083893")
    return row


@pytest.fixture
def line(romashka):
    return make_line(romashka)


@pytest.fixture
def zhanna(login, cast):
    return login(cast.zhanna)
