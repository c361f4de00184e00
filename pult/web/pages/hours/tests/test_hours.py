import pytest
from django.urls import reverse

from pult.people.models import Schedule, Shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast, freeze):
    freeze("2026-05-11 12:00")
    return reverse("person_hours", args=[cast.anna.pk])


def test_a_head_sets_a_week_and_gives_the_person_back(login, cast, address, later):
    said = {f"start-{n}": "11:00" for n in range(3)} | {f"end-{n}": "15:30" for n in range(3)}
    said |= {"since": "2026-05-12", "zone": "Asia/Omsk"}
    assert login(cast.vera).post(address, said).url == address
    assert Schedule.objects.get().week == [[660, 930]] * 3 + [None] * 4
    text = login(cast.gleb).get(address).content.decode()
    assert "11:00–15:30" in text
    assert "Назначить часы" not in text
    later()
    login(cast.vera).post(address, {"since": "2026-06-01", "follow": "1"})
    assert Schedule.objects.first().week is None
    assert login(cast.anna).post(address, said).status_code == 409


def test_half_an_hour_of_a_day_is_refused_in_words(login, cast, address):
    answer = login(cast.vera).post(address, {"start-0": "11:00", "since": "2026-05-12"})
    assert answer.status_code == 422
    assert "Напишите оба часа" in answer.content.decode()


def test_a_day_differs_and_is_dropped(login, cast, address):
    shift = reverse("person_shift", args=[cast.anna.pk])
    assert login(cast.vera).post(shift, {"day": "2026-05-14"}).url == address
    assert "выходной" in login(cast.vera).get(address).content.decode()
    drop = reverse("person_shift_drop", args=[cast.boris.pk, Shift.objects.get().pk])
    assert login(cast.vera).post(drop).status_code == 404
    drop = reverse("person_shift_drop", args=[cast.anna.pk, Shift.objects.get().pk])
    assert login(cast.vera).post(drop).status_code == 303
    assert not Shift.objects.exists()
