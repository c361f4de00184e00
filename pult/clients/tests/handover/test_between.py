"""Анна's clients go to Борис: told item by item, signed by both, moved at once."""

from datetime import date

import pytest

from pult.clients import providers
from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.actions import release
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Assignment, Handover, HandoverBatch
from pult.clients.queries.handover import breaches_of, handover_card
from pult.clients.queries.handover.between import missing_of
from pult.clients.tests.factories import (
    make_client,
    make_contact,
    make_contract,
    make_line,
    make_user,
)
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.facts import record
from pult.kernel.models import Fact
from pult.people.actions import set_client_limit
from pult.regulation import sweep
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
ASKED = ("payment", "traits", "documents", "reporting", "grievances", "goals", "promises")


@pytest.fixture
def forest(rules, cast):
    """Анна's client of whom Pult knows product, tools, budgets and periods."""
    client = make_client("Лес", am=cast.anna, about="Садовая мебель")
    make_line(client)
    make_contract(client)
    return client


def begin(cast, *clients, receiver=None, **more):
    shares = {client.pk: receiver or cast.boris for client in clients}
    return acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load", **more)


def tell_all(cast, row):
    for code in missing_of(row):
        acts.fill_item(by=cast.anna, handover_id=row.pk, code=code, version=0, is_none=True)


def signed(cast, row):
    tell_all(cast, row)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    acts.accept_items(by=cast.boris, handover_id=row.pk)
    return acts.take_over(by=cast.boris, handover_id=row.pk)


def test_pult_knows_what_it_can_and_asks_for_the_rest(cast, forest):
    row = begin(cast, forest).handovers.get()
    assert missing_of(row) == ASKED
    card = handover_card(cast.anna, row.pk)
    known = {item.code: [line.text for line in item.known] for item in card.items}
    assert known["product"] == ["Садовая мебель"]
    assert "Контекст" in known["tools"][0]


def test_two_signatures_move_the_client(cast, forest):
    row = signed(cast, begin(cast, forest).handovers.get())
    assert row.state == "accepted"
    assert holder(forest.pk, "am") == cast.boris
    kinds = Fact.objects.filter(root_id=forest.pk).values_list("kind", flat=True)
    assert {"client.released", "client.assigned", "handover.take"} <= set(kinds)
    assert row.items.get(code="product").known == "Садовая мебель"


def test_none_is_an_answer_and_silence_is_not(cast, forest):
    row = begin(cast, forest).handovers.get()
    with pytest.raises(Refusal) as refusal:
        acts.sign_giving(by=cast.anna, handover_id=row.pk)
    assert refusal.value.clause == "2.1"
    with pytest.raises(BadInput):
        acts.fill_item(by=cast.anna, handover_id=row.pk, code="traits", version=0, text=" ")
    tell_all(cast, row)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)


def test_the_receiver_takes_every_item_first(cast, forest):
    row = begin(cast, forest).handovers.get()
    with pytest.raises(Refusal):
        acts.accept_items(by=cast.boris, handover_id=row.pk, codes=("payment",))
    tell_all(cast, row)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    codes = tuple(code for code in ITEMS if code != "tasks")
    acts.accept_items(by=cast.boris, handover_id=row.pk, codes=codes)
    with pytest.raises(Refusal) as refusal:
        acts.take_over(by=cast.boris, handover_id=row.pk)
    assert "задачи" in str(refusal.value).lower() or "tasks" in str(refusal.value)
    assert holder(forest.pk, "am") == cast.anna


def test_gate_2_1_refuses_a_signature_over_silence(cast, forest):
    row = begin(cast, forest).handovers.get()
    Handover.objects.update(state="offered")
    with pytest.raises(Refusal) as refusal:
        acts.take_over(by=cast.boris, handover_id=row.pk)
    assert refusal.value.clause == "2.1"


def test_what_is_told_anew_is_signed_anew(cast, forest):
    row = begin(cast, forest).handovers.get()
    tell_all(cast, row)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    acts.accept_items(by=cast.boris, handover_id=row.pk)
    acts.fill_item(
        by=cast.anna, handover_id=row.pk, code="grievances", version=1, text="Ждал отчёт неделю"
    )
    row.refresh_from_db()
    assert row.giver_signed_at is None
    assert row.items.get(code="grievances").accepted_at is None


def test_two_people_at_one_item_are_told_what_the_other_wrote(cast, forest):
    row = begin(cast, forest).handovers.get()
    told = {"handover_id": row.pk, "code": "promises", "version": 0}
    acts.fill_item(by=cast.anna, text="Скидка в мае", **told)
    with pytest.raises(Conflict) as conflict:
        acts.fill_item(by=cast.vera, text="Обещаний нет", **told)
    assert "Скидка в мае" in str(conflict.value)
    assert row.items.get().text == "Скидка в мае"


def test_a_batch_moves_when_the_last_signature_stands(cast, forest):
    brook = make_client("Ручей", am=cast.anna)
    batch = begin(cast, forest, brook)
    first, second = batch.handovers.order_by("pk")
    signed(cast, first)
    assert holder(forest.pk, "am") == cast.anna
    signed(cast, second)
    assert holder(forest.pk, "am") == holder(brook.pk, "am") == cast.boris
    assert HandoverBatch.objects.get().posted_at


def test_a_client_taken_out_of_a_batch_lets_the_rest_move(cast, forest):
    brook = make_client("Ручей", am=cast.anna)
    first, second = begin(cast, forest, brook).handovers.order_by("pk")
    signed(cast, first)
    acts.cancel_between(by=cast.vera, handover_id=second.pk)
    assert holder(forest.pk, "am") == cast.boris
    assert holder(brook.pk, "am") == cast.anna


def test_a_batch_with_a_lost_client_moves_nobody(cast, forest):
    brook = make_client("Ручей", am=cast.anna)
    first, second = begin(cast, forest, brook).handovers.order_by("pk")
    signed(cast, first)
    release(by=cast.vera, client_id=brook.pk, user=cast.anna, role="am")
    with pytest.raises(Refusal) as refusal:
        signed(cast, second)
    assert "Ручей" in str(refusal.value)
    assert holder(forest.pk, "am") == cast.anna


def test_only_the_head_begins_and_cancels(cast, forest):
    shares = {forest.pk: cast.boris}
    for person in (cast.anna, cast.boris, cast.egor):
        with pytest.raises(Refusal):
            acts.start_between(by=person, giver=cast.anna, shares=shares, reason="load")
    row = begin(cast, forest).handovers.get()
    with pytest.raises(Refusal):
        acts.cancel_between(by=cast.anna, handover_id=row.pk)


@pytest.mark.parametrize("case", ["nobody", "herself", "no manager", "reason"])
def test_a_wrong_batch_is_refused_in_words(cast, forest, case):
    shares, reason = {forest.pk: cast.boris}, "load"
    if case == "nobody":
        shares = {}
    elif case == "herself":
        shares = {forest.pk: cast.anna}
    elif case == "no manager":
        shares = {forest.pk: cast.darya}
    else:
        reason = "because"
    with pytest.raises(BadInput):
        acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason=reason)
    assert not Handover.objects.exists()


def test_a_client_somebody_else_holds_is_not_handed_over(cast, forest):
    other = make_client("Чужой", am=cast.boris)
    with pytest.raises(Refusal):
        begin(cast, other)


def test_the_giver_signs_for_herself_and_the_receiver_for_himself(cast, forest):
    row = begin(cast, forest).handovers.get()
    tell_all(cast, row)
    with pytest.raises(Refusal):
        acts.sign_giving(by=cast.boris, handover_id=row.pk)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    acts.accept_items(by=cast.boris, handover_id=row.pk)
    with pytest.raises(Refusal):
        acts.take_over(by=cast.anna, handover_id=row.pk)
    with pytest.raises(NotVisible):
        acts.take_over(by=cast.darya, handover_id=row.pk)


def test_work_of_other_domains_moves_with_the_client(cast, forest, monkeypatch):
    moved = []
    monkeypatch.setattr(providers, "_moves", [lambda by, changes: moved.append((by, changes))])
    signed(cast, begin(cast, forest).handovers.get())
    change = providers.Change(cast.anna.pk, cast.boris.pk)
    assert moved == [(cast.boris, {forest.pk: change})]


def states(clause):
    found = Obligation.objects.filter(clause=clause).values_list("state", flat=True)
    return [State(one).name.lower() for one in found]


def test_the_clause_of_three_days_plays(cast, forest, freeze):
    row = begin(cast, forest).handovers.get()
    assert states("2.0") == ["open"]
    freeze("2026-03-06 12:00")
    tick(sweep=sweep.sweep)
    assert states("2.0") == ["overdue"]
    signed(cast, row)
    assert states("2.0") == ["late"]


def test_open_obligations_wait_out_the_grace_and_missed_ones_stay_the_givers(cast, forest, freeze):
    root = {"root_id": forest.pk, "refs": {"client": forest.pk}}
    record("client.status", by=None, state="client", **root)
    record("contact.logged", by=None, state="two_way", **root)
    freeze("2026-03-12 12:00")
    tick(sweep=sweep.sweep)
    late = Obligation.objects.get(clause="12.3")
    assert late.state == State.OVERDUE
    signed(cast, begin(cast, forest).handovers.get())
    late.refresh_from_db()
    assert late.state == State.OVERDUE
    assert "12.3" in [one.clause for one in breaches_of(cast.anna.pk)]
    assert "12.3" not in [one.clause for one in breaches_of(cast.boris.pk)]
    waived = set(Obligation.objects.filter(state=State.WAIVED).values_list("clause", flat=True))
    assert "9.1" in waived
    assert HandoverBatch.objects.get().grace_until == date(2026, 3, 19)


def test_the_client_is_told_and_that_is_noted_once(cast, forest):
    make_contact(forest)
    row = signed(cast, begin(cast, forest).handovers.get())
    assert "Борис" in handover_card(cast.boris, row.pk).letter
    acts.note_told(by=cast.boris, handover_id=row.pk)
    acts.note_told(by=cast.boris, handover_id=row.pk)
    assert Fact.objects.filter(kind="handover.told").count() == 1


def test_the_past_of_a_client_stays_as_it_was(cast, forest):
    signed(cast, begin(cast, forest).handovers.get())
    held = Assignment.objects.filter(client=forest).order_by("since")
    assert [one.user for one in held] == [cast.anna, cast.boris]
    assert held[0].until == held[1].since


def test_traits_are_shown_to_the_department_alone(cast, forest):
    row = begin(cast, forest).handovers.get()
    text = "Любит цифры"
    acts.fill_item(by=cast.anna, handover_id=row.pk, code="traits", version=0, text=text)
    told = str(list(Fact.objects.values_list("payload", flat=True)))
    assert text not in told


def test_every_receiver_beyond_the_limit_is_told_of_at_once(cast, forest):
    brook, roman = make_client("Ручей", am=cast.anna), make_user("Роман Сухов", "am")
    for person in (cast.boris, roman):
        set_client_limit(clients=0, user=person, by=cast.vera)
    shares = {forest.pk: cast.boris, brook.pk: roman}
    with pytest.raises(Refusal) as refusal:
        acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load")
    assert cast.boris.full_name in refusal.value.cure
    assert roman.full_name in refusal.value.cure
    told = {"reason": "load", "limit_reason": "На неделю"}
    assert acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, **told).pk
