import pytest

pytestmark = pytest.mark.django_db


def test_the_day_of_a_manager_shows_own_clients(world, login):
    page = login(world.cast.anna).get("/")
    text = page.content.decode()
    assert page.status_code == 200
    print(text[:200])
    assert "Лесная мебель" in text
    assert "Меридиан" not in text
