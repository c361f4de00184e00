"""What pages read of money: empty at first, right later, few queries always."""

from datetime import date

import pytest

from pult.clients.tests.factories import make_client, make_entity, make_line, make_user
from pult.kernel import clock
from pult.kernel.money import without_vat
from pult.money import queries
from pult.money.actions.settlement import settle
from pult.money.actions.top_ups import top_up
from pult.money.models import BankDocument, LineForecast
from pult.money.portfolio import funding_periods
from pult.money.queries import Stretch
from pult.money.tests.factories import Document, arrive, make_invoice, share

pytestmark = pytest.mark.django_db


def test_a_new_client_has_a_money_tab_without_money(freeze):
    freeze("2026-03-10 12:00")
    anna = make_user("Анна", "am")
    client = make_client(am=anna)
    make_line(client)
    tab = queries.client_money(anna, client.pk)
    assert [line.asks for line in tab.lines] == ["invoice"]
    assert (tab.total, tab.advance, tab.debt) == (0, 0, 0)


def test_every_list_is_empty_on_an_empty_base(freeze):
    freeze("2026-12-15 12:00")
    zhanna = make_user("Жанна", "accountant")
    assert queries.settlement_queue(zhanna).rows == ()
    assert queries.statement_files(zhanna) == ()
    assert queries.spend_files(zhanna) == ()
    assert queries.untied_campaigns(zhanna) == ()
    assert queries.invoice_requests(zhanna) == ()
    assert queries.find_invoices(zhanna, "15") == ()
    assert queries.clients_in_state("ended") == []
    assert queries.forecast_coverage().inside_share is None
    assert queries.before_break(zhanna).inside == Stretch()


def test_a_line_topped_up_invoice_by_invoice_has_nothing_left(freeze):
    freeze("2026-03-10 12:00")
    zhanna, client = make_user("Жанна", "accountant"), make_client()
    make_entity(client, "7707083893")
    line = make_line(client)
    for number in ("15", "16"):
        make_invoice(client, number, (line, 100_01))
        arrive(zhanna, Document(number=number, amount=100_01), sha=number)  # and is matched
        top_up(by=zhanna, line_id=line.pk, amount=without_vat(100_01, 22), on=date(2026, 3, 10))
    assert queries.line_balances([line.pk])[line.pk].with_agency == 0


def test_a_part_of_an_invoice_begins_no_period_that_would_ask_for_one_more(freeze):
    freeze("2026-03-10 12:00")
    zhanna, client = make_user("Жанна", "accountant"), make_client()
    make_entity(client, "7707083893")
    line = make_line(client)
    first = make_invoice(client, "15", (line, 100_00))
    arrive(zhanna, Document(amount=100_00, purpose="По счету 15"), sha="first")
    period = funding_periods([line.pk])
    second = make_invoice(client, "16", (line, 1_000_00))
    (part,) = arrive(zhanna, Document(amount=400_00, number="2", purpose="По счету 16"), sha="part")
    settle(by=zhanna, document_id=part, shares=[share(second, 400_00)])
    first.refresh_from_db()
    assert (first.paid_state, funding_periods([line.pk])) == ("full", period)
    (rest,) = arrive(zhanna, Document(amount=600_00, number="3", purpose="По счету 16"), sha="rest")
    assert BankDocument.objects.get(pk=rest).match == "matched"
    assert funding_periods([line.pk]) != period


def test_a_client_that_owes_is_found_whatever_else_is_worse(freeze):
    freeze("2026-03-10 12:00")
    client = make_client()
    line = make_line(client)
    make_invoice(client, "15", (line, 100_00), due_on=date(2026, 3, 2))
    LineForecast.objects.create(
        line=line, as_of=date(2026, 3, 9), made_at=clock.now(), balance=-5, band=[], current=True
    )
    assert queries.money_states([client.pk])[client.pk].code == "ended"
    assert list(queries.clients_in_state("debt")) == [client.pk]
