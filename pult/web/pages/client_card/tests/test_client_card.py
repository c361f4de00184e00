"""The tab of what is known of a client, and the page before a negotiation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from pult.clients import actions
from pult.clients.models import Aim, Block, Client, StatusChange
from pult.clients.tests import factories as make
from pult.people.queries import business_day


@pytest.fixture
def forest(cast):
    row = make.make_client("Лесная мебель", am=cast.anna)
    make.make_assignment(row, cast.darya, "executor")
    return row


def get(person, name, *args):
    return person.get(reverse(name, args=args))


def post(person, name, args, /, **typed):
    return person.post(reverse(name, args=args), typed)


def test_a_wish_is_noted_settled_and_opened_again_on_the_pages(login, cast, forest):
    anna, day = login(cast.anna), business_day() + timedelta(days=5)
    typed = {"kind": "wish", "text": "Отчёт короче", "due_on": day.isoformat()}
    assert post(anna, "client_aim_new", [forest.pk], **typed).status_code == 303
    aim = Aim.objects.get()
    assert "Отчёт короче" in get(anna, "client_card", forest.pk).text
    told = {"version": 1, "state": "done", "resolution": "Две страницы"}
    assert post(anna, "client_aim_close", [forest.pk, aim.pk], **told).status_code == 303
    assert "Две страницы" in get(anna, "client_card", forest.pk).text
    assert post(anna, "client_aim_reopen", [forest.pk, aim.pk], version=2).status_code == 303
    assert Aim.objects.get().state == "open"


def test_a_wish_without_a_day_is_refused_at_its_field(login, cast, forest):
    answer = post(login(cast.anna), "client_aim_new", [forest.pk], kind="wish", text="Скорее")
    assert answer.status_code == 409 or answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Скорее" in answer.text


def test_each_gap_leads_to_the_form_that_fills_it(login, cast, forest):
    anna, page = login(cast.anna), get(login(cast.anna), "client_card", forest.pk)
    ways = [way for _words, way in page.context["page"].missing if way]
    assert reverse("client_edit", args=[forest.pk]) in ways
    assert reverse("client_block", args=[forest.pk, "market"]) in ways
    assert {anna.get(way).status_code for way in ways} == {200}
    seen = get(login(cast.darya), "client_card", forest.pk).context["page"].missing
    assert {way for _words, way in seen} == {""}


def test_two_people_editing_a_card_both_keep_their_work(login, cast, forest):
    anna, vera = login(cast.anna), login(cast.vera)
    seen = {"version": 1, "name": "Лесная мебель", "relationship": "client"}
    seen |= {"about": "", "worked_since": "", "folder": "", "group": ""}
    theirs = {**seen, "about": "Кухни на заказ", "worked_since": "2024-03-01"}
    assert post(vera, "client_edit", [forest.pk], **theirs).status_code == 303
    late = post(anna, "client_edit", [forest.pk], **{**seen, "name": "Лес и дом"})
    assert late.status_code == 409
    assert "Вера" in late.text
    form = late.context["page"].form
    again = {name: form[name].value() or "" for name in form.fields}
    assert (again["name"], again["about"]) == ("Лес и дом", "Кухни на заказ")
    assert post(anna, "client_edit", [forest.pk], **again).status_code == 303
    row = Client.objects.get(pk=forest.pk)
    assert (row.name, row.about, row.worked_since.year) == ("Лес и дом", "Кухни на заказ", 2024)


def test_a_part_changed_meanwhile_is_told_with_what_it_says_now(login, cast, forest):
    actions.write_block(
        by=cast.vera, client_id=forest.pk, kind="market", version=0, text="Три сети"
    )
    actions.write_block(
        by=cast.vera, client_id=forest.pk, kind="market", version=1, text="Четыре сети"
    )
    late = post(login(cast.anna), "client_block", [forest.pk, "market"], version=1, text="Две сети")
    assert late.status_code == 409
    assert "Четыре сети" in late.text
    assert "Две сети" in late.text
    assert Block.objects.get().text == "Четыре сети"


def test_a_part_is_confirmed_by_one_press(login, cast, forest, freeze):
    freeze("2026-03-01 12:00")
    actions.write_block(by=cast.anna, client_id=forest.pk, kind="market", version=0, text="Сети")
    freeze("2026-09-01 12:00")
    answer = post(login(cast.anna), "client_block_confirm", [forest.pk, "market"], version=1)
    assert answer.status_code == 303
    assert Block.objects.get().confirmed_on.isoformat() == "2026-09-01"


def test_a_specialist_reads_the_market_but_neither_solvency_nor_plans(login, cast, forest):
    actions.judge_solvency(by=cast.anna, client_id=forest.pk, grade="bad", figures="Долги у всех")
    actions.make_plan(
        by=cast.anna,
        client_id=forest.pk,
        kind="account",
        text="Вырастить вдвое",
        review_on=business_day() + timedelta(days=9),
    )
    text = get(login(cast.darya), "client_card", forest.pk).text
    assert "Долги у всех" not in text
    assert "Вырастить вдвое" not in text
    assert "Долги у всех" in get(login(cast.zhanna), "client_card", forest.pk).text


def test_an_unknown_part_or_plan_is_no_page(login, cast, forest):
    assert get(login(cast.anna), "client_block", forest.pk, "gossip").status_code == 404
    assert get(login(cast.anna), "client_plan_new", forest.pk, "gossip").status_code == 404


def test_a_status_from_a_day_ahead_is_told_above_every_tab_and_called_off(login, cast, forest):
    day = business_day() + timedelta(days=30)
    typed = {"version": 1, "status": "ended", "since": day.isoformat()}
    anna = login(cast.anna)
    assert post(anna, "client_status", [forest.pk], **typed).status_code in (409, 422)
    typed["reason_code"] = "client_left"
    assert post(anna, "client_status", [forest.pk], **typed).status_code == 303
    assert "Клиент ушёл" in get(anna, "client_card", forest.pk).text
    with override("ru"):
        told = f"{str(Client.Status.ENDED.label).lower()} с {day.day} "
    assert told in get(anna, "client_people", forest.pk).text
    assert post(anna, "client_status_cancel", [forest.pk]).status_code == 303
    assert not StatusChange.objects.filter(waits=True).exists()


def test_before_a_negotiation_everything_stands_on_one_page(login, cast, forest):
    make.make_line(forest, "Контекст")
    make.make_contract(forest, "17/26")
    actions.add_aim(by=cast.anna, client_id=forest.pk, kind="campaign", text="Сто заявок")
    text = get(login(cast.anna), "negotiation", forest.pk).text
    assert all(word in text for word in ("Контекст", "17/26", "Сто заявок"))
    text = get(login(cast.darya), "negotiation", forest.pk).text
    assert "17/26" not in text
    assert "100 000" not in text


def test_gaps_are_listed_with_the_way_to_fill_them(login, cast, forest):
    actions.edit_client(by=cast.anna, client_id=forest.pk, version=1, about="Мебель")
    text = get(login(cast.anna), "client_gaps").text
    assert reverse("client_card", args=[forest.pk]) in text


def test_a_card_without_a_folder_leads_to_where_it_is_named(login, cast, forest):
    way = reverse("client_edit", args=[forest.pk])
    panel = get(login(cast.anna), "client_card", forest.pk).text.split(
        "Пока не сказано, где лежат"
    )[1]
    assert f'href="{way}"' in panel.split("</section>")[0]
    read = get(login(cast.darya), "client_card", forest.pk)
    assert way not in read.text
