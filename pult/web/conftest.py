import pytest

from pult.web.pages.my_day.tests.world import NOW, build


@pytest.fixture
def world(cast, freeze):
    freeze(NOW)
    return build(cast)
