"""A tax number of another client, a double card: named where they may be, chosen, not typed."""

import re

import pytest
from django.urls import reverse

from pult.clients.actions import create_client
from pult.clients.models import Client, LegalEntity
from pult.clients.tests import factories as make
from pult.money.models import Invoice, InvoiceLine

INN = "7707083893"


@pytest.fixture
def forest(cast):
    return make.make_client("Лесная мебель", am=cast.anna)


def _enter(person, forest, **more):
    typed = {"name": "ООО «Лес»", "country": "RU", "inn": INN, "kpp": "", **more}
    return person.post(reverse("client_entity_new", args=[forest.pk]), typed)


def test_a_tax_number_of_another_client_is_saved_only_after_a_tick(login, cast, forest):
    make.make_entity(make.make_client("Лесной двор", am=cast.anna), inn=INN, kpp="")
    anna = login(cast.anna)
    refused = _enter(anna, forest)
    assert refused.status_code == 422
    assert "Лесной двор" in refused.text
    assert not LegalEntity.objects.filter(client=forest).exists()
    assert _enter(anna, forest, another="on").status_code == 303
    row = LegalEntity.objects.get(client=forest)
    kept = {"version": 1, "name": "ООО «Лес»", "country": "RU", "inn": INN, "address": "Москва"}
    edited = anna.post(reverse("client_entity", args=[forest.pk, row.pk]), kept)
    assert edited.status_code == 303


def test_a_client_of_a_colleague_is_told_of_without_its_name(login, cast, forest):
    make.make_entity(make.make_client("Лесной двор", am=cast.boris), inn=INN, kpp="")
    refused = _enter(login(cast.anna), forest)
    assert refused.status_code == 422
    assert "Лесной двор" not in refused.text
    assert "есть у другого менеджера" in refused.text


def test_a_double_is_chosen_among_cards_that_look_the_same(login, cast, forest):
    twin = make.make_client("Лес", am=cast.boris)
    make.make_client("Поле", am=cast.boris)
    for one in (forest, twin):
        make.make_entity(one, inn=INN)
    vera, address = login(cast.vera), reverse("client_merge", args=[forest.pk])
    choices = vera.get(address).context["page"].form.fields["card"].choices
    assert [code for code, _words in choices] == [str(twin.pk)]
    assert vera.post(address, {}).status_code == 422
    assert vera.post(address, {"card": str(twin.pk)}).status_code == 303
    assert Client.objects.get(pk=twin.pk).merged_into_id == forest.pk


def test_a_card_is_found_by_a_part_of_its_name_and_never_merged_by_it(login, cast, forest):
    found = create_client(by=cast.vera, name="Сыроварня Пастбище")
    vera, address = login(cast.vera), reverse("client_merge", args=[forest.pk])
    asked = vera.post(address, {"other": "пастбище"})
    assert asked.status_code == 422
    choices = asked.context["page"].form.fields["card"].choices
    assert [code for code, _words in choices] == [str(found.pk)]
    assert vera.post(address, {"other": "пастбище", "card": str(found.pk)}).status_code == 303


def test_a_card_with_work_leads_to_the_merge_that_works(login, cast, forest):
    busy = create_client(by=cast.vera, name="Кофейня Зерно")
    make.make_line(busy)
    vera, address = login(cast.vera), reverse("client_merge", args=[forest.pk])
    refused = vera.post(address, {"other": "Кофейня Зерно"})
    assert refused.status_code == 409
    (href,) = re.findall(rf'href="(/clients/{busy.pk}/card/merge/[^"]*)"', refused.text)
    there = vera.get(href.replace("&amp;", "&")).context["page"].form
    assert there.initial["card"] == str(forest.pk)
    assert vera.post(reverse("client_merge", args=[busy.pk]), there.initial).status_code == 303
    assert Client.objects.get(pk=forest.pk).merged_into_id == busy.pk


def test_a_manager_finds_their_own_gaps_first(login, cast, forest):
    make.make_client("Поле", am=cast.boris)
    cast.anna.roles = frozenset({"am"})
    shown = login(cast.anna).get(reverse("client_gaps")).context["page"]
    assert shown.am == str(cast.anna.pk)
    assert login(cast.anna).get(reverse("client_gaps"), {"am": ""}).context["page"].am == ""
    assert login(cast.vera).get(reverse("client_gaps")).context["page"].am == ""


def test_no_form_of_a_client_offers_a_row_of_dashes(login, cast, forest):
    line = make.make_line(forest)
    person = make.make_contact(forest)
    anna = login(cast.anna)
    for name, row in (("client_person", person), ("client_line_edit", line)):
        text = anna.get(reverse(name, args=[forest.pk, row.pk])).text
        assert "---------" not in text


def test_an_invoice_names_a_line_once(login, cast, forest):
    line = make.make_line(forest, "Директ")
    invoice = Invoice.objects.create(client=forest, total=2, number="7", status="sent")
    for purpose in ("ad", "fee"):
        InvoiceLine.objects.create(invoice=invoice, line=line, purpose=purpose, amount=1)
    page = login(cast.anna).get(reverse("client_money", args=[forest.pk])).context["page"]
    assert [view.names for view in page.invoices] == [("Директ",)]
