"""Forms of a row in the dialog of the page they were opened from."""

import re

import pytest

from pult.clients.models import Wallet
from pult.clients.tests.factories import make_line
from pult.money.models import TopUp
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


def test_two_lines_of_one_ad_account_are_topped_up_by_one_act_and_taken_back_by_one(world, login):
    ad_money_waits(world, 3_000_000)
    other = make_line(world.forest, "Баннеры")
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    egor, row = login(world.cast.egor), world.rows("П.1")[0]
    path = f"/obligations/{row.pk}/top-up/"
    first, second = (f"amount_{line.pk}" for line in (world.line, other))
    text = egor.get(path).text
    assert f'name="{first}"' in text
    assert f'name="{second}"' in text
    sent = {"on": "2026-05-05", first: "30000", second: ""}
    refused = egor.post(path, sent | {second: "1000"})
    assert (refused.status_code, "«Баннеры» только 0" in refused.text) == (422, True)
    assert not TopUp.objects.exists()
    done = egor.post(path, sent | {second: "1000", "reason": "Обещали платёж"}, follow=True)
    assert sorted(TopUp.objects.values_list("amount", flat=True)) == [100_000, 3_000_000]
    (undo,) = re.findall(r'action="(/top-ups/\d+/removal/\?also=\d+)"', done.text)
    egor.post(undo)
    assert not TopUp.objects.filter(voided_at=None).exists()


@pytest.mark.parametrize("typed", ["сто", "0", "12,345"])
def test_of_several_sums_the_wrong_one_is_named_by_its_line(world, login, typed):
    ad_money_waits(world, 3_000_000)
    other = make_line(world.forest, "Баннеры")
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    egor, path = login(world.cast.egor), f"/obligations/{world.rows('П.1')[0].pk}/top-up/"
    sums = {f"amount_{world.line.pk}": "30000", f"amount_{other.pk}": typed}
    page = egor.post(path, {"on": "2026-05-05", **sums})
    assert (page.status_code, "поле «Баннеры, ₽»" in page.text) == (422, True)
    wrong = [line.name for line in page.context["page"].lines if line.error]
    assert wrong == ["Баннеры"]
    assert f'aria-describedby="amount_{other.pk}_helptext amount_{other.pk}_error"' in page.text
    assert 'value="30000"' in page.text


def test_a_sum_far_too_large_is_told_with_the_line_it_is_of(world, login):
    ad_money_waits(world, 3_000_000)
    other = make_line(world.forest, "Баннеры")
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    egor, path = login(world.cast.egor), f"/obligations/{world.rows('П.1')[0].pk}/top-up/"
    sums = {f"amount_{world.line.pk}": "30000", f"amount_{other.pk}": "99000000"}
    page = egor.post(path, {"on": "2026-05-05", "reason": "Обещали платёж", **sums})
    assert (page.status_code, "бюджета услуги «Баннеры»" in page.text) == (409, True)


def test_a_form_opened_before_other_money_came_or_went_keeps_what_was_typed(world, login):
    ad_money_waits(world, 3_000_000)
    egor, path = login(world.cast.egor), f"/obligations/{world.row('П.1').pk}/top-up/"
    first = f"amount_{world.line.pk}"
    assert f'name="{first}"' in egor.get(path).text
    other = make_line(world.forest, "Баннеры")
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    late = {"on": "2026-05-05", first: "20000", f"amount_{other.pk + 1}": "1000"}
    refused = egor.post(path, late)
    assert (refused.status_code, 'value="20000"' in refused.text) == (409, True)
    assert not TopUp.objects.exists()
    assert egor.post(path, {"on": "2026-05-05", first: "20000"}).status_code == 303
    assert TopUp.objects.get().amount == 2_000_000


def test_lines_of_two_logins_are_topped_up_by_two_forms(world, login):
    ad_money_waits(world, 3_000_000)
    own = Wallet.objects.create(client=world.forest, platform=world.line.platform, login="b")
    other = make_line(world.forest, "Баннеры", platform=world.line.platform, wallet=own)
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    row = next(row for row in world.rows("П.1") if row.subject_id == world.line.pk)
    text = login(world.cast.egor).get(f"/obligations/{row.pk}/top-up/").text
    assert f'name="amount_{world.line.pk}"' in text
    assert f'name="amount_{other.pk}"' not in text


def test_the_form_of_a_top_up_names_the_other_lines_its_row_is_about(world, login):
    ad_money_waits(world, 3_000_000)
    other = make_line(world.forest, "Соцсети", platform="vk")
    egor = login(world.cast.egor)
    path = f"/obligations/{world.row('П.1').pk}/top-up/"
    assert "Деньги ждут пополнения и на" not in egor.get(path).text
    tell("line.money_waits", root=world.forest.pk, line=other.pk, state="waits")
    assert "Деньги ждут пополнения и на: Соцсети" in egor.get(path).text


@pytest.mark.parametrize(
    "amount", ["NaN", "10,005", "1_000", "+5", "١٢٣", "１２", "1e3", "0", "-5", ""]
)
def test_a_top_up_is_read_as_any_other_sum_and_what_is_none_is_refused(world, login, amount):
    ad_money_waits(world, 3_000_000)
    field = f"amount_{world.line.pk}"
    egor, path = login(world.cast.egor), f"/obligations/{world.row('П.1').pk}/top-up/"
    refused = egor.post(path, {field: amount, "on": "2026-05-05"})
    assert (refused.status_code, TopUp.objects.exists()) == (422, False)
    assert egor.post(path, {field: "30 000,00", "on": "2026-05-05"}).status_code == 303
    assert TopUp.objects.get().amount == 3_000_000
