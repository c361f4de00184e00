"""A sold client comes to the department: brief, papers, money, then the manager's word."""

import pytest

from pult.clients.access import client_for, holder
from pult.clients.actions import handover as acts
from pult.clients.models import BankAccount, Client, Contact, Handover, HandoverPaper
from pult.clients.tests.factories import make_assignment, make_client
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


def offer(sale, row):
    return acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)


def test_a_whole_handover_makes_the_client_the_managers(sale):
    row = sale.accepted()
    client = Client.objects.get(pk=sale.client.pk)
    assert (row.state, client.status) == ("accepted", "client")
    assert holder(client.pk, "am") == sale.cast.anna
    assert holder(client.pk, "sales") is None
    with pytest.raises(NotVisible):
        client_for(sale.cast.gleb, client.pk)
    said = Fact.objects.filter(kind="handover.state").order_by("pk").values_list("state", flat=True)
    assert list(said) == ["draft", "offered", "accepted"]


@pytest.mark.parametrize(
    ("field", "clause"), [("folder", "2.6"), ("sold", "2.6"), ("proposal", "2.6")]
)
def test_a_brief_with_an_empty_field_is_not_offered(sale, field, clause):
    row = sale.ready()
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=row.version, **{field: " "})
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == clause
    assert holder(sale.client.pk, "am") is None


def test_a_brief_without_a_person_to_talk_to_is_not_offered(sale):
    row = sale.ready()
    Contact.objects.update(left=True)
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == "2.6"


@pytest.mark.parametrize(("kind", "clause"), [("contract", "2.3"), ("plan", "2.4")])
def test_a_missing_paper_stops_the_offer(sale, kind, clause):
    row = sale.ready()
    paper = HandoverPaper.objects.get(kind=kind)
    acts.remove_paper(by=sale.cast.gleb, paper_id=paper.pk)
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == clause


def test_requisites_come_before_the_handover(sale):
    row = sale.ready()
    BankAccount.objects.all().delete()
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == "2.13"


@pytest.mark.parametrize("money", [(0, 0), (100_00, 0), (100_00, 99_99)])
def test_nothing_is_handed_over_before_the_whole_payment(sale, money):
    sale.money[0] = money
    row = sale.ready()
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == "2.2"


def test_the_head_alone_accepts_a_part_of_the_money_and_says_why(sale):
    sale.money[0] = (100_00, 50_00)
    row = sale.ready()
    with pytest.raises(Refusal):
        acts.allow_part(by=sale.cast.gleb, handover_id=row.pk, reason="Очень просят")
    with pytest.raises(BadInput):
        acts.allow_part(by=sale.cast.vera, handover_id=row.pk, reason=" ")
    acts.allow_part(by=sale.cast.vera, handover_id=row.pk, reason="Остаток придёт в пятницу")
    assert offer(sale, row).state == "offered"
    assert Fact.objects.get(kind="handover.part_allowed").value == 50_00


def test_without_any_money_the_head_cannot_accept_a_part(sale):
    sale.money[0] = (100_00, 0)
    row = sale.ready()
    with pytest.raises(Refusal) as refusal:
        acts.allow_part(by=sale.cast.vera, handover_id=row.pk, reason="Верим")
    assert refusal.value.clause == "2.2"


def test_there_may_be_no_appendices_but_never_no_contract(sale):
    row = sale.start()
    acts.add_paper(by=sale.cast.gleb, handover_id=row.pk, kind="appendix")
    with pytest.raises(BadInput):
        acts.add_paper(by=sale.cast.gleb, handover_id=row.pk, kind="contract")


def test_the_project_is_sent_back_item_by_item_with_clauses(sale):
    row = sale.offered()
    with pytest.raises(BadInput):
        acts.send_back(by=sale.cast.anna, handover_id=row.pk, remarks=[])
    remarks = [("contract", "Нет подписи"), ("folder", "Адрес не открывается")]
    row = acts.send_back(by=sale.cast.anna, handover_id=row.pk, remarks=remarks)
    assert row.state == "returned"
    assert Fact.objects.get(kind="handover.bounced").payload == {"clauses": ["2.3", "2.8.4"]}
    assert holder(sale.client.pk, "am") is None
    assert holder(sale.client.pk, "sales") == sale.cast.gleb


def test_what_is_missing_is_brought_before_the_project_is_taken(sale):
    row = sale.offered()
    row = acts.send_back(by=sale.cast.anna, handover_id=row.pk, remarks=[("plan", "Нет расчёта")])
    acts.answer_point(by=sale.cast.gleb, point_id=row.points.get().pk, answer="Приложил")
    row = offer(sale, row)
    accept = {"version": row.version, "checked_papers": True, "checked_tools": True}
    with pytest.raises(Refusal) as refusal:
        acts.accept_handover(by=sale.cast.anna, handover_id=row.pk, **accept)
    assert refusal.value.clause == "2.4"
    acts.resolve_point(by=sale.cast.anna, point_id=row.points.get().pk)
    row = acts.accept_handover(by=sale.cast.anna, handover_id=row.pk, **accept)
    assert row.state == "accepted"


@pytest.mark.parametrize("unsaid", ["checked_papers", "checked_tools"])
def test_nobody_takes_a_project_unchecked(sale, unsaid):
    row = sale.offered()
    said = {"version": row.version, "checked_papers": True, "checked_tools": True, unsaid: False}
    with pytest.raises(BadInput):
        acts.accept_handover(by=sale.cast.anna, handover_id=row.pk, **said)


def test_a_brief_changed_while_it_was_read_is_read_again(sale):
    row = sale.offered()
    seen = row.version
    changed = {"folder": "files/other"}
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=seen, **changed)
    with pytest.raises(Conflict) as conflict:
        acts.accept_handover(
            by=sale.cast.anna,
            handover_id=row.pk,
            version=seen,
            checked_papers=True,
            checked_tools=True,
        )
    assert "Глеб" in str(conflict.value)


def test_two_people_at_different_fields_lose_nothing(sale):
    row = sale.offered()
    seen = row.version
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=seen, folder="files/new")
    acts.edit_brief(by=sale.cast.vera, handover_id=row.pk, version=seen, wishes="Звонить утром")
    row.refresh_from_db()
    assert (row.folder, row.wishes) == ("files/new", "Звонить утром")


def test_two_people_at_one_field_are_told_what_the_other_wrote(sale):
    row = sale.offered()
    seen = row.version
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=seen, sold="Контекст и SEO")
    with pytest.raises(Conflict) as conflict:
        acts.edit_brief(by=sale.cast.vera, handover_id=row.pk, version=seen, sold="Контекст")
    assert "Контекст и SEO" in str(conflict.value)
    row.refresh_from_db()
    assert row.sold == "Контекст и SEO"


def test_an_old_value_of_the_brief_is_kept(sale):
    row = sale.ready()
    acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=row.version, folder="files/x")
    newest = row.changes.first()
    assert (newest.field, newest.old, newest.new) == ("folder", "files/romashka", "files/x")


def test_facts_of_a_handover_hold_no_words(sale):
    sale.accepted()
    told = " ".join(str(fact.payload) for fact in Fact.objects.filter(kind__startswith="handover"))
    assert "files/romashka" not in told
    assert "садовую" not in told


def test_the_seller_checks_that_the_manager_understood(sale):
    row = sale.accepted()
    with pytest.raises(BadInput):
        acts.check_understanding(by=sale.cast.gleb, handover_id=row.pk, understood=False)
    acts.check_understanding(
        by=sale.cast.gleb, handover_id=row.pk, understood=False, note="Спутал бюджеты"
    )
    assert row.points.get(resolved_at=None).text == "Спутал бюджеты"
    acts.check_understanding(by=sale.cast.gleb, handover_id=row.pk, understood=True)
    row.refresh_from_db()
    assert row.understood_at


def test_one_client_is_handed_over_once_at_a_time(sale):
    sale.start()
    with pytest.raises(Refusal):
        sale.start()


def test_a_client_with_a_manager_goes_to_nobody_else(sale):
    make_assignment(sale.client, sale.cast.boris)
    with pytest.raises(Refusal):
        sale.start()


def test_only_an_account_manager_takes_a_client(sale):
    with pytest.raises(BadInput):
        acts.start_handover(by=sale.cast.gleb, client_id=sale.client.pk, receiver=sale.cast.darya)


def test_strangers_neither_see_nor_touch_a_handover(sale):
    row = sale.offered()
    for person in (sale.cast.boris, sale.cast.darya, sale.cast.zhanna):
        with pytest.raises(NotVisible):
            acts.edit_brief(by=person, handover_id=row.pk, version=row.version, folder="x")
    with pytest.raises(Refusal):
        acts.start_handover(
            by=sale.cast.boris, client_id=make_client().pk, receiver=sale.cast.boris
        )


def test_the_seller_does_not_accept_for_the_manager(sale):
    row = sale.offered()
    with pytest.raises(Refusal):
        acts.accept_handover(
            by=sale.cast.gleb,
            handover_id=row.pk,
            version=row.version,
            checked_papers=True,
            checked_tools=True,
        )


def test_the_manager_does_not_offer_for_the_seller(sale):
    row = sale.ready()
    with pytest.raises(Refusal):
        acts.offer_handover(by=sale.cast.anna, handover_id=row.pk)


def test_a_cancelled_handover_leaves_the_client_with_sales(sale):
    row = sale.offered()
    acts.cancel_handover(by=sale.cast.gleb, handover_id=row.pk)
    assert holder(sale.client.pk, "sales") == sale.cast.gleb
    assert holder(sale.client.pk, "am") is None
    assert Handover.objects.get().state == "cancelled"
    assert sale.start().state == "draft"


def test_an_accepted_handover_is_not_accepted_again(sale):
    row = sale.accepted()
    with pytest.raises(Refusal):
        acts.accept_handover(
            by=sale.cast.anna,
            handover_id=row.pk,
            version=row.version,
            checked_papers=True,
            checked_tools=True,
        )
