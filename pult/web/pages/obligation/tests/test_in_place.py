"""Forms of a row in the dialog of the page they were opened from."""

import pytest

from pult.clients.tests.factories import make_line
from pult.regulation.models import Postponement
from pult.regulation.tests.world import tell
from pult.web.pages.my_day.tests.world import ad_money_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    return world.row("5.3")


def test_a_form_in_a_dialog_stays_there_with_what_is_wrong_and_leaves_when_it_is_right(
    world, row, login
):
    anna, path = login(world.cast.anna), f"/obligations/{row.pk}/postponement/"
    in_dialog = {"HX-Request": "true", "HX-Target": "act"}
    sent = {"until": "2026-05-07", "reason": "жду", "next": "/?view=all"}
    answer = anna.post(path, sent, headers=in_dialog)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<html" not in text
    assert f'hx-post="{path}" hx-target="#act"' in text
    assert "Хотя бы 5 букв" in text
    assert "«Почему»" in text
    assert 'value="жду"' in text
    answer = anna.post(path, sent | {"reason": "жду ответа"}, headers=in_dialog)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/?view=all")
    assert Postponement.objects.exists()
    assert "жду ответа" in anna.get("/").content.decode()


def test_the_form_of_a_top_up_names_the_other_lines_its_row_is_about(world, login):
    ad_money_waits(world, 3_000_000)
    other = make_line(world.forest, "Соцсети", platform="vk")
    egor = login(world.cast.egor)
    path = f"/obligations/{world.row('П.1').pk}/top-up/"
    assert "Деньги ждут пополнения и на" not in egor.get(path).text
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    assert "Деньги ждут пополнения и на: Соцсети" in egor.get(path).text
