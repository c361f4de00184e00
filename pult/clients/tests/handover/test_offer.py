"""An offer that is refused says everything that is lacking, who brings it and where."""

from types import SimpleNamespace

import pytest

from pult.clients import providers
from pult.clients.actions import handover as acts
from pult.clients.models import BankAccount, Contact, Handover, HandoverPaper, LegalEntity
from pult.clients.queries.handover import handover_card, handovers_waiting
from pult.clients.queries.handover.readiness import standing_of
from pult.kernel.errors import Refusal
from pult.kernel.roles import Role

pytestmark = pytest.mark.django_db


def refused(sale, row, by=None):
    with pytest.raises(Refusal) as refusal:
        acts.offer_handover(by=by or sale.cast.gleb, handover_id=row.pk)
    return refusal.value


def ways(refusal):
    return [way.page for way in refusal.ways]


def bill(monkeypatch, *bills):
    monkeypatch.setattr(providers, "_bills", [lambda client_id: bills])


def returned(sale, about="plan"):
    row = sale.offered()
    sale.freeze("2026-03-02 13:00")
    return acts.send_back(by=sale.cast.anna, handover_id=row.pk, remarks=[(about, "Нет расчёта")])


def test_all_gaps_are_told_at_once_each_with_its_clause(sale):
    sale.money[0] = (0, 0)
    row = sale.start()
    BankAccount.objects.all().delete()
    told = refused(sale, row)
    assert told.clause == "2.2"
    for clause in ("2.2", "2.3", "2.4", "2.8.4", "2.13"):
        assert f"({clause})" in told.cure
    assert ways(told) == ["invoice_new", "handover", "handover", "client_account_new"]
    assert told.who == ""


def test_a_link_of_the_brief_and_a_paper_of_one_name_are_told_apart(sale):
    row = sale.start()
    cure = refused(sale, row).cure
    assert "Ссылка на итоговое предложение (2.8.6)" in cure
    assert "Согласованное предложение (2.4)" in cure


def test_an_invoice_that_is_not_paid_is_named_with_its_sum(sale, monkeypatch):
    sale.money[0] = (100_000_00, 0)
    bill(monkeypatch, providers.Bill(82, "82", 100_000_00, 0))
    told = refused(sale, sale.ready())
    assert "82" in told.cure
    assert "100\u00a0000" in told.cure
    assert ways(told) == ["invoice"]
    assert told.who == str(Role.HEAD.label)


def test_the_head_accepts_a_part_from_the_refusal(sale, monkeypatch):
    sale.money[0] = (100_000_00, 40_000_00)
    bill(monkeypatch, providers.Bill(82, "82", 100_000_00, 40_000_00))
    row = sale.ready()
    assert refused(sale, row).who == str(Role.HEAD.label)
    told = refused(sale, row, by=sale.cast.vera)
    assert told.who == ""
    assert [way.place for way in told.ways if way.page == "handover"] == ["part", "lift"]


def test_an_invoice_only_asked_for_waits_for_the_accountant(sale, monkeypatch):
    sale.money[0] = (0, 0)
    bill(monkeypatch, providers.Bill(82, "", 100_000_00, 0))
    told = refused(sale, sale.ready())
    assert told.who == "Бухгалтер"
    assert ways(told) == ["invoice"]


@pytest.mark.parametrize(
    ("gone", "page"),
    [(LegalEntity, "client_entity_new"), (BankAccount, "client_account_new")],
)
def test_requisites_lead_to_the_form_and_name_the_seller(sale, gone, page):
    row = sale.ready()
    gone.objects.all().delete()
    assert ways(refused(sale, row)) == [page]
    assert refused(sale, row, by=sale.cast.vera).who == str(sale.cast.gleb)


def test_a_lacking_contact_leads_to_its_form(sale):
    row = sale.ready()
    Contact.objects.update(left=True)
    assert ways(refused(sale, row)) == ["client_person_new"]


def test_pults_own_invoice_is_the_paper(sale, monkeypatch):
    row = sale.ready()
    paper = HandoverPaper.objects.get(kind="invoice")
    acts.remove_paper(by=sale.cast.gleb, paper_id=paper.pk)
    assert refused(sale, row).clause == "2.3"
    bill(monkeypatch, providers.Bill(82, "82", 100_00, 100_00))
    card = handover_card(sale.cast.gleb, row.pk)
    kept = next(one for one in card.papers if one.code == "invoice").kept
    assert [(way.page, way.ids) for way in kept] == [("invoice", (82,))]
    assert acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk).state == "offered"


def test_an_invoice_nobody_issued_is_no_paper(sale, monkeypatch):
    row = sale.start()
    bill(monkeypatch, providers.Bill(82, "", 100_00, 0))
    assert "invoice" in standing_of(row).ready.lacking["signed"]


def test_what_came_back_is_not_offered_again_as_it_was(sale):
    row = returned(sale)
    told = refused(sale, row)
    assert told.clause == "2.4"
    assert "Нет расчёта" in str(told)
    assert [(way.page, way.place) for way in told.ways] == [("handover", "points")]
    assert Handover.objects.get().state == "returned"


@pytest.mark.parametrize("how", ["answer", "paper", "cleared"])
def test_what_is_mended_or_answered_is_offered_again(sale, how):
    row = returned(sale)
    point, gleb = row.points.get(), sale.cast.gleb
    sale.freeze("2026-03-02 14:00")
    if how == "answer":
        acts.answer_point(by=gleb, point_id=point.pk, answer="Расчёт на листе 2")
    elif how == "paper":
        new = SimpleNamespace(kind="plan", name="plan-2.pdf", content=b"plan 2")
        acts.add_paper(by=gleb, handover_id=row.pk, **vars(new))
    else:
        acts.resolve_point(by=sale.cast.anna, point_id=point.pk)
    assert acts.offer_handover(by=gleb, handover_id=row.pk).state == "offered"


def test_a_changed_field_of_the_brief_mends_its_remark(sale):
    row = returned(sale, about="folder")
    sale.freeze("2026-03-02 14:00")
    gleb = sale.cast.gleb
    acts.edit_brief(by=gleb, handover_id=row.pk, version=row.version, folder="files/new")
    assert acts.offer_handover(by=gleb, handover_id=row.pk).state == "offered"


def test_a_handover_that_came_back_waits_for_the_seller(sale):
    row = sale.offered()
    assert [one.id for one in handovers_waiting(sale.cast.anna)] == [row.pk]
    assert handovers_waiting(sale.cast.gleb) == ()
    acts.send_back(by=sale.cast.anna, handover_id=row.pk, remarks=[("plan", "Нет расчёта")])
    assert [one.state for one in handovers_waiting(sale.cast.gleb)] == ["returned"]
    assert handovers_waiting(sale.cast.anna) == ()


def test_the_manager_reads_the_brief_and_asks(sale):
    row = sale.offered()
    with pytest.raises(Refusal):
        acts.edit_brief(by=sale.cast.anna, handover_id=row.pk, version=row.version, goals="Иное")
    card = handover_card(sale.cast.anna, row.pk)
    assert "edit" not in card.acts
    assert "point" in card.acts
