"""The pages of signing in are foreign code in our clothes."""

import pytest
from django.test import Client

from pult.ui import frame as frames
from pult.ui.tests.test_house import INLINE

pytestmark = [pytest.mark.django_db, pytest.mark.urls("pult.ui.tests.urls")]


@pytest.fixture(autouse=True)
def _stranger(monkeypatch):
    monkeypatch.setattr(frames, "_provider", frames._stranger)


def dressed(response) -> str:
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="door' in html
    assert "<h1>" in html
    # allauth passes its scripts their settings as JSON, which no policy forbids.
    ours = html.replace('type="application/json"', "src=")
    assert not INLINE.search(ours.replace("data:image/svg+xml", ""))
    return html


@pytest.mark.parametrize("path", ["login/", "password/reset/"])
def test_the_door_looks_native(path):
    html = dressed(Client().get(f"/accounts/{path}"))
    assert 'class="input"' in html
    assert 'class="btn btn--primary"' in html


def test_a_wrong_password_is_said_in_a_callout_and_keeps_the_form():
    given = {"login": "nobody@example.org", "password": "wrong-password"}
    html = dressed(Client().post("/accounts/login/", given))
    assert "callout--breach" in html


@pytest.mark.parametrize("path", ["password/set/", "email/", "2fa/"])
def test_the_rooms_behind_the_door_look_native(login, cast, path):
    html = dressed(login(cast.anna).get(f"/accounts/{path}"))
    assert "door--wide" in html
    assert 'href="/accounts/2fa/"' in html
