import pytest

from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.models import Fact
from pult.people.actions import add_team, close_team, end_role, grant_role, hire, rename_team
from pult.people.logic import Post, reports, tone_of
from pult.people.queries import all_teams, structure

pytestmark = pytest.mark.django_db


def by_code():
    return {one.code: one for one in structure().departments}


def test_a_department_shows_its_teams_and_whoever_is_in_none(cast):
    accounts = by_code()["accounts"]
    (team,) = accounts.teams
    assert [leader.name for leader in team.leaders] == ["Вера Громова"]
    assert [name for _id, name in team.people] == ["Анна Берёзова"]
    assert [name for _id, name in accounts.people] == ["Борис Ветров"]
    assert team.leaders[0].reports == 2
    assert [leader.name for leader in by_code()["context"].leaders] == ["Егор Жаров"]
    assert "Захар Ильин" in [leader.name for leader in by_code()[""].leaders]


def test_the_leader_of_a_team_answers_to_the_department_s():
    posts = [Post(1, 0, 7, True), Post(2, 5, 7, True), Post(3, 5, 7, False), Post(4, 0, 7, False)]
    assert reports(posts) == {1: (2, 4), 2: (3,)}


def test_a_team_without_a_leader_answers_to_the_department_s():
    assert reports([Post(1, 0, 7, True), Post(3, 5, 7, False)]) == {1: (3,)}


@pytest.mark.parametrize(("count", "tone"), [(5, "plain"), (6, "soon"), (7, "soon"), (8, "breach")])
def test_five_lead_without_a_word_and_seven_at_most(count, tone):
    assert tone_of(count) == tone


def crowd(cast, count):
    for number in range(count):
        hire(
            email=f"am{number}@agency.example",
            full_name=f"Новый {number}",
            roles=["am"],
            team=cast.team,
            department=cast.anna.department,
            by=None,
        )


def test_an_eighth_is_led_by_a_director_s_word_alone(cast):
    crowd(cast, 5)  # with Анна and Борис Вера leads seven
    newcomer = hire(email="ira@agency.example", full_name="Ира", by=cast.vera)
    with pytest.raises(Refusal, match="8"):
        grant_role(user=newcomer, role="am", team=cast.team, by=cast.vera)
    grant_role(user=newcomer, role="am", team=cast.team, by=cast.zakhar)
    (team,) = by_code()["accounts"].teams
    assert (team.leaders[0].reports, team.leaders[0].tone) == (8, "breach")
    assert structure().overstretched == 1


def test_somebody_of_the_team_already_is_nobody_more(cast):
    crowd(cast, 5)
    grant_role(user=cast.anna, role="sales", team=cast.team, by=cast.vera)


def test_a_team_is_formed_renamed_and_closed(cast):
    team = add_team(name=" Вторая  группа ", department=cast.anna.department, by=cast.vera)
    assert team.name == "Вторая группа"
    rename_team(team=team, name="Запад", was="Вторая группа", by=cast.vera)
    with pytest.raises(Conflict):
        rename_team(team=team, name="Восток", was="Вторая группа", by=cast.zakhar)
    close_team(team=team, by=cast.vera)
    assert [one.name for one in all_teams()] == ["Первая группа"]
    told = Fact.objects.filter(kind="team_changed").order_by("pk").values_list("state", flat=True)
    assert list(told) == ["formed", "renamed", "closed"]


def test_a_team_with_people_is_not_closed(cast):
    with pytest.raises(Refusal, match="Анна"):
        close_team(team=cast.team, by=cast.vera)
    for grant in cast.team.grants.all():
        end_role(grant=grant, by=cast.zakhar)
    with pytest.raises(Refusal):  # today is still their last day
        close_team(team=cast.team, by=cast.vera)


@pytest.mark.parametrize("name", ["", "  ", "первая ГРУППА", "я" * 81])
def test_a_name_that_is_none_or_taken_is_refused(cast, name):
    with pytest.raises(BadInput) as bad:
        add_team(name=name, department=cast.anna.department, by=cast.vera)
    assert bad.value.field == "name"


def test_a_manager_forms_no_team(cast):
    with pytest.raises(Refusal):
        add_team(name="Своя", department=cast.anna.department, by=cast.anna)
