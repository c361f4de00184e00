"""Forms of a client: they act, refuse readably and lose nothing that was typed."""

from datetime import date, timedelta
from html import escape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from pult.clients.actions import set_trusted
from pult.clients.models import (
    Assignment,
    Client,
    Contact,
    LegalEntity,
    LineBudget,
    PaymentScheme,
    PlannedPause,
    ServiceLine,
    TrustedMark,
)
from pult.clients.queries.starting import client_start_requests
from pult.money.models import Invoice, TopUp
from pult.people.queries import business_day
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import Waiver


def post(person, name, args, /, **typed):
    return person.post(reverse(name, args=args), typed)


def test_a_client_is_entered_and_shown(login, cast):
    answer = post(login(cast.gleb), "client_new", [], name="Пекарня", status="lead")
    row = Client.objects.get(name="Пекарня")
    assert (answer.status_code, answer.url) == (303, reverse("client", args=[row.pk]))
    assert Assignment.objects.get(client=row).user == cast.gleb


def test_a_card_changed_meanwhile_is_not_overwritten_and_keeps_what_was_typed(login, cast, forest):
    manager = login(cast.anna)
    typed = {"version": 1, "name": "Лес", "relationship": "client", "group": "", "about": "Сосна"}
    assert post(manager, "client_edit", [forest.pk], **typed).status_code == 303
    late = post(manager, "client_edit", [forest.pk], **{**typed, "name": "Бор"})
    assert late.status_code == 409
    assert 'value="Бор"' in late.text
    forest.row.refresh_from_db()
    assert forest.row.name == "Лес"


def test_the_card_and_the_group_are_saved_together(login, cast, forest):
    typed = {"version": 1, "name": "Лес", "relationship": "brand", "group": "Холдинг"}
    assert post(login(cast.anna), "client_edit", [forest.pk], **typed).status_code == 303
    forest.row.refresh_from_db()
    assert (forest.row.group.name, forest.row.relationship) == ("Холдинг", "brand")


def test_a_wrong_tax_number_is_named_at_its_field(login, cast, forest):
    answer = post(
        login(cast.anna),
        "client_entity_new",
        [forest.pk],
        name="ООО",
        country="RU",
        inn="7707083894",
    )
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert LegalEntity.objects.filter(client=forest.row).count() == 1


def test_numbers_are_checked_while_they_are_typed_with_a_hint(login, cast, forest):
    address = reverse("client_requisite_check", args=[forest.pk])
    asked = {"headers": {"HX-Request": "true", "HX-Target": "check"}}
    wrong = login(cast.anna).get(address, {"inn": "77О7083893", "country": "RU"}, **asked)
    assert "7707083893" in wrong.text
    assert "<html" not in wrong.text
    good = login(cast.anna).get(address, {"inn": "7707083893", "country": "RU"}, **asked)
    assert "callout" not in good.text


def test_another_clients_tax_number_is_a_warning_without_its_name(login, cast, forest):
    address = reverse("client_requisite_check", args=[forest.pk])
    stranger = Client.objects.create(
        name="Чужой клиент", created_at=forest.row.created_at, changed_at=forest.row.changed_at
    )
    LegalEntity.objects.create(client=stranger, name="ООО", inn="7707083893")
    text = login(cast.anna).get(address, {"inn": "7707083893"}).text
    assert "callout" in text
    assert "Чужой клиент" not in text
    assert "Чужой клиент" in login(cast.vera).get(address, {"inn": "7707083893"}).text


def test_a_seller_edits_no_traits_even_by_hand(login, cast, forest):
    answer = post(
        login(cast.gleb),
        "client_person",
        [forest.pk, forest.contact.pk],
        version=1,
        name="Ирина",
        traits="подменено",
    )
    assert answer.status_code == 303
    row = Contact.objects.get(pk=forest.contact.pk)
    assert (row.name, row.traits.get().text) == ("Ирина", "Не любит звонков до обеда")


def test_a_budget_is_typed_in_roubles_and_kept_in_kopecks(login, cast, forest):
    typed = {"monthly": "150 000,50", "since": business_day().isoformat()}
    assert (
        post(
            login(cast.anna), "client_line_budget", [forest.pk, forest.line.pk], **typed
        ).status_code
        == 303
    )
    assert LineBudget.objects.get(line=forest.line).monthly == 150_000_50


def test_a_scheme_without_its_days_is_refused_at_the_field(login, cast, forest):
    args = [forest.pk, forest.contract.pk]
    answer = post(login(cast.vera), "client_scheme", args, kind="postpaid", since="2026-12-01")
    assert answer.status_code == 422
    done = post(
        login(cast.vera), "client_scheme", args, kind="postpaid", since="2026-12-01", days="10"
    )
    assert done.status_code == 303
    assert PaymentScheme.objects.get(contract=forest.contract).days == 10


def test_a_pause_is_planned_and_resumed(login, cast, forest, later):
    manager, day = login(cast.anna), business_day() + timedelta(3)
    typed = {"first_day": day.isoformat(), "reason_code": "season"}
    args = [forest.pk, forest.line.pk]
    assert post(manager, "client_line_pause", args, **typed).status_code == 303
    later()
    assert post(manager, "client_line_pause", args, **typed).status_code == 422
    pause = PlannedPause.objects.get(line=forest.line)
    args = [forest.pk, pause.pk]
    typed = {"first_working_day": (day + timedelta(2)).isoformat()}
    assert post(manager, "client_resume", args, **typed).status_code == 303
    pause.refresh_from_db()
    assert pause.last_day == day + timedelta(1)


def test_only_the_head_marks_a_client_trusted(login, cast, forest):
    typed = {
        "reason_code": "guarantee",
        "limit": "300000",
        "until": (business_day() + timedelta(60)).isoformat(),
    }
    assert post(login(cast.anna), "client_trust", [forest.pk], **typed).status_code == 403
    assert post(login(cast.vera), "client_trust", [forest.pk], **typed).status_code == 303
    assert TrustedMark.objects.get(client=forest.row).limit == 300_000_00


def test_trust_is_taken_back_from_the_menu_of_the_client(login, cast, forest):
    vera, address = login(cast.vera), reverse("client_trust_removal", args=[forest.pk])
    assert address not in vera.get(reverse("client", args=[forest.pk])).text
    set_trusted(
        by=cast.vera,
        client_id=forest.pk,
        reason_code="guarantee",
        limit=1,
        until=business_day() + timedelta(days=9),
    )
    assert address in vera.get(reverse("client", args=[forest.pk])).text
    assert address not in login(cast.anna).get(reverse("client", args=[forest.pk])).text
    vera = login(cast.vera)
    assert post(vera, "client_trust_removal", [forest.pk]).status_code == 303
    assert not TrustedMark.objects.filter(client=forest.row, ended_on=None).exists()


def test_the_head_sees_and_moves_the_first_day_of_a_client(login, cast, forest):
    page = reverse("client", args=[forest.pk])
    assert "Первый день регламента не назначен" in login(cast.vera).get(page).text
    assert post(login(cast.vera), "client_golive", [forest.pk], on="2026-02-02").status_code == 303
    assert "Регламент спрашивает с 2 февраля 2026" in login(cast.vera).get(page).text
    form = login(cast.vera).get(reverse("client_golive", args=[forest.pk])).text
    assert 'value="2026-02-02"' in form
    assert "Регламент спрашивает" not in login(cast.anna).get(page).text


def test_a_line_with_breaks_runs_in_flights_that_are_planned_and_called_off(login, cast, forest):
    forest.line.always_on = False
    forest.line.save()
    args = [forest.pk, forest.line.pk]
    anna = login(cast.anna)
    typed = {"starts_on": "2026-04-01", "ends_on": "2026-04-14", "budget": "50000"}
    assert post(anna, "client_flight_new", args, **typed).status_code == 303
    flight = forest.line.flights.get()
    assert flight.budget == 50_000_00
    page = anna.get(reverse("client_line", args=args)).text
    assert "1 апреля – 14 апреля 2026" in page
    assert reverse("client_flight_start", args=[*args, flight.pk]) in page
    again = typed | {"budget": "60000"}
    assert post(anna, "client_flight_new", args, **again).status_code == 422
    assert post(anna, "client_flight_removal", [*args, flight.pk]).status_code == 303
    assert "Флайтов ещё нет" in anna.get(reverse("client_line", args=args)).text


def test_a_top_up_is_noted_by_a_specialist_who_sees_no_balance(login, cast, forest):
    typed = {"amount": "1000", "on": business_day().isoformat()}
    args = [forest.pk, forest.line.pk]
    assert post(login(cast.darya), "client_line_topup", args, **typed).status_code == 422
    typed["reason"] = "агентство платит вперёд"
    answer = post(login(cast.darya), "client_line_topup", args, **typed)
    assert answer.url == reverse("client_line", args=args)
    assert TopUp.objects.get(line=forest.line).amount == 1_000_00


def test_a_reminder_is_for_an_invoice_of_this_client(login, cast, forest):
    invoice = Invoice.objects.create(client=forest.row, total=5, number="7", status="sent")
    manager = login(cast.anna)
    done = post(manager, "client_reminder", [forest.pk, invoice.pk], channel="call")
    assert done.status_code == 303
    wrong = post(manager, "client_reminder", [forest.pk + 1, invoice.pk], channel="call")
    assert wrong.status_code == 404


@pytest.mark.parametrize(
    ("wanted", "answered"),
    [
        ("/before-break/?whole=1", "/before-break/?whole=1"),
        ("https://example.com/", ""),
        ("//example.com/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_reminder_answers_where_the_person_came_from(login, cast, forest, wanted, answered):
    invoice = Invoice.objects.create(client=forest.row, total=5, number="7", status="sent")
    manager, address = login(cast.anna), reverse("client_reminder", args=[forest.pk, invoice.pk])
    back = answered or reverse("client_money", args=[forest.pk])
    text = manager.get(f"{address}?{urlencode({'next': wanted})}").text
    assert f'name="next" value="{escape(back)}"' in text
    assert manager.post(address, {"channel": "", "next": wanted}).status_code == 422
    assert manager.post(address, {"channel": "call", "next": wanted}).url == back


class TestMoneyFirst:
    """Clause 6.1 at the start button."""

    @pytest.fixture(autouse=True)
    def regulation(self, forest):
        editions.sync()
        modes.install_modes(Mode.VISIBLE, date(2020, 1, 1))
        yield
        registry.forget()
        sweep.forget()

    def test_the_refusal_shows_its_clause_and_the_way_to_ask(self, login, cast, forest):
        args = [forest.pk, forest.planned.pk]
        answer = post(login(cast.anna), "client_line_start", args)
        assert answer.status_code == 409
        assert 'href="/regulation/6.1/"' in answer.text
        assert reverse("client_line_ask", args=args) in answer.text
        assert reverse("client_line_waiver", args=args) not in answer.text

    def test_a_manager_asks_the_head_lets_and_the_line_starts(self, login, cast, forest):
        args = [forest.pk, forest.planned.pk]
        asked = post(login(cast.anna), "client_line_ask", args, reason_code="payment_sent")
        assert asked.status_code == 303
        assert [wish.line for wish in client_start_requests(forest.pk)] == ["Таргет"]
        page = login(cast.vera).get(reverse("client_lines", args=[forest.pk])).text
        assert reverse("client_line_waiver", args=args) in page
        typed = {"until": business_day().isoformat(), "reason": "Платёжка у нас"}
        assert post(login(cast.vera), "client_line_waiver", args, **typed).status_code == 303
        assert Waiver.objects.get().subject_id == forest.planned.pk
        assert client_start_requests(forest.pk) == ()
        assert post(login(cast.anna), "client_line_start", args).status_code == 303
        forest.planned.refresh_from_db()
        assert forest.planned.status == ServiceLine.Status.RUNNING

    def test_a_waiver_needs_a_reason_and_a_day(self, login, cast, forest):
        args = [forest.pk, forest.planned.pk]
        answer = post(login(cast.vera), "client_line_waiver", args, until="", reason="")
        assert answer.status_code == 422
        assert not Waiver.objects.exists()


def test_a_seller_is_offered_a_lead_and_no_manager(cast, login):
    browser = login(cast.gleb)
    page = browser.get("/clients/new/").text
    assert 'value="lead"' in page
    assert 'name="am"' not in page
    assert 'value="client"' not in page
    assert browser.post("/clients/new/", {"name": "Т", "status": "client"}).status_code == 422
