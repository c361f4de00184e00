"""The day to pay by is moved on the invoice's page, within its bounds."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_line
from pult.kernel.models import Fact
from pult.money.tests.factories import make_invoice

pytestmark = pytest.mark.django_db


def test_the_day_to_pay_by_is_moved_and_not_before_the_invoice(login, cast, freeze):
    freeze("2026-03-11 10:00")
    line = make_line(make_client(am=cast.anna))
    invoice = make_invoice(line.client, "15", (line, 1_000_00), due_on=date(2026, 3, 13))
    page, due = (reverse(name, args=[invoice.pk]) for name in ("invoice", "invoice_due"))
    zhanna = login(cast.zhanna)
    assert due in zhanna.get(page).text
    given = {"version": invoice.version, "due_on": "2026-03-20"}
    assert zhanna.post(due, {**given, "due_on": "1900-01-01"}).status_code == 422
    assert zhanna.post(due, given)["Location"] == page
    invoice.refresh_from_db()
    assert invoice.due_on == date(2026, 3, 20)
    told = Fact.objects.filter(kind="invoice.due").latest("pk")
    assert told.day == date(2026, 3, 20)
    assert due not in login(cast.anna).get(page).text
