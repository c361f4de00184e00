"""From an empty base to an invoice the client has, by the pages alone, as README says it."""

import re

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from pult.clients.models import Client, ServiceLine
from pult.console.main import cli
from pult.kernel.jobs import work
from pult.money.models import Invoice
from pult.people.models import User

PASSWORD = "дверь-синица-42"
ENTITY = {
    "name": "ООО «Первый день»",
    "country": "RU",
    "inn": "7707083893",
    "kpp": "773601001",
    "address": "Тверь, Садовая, 1",
    "signatory": "Директор З. Ильин",
    "vat": "standard",
}
CLIENTS = (
    "Клиент;Юридическое лицо;ИНН;КПП;Аккаунт-менеджер;Услуга;Бюджет\n"
    "Ромашка;ООО «Ромашка»;7700000016;770001001;Анна Берёзова;Поиск;100000\n"
)


def come_in(address):
    """A browser of somebody who followed their invitation and chose a password."""
    browser, passwords = Browser(), {"password": PASSWORD, "again": PASSWORD}
    path = re.search(r"/invitation/\S+/", address).group()
    assert browser.post(path, passwords)["Location"] == "/"
    return browser


def invite(head, email, name, role):
    """A head hires somebody and sends the link; returns their browser."""
    said = {"email": email, "full_name": name, "roles": [role]}
    person = head.post(reverse("person_new"), said)["Location"]
    return come_in(head.post(f"{person}invitation/").context["page"].invitation)


@pytest.mark.django_db(transaction=True)
def test_an_empty_base_becomes_an_agency_that_sends_an_invoice():
    words = ["user", "invite", "vera@example.com", "--name", "Вера Громова", "--role", "head"]
    head = come_in(CliRunner().invoke(cli, words).output)
    manager = invite(head, "anna@example.com", "Анна Берёзова", "am")
    accountant = invite(head, "zhanna@example.com", "Жанна Зимина", "accountant")

    upload = SimpleUploadedFile("clients.csv", CLIENTS.encode())
    plan = head.post(reverse("imports"), {"file": upload, "kind": "clients"})["Location"]
    head.post(plan)
    work(once=True)
    client, line = Client.objects.get(), ServiceLine.objects.get()

    asked = {f"ad_{line.pk}": "100 000", "covers_from": "2026-04-01", "covers_to": "2026-04-30"}
    assert manager.post(reverse("invoice_new", args=[client.pk]), asked).status_code == 303
    invoice = Invoice.objects.get()

    page = reverse("invoice", args=[invoice.pk])
    assert reverse("agency") in accountant.get(page).text
    assert reverse("agency") in accountant.get(reverse("invoice_requests")).text
    too_early = accountant.post(f"{page}issue/", {"version": invoice.version})
    assert "Агентство" in too_early.text

    entity = accountant.post(reverse("agency_entity_new"), ENTITY)
    assert entity["Location"] == reverse("agency")
    own = accountant.get(entity["Location"]).context["page"].entities[0].item.row
    account = {"account": "40702810200000000001", "bik": "044525225", "bank": "Банк"}
    accountant.post(reverse("agency_account_new", args=[own.pk]), account)
    assert accountant.get(reverse("agency")).context["page"].entities[0].lacks == ()

    accountant.post(f"{page}issue/", {"version": invoice.version, "due_on": ""})
    invoice.refresh_from_db()
    assert (invoice.number, invoice.status, invoice.own_entity) == ("1", "issued", own)
    sent = {"version": invoice.version, "channel": "mail"}
    assert manager.post(f"{page}sending/", sent).status_code == 303
    invoice.refresh_from_db()
    assert invoice.status == "sent"
    assert invoice.requested_by == User.objects.get(email="anna@example.com")
