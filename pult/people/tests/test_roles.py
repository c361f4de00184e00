from datetime import date

import pytest

from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import end_role, grant_role, hire, part_with, set_profile
from pult.people.models import Department, Team, User
from pult.people.queries import acting_role, people, roles_of, team_of, who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_team(cast):
    return Team.objects.create(name="Вторая группа", department=cast.anna.department)


def test_a_role_is_held_from_its_first_day_to_its_last(cast):
    grant = grant_role(
        user=cast.anna,
        role="sales",
        since=date(2026, 3, 2),
        until=date(2026, 3, 6),
        by=cast.zakhar,
    )
    held = {day: "sales" in roles_of(cast.anna, date(2026, 3, day)) for day in (1, 2, 6, 7)}
    assert held == {1: False, 2: True, 6: True, 7: False}
    fact = Fact.objects.get(kind="role_granted", actor=cast.zakhar)
    assert fact.refs == {"person": cast.anna.pk, "grant": grant.pk}
    assert fact.role == "director"


def test_a_person_with_two_roles_acts_as_their_union(cast):
    grant_role(user=cast.vera, role="am", by=cast.zakhar)
    vera = User.objects.get(pk=cast.vera.pk)
    assert vera.roles == {"am", "head"}
    assert acting_role(vera, "head", "am") == "head"
    assert acting_role(vera, "accountant") == ""


def test_the_head_of_a_team_is_its_own_before_the_agencys(cast, other_team):
    everywhere = hire(email="ira@agency.example", full_name="Ира", roles=["head"], by=cast.zakhar)
    assert who_is("head", team=cast.team) == [cast.vera]
    assert who_is("head", team=other_team) == [everywhere]
    assert who_is("head") == [cast.vera, everywhere]


def test_a_team_is_the_one_of_the_newest_role(cast, other_team):
    grant_role(
        user=cast.anna, role="sales", team=other_team, since=date(2026, 3, 2), by=cast.zakhar
    )
    assert team_of(cast.anna, date(2026, 3, 1)) == cast.team
    assert team_of(cast.anna, date(2026, 3, 2)) == other_team
    assert team_of(cast.gleb) is None


def test_the_same_role_is_not_given_twice_for_the_same_days(cast):
    with pytest.raises(Refusal):
        grant_role(user=cast.anna, role="am", team=cast.team, by=cast.vera)
    grant = cast.anna.grants.get()
    end_role(grant=grant, until=date(2026, 1, 31), by=cast.vera)
    grant_role(user=cast.anna, role="am", team=cast.team, since=date(2026, 2, 1), by=cast.vera)
    assert cast.anna.grants.count() == 2


def test_only_a_director_appoints_a_head(cast):
    with pytest.raises(Refusal) as refused:
        grant_role(user=cast.anna, role="head", by=cast.vera)
    assert "Директор" in refused.value.who or "Director" in refused.value.who
    assert not Fact.objects.filter(kind="role_granted", actor=cast.vera).exists()


def test_an_account_manager_hires_nobody(cast):
    with pytest.raises(Refusal):
        hire(email="new@agency.example", full_name="Новый", by=cast.anna)
    assert not User.objects.filter(email="new@agency.example").exists()


@pytest.mark.parametrize("email", ["Anna@Agency.Example ", "not an address", ""])
def test_an_address_that_is_taken_or_broken_is_named_as_the_reason(cast, email):
    with pytest.raises(BadInput) as bad:
        hire(email=email, full_name="Другая Анна", by=cast.vera)
    assert bad.value.field == "email"


def test_a_person_who_left_holds_no_role_after_the_last_day(cast, freeze):
    freeze("2026-03-10 12:00")
    part_with(user=cast.boris, last_day=date(2026, 3, 13), by=cast.vera)
    assert roles_of(cast.boris, date(2026, 3, 13)) == {"am"}
    assert roles_of(cast.boris, date(2026, 3, 14)) == frozenset()
    assert cast.boris.is_active
    part_with(user=cast.anna, last_day=date(2026, 3, 10), by=cast.vera)
    assert not User.objects.get(pk=cast.anna.pk).is_active
    assert "Анна Берёзова" not in [row.name for row in people()]


def test_a_change_of_looks_is_nobodys_history_but_a_new_name_is(cast):
    set_profile(user=cast.anna, theme="dark", density="compact", by=cast.anna)
    assert not Fact.objects.filter(kind="person_changed").exists()
    set_profile(user=cast.anna, full_name="Анна Рябинина", by=cast.anna)
    fact = Fact.objects.get(kind="person_changed")
    assert fact.payload == {"changed": ["full_name"]}
    assert "Рябинина" not in str(fact.payload)


def test_an_unknown_theme_is_bad_input_and_nothing_is_written(cast):
    with pytest.raises(BadInput):
        set_profile(user=cast.anna, theme="neon", by=cast.anna)
    assert User.objects.get(pk=cast.anna.pk).theme == "auto"


def test_nobody_changes_a_colleagues_profile(cast):
    with pytest.raises(Refusal):
        set_profile(user=cast.anna, full_name="Ничья", by=cast.boris)


def test_the_list_of_people_costs_the_same_for_any_number(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        rows = people()
    anna = next(row for row in rows if row.id == cast.anna.pk)
    assert (anna.team, anna.roles, anna.is_away) == ("Первая группа", ("am",), False)
    assert anna.department == str(Department(code="accounts"))


def test_nobody_closes_or_strips_a_person_whose_role_they_could_not_give(cast, freeze):
    freeze("2026-03-10 12:00")
    hire(email="ira@agency.example", full_name="Ира", roles=["it"], by=cast.zakhar)
    with pytest.raises(Refusal):
        part_with(user=cast.zakhar, by=cast.vera)
    with pytest.raises(Refusal):
        end_role(grant=cast.zakhar.grants.get(), by=cast.vera)
    assert User.objects.get(pk=cast.zakhar.pk).is_active
    assert roles_of(cast.zakhar, date(2026, 3, 11)) == {"director"}


def test_the_last_director_or_it_stays(cast, freeze):
    freeze("2026-03-10 12:00")
    with pytest.raises(Refusal):
        end_role(grant=cast.zakhar.grants.get(), by=None)
    with pytest.raises(Refusal):
        part_with(user=cast.zakhar, by=None)
    ira = hire(email="ira@agency.example", full_name="Ира", roles=["it"], by=cast.zakhar)
    part_with(user=cast.zakhar, by=ira)
    assert not User.objects.get(pk=cast.zakhar.pk).is_active
    with pytest.raises(Refusal):
        part_with(user=ira, by=None)


def test_nobody_takes_their_own_last_power_or_closes_themself(cast, freeze):
    freeze("2026-03-10 12:00")
    ira = hire(email="ira@agency.example", full_name="Ира", roles=["it"], by=cast.zakhar)
    with pytest.raises(Refusal):
        end_role(grant=cast.zakhar.grants.get(), by=cast.zakhar)
    with pytest.raises(Refusal):
        part_with(user=cast.vera, by=cast.vera)
    end_role(grant=cast.zakhar.grants.get(), by=ira)
    assert cast.zakhar.grants.get().until == date(2026, 3, 10)


def test_nobody_gives_a_role_to_themself(cast):
    ira = hire(email="ira@agency.example", full_name="Ира", roles=["it"], by=cast.zakhar)
    for person, role in ((ira, "director"), (cast.vera, "sales"), (cast.zakhar, "head")):
        with pytest.raises(Refusal):
            grant_role(user=person, role=role, by=person)
        assert role not in roles_of(person)


def test_every_director_is_told_of_a_new_power(cast, mailoutbox):
    from pult.people.notices import mail_power
    from pult.people.powers import powers_given

    grant_role(user=cast.anna, role="head", by=cast.zakhar)
    grant_role(user=cast.boris, role="sales", by=cast.zakhar)
    told = powers_given(date(2020, 1, 1))
    assert [(one.name, one.role, one.by) for one in told if one.by] == [
        ("Анна Берёзова", "head", "Захар Ильин")
    ]
    for fact in Fact.objects.filter(kind="role_granted", actor=cast.zakhar):
        mail_power(fact)
    assert [letter.to for letter in mailoutbox] == [[cast.zakhar.email]]
