"""What a payment left is put on a later invoice from the client's money tab."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_line
from pult.money.models import Payment
from pult.money.queries.payments import client_advance
from pult.money.tests.factories import make_invoice
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(cast, freeze):
    freeze("2026-03-11 10:00")
    client = make_client(am=cast.anna)
    make_line(client)
    return Payment.objects.create(client=client, amount=1_300_00, received_on=business_day())


def test_the_accountant_puts_an_advance_on_an_invoice(login, cast, payment):
    client, zhanna = payment.client, login(cast.zhanna)
    invoice = make_invoice(client, "15", (client.lines.get(), 1_000_00))
    address = reverse("client_advance", args=[client.pk, payment.pk])
    tab = reverse("client_money", args=[client.pk])
    assert address in zhanna.get(tab).text
    assert 'value="1000"' in zhanna.get(address).text
    too_much = {"invoice": invoice.pk, "amount": "1 200"}
    assert zhanna.post(address, too_much).status_code in (409, 422)
    assert zhanna.post(address, {"invoice": invoice.pk, "amount": "1 000"})["Location"] == tab
    invoice.refresh_from_db()
    assert (invoice.paid_state, client_advance(client.pk)) == ("full", 300_00)
    assert address not in login(cast.anna).get(tab).text


def test_a_payment_of_another_client_is_not_found(login, cast, payment):
    other = make_client("Василёк")
    address = reverse("client_advance", args=[other.pk, payment.pk])
    assert login(cast.zhanna).get(address).status_code == 404


def test_without_an_invoice_the_form_says_so(login, cast, payment):
    address = reverse("client_advance", args=[payment.client_id, payment.pk])
    assert "ждёт денег" in login(cast.zhanna).get(address).text
