"""2.2 and 2.1.12 with the domains behind them: the bank's money, the tasks of a client."""

from datetime import date

import pytest

from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import MAY_BE_NONE, PAPERS
from pult.clients.models import BankAccount
from pult.clients.providers import Change
from pult.clients.tests.factories import (
    make_assignment,
    make_client,
    make_contact,
    make_entity,
    make_line,
)
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting
from pult.money.actions.settlement import settle
from pult.money.actions.statements import import_statement
from pult.money.booking import Share
from pult.money.models import BankDocument
from pult.money.tests.factories import Document, Parsed, make_invoice
from pult.work.handing import handed_items, move_work
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db
BRIEF = {"folder": "files/r", "sold": "Контекст", "proposal": "https://files.example/p"}


def prepared(scene, client):
    entity = make_entity(client, inn="7707083893")
    BankAccount.objects.create(entity=entity, account="40702810100000000002", bik="044525225")
    make_contact(client)
    make_assignment(client, scene.cast.gleb, "sales")
    gleb = scene.cast.gleb
    row = acts.start_handover(by=gleb, client_id=client.pk, receiver=scene.cast.anna)
    acts.edit_brief(by=gleb, handover_id=row.pk, version=1, **BRIEF)
    for kind in PAPERS:
        content = None if kind in MAY_BE_NONE else b"%PDF-1"
        acts.add_paper(by=gleb, handover_id=row.pk, kind=kind, name="f.pdf", content=content)
    return row


def bring(scene, invoice, amount, number):
    document = Document(amount=amount, number=number)
    import_statement(by=scene.cast.zhanna, statement=Parsed([document]), name="s", sha256=number)
    row = BankDocument.objects.latest("pk")
    if not row.payments.exists():  # Pult did not find the invoice by itself
        share = Share(invoice_id=invoice.pk, amount=row.amount)
        settle(by=scene.cast.zhanna, document_id=row.pk, shares=[share])


def test_a_project_is_offered_when_the_bank_has_brought_the_money(scene, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = make_client("Лес", status="lead")
    line = make_line(client, status="planned")
    invoice = make_invoice(client, "15", (line, 100_00), issued_on=date(2026, 3, 2))
    row = prepared(scene, client)
    for amount, number in ((40_00, "1"), (60_00, "2")):
        with pytest.raises(Refusal) as refusal:
            acts.offer_handover(by=scene.cast.gleb, handover_id=row.pk)
        assert refusal.value.clause == "2.2"
        bring(scene, invoice, amount, number)
    assert acts.offer_handover(by=scene.cast.gleb, handover_id=row.pk).state == "offered"


def test_tasks_and_projects_of_the_manager_move_with_the_client(scene):
    anna, boris = scene.cast.anna, scene.cast.boris
    own = make_task(scene.client, anna, title="Позвонить")
    Task.objects.filter(pk=own.pk).update(assignee=anna)
    asked = make_task(scene.client, anna, title="Баннеры")
    told = handed_items([scene.client.pk])[scene.client.pk]["tasks"]
    assert {line.id for line in told} == {own.pk, asked.pk}
    with acting(scene.client.pk):
        move_work(scene.cast.vera, {scene.client.pk: Change(anna.pk, boris.pk)})
    own.refresh_from_db()
    asked.refresh_from_db()
    assert own.assignee == boris
    assert (asked.assignee, asked.author) == (None, anna)
