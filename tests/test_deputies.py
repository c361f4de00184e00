"""A deputy does what the role may on the days agreed, and every act is told as done for whom."""

from datetime import date

import pytest

from pult.clients.actions import add_own_entity, assign, set_trusted
from pult.clients.actions.handover import hand_over_urgently
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import (
    end_deputy,
    end_role,
    grant_role,
    hire,
    name_deputy,
    part_with,
    set_absence,
    set_client_limit,
    set_duty,
)
from pult.people.models import RoleGrant, User
from pult.people.queries import at_work_for, structure, team_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 12)
FIRST, LAST = date(2026, 5, 11), date(2026, 5, 15)


def again(person):
    """The person as the next request finds them."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def lend(cast, freeze):
    freeze("2026-05-04 12:00")

    def agree(principal, deputy, role, since=FIRST, until=LAST, by=None):
        return name_deputy(
            principal=principal, deputy=deputy, role=role, since=since, until=until, by=by
        )

    return agree


def as_head(cast, by):
    client = make_client("Лес")
    assign(by=by, client_id=client.pk, user=cast.boris, role="am")
    return "client.assigned"


def trusting(cast, by):
    client = make_client("Лес", am=cast.anna)
    set_trusted(
        by=by, client_id=client.pk, reason_code="long_together", limit=10_000_00, until=LAST
    )
    return "client.trusted"


def limiting(cast, by):
    set_client_limit(clients=9, by=by)
    return "client_limit_set"


def appointing(cast, by):
    grant_role(user=cast.anna, role="head", until=LAST, by=by)
    return "role_granted"


def covering(cast, by):
    set_absence(user=cast.darya, category="leave", since=LAST, until=LAST, by=by)
    return "absence_noted"


def on_call(cast, by):
    set_duty(day=date(2026, 5, 16), user=cast.anna, by=by)
    return "duty_set"


def hiring(cast, by):
    hire(email="new@agency.example", full_name="Новый", by=by)
    return "person_hired"


def keeping_books(cast, by):
    add_own_entity(by=by, name="ООО «Камертон»", inn="7700000023")
    return "agency.entity"


SIGNED = [
    ("head", "vera", as_head),
    ("head", "vera", trusting),
    ("head", "vera", limiting),
    ("director", "zakhar", appointing),
    ("director", "zakhar", limiting),
    ("production_head", "egor", covering),
    ("production_director", "kira", on_call),
    ("accountant", "zhanna", keeping_books),
    ("it", "ivan", hiring),
]


@pytest.mark.parametrize(("role", "principal", "act"), SIGNED)
def test_each_act_is_open_to_a_deputy_on_the_days_and_told_as_done_for_the_principal(
    cast, lend, freeze, role, principal, act
):
    holder = getattr(cast, principal, None) or hire(
        email="other@agency.example", full_name="Кира Лисина", roles=[role], by=None
    )
    lend(holder, cast.gleb, role)
    for outside in ("2026-05-08 12:00", "2026-05-18 12:00"):
        freeze(outside)
        with pytest.raises(Refusal):
            act(cast, again(cast.gleb))
    freeze("2026-05-12 12:00")
    kind = act(cast, again(cast.gleb))
    fact = Fact.objects.filter(actor=cast.gleb).latest("pk")
    assert (fact.role, fact.refs["for"]) == (role, holder.pk), kind


def test_the_principal_signs_for_themself_all_the_while(cast, lend, freeze):
    lend(cast.vera, cast.gleb, "head")
    freeze("2026-05-12 12:00")
    limiting(cast, again(cast.vera))
    assert "for" not in Fact.objects.get(kind="client_limit_set").refs


def test_a_role_of_one_s_own_is_no_deputy_s(cast, lend, freeze):
    grant_role(user=cast.boris, role="head", by=cast.zakhar)
    lend(cast.vera, cast.boris, "head")
    freeze("2026-05-12 12:00")
    limiting(cast, again(cast.boris))
    assert "for" not in Fact.objects.get(kind="client_limit_set").refs


def test_powers_held_for_somebody_are_not_passed_on(cast, lend, freeze):
    lend(cast.zakhar, cast.vera, "director")
    freeze("2026-05-12 12:00")
    with pytest.raises(Refusal):
        lend(cast.zakhar, cast.gleb, "director", DAY, LAST, by=again(cast.vera))
    with pytest.raises(Refusal):
        lend(cast.egor, cast.egor, "production_head", DAY, LAST, by=again(cast.gleb))


def test_the_holder_names_a_deputy_and_nobody_names_themself(cast, lend):
    lend(cast.vera, cast.gleb, "head", by=cast.vera)
    with pytest.raises(Refusal):
        lend(cast.zakhar, cast.vera, "director", by=cast.vera)
    with pytest.raises(Refusal):
        lend(cast.vera, cast.boris, "head", by=cast.anna)
    lend(cast.zhanna, cast.anna, "accountant", by=cast.vera)


def test_a_deputy_of_a_team_s_head_leads_nobody_and_stays_in_their_own_team(cast, lend, freeze):
    lend(cast.vera, cast.boris, "head")
    freeze("2026-05-12 12:00")
    assert team_of(cast.boris) is None
    accounts = {one.code: one for one in structure().departments}["accounts"]
    assert [leader.name for leader in accounts.teams[0].leaders] == ["Вера Громова"]


def test_whoever_is_away_without_a_stand_in_is_covered_by_the_deputy(cast, lend, freeze):
    lend(cast.vera, cast.boris, "head")
    set_absence(user=cast.vera, category="leave", since=FIRST, until=LAST, by=None)
    assert at_work_for([cast.vera.pk], DAY) == {cast.vera.pk: cast.boris.pk}
    assert at_work_for([cast.vera.pk], date(2026, 5, 18)) == {}


def test_a_deputy_is_taken_back_at_once_and_called_off_before_the_first_day(cast, lend, freeze):
    grant = lend(cast.vera, cast.gleb, "head")
    freeze("2026-05-12 12:00")
    end_deputy(grant=grant, by=cast.vera, until=date(2026, 5, 11))
    with pytest.raises(Refusal):
        limiting(cast, again(cast.gleb))
    later = lend(cast.vera, cast.gleb, "head", date(2026, 6, 1), date(2026, 6, 5))
    end_deputy(grant=later, by=cast.gleb, until=DAY)
    with pytest.raises(Refusal):
        end_deputy(grant=later, by=cast.vera)
    assert not RoleGrant.objects.filter(pk=later.pk).exists()
    assert Fact.objects.filter(kind="deputy_ended").count() == 2


def test_a_deputy_ends_with_the_role_and_with_the_principal(cast, lend, freeze):
    lend(cast.vera, cast.gleb, "head")
    end_role(grant=cast.vera.grants.get(), by=cast.zakhar, until=DAY)
    assert RoleGrant.objects.get(acts_for=cast.vera).until == DAY
    lend(cast.zhanna, cast.gleb, "accountant")
    part_with(user=cast.zhanna, by=cast.zakhar, last_day=date(2026, 5, 8))
    assert not RoleGrant.objects.filter(acts_for=cast.zhanna).exists()


def test_the_last_director_is_not_replaced_by_a_deputy(cast, lend):
    lend(cast.zakhar, cast.vera, "director")
    with pytest.raises(Refusal):
        end_role(grant=cast.zakhar.grants.get(), by=None, until=date(2026, 5, 12))


@pytest.mark.parametrize(
    ("deputy", "role", "since", "until", "field"),
    [
        ("gleb", "head", LAST, FIRST, "until"),
        ("gleb", "head", FIRST, date(2027, 5, 11), "until"),
        ("gleb", "head", date(2026, 4, 1), date(2026, 4, 2), "until"),
        ("gleb", "am", FIRST, LAST, "role"),
        ("vera", "head", FIRST, LAST, "deputy"),
    ],
)
def test_impossible_deputies_name_the_field(cast, lend, deputy, role, since, until, field):
    with pytest.raises(BadInput) as bad:
        lend(cast.vera, getattr(cast, deputy), role, since, until)
    assert bad.value.field == field


def test_whoever_is_away_signs_for_nobody(cast, lend):
    set_absence(user=cast.gleb, category="leave", since=LAST, until=None, by=None)
    with pytest.raises(BadInput, match="Глеб"):
        lend(cast.vera, cast.gleb, "head")


def test_a_role_is_lent_on_the_days_it_is_held_and_to_one_at_a_time(cast, lend):
    with pytest.raises(Refusal, match="Анна"):
        lend(cast.anna, cast.gleb, "head")
    lend(cast.vera, cast.gleb, "head")
    with pytest.raises(Refusal):
        lend(cast.vera, cast.gleb, "head", LAST, LAST)


def test_clients_moved_by_a_deputy_are_moved_for_the_head(lend, cast, freeze):
    forest = make_client("Лес", am=cast.anna)
    lend(cast.vera, cast.egor, "head")
    freeze("2026-05-12 12:00")
    hand_over_urgently(
        by=again(cast.egor),
        giver=cast.anna,
        shares={forest.pk: cast.boris},
        reason="urgent",
        all_of=1,
    )
    moved = Fact.objects.filter(root_id=forest.pk, actor=cast.egor)
    assert {fact.kind for fact in moved} >= {"client.assigned", "handover.between"}
    assert {fact.refs.get("for") for fact in moved} == {cast.vera.pk}


def test_the_director_is_not_shut_out_by_an_urgent_handover_of_their_deputy(lend, cast, freeze):
    lend(cast.zakhar, cast.vera, "director")
    freeze("2026-05-12 12:00")
    with pytest.raises(Refusal):
        hand_over_urgently(
            by=again(cast.vera), giver=cast.zakhar, shares={}, reason="urgent", all_of=0
        )
    assert again(cast.zakhar).comes_in
