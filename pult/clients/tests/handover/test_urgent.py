"""Анна is gone: doors close, her clients are shared out, the head signs for her."""

import pytest
from django.contrib.sessions.models import Session

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import Place, share_out
from pult.clients.models import Handover, OutsideAccess
from pult.clients.tests.factories import make_client, make_user
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.models import Fact
from pult.people.models import RoleGrant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(rules, cast):
    return [make_client(name, am=cast.anna) for name in ("Лес", "Поле", "Ручей")]


def gone(cast, clients, reason="dismissal", **more):
    shares = {client.pk: cast.boris for client in clients}
    more = {"all_of": 3, **more}
    return acts.hand_over_urgently(
        by=cast.vera, giver=cast.anna, shares=shares, reason=reason, **more
    )


def test_one_act_moves_the_clients_and_closes_every_door(cast, clients, login):
    browser = login(cast.anna)
    assert Session.objects.count() == 1
    gone(cast, clients)
    assert {holder(client.pk, "am") for client in clients} == {cast.boris}
    assert browser.get("/").status_code == 302
    anna = User.objects.get(pk=cast.anna.pk)
    assert not anna.is_active
    assert not anna.has_usable_password()
    assert not RoleGrant.objects.filter(user=anna, until=None).exists()
    assert Fact.objects.filter(kind="doors_closed").count() == 1


def test_an_ill_person_keeps_their_post_but_not_their_sessions(cast, clients, login):
    browser = login(cast.anna)
    gone(cast, clients, reason="urgent")
    assert browser.get("/").status_code == 302
    anna = User.objects.get(pk=cast.anna.pk)
    assert anna.is_active
    assert RoleGrant.objects.filter(user=anna, until=None).exists()


def test_the_head_signs_for_whoever_left_and_items_are_found_out_later(cast, clients):
    gone(cast, clients)
    row = Handover.objects.get(client=clients[0])
    assert (row.state, row.giver_signed_by) == ("accepted", cast.vera)
    acts.fill_item(
        by=cast.boris, handover_id=row.pk, code="promises", version=0, text="Отчёт в пятницу"
    )
    acts.accept_items(by=cast.boris, handover_id=row.pk, codes=("promises",))
    assert row.items.get(code="promises").accepted_at


def test_what_changed_since_the_head_looked_stops_the_act(cast, clients):
    make_client("Новый", am=cast.anna)
    with pytest.raises(Conflict):
        gone(cast, clients)
    assert holder(clients[0].pk, "am") == cast.anna


def test_only_a_head_does_it(cast, clients):
    with pytest.raises(Refusal):
        acts.hand_over_urgently(
            by=cast.boris,
            giver=cast.anna,
            shares={clients[0].pk: cast.boris},
            reason="dismissal",
            all_of=3,
        )
    assert holder(clients[0].pk, "am") == cast.anna


def test_nothing_is_half_done_when_a_part_is_refused(cast, clients):
    with pytest.raises(Refusal):
        acts.hand_over_urgently(
            by=cast.vera,
            giver=cast.vera,
            shares={},
            reason="dismissal",
            all_of=0,
        )
    assert User.objects.get(pk=cast.vera.pk).is_active
    assert not Fact.objects.filter(kind="doors_closed").exists()


def test_clients_are_shared_by_load_within_the_limit():
    places = [Place(1, held=500), Place(2, held=300), Place(3, held=0, limit=100)]
    shared = share_out(dict.fromkeys([10, 11, 12, 13, 14], 100), places)
    assert shared == {10: 3, 11: 2, 12: 2, 13: 1, 14: 2}


def test_a_heavy_client_is_placed_first():
    places = [Place(1, held=0, limit=200), Place(2, held=100, limit=200)]
    assert share_out({10: 100, 11: 200}, places) == {11: 1, 10: 2}


def test_nobody_is_loaded_beyond_the_limit():
    assert share_out({10: 100, 11: 100}, [Place(1, held=400, limit=500)]) == {10: 1}
    assert share_out({10: 100}, []) == {}


def test_a_dismissed_person_leaves_no_client_behind(cast, clients):
    with pytest.raises(BadInput):
        gone(cast, clients[:2])
    assert User.objects.get(pk=cast.anna.pk).is_active


def test_accesses_are_noted_without_passwords_and_closed(cast, clients):
    row = acts.note_access(
        by=cast.anna, user=cast.anna, name="Кабинет рекламы «Леса»", level="owner"
    )
    with pytest.raises(BadInput):
        acts.note_access(by=cast.anna, user=cast.anna, name=" ", level="owner")
    with pytest.raises(Refusal):
        acts.note_access(by=cast.boris, user=cast.anna, name="Почта", level="view")
    with pytest.raises(Refusal):
        acts.close_access(by=cast.boris, access_id=row.pk)
    acts.close_access(by=cast.vera, access_id=row.pk)
    acts.close_access(by=cast.vera, access_id=row.pk)
    assert OutsideAccess.objects.get().closed_by == cast.vera
    assert Fact.objects.filter(kind="access.closed").count() == 1


def test_sixty_clients_are_one_act(rules, cast):
    many = [make_client(f"Клиент {number}", am=cast.anna) for number in range(60)]
    second = make_user("Галина", "am")
    shares = {client.pk: (cast.boris, second)[n % 2] for n, client in enumerate(many)}
    acts.hand_over_urgently(
        by=cast.vera, giver=cast.anna, shares=shares, reason="dismissal", all_of=60
    )
    assert Handover.objects.filter(state="accepted").count() == 60
    assert Fact.objects.filter(kind="client.assigned").count() == 60


def test_calling_off_the_last_unsigned_one_moves_those_signed_by_both(cast, clients):
    forest, field, _brook = clients
    acts.start_between(
        by=cast.vera,
        giver=cast.anna,
        shares={forest.pk: cast.boris, field.pk: cast.boris},
        reason="load",
    )
    now = clock.now()
    rows = Handover.objects.filter(client=forest)
    rows.update(giver_signed_at=now, receiver_signed_at=now, offered_at=now)
    acts.hand_over_urgently(
        by=cast.vera, giver=cast.anna, shares={field.pk: cast.boris}, reason="urgent", all_of=3
    )
    assert holder(forest.pk, "am") == cast.boris
    assert rows.get().state == "accepted"
