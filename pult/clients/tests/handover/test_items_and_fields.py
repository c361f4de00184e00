"""Each of the twelve items of 2.1 and of the eight fields of 2.8, one by one."""

import pytest
from django.db import IntegrityError, transaction

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Client, Contact, Handover
from pult.clients.queries.handover import handover_card
from pult.clients.queries.handover.between import missing_of
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.errors import Refusal
from pult.kernel.facts import kinds
from pult.regulation.language.pack import load_pack
from pult.regulation.pack_path import default_pack

pytestmark = pytest.mark.django_db
TOLD = {code: clause for code, clause in ITEMS.items() if clause != "2.1"}
# Pult itself always has an answer to these two.
GATHERED = {"tasks": "2.1.11", "access": "2.1.12"}
ASKED = {code: clause for code, clause in TOLD.items() if code not in GATHERED}
REQUIRED = {
    "2.8.4": ("folder", "Адрес папки клиента"),
    "2.8.5": ("sold", "Что продано и с какими бюджетами"),
    "2.8.6": ("proposal", "Ссылка на итоговое предложение"),
    "2.8.8": ("contacts", "С кем говорим о проекте"),
}


def begun(cast, client):
    batch = acts.start_between(
        by=cast.vera, giver=cast.anna, shares={client.pk: cast.boris}, reason="load"
    )
    return batch.handovers.get()


def tell(cast, row, *codes):
    for code in codes:
        acts.fill_item(by=cast.anna, handover_id=row.pk, code=code, version=0, is_none=True)


def item(user, row, code):
    return next(one for one in handover_card(user, row.pk).items if one.code == code)


@pytest.mark.parametrize(("code", "clause"), ASKED.items(), ids=ASKED.values())
def test_one_item_nobody_told_of_is_named_and_stops_the_giver(rules, cast, code, clause):
    row = begun(cast, make_client("Лес", am=cast.anna))
    tell(cast, row, *(one for one in missing_of(row) if one != code))
    shown = item(cast.anna, row, code)
    assert (shown.clause, shown.is_filled) == (clause, False)
    with pytest.raises(Refusal) as refusal:
        acts.sign_giving(by=cast.anna, handover_id=row.pk)
    assert refusal.value.clause == clause
    assert shown.label in str(refusal.value)
    tell(cast, row, code)
    assert acts.sign_giving(by=cast.anna, handover_id=row.pk).state == "offered"


@pytest.mark.parametrize(("code", "clause"), TOLD.items(), ids=TOLD.values())
def test_one_item_nobody_took_is_named_and_stops_the_taker(rules, cast, code, clause):
    client = make_client("Лес", am=cast.anna)
    row = begun(cast, client)
    tell(cast, row, *missing_of(row))
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    others = tuple(one for one in ITEMS if one != code)
    acts.accept_items(by=cast.boris, handover_id=row.pk, codes=others)
    with pytest.raises(Refusal) as refusal:
        acts.take_over(by=cast.boris, handover_id=row.pk)
    assert item(cast.boris, row, code).label in str(refusal.value)
    assert holder(client.pk, "am") == cast.anna
    acts.accept_items(by=cast.boris, handover_id=row.pk, codes=(code,))
    acts.take_over(by=cast.boris, handover_id=row.pk)
    assert holder(client.pk, "am") == cast.boris


@pytest.mark.parametrize(("code", "clause"), GATHERED.items(), ids=GATHERED.values())
def test_what_pult_gathers_itself_is_never_lacking(rules, cast, code, clause):
    row = begun(cast, make_client("Лес", am=cast.anna))
    shown = item(cast.boris, row, code)
    assert (shown.clause, shown.is_filled, code in missing_of(row)) == (clause, True, False)


def test_tools_budgets_and_periods_are_read_off_the_lines(rules, cast):
    client = make_client("Лес", am=cast.anna)
    make_line(client)
    row = begun(cast, client)
    assert not {"tools", "budgets", "periods"} & set(missing_of(row))
    assert all(item(cast.boris, row, code).known for code in ("tools", "budgets", "periods"))


@pytest.mark.parametrize(("clause", "told"), REQUIRED.items(), ids=REQUIRED)
def test_one_empty_field_of_the_brief_is_named_and_stops_the_offer(sale, clause, told):
    code, label = told
    row = sale.ready()
    if code == "contacts":
        Contact.objects.update(left=True)
    else:
        acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=row.version, **{code: ""})
    with pytest.raises(Refusal) as refusal:
        acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)
    assert refusal.value.clause == "2.6"
    assert f"{label} ({clause})" in str(refusal.value)


def field(user, row, clause):
    return next(one for one in handover_card(user, row.pk).fields if one.clause == clause)


def test_the_brief_names_whoever_sold(sale):
    row = sale.start()
    shown = field(sale.cast.anna, row, "2.8.1")
    assert (shown.value, shown.is_own) == (sale.cast.gleb.full_name, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(giver=None)


def test_the_brief_names_the_company_of_the_card(sale):
    row = sale.start()
    Client.objects.update(name="Ромашка и сыновья")
    shown = field(sale.cast.gleb, row, "2.8.2")
    assert (shown.value, shown.is_own) == ("Ромашка и сыновья", False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.update(name="")


def test_the_day_of_the_handover_is_written_by_the_handover(sale):
    row = sale.ready()
    assert field(sale.cast.gleb, row, "2.8.3").value == ""
    acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)
    assert field(sale.cast.gleb, row, "2.8.3").value == "02.03.2026"
    row.refresh_from_db()
    sale.freeze("2026-03-03 12:00")
    acts.accept_handover(
        by=sale.cast.anna,
        handover_id=row.pk,
        version=row.version,
        checked_papers=True,
        checked_tools=True,
    )
    assert field(sale.cast.anna, row, "2.8.3").value == "03.03.2026"


@pytest.mark.parametrize("clause", ["2.8.1", "2.8.2", "2.8.3", "2.8.7"])
def test_what_pult_writes_itself_nobody_types(sale, clause):
    row = sale.start()
    shown = field(sale.cast.gleb, row, clause)
    with pytest.raises(TypeError):
        acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=1, **{shown.code: "Иное"})
    assert load_pack(default_pack(), kinds()).card(clause).kind == "invariant"
