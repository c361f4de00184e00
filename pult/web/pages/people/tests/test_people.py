from datetime import date

import pytest
from django.urls import reverse

from pult.kernel.roles import Role
from pult.people.actions import grant_role, hire, part_with, set_absence
from pult.people.models import Absence, DutyPerson, RoleGrant, User
from pult.people.queries import colleagues

pytestmark = pytest.mark.django_db


def test_a_newcomer_is_added_and_gets_a_link_once(login, cast):
    said = {
        "full_name": "Ирина Клёнова",
        "email": "ira@agency.example",
        "roles": ["am"],
        "team": str(cast.team.pk),
        "since": "2026-03-10",
    }
    answer = login(cast.vera).post(reverse("person_new"), said)
    newcomer = User.objects.get(email="ira@agency.example")
    assert answer.url == reverse("person", args=[newcomer.pk])
    made = login(cast.vera).post(reverse("person_invitation", args=[newcomer.pk]))
    assert "/invitation/" in made.content.decode()
    assert "/invitation/" not in login(cast.vera).get(answer.url).context["page"].invitation


def test_nobody_takes_over_a_colleague_by_an_invitation(login, cast):
    cast.boris.set_password("тихий омут 47")
    cast.boris.save()
    address = reverse("person_invitation", args=[cast.boris.pk])
    assert login(cast.vera).post(address).status_code == 409
    director = hire(email="d@agency.example", full_name="Демьян Лосев", roles=["director"], by=None)
    address = reverse("person_invitation", args=[director.pk])
    assert login(cast.vera).post(address).status_code == 409
    assert login(cast.zakhar).post(address).status_code == 200


def test_an_address_taken_already_is_refused(login, cast):
    said = {"full_name": "Двойник", "email": "anna@agency.example"}
    answer = login(cast.vera).post(reverse("person_new"), said)
    assert answer.status_code == 422
    assert "Этот адрес уже у кого-то есть" in answer.content.decode()


def test_roles_are_given_and_ended_by_date(login, cast, later):
    page = reverse("person", args=[cast.boris.pk])
    given = {"role": "sales", "since": "2026-03-10", "team": ""}
    address = reverse("person_role", args=[cast.boris.pk])
    assert login(cast.vera).post(address, given).url == page
    later()
    assert login(cast.vera).post(address, given).status_code == 409
    assert login(cast.vera).post(address, {**given, "role": "director"}).status_code == 409
    grant = RoleGrant.objects.get(user=cast.boris, role="sales")
    end = reverse("person_role_end", args=[cast.boris.pk, grant.pk])
    assert login(cast.vera).post(end, {"until": "2026-04-30"}).url == page
    grant.refresh_from_db()
    assert grant.until == date(2026, 4, 30)
    foreign = reverse("person_role_end", args=[cast.anna.pk, grant.pk])
    assert login(cast.vera).post(foreign, {"until": "2026-04-30"}).status_code == 404


def test_a_head_notes_an_absence_and_others_see_no_cause(login, cast, freeze):
    freeze("2026-03-10 12:00")
    away = {
        "category": "sick",
        "since": "2026-03-10",
        "until": "2026-03-12",
        "substitute": str(cast.boris.pk),
    }
    address = reverse("person_absence", args=[cast.anna.pk])
    assert login(cast.vera).post(address, away).status_code == 303
    text = login(cast.gleb).get(reverse("person", args=[cast.anna.pk])).content.decode()
    assert "Больничный" not in text
    assert "замещает Борис Ветров" in text
    listed = login(cast.gleb).get(reverse("people")).content.decode()
    assert "замещает Борис Ветров" in listed
    end = reverse("person_absence_end", args=[cast.anna.pk, Absence.objects.get().pk])
    assert login(cast.vera).post(end, {"until": "2026-03-11"}).status_code == 303


def test_a_colleague_does_not_note_anothers_absence(login, cast, freeze):
    freeze("2026-03-10 12:00")
    address = reverse("person_absence", args=[cast.boris.pk])
    said = {"category": "leave", "since": "2026-03-16"}
    assert login(cast.anna).post(address, said).status_code == 409
    assert not Absence.objects.exists()


def test_the_list_finds_by_name_and_role_and_keeps_former_ones_apart(login, cast):
    def listed(**query):
        page = login(cast.anna).get(reverse("people"), query).context["page"]
        return [one.person.name for one in page.people]

    assert listed(q="вера") == ["Вера Громова"]
    assert listed(q="бухгалтер") == ["Жанна Зимина"]
    address = reverse("person_departure", args=[cast.gleb.pk])
    login(cast.vera).post(address, {"last_day": ""})
    assert "Глеб Дубов" not in listed()
    assert "Глеб Дубов" in listed(former="1")


def test_duty_is_set_for_a_day_off(login, cast, freeze):
    freeze("2026-03-10 12:00")
    address = reverse("duties")
    said = {"day": "2026-03-14", "user": str(cast.anna.pk)}
    assert login(cast.vera).post(address, said).status_code == 303
    assert DutyPerson.objects.get().user == cast.anna
    assert login(cast.vera).post(address, {**said, "user": ""}).status_code == 422
    DutyPerson.objects.create(day=date(2026, 3, 12), user=cast.boris)
    days = login(cast.vera).get(address).context["page"].days
    assert date(2026, 3, 14) in [one.day for one in days]
    assert date(2026, 3, 12) not in [one.day for one in days]
    assert login(cast.anna).post(address, said).status_code == 409
    assert "Анна Берёзова" in login(cast.gleb).get(address).content.decode()


def test_the_duty_of_whoever_leaves_is_free_and_stands_out(login, cast, freeze):
    freeze("2026-03-10 12:00")
    for day in (14, 21):
        DutyPerson.objects.create(day=date(2026, 3, day), user=cast.anna)
    plan = login(cast.vera).get(reverse("handover_person", args=[cast.anna.pk]))
    assert "14 марта" in plan.text
    part_with(user=cast.anna, by=cast.zakhar, last_day=date(2026, 3, 16))
    assert [one.day for one in DutyPerson.objects.all()] == [date(2026, 3, 14)]
    page = login(cast.vera).get(reverse("duties"))
    free = [one.day for one in page.context["page"].days if one.freed]
    assert free == [date(2026, 3, 21)]
    assert "Анна Берёзова: дежурство освободилось" in page.text
    login(cast.vera).post(reverse("duties"), {"day": "2026-03-21", "user": str(cast.boris.pk)})
    days = login(cast.vera).get(reverse("duties")).context["page"].days
    assert not any(one.freed and not one.user for one in days)


def test_a_person_who_is_not_there_is_404(login, cast):
    assert login(cast.vera).get(reverse("person", args=[99999])).status_code == 404


def test_lists_and_persons_cost_few_queries(login, cast, within_budget):
    set_absence(user=cast.boris, category="leave", since=date(2020, 1, 9), until=None, by=cast.vera)
    within_budget(login(cast.anna), "people", reverse("people"))
    within_budget(login(cast.vera), "person", reverse("person", args=[cast.boris.pk]))


def test_the_head_sees_no_button_over_the_director_and_may_not_press_it(login, cast):
    page = reverse("person", args=[cast.zakhar.pk])
    shown = login(cast.vera).get(page).context["page"]
    assert not shown.may_close
    assert not any(one.may_end for one in shown.roles)
    assert (
        reverse("person_departure", args=[cast.zakhar.pk])
        not in login(cast.vera).get(page).content.decode()
    )
    for address in (
        reverse("person_departure", args=[cast.zakhar.pk]),
        reverse("person_role_end", args=[cast.zakhar.pk, cast.zakhar.grants.get().pk]),
    ):
        assert login(cast.vera).post(address, {"last_day": "", "until": ""}).status_code == 409
    assert User.objects.get(pk=cast.zakhar.pk).is_active


def test_only_a_director_reads_who_was_given_power(login, cast):
    grant = reverse("person_role", args=[cast.anna.pk])
    login(cast.zakhar).post(grant, {"role": "head", "since": "", "team": ""})
    assert login(cast.zakhar).get(reverse("people")).context["page"].powers[0].by == "Захар Ильин"
    assert login(cast.vera).get(reverse("people")).context["page"].powers == ()


def test_a_client_s_person_neither_stands_in_nor_is_on_duty(login, cast, freeze):
    irina = hire(
        email="irina@client.example",
        full_name="Ирина Заказчикова",
        roles=[Role.CLIENT],
        since=date(2019, 1, 9),
        by=None,
    )
    grant_role(user=cast.boris, role=Role.CLIENT, since=date(2019, 1, 9), by=cast.zakhar)
    names = [name for _id, name in colleagues()]
    assert "Борис Ветров" in names
    assert "Ирина Заказчикова" not in names
    freeze("2026-03-10 12:00")
    away = {"category": "leave", "since": "2026-03-16", "substitute": str(irina.pk)}
    for address, said in (
        (reverse("person_absence", args=[cast.boris.pk]), away),
        (reverse("duties"), {"day": "2026-03-14", "user": str(irina.pk)}),
        (reverse("duty"), {"day": "2026-03-14", "person": str(irina.pk)}),
    ):
        answer = login(cast.vera).post(address, said)
        assert answer.status_code == 422
        assert "Ирина Заказчикова не работает в агентстве" in answer.text
    assert not Absence.objects.exists()
    assert not DutyPerson.objects.exists()


def test_a_person_moves_to_another_department(login, cast):
    other = cast.darya.department
    address = reverse("person_department", args=[cast.anna.pk])
    vera = login(cast.vera)
    assert address in vera.get(reverse("person", args=[cast.anna.pk])).text
    assert vera.post(address, {"department": other.pk}).status_code == 303
    cast.anna.refresh_from_db()
    assert cast.anna.department == other


def test_nobody_moves_themself_or_whoever_stands_above_to_another_department(login, cast):
    for person, reader in (
        (cast.zakhar, cast.vera),
        (cast.vera, cast.vera),
        (cast.vera, cast.egor),
    ):
        before = person.department
        address = reverse("person_department", args=[person.pk])
        assert address not in login(reader).get(reverse("person", args=[person.pk])).text
        said = {"department": cast.darya.department.pk}
        assert login(reader).post(address, said).status_code == 409
        person.refresh_from_db()
        assert person.department == before


def test_a_department_or_a_team_that_is_not_there_is_refused(login, cast):
    newcomer = {"full_name": "Ирина Клёнова", "email": "ira@agency.example", "roles": ["am"]}
    of_anna = [cast.anna.pk]
    for address, said, words in (
        (reverse("person_new"), newcomer | {"department": "999"}, "Такого отдела нет"),
        (reverse("person_new"), newcomer | {"team": "999"}, "Такой команды нет"),
        (reverse("person_department", args=of_anna), {"department": "999"}, "Такого отдела нет"),
        (reverse("person_role", args=of_anna), {"role": "sales", "team": "x"}, "Такой команды нет"),
    ):
        answer = login(cast.vera).post(address, said)
        assert answer.status_code == 422
        assert words in answer.text
    assert not User.objects.filter(email=newcomer["email"]).exists()
    cast.anna.refresh_from_db()
    assert cast.anna.department is not None


def test_many_people_stand_on_pages_and_a_word_looks_through_all_of_them(login, cast, monkeypatch):
    monkeypatch.setattr("pult.web.pages.people.listing.ROWS", 3)
    anna, address = login(cast.anna), reverse("people")
    first, last = anna.get(address), anna.get(address, {"page": "99"})
    assert "Анна" in first.text
    assert "Захар" not in first.context["page"].drawn
    assert "Захар" in last.context["page"].drawn
    assert len(anna.get(address, {"q": "захар"}).context["page"].people) == 1


def test_a_new_contractor_has_a_department_whose_work_they_are_given(login, cast):
    said = {"full_name": "Нина Липова", "email": "nina@agency.example", "since": "2026-03-10"}
    said["roles"] = ["contractor"]
    answer = login(cast.vera).post(reverse("person_new"), said)
    assert answer.status_code == 422
    assert "Выберите отдел, задачи которого делает подрядчик" in answer.text
    said["department"] = str(cast.darya.department_id)
    assert login(cast.vera).post(reverse("person_new"), said).status_code == 303
    nina = User.objects.get(email="nina@agency.example")
    assert nina.department_id == cast.darya.department_id
