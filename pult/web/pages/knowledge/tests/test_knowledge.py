"""The pages of what the agency knows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_line
from pult.knowledge.actions import add_entry, rewrite_entry
from pult.knowledge.models import Edition, Entry
from pult.people.models import User
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db
PARTIAL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "near"}


def soon():
    return business_day() + timedelta(days=90)


@pytest.fixture
def clicks(cast):
    """«Клик простыми словами», kept by Анна: how one explains a click to a client."""
    return add_entry(
        by=cast.vera,
        subject="plain",
        service="context",
        title="Клик простыми словами",
        text="# Что это\n\nКлик — **шаг** к сайту.\n\n- один\n- два",
        keeper=cast.anna,
        check_by=soon(),
    )


def test_a_head_writes_an_entry_and_everybody_of_staff_reads_it(login, cast):
    said = {
        "subject": "competitor",
        "title": "Агентство Маяк",
        "text": "Звонит клиентам **по пятницам**",
        "check_by": soon().isoformat(),
        "keeper": str(cast.boris.pk),
    }
    answer = login(cast.vera).post(reverse("entry_new"), said)
    assert answer.status_code == 303
    text = login(cast.darya).get(answer.url).content.decode()
    assert "<strong>по пятницам</strong>" in text
    assert "Борис Ветров" in text
    assert "Записать заново" not in text
    wrong = login(cast.vera).post(reverse("entry_new"), {**said, "title": "Иное", "keeper": "x"})
    assert wrong.status_code == 422
    assert "Звонит клиентам" in wrong.content.decode()


def test_two_editions_are_read_side_by_side_line_by_line(login, cast, clicks):
    address = reverse("entry", args=[clicks.pk])
    page = login(cast.anna).get(reverse("entry_edit", args=[clicks.pk])).context["page"]
    said = {**page.values, "text": "# Что это\n\nКлик — переход.", "note": "Короче"}
    assert login(cast.anna).post(reverse("entry_edit", args=[clicks.pk]), said).status_code == 303
    text = login(cast.gleb).get(f"{address}?edition=2&against=1").content.decode()
    assert "<ins>+ Клик — переход.</ins>" in text
    assert "<del>- - один</del>" in text
    assert "Короче" in text
    assert "не та, что действует" in login(cast.gleb).get(f"{address}?edition=1").content.decode()


def test_the_form_of_somebody_who_was_slower_keeps_what_was_typed(login, cast, clicks):
    rewrite_entry(
        by=cast.vera, entry_id=clicks.pk, version=1, title="Клик", text="т", check_by=soon()
    )
    said = {"version": "1", "title": "Клик", "text": "Моё", "check_by": soon().isoformat()}
    answer = login(cast.anna).post(reverse("entry_edit", args=[clicks.pk]), said)
    assert answer.status_code == 409
    assert "Моё" in answer.content.decode()
    assert Edition.objects.count() == 2


def test_an_entry_is_met_at_the_client_at_the_task_and_in_the_search(login, cast, clicks):
    forest = make_client("Лес", am=cast.anna)
    make_line(forest, tool="context")
    overview = login(cast.anna).get(reverse("client", args=[forest.pk])).content.decode()
    here = reverse("client_knowledge", args=[forest.pk])
    assert f'hx-get="{here}"' in overview
    part = login(cast.anna).get(here, **PARTIAL).content.decode()
    assert "Клик простыми словами" in part
    assert "<html" not in part
    found = login(cast.anna).get(reverse("search"), {"q": "клик"}).content.decode()
    assert reverse("entry", args=[clicks.pk]) in found
    listed = login(cast.gleb).get(reverse("directory"), {"q": "клик"}).content.decode()
    assert "Клик простыми словами" in listed
    service = reverse("knowledge_service", args=["context"])
    assert "Клик" in login(cast.darya).get(service, **PARTIAL).content.decode()
    assert login(cast.darya).get(reverse("knowledge_service", args=["magic"])).status_code == 404


def test_the_day_of_the_keeper_asks_to_check_what_is_out_of_date(login, cast, clicks):
    Entry.objects.update(check_by=business_day())
    care = reverse("knowledge_care")
    assert f'hx-get="{care}"' in login(cast.anna).get(reverse("my_day")).content.decode()
    assert "Клик простыми" in login(cast.anna).get(care, **PARTIAL).content.decode()
    assert "Клик простыми" not in login(cast.vera).get(care, **PARTIAL).content.decode()
    said = {"version": "1", "check_by": soon().isoformat()}
    confirm = reverse("entry_confirm", args=[clicks.pk])
    assert login(cast.anna).post(confirm, said).status_code == 303
    assert "Клик простыми" not in login(cast.anna).get(care, **PARTIAL).content.decode()


def test_the_list_is_searched_narrowed_and_taken_as_a_file(login, cast, clicks):
    add_entry(
        by=cast.vera,
        subject="procedure",
        title="Порядок отчёта",
        text="До пятого числа",
        keeper=cast.vera,
        check_by=soon(),
    )

    def listed(**query):
        page = login(cast.darya).get(reverse("knowledge"), query).context["page"]
        return [row.title for row in page.found.rows]

    assert listed() == ["Клик простыми словами", "Порядок отчёта"]
    assert listed(subject="procedure") == ["Порядок отчёта"]
    assert listed(service="context") == ["Клик простыми словами"]
    assert listed(q="пятое число") == ["Порядок отчёта"]
    assert listed(view="mine") == []
    file = reverse("knowledge_table", args=["csv"])
    taken = login(cast.darya).get(file, {"subject": "procedure"}).content.decode("utf-8-sig")
    assert "Порядок отчёта" in taken
    assert "Клик" not in taken
    assert login(cast.darya).get(reverse("knowledge_table", args=["exe"])).status_code == 404


def test_a_contractor_and_a_client_read_nothing_of_it(login, cast, clicks):
    for role in ("contractor", "client"):
        person = User.objects.create(email=f"{role}@a.example", full_name="Нина")
        person.grants.create(role=role, since=business_day())
        for name, args in (("knowledge", []), ("entry", [clicks.pk]), ("knowledge_care", [])):
            browser = login(User.objects.get(pk=person.pk))
            assert browser.get(reverse(name, args=args)).status_code == 403
