import pytest
from django.urls import reverse

from pult.people.models import Team

pytestmark = pytest.mark.django_db


def test_departments_are_shown_with_their_teams_and_leaders(login, cast):
    text = login(cast.darya).get(reverse("structure")).content.decode()
    for words in ("Клиентский отдел", "Первая группа", "Вера Громова", "Контекстная реклама"):
        assert words in text
    assert "Создать команду" not in text


def test_a_team_is_formed_renamed_and_closed_on_the_page(login, cast, later):
    said = {"name": "Запад", "department": str(cast.anna.department_id)}
    assert login(cast.vera).post(reverse("team_new"), said).url == reverse("structure")
    team = Team.objects.get(name="Запад")
    login(cast.vera).post(reverse("team_name", args=[team.pk]), {"name": "Юг", "was": "Запад"})
    later()
    stale = login(cast.vera).post(
        reverse("team_name", args=[team.pk]), {"name": "Восток", "was": "Запад"}
    )
    assert stale.status_code == 409
    assert "Юг" in stale.content.decode()
    close = reverse("team_close", args=[team.pk])
    assert login(cast.vera).post(close).status_code == 303
    later()
    assert login(cast.vera).post(close).status_code == 404


def test_a_team_needs_a_department(login, cast):
    answer = login(cast.vera).post(reverse("team_new"), {"name": "Запад", "department": "x"})
    assert answer.status_code == 422


def test_a_team_with_people_says_who_is_in_it(login, cast):
    answer = login(cast.vera).post(reverse("team_close", args=[cast.team.pk]))
    assert answer.status_code == 409
    assert "Анна Берёзова" in answer.content.decode()
