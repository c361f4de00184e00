"""Reminders of payments begin when the client has the invoice."""

from datetime import date

import pytest

from pult.clients.tests.factories import make_own_entity
from pult.kernel.models import Fact
from pult.money.actions.invoices import Wanted, issue_invoice, request_invoice, send_invoice

pytestmark = pytest.mark.django_db


def test_the_days_of_reminding_begin_when_the_client_has_the_invoice(anna, zhanna, line, freeze):
    freeze("2026-03-11 12:00")
    make_own_entity()
    wanted = [Wanted(line_id=line.pk, amount=100_00)]
    invoice = request_invoice(by=anna, client_id=line.client_id, lines=wanted)
    said = {"invoice_id": invoice.pk, "version": invoice.version}
    invoice = issue_invoice(by=zhanna, **said, due_on=date(2026, 3, 16))
    assert not Fact.objects.filter(kind="invoice.due").exists()
    freeze("2026-03-18 12:00")
    said = {"invoice_id": invoice.pk, "version": invoice.version}
    invoice = send_invoice(by=anna, **said, channel="mail")
    assert invoice.due_on == date(2026, 3, 23)  # five days from the sending, as from the issue
    assert Fact.objects.get(kind="invoice.due").day == invoice.due_on
