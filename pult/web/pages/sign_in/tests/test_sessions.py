"""A session belongs to one signing in: it begins there, and ends with it or with the password."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "тихий омут 47", "громкий ручей 48"


@pytest.fixture
def anna(cast):
    cache.clear()
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    return cast.anna


def signed_in(browser, person):
    browser.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get(reverse("profile")).status_code == 200


def test_the_number_of_a_session_changes_at_signing_in(client, anna):
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    signed_in(client, anna)
    assert is_in(client)
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(client, anna):
    signed_in(client, anna)
    stolen = client.cookies["pult"].value
    assert client.post(reverse("account_logout")).status_code == 302
    thief = Client()
    thief.cookies["pult"] = stolen
    assert not is_in(thief)
    assert not client.session.exists(stolen)


def test_a_new_password_ends_the_sessions_elsewhere_and_keeps_this_one(client, anna):
    elsewhere = signed_in(Client(), anna)
    signed_in(client, anna)
    assert is_in(elsewhere)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), change).status_code == 302
    assert not is_in(elsewhere)
    assert is_in(client)
