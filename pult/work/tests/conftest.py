"""«Ромашка», whose account Анна manages, and a task of hers to the advertising department."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.tests.factories import make_task


@pytest.fixture
def romashka(cast):
    return make_client("Ромашка", am=cast.anna)


@pytest.fixture
def task(cast, romashka):
    return make_task(romashka, cast.anna)
