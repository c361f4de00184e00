"""The main job: a statement dropped, a payment settled by keys, and the day of its manager."""

from datetime import timedelta

import pytest

from pult.clients.tests.factories import make_entity, make_own_entity
from pult.integrations.bank_1c.tests.test_reader import DOCUMENT, HEAD, SECTION, TAIL, file
from pult.money.actions.invoices import Wanted, issue_invoice, request_invoice, send_invoice
from pult.money.models import BankDocument
from pult.people.queries import business_day
from pult.web.pages.my_day.tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def invoice(cast):
    """An invoice of Анна's client, three days overdue."""
    world = build(cast)
    make_own_entity()
    make_entity(world.forest, "7700000016")
    wanted = [Wanted(line_id=world.line.pk, amount=122_000_50)]
    row = request_invoice(by=cast.anna, client_id=world.forest.pk, lines=wanted)
    late = business_day() - timedelta(days=3)
    row = issue_invoice(
        by=cast.zhanna, invoice_id=row.pk, version=row.version, issued_on=late, due_on=late
    )
    return send_invoice(by=cast.anna, invoice_id=row.pk, version=row.version, channel="mail")


@pytest.fixture
def statement(tmp_path):
    path = tmp_path / "kl_to_1c.txt"
    path.write_bytes(file(HEAD, SECTION, DOCUMENT, TAIL))
    return str(path)


def day_of(desk, person):
    page = desk(person)
    page.goto("/")
    return page.locator("#agenda").inner_text()


def test_a_statement_is_taken_in_settled_by_keys_and_the_day_changes(
    desk, cast, invoice, statement
):
    asks = "Напомнить об оплате"
    assert asks in day_of(desk, cast.anna)
    page = desk(cast.zhanna)
    page.goto("/imports/")
    page.set_input_files("input[type=file]", statement)
    page.keyboard.press("e")
    page.wait_for_url("**/imports/bank/**")
    page.keyboard.press("e")
    page.wait_for_url("**/imports/statements/**")
    assert BankDocument.objects.get().match == "unsettled"

    page.goto("/money/settlement/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/money/settlement/*/")
    page.fill(f"[name=share_{invoice.pk}]", "122 000,50")
    page.get_by_role("button", name="Разнести и дальше").click()
    page.get_by_text("Разнесено.").wait_for()
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.paid_state) == (122_000_50, "full")
    assert asks not in day_of(desk, cast.anna)

    page.locator(".toast form button").first.click()
    page.get_by_text("документ снова ждёт").wait_for()
    invoice.refresh_from_db()
    assert invoice.paid == 0
    assert asks in day_of(desk, cast.anna)
