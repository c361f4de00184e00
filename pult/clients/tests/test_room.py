import pytest

from pult.clients.actions import assign, create_client, set_status, set_weight
from pult.clients.models import Assignment, OverLimit
from pult.clients.queries.load import load_of, loads, weighed_clients
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import set_client_limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast):
    """Борис may hold one client and holds one; nobody conducts the other."""
    make_client("Лес", am=cast.boris)
    set_client_limit(clients=1, user=cast.boris, by=cast.vera)
    return make_client("Поле")


def test_a_client_beyond_the_limit_is_refused_and_stays_where_it_was(cast, full):
    with pytest.raises(Refusal, match="2") as refused:
        assign(by=cast.vera, client_id=full.pk, user=cast.boris, role="am")
    assert "Борис" in str(refused.value)
    assert not Assignment.objects.filter(client=full).exists()


def test_the_head_signs_why_beyond_the_limit_and_the_history_tells_of_it(cast, full):
    assign(
        by=cast.vera, client_id=full.pk, user=cast.boris, role="am", over_limit="Соседние отрасли"
    )
    signed = OverLimit.objects.get()
    assert (signed.user, signed.load, signed.limit) == (cast.boris, 200, 100)
    fact = Fact.objects.get(kind="client.over_limit")
    assert fact.payload == {"user": cast.boris.pk, "load": 200, "limit": 100}
    assert "Соседние" not in str(fact.payload)


def test_a_reason_of_blanks_is_none(cast, full):
    with pytest.raises(Refusal):
        assign(by=cast.vera, client_id=full.pk, user=cast.boris, role="am", over_limit=" \n ")


def test_a_manager_does_not_sign_for_themself(cast, full):
    with pytest.raises(Refusal):
        create_client(by=cast.boris, name="Луг", over_limit="Очень хочу")
    assert not OverLimit.objects.exists()


def test_without_a_limit_nobody_is_refused(cast):
    client = make_client("Лес")
    assert load_of(cast.boris).limit is None
    assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am")
    assert load_of(cast.boris).percent is None


def test_a_person_s_own_limit_wins_over_everybody_s_and_is_given_back(cast):
    set_client_limit(clients=5, by=cast.vera)
    set_client_limit(clients=8, user=cast.anna, by=cast.vera)
    limits = {one.name: one.limit for one in loads()}
    assert limits == {"Анна Берёзова": 800, "Борис Ветров": 500}
    set_client_limit(clients=None, user=cast.anna, by=cast.vera)
    assert load_of(cast.anna).limit == 500


def test_a_limit_of_a_later_day_waits_for_it(cast, freeze):
    freeze("2026-03-10 12:00")
    from datetime import date

    set_client_limit(clients=3, by=cast.vera, since=date(2026, 4, 1))
    assert load_of(cast.anna).limit is None
    freeze("2026-04-01 12:00")
    assert load_of(cast.anna).limit == 300


def test_a_client_is_weighed_and_an_ended_one_weighs_nothing(cast, full):
    held = weighed_clients(cast.boris)[0]
    set_weight(by=cast.vera, client_id=held.id, hundredths=50)
    set_weight(by=cast.vera, client_id=full.pk, hundredths=50)
    assign(by=cast.vera, client_id=full.pk, user=cast.boris, role="am")
    assert load_of(cast.boris).held == 100
    full.refresh_from_db()
    end = {"status": "ended", "reason_code": "budget"}
    set_status(by=cast.vera, client_id=full.pk, version=full.version, **end)
    assert (load_of(cast.boris).held, load_of(cast.boris).clients) == (50, 1)
    assert Fact.objects.filter(kind="client.weighed").count() == 2


def test_giving_a_client_to_its_own_manager_again_is_no_second_one(cast, full):
    held = weighed_clients(cast.boris)[0]
    assign(by=cast.vera, client_id=held.id, user=cast.boris, role="am")


@pytest.mark.parametrize("hundredths", [-1, 1001])
def test_a_weight_out_of_this_world_is_refused(cast, full, hundredths):
    with pytest.raises(BadInput):
        set_weight(by=cast.vera, client_id=full.pk, hundredths=hundredths)


def test_heads_and_directors_alone_set_limits_and_weigh(cast, full):
    for act in (
        lambda: set_client_limit(clients=9, by=cast.anna),
        lambda: set_weight(by=cast.anna, client_id=full.pk, hundredths=50),
    ):
        with pytest.raises(Refusal):
            act()
    set_client_limit(clients=9, by=cast.zakhar)


@pytest.mark.parametrize("clients", [-1, 1000, None])
def test_a_limit_that_is_no_number_of_clients_is_refused(cast, clients):
    with pytest.raises(BadInput) as bad:
        set_client_limit(clients=clients, by=cast.vera)
    assert bad.value.field == "clients"


def test_whoever_manages_no_clients_has_no_limit(cast):
    with pytest.raises(BadInput):
        set_client_limit(clients=3, user=cast.zhanna, by=cast.vera)
