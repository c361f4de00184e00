"""The people, the client and the line the tests of money share."""

import pytest

from pult.clients.tests.factories import make_client, make_entity, make_line, make_user


@pytest.fixture
def anna():
    return make_user("Анна", "am")


@pytest.fixture
def zhanna():
    return make_user("Жанна", "accountant")


@pytest.fixture
def romashka(anna):
    client = make_client("Ромашка", am=anna)
    make_entity(client, "7707083893")
    return client


@pytest.fixture
def line(romashka):
    return make_line(romashka)
