"""An invoice's way: asked by the manager, issued by the accountant alone, sent, cancelled."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from pult.clients.models import OwnEntity
from pult.clients.tests.factories import (
    make_client,
    make_line,
    make_own_account,
    make_own_entity,
)
from pult.comms.models import Interaction
from pult.kernel.models import Fact
from pult.money.models import Invoice
from pult.money.tests.factories import make_invoice
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import NOT_THE_MANAGER
from pult.regulation.modes import install_modes
from pult.regulation.tests.world import install

BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())
REQUESTS = "/money/requests/"
DEMO_SINCE = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


@pytest.fixture
def line(cast):
    make_own_entity()
    return make_line(make_client("Ромашка", am=cast.anna), monthly_budget=50_000_00)


def new(line):
    return reverse("invoice_new", args=[line.client_id])


@pytest.fixture
def asked(login, cast, line):
    login(cast.anna).post(new(line), {f"ad_{line.pk}": "50 000,50", "covers_from": "2026-04-01"})
    return Invoice.objects.get()


def test_the_form_proposes_what_buys_the_budget_in_full_and_the_next_month(login, cast, line):
    text = login(cast.anna).get(new(line)).text
    assert 'value="61000"' in text  # 50,000 and 22 % of VAT
    assert "бюджет месяца 50\u00a0000" in text
    assert 'value="2026-04-01"' in text
    assert 'value="2026-04-30"' in text


def test_a_manager_asks_and_the_accountant_sees_it(login, cast, line, asked):
    assert (asked.status, asked.total) == ("requested", 50_000_50)
    assert "Ромашка" in login(cast.zhanna).get(REQUESTS).text
    assert "Ромашка" not in login(cast.boris).get(REQUESTS).text


@pytest.mark.parametrize("page", [REQUESTS, "/"])
def test_a_request_without_its_hour_is_listed_all_the_same(login, cast, line, page):
    make_invoice(line.client, "", (line, 1_000_00), status="requested", requested_at=None)
    assert "Запрос: —" in login(cast.zhanna).get(page).text


@pytest.mark.parametrize("page", [REQUESTS, "/"])
def test_the_hour_of_a_request_is_no_deadline(login, cast, asked, page):
    text = login(cast.zhanna).get(page).text
    assert "Запрос: Анна" in text
    assert "<time" not in "".join(re.findall(r'row__due">(.*?)</span>', text))


def test_what_was_typed_survives_a_refusal(login, cast, line):
    answer = login(cast.anna).post(new(line), {f"ad_{line.pk}": "много", "wish": "до обеда"})
    assert answer.status_code == 422
    assert 'value="много"' in answer.text
    assert 'value="до обеда"' in answer.text
    assert login(cast.anna).post(new(line), {}).status_code == 422
    assert not Invoice.objects.exists()


@pytest.mark.parametrize("number", ["9" * 40, "٣", "-1"])
def test_a_number_that_is_none_is_told_and_kept_typed(login, cast, asked, number):
    given = {"version": asked.version, "number": number}
    answer = login(cast.zhanna).post(f"/money/invoices/{asked.pk}/issue/", given)
    assert answer.status_code == 422
    assert f'value="{number}"' in answer.text
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_one_press_issues_with_the_next_number(login, cast, asked):
    zhanna = login(cast.zhanna)
    text = zhanna.get(REQUESTS).text
    assert 'data-key="e"' in text
    given = {"version": asked.version, "issued_on": "2026-03-11", "due_on": "2026-03-16"}
    answer = zhanna.post(reverse("invoice_issue", args=[asked.pk]), {**given, "next": REQUESTS})
    assert (answer.status_code, answer["Location"]) == (303, REQUESTS)
    asked.refresh_from_db()
    assert (asked.number, asked.status, str(asked.due_on)) == ("1", "issued", "2026-03-16")


def test_a_wrong_sum_is_named_as_its_column_is(login, cast, line):
    answer = login(cast.anna).post(new(line), {f"fee_{line.pk}": "много"})
    assert f"fee_{line.pk}”" not in answer.text
    assert f"Вознаграждение агентства, {line.name}" in answer.text


def test_a_reminder_is_drafted_edited_and_noted_as_sent(login, cast, line):
    invoice = make_invoice(
        line.client, "15", (line, 122_000_00), due_on=date(2026, 3, 6), own_entity=own(line)
    )
    anna, address = login(cast.anna), reverse("invoice_letter", args=[invoice.pk])
    assert address in anna.get(reverse("invoice", args=[invoice.pk])).text
    text = anna.get(address).text
    for words in (
        "Счёт № 15 от 02.03.2026",
        "122\u00a0000,00",
        "06.03.2026",
        "40702810900000000001",
    ):
        assert words in text
    assert "We remind you" in anna.get(address, {"language": "en"}).text
    answer = anna.post(address, {"subject": "Счёт 15", "text": "Здравствуйте!"})
    assert answer.status_code == 303
    assert Fact.objects.get(kind="pay.reminded").refs["invoice"] == invoice.pk
    assert Interaction.objects.get().note == "Счёт 15\n\nЗдравствуйте!"


def own(line):
    entity = OwnEntity.objects.get()
    make_own_account(entity=entity, bik="044525225", bank="Первый Учебный банк")
    return entity


def test_there_is_no_letter_about_what_is_paid_or_not_sent(login, cast, line, asked):
    anna, paid = login(cast.anna), make_invoice(line.client, "16", (line, 1_00), paid=1_00)
    for invoice in (asked, paid):
        address = reverse("invoice_letter", args=[invoice.pk])
        assert anna.get(address).status_code == 409
        assert address not in anna.get(reverse("invoice", args=[invoice.pk])).text


def test_a_second_request_leads_to_the_first(login, cast, line, asked):
    given = {f"ad_{line.pk}": "50 000", "covers_from": "2026-04-01"}
    answer = login(cast.anna).post(new(line), given)
    assert answer.status_code == 409
    assert reverse("invoice", args=[asked.pk]) in answer.text
    assert Invoice.objects.count() == 1


def test_whoever_may_not_issue_sees_who_does_instead_of_the_form(login, cast, asked):
    install(NOT_THE_MANAGER)
    address = reverse("invoice", args=[asked.pk])
    issue = reverse("invoice_issue", args=[asked.pk])
    text = login(cast.anna).get(address).text
    assert issue not in text
    assert cast.zhanna.full_name in text
    assert issue in login(cast.zhanna).get(address).text


def test_a_manager_who_issues_is_told_by_which_clause_and_who_can(login, cast, asked):
    install(NOT_THE_MANAGER)
    given = {"version": asked.version}
    answer = login(cast.anna).post(reverse("invoice_issue", args=[asked.pk]), given)
    assert answer.status_code == 409
    assert "М4.9" in answer.text
    assert cast.zhanna.full_name in answer.text
    assert ".." not in answer.text.partition("<main")[2]
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_the_ban_as_the_demo_has_it_refuses_a_manager_in_words(login, cast, asked):
    """The whole pack, visible from its first day: M4.9 is written to stop, not only to watch."""
    editions.sync()
    registry.forget()
    install_modes(Mode.VISIBLE, DEMO_SINCE)
    registry.forget()
    given, address = {"version": asked.version}, reverse("invoice_issue", args=[asked.pk])
    answer = login(cast.anna).post(address, given)
    assert answer.status_code == 409
    problem = answer.context["page"].problem
    assert (problem.clause, problem.who) == ("М4.9", cast.zhanna.full_name)
    assert "Кто поможет" in answer.text
    asked.refresh_from_db()
    assert asked.status == "requested"
    assert login(cast.zhanna).post(address, given).status_code == 303


def test_a_second_accountant_is_told_it_is_done(login, cast, asked, later):
    zhanna, given = login(cast.zhanna), {"version": asked.version}
    address = reverse("invoice_issue", args=[asked.pk])
    assert zhanna.post(address, given).status_code == 303
    later()
    assert zhanna.post(address, given).status_code == 409


def test_a_day_that_is_none_is_told(login, cast, asked):
    given = {"version": asked.version, "due_on": "завтра"}
    answer = login(cast.zhanna).post(reverse("invoice_issue", args=[asked.pk]), given)
    assert answer.status_code == 422
    assert "завтра" in answer.text


def test_sending_needs_a_channel_and_is_noted(login, cast, asked):
    zhanna = login(cast.zhanna)
    zhanna.post(reverse("invoice_issue", args=[asked.pk]), {"version": asked.version})
    asked.refresh_from_db()
    anna, address = login(cast.anna), reverse("invoice_sending", args=[asked.pk])
    assert anna.post(address, {"version": asked.version}).status_code == 422
    given = {"version": asked.version, "channel": "mail"}
    assert anna.post(address, given).status_code == 303
    asked.refresh_from_db()
    assert asked.status == "sent"


def test_a_request_is_cancelled_with_a_reason(login, cast, asked):
    anna, address = login(cast.anna), reverse("invoice_cancellation", args=[asked.pk])
    assert anna.post(address, {"version": asked.version}).status_code == 422
    given = {"version": asked.version, "reason": "changed"}
    assert anna.post(address, given).status_code == 303
    asked.refresh_from_db()
    assert asked.status == "cancelled"


def test_the_pages_ask_few_questions(login, cast, asked, django_assert_max_num_queries):
    zhanna = login(cast.zhanna)
    addresses = {"invoice_requests": REQUESTS, "invoice": reverse("invoice", args=[asked.pk])}
    for name, address in addresses.items():
        zhanna.get(address)
        with django_assert_max_num_queries(BUDGETS[name]):
            zhanna.get(address)


def test_sending_is_by_mail_at_first_and_leads_back(login, cast, asked):
    zhanna = login(cast.zhanna)
    zhanna.post(reverse("invoice_issue", args=[asked.pk]), {"version": asked.version})
    asked.refresh_from_db()
    anna, address = login(cast.anna), reverse("invoice_sending", args=[asked.pk])
    answer = anna.get(address, {"next": "/clients/"}, follow=True)
    assert '<option value="mail" selected>' in answer.text
    assert '<input type="hidden" name="next" value="/clients/">' in answer.text
    given = {"version": asked.version, "channel": "mail", "next": "/clients/"}
    assert anna.post(address, given)["Location"] == "/clients/"


def test_an_invoice_is_sent_by_what_carries_a_paper_and_names_its_rate(login, cast, line, asked):
    given = {"version": asked.version, "issued_on": "2026-03-11"}
    login(cast.zhanna).post(reverse("invoice_issue", args=[asked.pk]), given)
    text = login(cast.anna).get(reverse("invoice", args=[asked.pk])).text
    assert "22&nbsp;%" in text
    assert 'value="mail"' in text
    assert 'value="call"' not in text


def test_a_client_without_a_service_leads_to_where_one_is_added_and_back(login, cast):
    client = make_client("Пастбище", status="lead", am=cast.anna)
    address = reverse("invoice_new", args=[client.pk])
    way = f"{reverse('client_line_new', args=[client.pk])}?{urlencode({'next': address})}"
    assert f'href="{way}"' in login(cast.anna).get(address).text
    form = login(cast.anna).get(way).text
    assert f'name="next" value="{address}"' in form
