import pytest
from django.urls import reverse

from pult.clients.actions import set_status
from pult.clients.tests.factories import make_client
from pult.people.actions import name_deputy
from pult.people.models import RoleGrant

pytestmark = pytest.mark.django_db
SAID = {"role": "head", "since": "2026-03-10", "until": "2026-03-12"}


def test_a_head_names_a_deputy_in_the_profile_and_ends_it_earlier(login, cast, freeze):
    freeze("2026-03-09 12:00")
    address, profile = reverse("person_deputy", args=[cast.vera.pk]), reverse("profile")
    said = {**SAID, "deputy": str(cast.boris.pk), "next": profile}
    assert login(cast.vera).post(address, said).url == profile
    grant = RoleGrant.objects.get(acts_for=cast.vera)
    freeze("2026-03-10 12:00")
    text = login(cast.boris).get(profile).content.decode()
    assert "за: Вера Громова" in text
    assert (
        "за Вера Громова"
        in login(cast.anna).get(reverse("person", args=[cast.boris.pk])).content.decode()
    )
    end = reverse("person_deputy_end", args=[cast.vera.pk, grant.pk])
    assert login(cast.vera).post(end, {"until": "2026-03-11"}).status_code == 303
    foreign = reverse("person_deputy_end", args=[cast.zakhar.pk, grant.pk])
    assert login(cast.zakhar).post(foreign, {"until": "2026-03-10"}).status_code == 404


def test_a_form_without_a_person_is_said_at_its_field(login, cast, freeze):
    freeze("2026-03-09 12:00")
    address = reverse("person_deputy", args=[cast.vera.pk])
    assert login(cast.vera).post(address, SAID).status_code == 422


def test_the_history_of_a_client_says_for_whom_the_deputy_acted(login, cast, freeze):
    freeze("2026-03-10 12:00")
    row = make_client("Лес", am=cast.anna)
    days = {"since": row.created_at.date(), "until": row.created_at.date()}
    name_deputy(principal=cast.vera, deputy=cast.egor, role="head", by=None, **days)
    egor = type(cast.egor).objects.get(pk=cast.egor.pk)
    set_status(by=egor, client_id=row.pk, version=row.version, status="paused")
    text = login(cast.vera).get(reverse("client_timeline", args=[row.pk])).content.decode()
    assert "Егор Жаров за: Вера Громова" in text
