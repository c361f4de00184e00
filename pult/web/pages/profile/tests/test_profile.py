import pytest
from django.urls import reverse

from pult.people.models import Absence

pytestmark = pytest.mark.django_db
LOOKS = {
    "full_name": "Анна Берёзова",
    "language": "en",
    "zone": "Asia/Omsk",
    "theme": "dark",
    "density": "compact",
    "hotkeys": "on",
}


def test_a_person_sets_how_pult_looks_to_them(login, cast):
    answer = login(cast.anna).post(reverse("profile"), LOOKS)
    assert answer.status_code == 303
    cast.anna.refresh_from_db()
    assert (cast.anna.language, cast.anna.theme, cast.anna.zone) == ("en", "dark", "Asia/Omsk")
    page = login(cast.anna).get(reverse("profile")).content.decode()
    assert 'data-theme="dark"' in page
    assert "How Pult looks to me" in page


def test_shortcuts_can_be_switched_off(login, cast):
    login(cast.anna).post(reverse("profile"), {**LOOKS, "hotkeys": ""})
    assert 'data-hotkeys="off"' in login(cast.anna).get(reverse("profile")).content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("theme", "plaid"), ("full_name", ""), ("language", "xx")]
)
def test_a_wrong_choice_is_refused_and_changes_nothing(login, cast, field, value):
    answer = login(cast.anna).post(reverse("profile"), {**LOOKS, field: value})
    assert answer.status_code == 422
    cast.anna.refresh_from_db()
    assert cast.anna.theme == "auto"


def test_a_person_notes_their_own_absence_once(login, cast, freeze, later):
    freeze("2026-03-10 12:00")
    away = {
        "category": "leave",
        "since": "2026-03-16",
        "until": "2026-03-20",
        "substitute": str(cast.boris.pk),
    }
    assert login(cast.anna).post(reverse("profile_absence"), away).status_code == 303
    assert Absence.objects.get().substitute == cast.boris
    later()
    assert login(cast.anna).post(reverse("profile_absence"), away).status_code == 409
    bad = {**away, "since": "soon"}
    answer = login(cast.anna).post(reverse("profile_absence"), bad)
    assert answer.status_code == 422
    assert "«soon» — не дата" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": "9999-12-31"}, "слишком далёк"),
        ({"since": "1970-01-01"}, "слишком далёк"),
        ({"substitute": "777"}, "Выберите из предложенного"),
        ({"substitute": "Борис"}, "Выберите из предложенного"),
    ],
)
def test_an_absence_out_of_this_world_is_refused_in_words(login, cast, freeze, change, words):
    freeze("2026-03-10 12:00")
    away = {"category": "leave", "since": "2026-03-16", "until": "2026-03-20"} | change
    answer = login(cast.anna).post(reverse("profile_absence"), away)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Absence.objects.exists()


def test_a_profile_costs_few_queries(login, cast, within_budget):
    within_budget(login(cast.anna), "profile", reverse("profile"))
