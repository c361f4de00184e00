import pytest
from django.urls import reverse

from pult.clients.models import Assignment
from pult.regulation.models import GoLive

pytestmark = pytest.mark.django_db


def post(person, name, args, /, **typed):
    return person.post(reverse(name, args=args), typed)


def test_a_client_s_first_day_shows_what_it_would_ask_before_it_is_set(login, cast, forest):
    vera, address = login(cast.vera), reverse("client_golive", args=[forest.pk])
    assert vera.get(address).context["page"].asks is None
    seen = vera.get(address, {"on": "2026-02-02"})
    assert seen.context["page"].asks is not None
    assert "Что изменится" in seen.text
    assert not GoLive.objects.exists()
    for wrong in ("9999-12-31", "завтра", ""):
        assert vera.get(address, {"on": wrong}).status_code == 422
        assert vera.post(address, {"on": wrong}).status_code == 422
    assert not GoLive.objects.exists()
    assert login(cast.anna).get(address, {"on": "2026-02-02"}).status_code == 403


def test_a_specialist_is_taken_off_a_client(login, cast, forest):
    assert Assignment.objects.filter(client=forest.row, user=cast.darya, until=None).exists()
    anna, typed = login(cast.anna), {"person": f"executor:{cast.darya.pk}"}
    assert "Дарья" in anna.get(reverse("client_release", args=[forest.pk])).text
    foreign = {"person": f"am:{cast.anna.pk}"}
    assert post(anna, "client_release", [forest.pk], **foreign).status_code == 422
    assert post(anna, "client_release", [forest.pk], **typed).status_code == 303
    assert not Assignment.objects.filter(client=forest.row, user=cast.darya, until=None).exists()
    assert post(login(cast.vera), "client_release", [forest.pk], **typed).status_code == 422
