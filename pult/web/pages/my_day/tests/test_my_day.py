import json
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from pult.clients.models import Assignment
from pult.clients.tests.factories import make_assignment, make_own_entity
from pult.money.actions.invoices import Wanted, issue_invoice, request_invoice
from pult.money.models import TopUp
from pult.people.actions import set_absence, set_duty, set_schedule
from pult.regulation.actions import dispute
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.web.pages.my_day.tests.world import ad_money_waits, build

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())


def text_of(client, path="/"):
    return client.get(path).content.decode()


def test_a_manager_sees_own_clients_and_nobody_else_s(world, login):
    text = text_of(login(world.cast.anna))
    assert "Лесная мебель" in text
    assert "Меридиан" not in text


def test_a_row_says_what_to_do_why_by_which_clause_until_when_and_has_its_button(world, login):
    text = text_of(login(world.cast.anna))
    row = text[text.index("Запросить счёт") :].split("</li>")[0]
    assert "«Поиск»" in row
    assert 'href="/regulation/5.3/"' in row
    assert "завтра, 19:00" in row
    assert 'data-key="e"' in row
    assert 'data-key="h"' in row
    assert 'data-key="?"' in row
    assert f"/obligations/{world.row('5.3').pk}/why/" in row


def test_rows_one_act_discharges_are_one_row_with_all_its_clauses(world, login):
    tell(
        "line.planned_start",
        root=world.forest.pk,
        line=world.line.pk,
        key="start",
        day="2026-05-19",
    )
    text = text_of(login(world.cast.anna))
    row = text[text.index("Запросить счёт") :].split("</li>")[0]
    assert "/regulation/5.3/" in row
    assert "/regulation/5.4/" in row


def test_an_invoice_asked_for_is_not_asked_for_again_but_waited_for_and_sent(world, login):
    make_own_entity()
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    text = text_of(login(world.cast.anna))
    row = text[text.index("У бухгалтера: выставить счёт") :].split("</li>")[0]
    assert "/regulation/5.3/" in row
    assert reverse("invoice", args=[invoice.pk]) in row
    assert reverse("invoice_new", args=[world.forest.pk]) not in row
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    text = text_of(login(world.cast.anna))
    row = text[text.index("Отправить счёт") :].split("</li>")[0]
    assert reverse("invoice", args=[invoice.pk]) in row


def asked_and_late(world, freeze):
    """Анна has asked for the invoice; the day of 5.3 has passed since."""
    make_own_entity()
    wanted = [Wanted(line_id=world.line.pk, amount=100_000_00)]
    invoice = request_invoice(by=world.cast.anna, client_id=world.forest.pk, lines=wanted)
    freeze("2026-05-07 12:00")
    tell("spend.loaded", root=world.forest.pk, line=world.line.pk, day="2026-05-06")
    tick(sweep=sweep)
    assert world.row("5.3").state == State.OVERDUE
    return invoice


def test_an_invoice_the_accountant_is_to_issue_burns_for_no_manager(world, login, freeze):
    invoice = asked_and_late(world, freeze)
    for user, address in ((world.cast.anna, "/"), (world.cast.vera, "/")):
        page = login(user).get(address).context["page"]
        bands = {band.id: [item.client for item in band.items] for band in page.bands}
        assert bands["passed"] == ["Лесная мебель"]
        overdue = next((band for band in page.bands if band.id == "overdue"), None)
        whats = [item.what for item in overdue.items] if overdue else []
        assert "У бухгалтера: выставить счёт" not in whats
        assert page.overdue == len(whats)
    assert "Ждём бухгалтера" in text_of(login(world.cast.anna))
    before = login(world.cast.anna).get("/").context["page"].overdue
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    page = login(world.cast.anna).get("/").context["page"]
    assert page.overdue == before + 1
    assert "passed" not in [band.id for band in page.bands]


def test_whoever_issues_invoices_sees_those_that_wait(
    world, login, freeze, django_assert_max_num_queries
):
    invoice = asked_and_late(world, freeze)
    zhanna = login(world.cast.zhanna)
    text = text_of(zhanna)
    block = text[text.index("Счета ждут вас") :].split("</section>")[0]
    assert reverse("invoice", args=[invoice.pk]) in block
    assert reverse("invoice_requests") in block
    assert "Всё сделано" not in text
    assert "Счета ждут вас" not in text_of(login(world.cast.anna))
    with django_assert_max_num_queries(BUDGETS["my_day"]):
        zhanna.get("/")
    issue_invoice(by=world.cast.zhanna, invoice_id=invoice.pk, version=1)
    assert "Счета ждут вас" not in text_of(login(world.cast.zhanna))


def test_whoever_stands_in_sees_the_absent_colleague_s_clients(world, login):
    assert "Меридиан" not in text_of(login(world.cast.anna))
    days = {"since": date(2026, 5, 4), "until": date(2026, 5, 8)}
    set_absence(
        user=world.cast.boris,
        category="leave",
        by=world.cast.vera,
        substitute=world.cast.anna,
        **days,
    )
    text = text_of(login(world.cast.anna))
    row = text[text.index("Меридиан") :].split("</li>")[0]
    assert f"замещаете: {world.cast.boris.full_name} до 08.05.2026" in row
    assert text.count("замещаете") == text.count('title="Автосалон «Меридиан»"')


def test_whoever_is_on_duty_reads_that_a_colleague_is_out_of_their_hours(world, login):
    week = [(16 * 60, 19 * 60)] * 5 + [None, None]
    set_schedule(user=world.cast.boris, week=week, by=world.cast.vera)
    set_duty(day=date(2026, 5, 5), user=world.cast.anna, by=world.cast.vera)
    text = text_of(login(world.cast.anna))
    row = text[text.index("Меридиан") :].split("</li>")[0]
    name = world.cast.boris.full_name
    assert f"дежурите до 16:00: у коллеги {name} не рабочие часы" in row
    assert "замещаете" not in text


def test_a_head_gets_the_rest_by_person(world, login, monkeypatch):
    monkeypatch.setattr("pult.regulation.queries.day.number", lambda *_: 1)
    text = text_of(login(world.cast.vera))
    assert text.count('class="row__what"') == 1
    table = text[text.index("По людям") :]
    assert f"/?view=person&amp;person={world.cast.boris.pk}" in table
    assert world.cast.anna.full_name in table


def test_what_waits_is_shown_in_part_and_whole_when_asked(world, login, monkeypatch):
    row = world.row("5.3")
    dispute(obligation_id=row.pk, proof="счёт уже у клиента", by=world.cast.anna)
    late = world.row("5.3", world.motors)
    dispute(obligation_id=late.pk, proof="счёт уже у клиента", by=world.cast.boris)
    monkeypatch.setattr("pult.regulation.queries.day.SET_ASIDE", 1)
    monkeypatch.setattr("pult.regulation.queries.tally.SET_ASIDE", 0)
    vera = login(world.cast.vera)
    page = vera.get("/").context["page"]
    (band,) = [band for band in page.bands if band.id == "disputed"]
    assert (band.count, len(band.items), band.rest) == (2, 1, "/?whole=disputed#disputed")
    whole = text_of(vera, "/?whole=disputed")
    assert f"/obligations/{row.pk}/why/" in whole
    assert f"/obligations/{late.pk}/why/" in whole
    assert "#disputed" not in whole
    monkeypatch.setattr("pult.regulation.queries.day.SET_ASIDE", 0)
    anna = login(world.cast.anna)
    assert f"/obligations/{row.pk}/why/" not in text_of(anna)
    assert f"/obligations/{row.pk}/why/" in text_of(anna, "/?whole=disputed")


def test_what_nobody_answers_for_can_be_opened_by_a_head(world, login, monkeypatch):
    Assignment.objects.filter(client=world.motors, role="am").delete()
    monkeypatch.setattr("pult.regulation.queries.day.number", lambda *_: 1)
    vera = login(world.cast.vera)
    assert "/?view=person&amp;person=0" in text_of(vera)
    text = text_of(vera, "/?view=person&person=0")
    assert "Меридиан" in text
    assert "Лесная мебель" not in text


def test_a_head_sees_the_department_a_person_s_day_and_the_shadow(world, login):
    head = login(world.cast.vera)
    assert "Лесная мебель" in text_of(head)
    assert "Меридиан" in text_of(head)
    boris = text_of(head, f"/?view=person&person={world.cast.boris.pk}")
    assert "Меридиан" in boris
    assert "Лесная мебель" not in boris
    assert head.get("/?view=person&person=999999").status_code == 404


def test_shadow_rows_are_in_the_head_s_shadow_view_alone(cast, freeze, login):
    freeze("2026-05-05 12:00")
    build(cast, Mode.SHADOW)
    assert "Лесная мебель" not in text_of(login(cast.anna))
    assert "Лесная мебель" not in text_of(login(cast.anna), "/?view=shadow")
    assert "Лесная мебель" not in text_of(login(cast.vera))
    assert "Лесная мебель" in text_of(login(cast.vera), "/?view=shadow")


def test_the_shadow_view_holds_nothing_that_others_see(world, login):
    assert "Лесная мебель" not in text_of(login(world.cast.vera), "/?view=shadow")


def test_the_department_s_rows_say_whose_they_are(world, login):
    vera = login(world.cast.vera)
    assert f"{world.cast.anna.full_name} · " in text_of(vera)
    assert f"{world.cast.anna.full_name} · " not in text_of(login(world.cast.anna))


def test_a_person_s_day_shows_the_head_what_they_stand_in_for(world, login):
    cast = world.cast
    today = date(2026, 5, 5)
    set_absence(
        user=cast.boris, category="leave", since=today, until=today, substitute=cast.anna, by=None
    )
    anna = text_of(login(cast.vera), f"/?view=person&person={cast.anna.pk}")
    assert "Лесная мебель" in anna
    assert "Меридиан" in anna


def test_an_executor_and_an_accountant_see_rows_of_their_role(world, login):
    tell("line.money_waits", root=world.forest.pk, line=world.line.pk, state="waits")
    assert "Запросить счёт" not in text_of(login(world.cast.zhanna))
    assert "Лесная мебель" not in text_of(login(world.cast.darya))


def test_a_top_up_names_its_sum_and_its_author_takes_it_back(world, login):
    make_assignment(world.forest, world.cast.darya, "executor")
    ad_money_waits(world, 95_081_97)
    darya, row = login(world.cast.darya), world.row("П.1")
    assert "Пополнить рекламный кабинет: 95\u00a0081,97" in text_of(darya)
    form = darya.get(f"/obligations/{row.pk}/top-up/").content.decode()
    assert 'value="95081,97"' in form
    sent = {f"amount_{world.line.pk}": "95081,97", "on": "2026-05-05", "next": "/"}
    assert darya.post(f"/obligations/{row.pk}/top-up/", sent).status_code == 303
    assert world.row("П.1").state == State.MET
    top_up = TopUp.objects.get()
    assert f"/top-ups/{top_up.pk}/removal/" in text_of(darya)
    darya.post(f"/top-ups/{top_up.pk}/removal/")
    top_up.refresh_from_db()
    assert top_up.voided_at is not None


def test_what_is_asked_of_specialists_reaches_the_head_of_production(world, login):
    tell("line.money_waits", root=world.forest.pk, line=world.line.pk, state="waits")
    assert Obligation.objects.filter(clause="П.1", role="executor").exists()
    assert "Лесная мебель" in text_of(login(world.cast.egor))
    assert "Меридиан" not in text_of(login(world.cast.egor))


def test_the_end_of_the_day_is_the_empty_state(cast, freeze, login):
    freeze("2026-05-05 12:00")
    build(cast, Mode.OFF)
    assert "Всё сделано" in text_of(login(cast.anna))


def test_what_exceeds_the_noise_budget_is_folded_by_client(world, login, monkeypatch):
    monkeypatch.setattr("pult.regulation.queries.day.number", lambda *_: 1)
    text = text_of(login(world.cast.anna))
    assert "И ещё" in text
    assert f"/clients/{world.clinic.pk}/obligations/" in text


def test_the_page_keeps_its_budget(world, login, django_assert_max_num_queries):
    anna = login(world.cast.anna)
    anna.get("/")
    with django_assert_max_num_queries(BUDGETS["my_day"]):
        anna.get("/")
    vera = login(world.cast.vera)
    with django_assert_max_num_queries(BUDGETS["my_day"]):
        vera.get("/?view=person")
