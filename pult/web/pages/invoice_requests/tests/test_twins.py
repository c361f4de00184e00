"""Invoices of one number, given before the second was refused, are listed with the cure."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_line, make_own_entity
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.money.actions.paper import tell
from pult.money.tests.factories import make_invoice
from pult.web.pages.client.telling import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(cast, freeze):
    """`given(number, ordinal)` → an invoice as an older Pult kept it."""
    freeze("2026-03-11 10:00")
    line, own = make_line(make_client(am=cast.anna)), make_own_entity()

    def make(number, ordinal, **fields):
        fields = {"own_entity": own, "ordinal": ordinal, **fields}
        return make_invoice(line.client, number, (line, 1_000_00), **fields)

    return make


def listed(person):
    page = person.get(reverse("invoice_requests")).context["page"]
    return [[twin.number for twin in group] for group in page.twins]


def test_twins_of_a_number_are_listed_for_the_accountant_alone(login, cast, given):
    zhanna = login(cast.zhanna)
    assert listed(zhanna) == []
    given("82", 82)
    given("82", 82, own_entity=make_own_entity("ООО «Новый пульт»"))
    given("82", 82, issued_on=date(2025, 3, 2))
    given("90", 90)
    given("А-7", None)
    given("0090", 90, status="cancelled")
    assert listed(zhanna) == []
    for number, ordinal in (("082", 82), ("№ 90", None), ("a-7", None)):
        given(number, ordinal)
    assert sorted(map(sorted, listed(zhanna))) == [["082", "82"], ["90", "№ 90"], ["a-7", "А-7"]]
    assert "Исправьте один из номеров" in zhanna.get(reverse("invoice_requests")).text
    assert listed(login(cast.vera)) == []


def test_a_number_is_corrected_and_its_twin_is_alone(login, cast, given):
    given("82", 82)
    twin, zhanna = given("082", 82), login(cast.zhanna)
    address = reverse("invoice_number", args=[twin.pk])
    assert address in zhanna.get(reverse("invoice", args=[twin.pk])).text
    assert zhanna.post(address, {"version": twin.version, "number": "№ 82"}).status_code == 422
    assert zhanna.post(address, {"version": twin.version}).status_code == 303
    assert "следующий выставленный получит 84" in zhanna.get(reverse("invoice_requests")).text
    twin.refresh_from_db()
    assert (twin.number, twin.ordinal) == ("83", 83)
    assert Fact.objects.get(kind="invoice.renumbered").payload["before"] == "082"
    assert listed(zhanna) == []
    page = zhanna.get(reverse("invoice", args=[twin.pk])).text
    assert "У клиента на бумаге № 082" in page
    assert f"Счёт № {twin.number}" in zhanna.get(reverse("search"), {"q": "счёт 82"}).text
    sending, twice = reverse("invoice_sending", args=[twin.pk]), {"channel": "mail"}
    assert zhanna.post(sending, twice | {"version": twin.version}).status_code == 303
    assert "У клиента на бумаге" not in zhanna.get(reverse("invoice", args=[twin.pk])).text
    stale = zhanna.post(address, {"version": 1, "number": "90"})
    assert stale.status_code == 409


def test_the_history_keeps_the_number_each_act_was_told_with(login, cast, given, freeze):
    invoice, zhanna = given("82", 82), login(cast.zhanna)
    tell("invoice.issued", invoice, cast.zhanna, Role.ACCOUNTANT)
    for minute, number in enumerate(("190", "84"), 1):
        freeze(f"2026-03-11 10:0{minute}")
        form = {"version": minute, "number": number}
        assert zhanna.post(reverse("invoice_number", args=[invoice.pk]), form).status_code == 303
    freeze("2026-03-11 10:05")
    tell("invoice.paid", invoice, cast.zhanna, Role.ACCOUNTANT, state="full")
    told = [moment.detail for moment in history(cast.anna, invoice.client_id).moments]
    assert told == ["№ 84", "№ 190 → № 84", "№ 82 → № 190", "№ 82"]


def test_what_is_not_issued_has_no_number_to_correct(login, cast, given):
    asked = given("", None, status="requested")
    address = reverse("invoice_number", args=[asked.pk])
    assert login(cast.zhanna).post(address, {"version": 1, "number": "5"}).status_code == 409
