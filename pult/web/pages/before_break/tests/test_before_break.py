from datetime import UTC, date, datetime

import pytest

from pult.kernel import clock
from pult.money.models import Invoice
from pult.people.models import Absence, DutyPerson
from pult.regulation.models import Obligation
from pult.web.pages.before_break import page

pytestmark = pytest.mark.django_db


def owe(world, day, number):
    return Invoice.objects.create(
        client=world.forest,
        number=number,
        year=2026,
        status="sent",
        issued_on=date(2026, 4, 29),
        due_on=day,
        total=120_000_00,
        requested_by=world.cast.anna,
    )


def test_payments_inside_the_break_and_right_after_it_stand_apart(world, login):
    owe(world, date(2026, 5, 10), "71")
    owe(world, date(2026, 5, 13), "72")
    owe(world, date(2026, 7, 13), "73")
    text = login(world.cast.anna).get("/before-the-break/").content.decode()
    inside, after = text.split('id="after"')
    assert "срок оплаты счёта 71" in inside
    assert "срок оплаты счёта 72" in after
    assert "счёта 73" not in text


def test_a_long_break_shows_the_nearest_and_all_of_it_when_asked(
    world, login, monkeypatch, within_budget
):
    monkeypatch.setattr(page, "NEAREST", 1)
    owe(world, date(2026, 5, 10), "71")
    owe(world, date(2026, 5, 11), "72")
    vera = login(world.cast.vera)
    text = within_budget(vera, "before_break", "/before-the-break/").content.decode()
    assert "счёта 71" in text
    assert "счёта 72" not in text
    inside = text.split('id="inside"')[1].split("</section>")[0]
    assert inside.count("<tr>") == 2
    assert "Показать все" in inside
    managers = text.split('id="managers"')[1].split("</section>")[0]
    assert world.cast.anna.full_name in managers
    assert f"?am={world.cast.anna.pk}" in managers
    whole = vera.get("/before-the-break/?whole=1").content.decode()
    assert "счёта 72" in whole
    assert 'id="managers"' not in whole
    mine = login(world.cast.anna).get("/before-the-break/").content.decode()
    assert "Показать все" in mine
    assert 'id="managers"' not in mine


def test_when_the_regulation_asks_for_more_than_is_shown_the_page_says_so(
    world, login, monkeypatch
):
    monkeypatch.setattr(page, "NEAREST", 1)
    day = clock.to_minute(datetime(2026, 5, 12, 16, tzinfo=UTC))
    Obligation.objects.filter(clause__in=["5.3", "9.1"]).update(due=day)
    anna = login(world.cast.anna)
    assert "Показать больше" in anna.get("/before-the-break/").content.decode()
    assert "Показать больше" not in anna.get("/before-the-break/?whole=1").content.decode()


def test_namesakes_may_both_be_put_on_duty(world, login):
    boris = world.cast.boris
    type(boris).objects.filter(pk=world.cast.anna.pk).update(full_name=boris.full_name)
    text = login(world.cast.vera).get("/before-the-break/").content.decode()
    first_day = text.split("<select")[1].split("</select>")[0]
    for person in (boris, world.cast.anna):
        assert f'<option value="{person.pk}">' in first_day


def test_a_head_names_who_is_on_duty_and_a_manager_only_reads(world, login):
    sent = {"day": "2026-05-09", "person": world.cast.boris.pk}
    assert login(world.cast.anna).post("/before-the-break/duty/", sent).status_code == 403
    vera = login(world.cast.vera)
    assert vera.post("/before-the-break/duty/", sent).status_code == 303
    assert DutyPerson.objects.get().user == world.cast.boris
    assert vera.post("/before-the-break/duty/", {"day": "2026-05-09"}).status_code == 422
    text = login(world.cast.anna).get("/before-the-break/").content.decode()
    assert world.cast.boris.full_name in text
    assert "<select" not in text


def test_only_whoever_answers_clients_may_be_on_duty(world, login):
    cast, vera = world.cast, login(world.cast.vera)
    text = vera.get("/before-the-break/").content.decode()
    offered = text.split("<select")[1].split("</select>")[0]
    for person in (cast.anna, cast.vera, cast.egor, cast.zakhar):
        assert f'value="{person.pk}"' in offered
    for person in (cast.zhanna, cast.darya, cast.gleb):
        assert f'value="{person.pk}"' not in offered
        refused = vera.post("/before-the-break/duty/", {"day": "2026-05-09", "person": person.pk})
        assert refused.status_code == 422
        assert "не отвечает клиентам" in refused.content.decode()
    assert not DutyPerson.objects.exists()


def test_the_duty_of_a_whole_break_is_named_at_once(world, login):
    sent = {"day": ["2026-05-09", "2026-05-10"], "person": [world.cast.boris.pk, ""]}
    vera = login(world.cast.vera)
    assert vera.post("/before-the-break/duty/", sent).status_code == 303
    sent["person"] = [world.cast.anna.pk, world.cast.boris.pk]
    assert vera.post("/before-the-break/duty/", sent).status_code == 303
    named = dict(DutyPerson.objects.values_list("day", "user"))
    assert named == {
        date(2026, 5, 9): world.cast.anna.pk,
        date(2026, 5, 10): world.cast.boris.pk,
    }


def test_what_the_regulation_asks_right_after_the_break_is_listed(world, login, within_budget):
    row = world.row("5.3")
    day = datetime(2026, 5, 12, 16, tzinfo=UTC)
    Obligation.objects.filter(pk=row.pk).update(due=clock.to_minute(day))
    text = within_budget(login(world.cast.anna), "before_break", "/before-the-break/")
    panel = text.content.decode().split('id="owed-after"')[1]
    assert "Запросить счёт" in panel
    assert "5.3" in panel
    boris = login(world.cast.boris).get("/before-the-break/").content.decode()
    assert "Запросить счёт</td>" not in boris


def test_whoever_is_away_in_the_break_stands_there_with_a_substitute(world, login, within_budget):
    Absence.objects.create(
        user=world.cast.boris,
        substitute=world.cast.anna,
        since=date(2026, 5, 8),
        until=date(2026, 5, 15),
        noted_by=world.cast.vera,
    )
    answer = within_budget(login(world.cast.vera), "before_break", "/before-the-break/")
    assert f"замещает {world.cast.anna.full_name}" in answer.content.decode()


def test_when_no_break_is_near_the_page_says_so(world, login, freeze):
    freeze("2026-07-01 12:00")
    assert "Праздники не скоро" in login(world.cast.anna).get("/before-the-break/").content.decode()
