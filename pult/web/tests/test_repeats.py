"""A form sent twice is carried out once, whoever holds the button down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_user
from pult.comms.models import Interaction
from pult.kernel import clock, repeats

SAID = {"channel": "call", "outcome": "two_way"}
SENT_ALREADY = "Это уже отправлено: второй раз не записано"


@pytest.fixture
def anna(db):
    return make_user("Анна Берёзова", "am")


@pytest.fixture
def path(anna):
    return reverse("client_contacts", args=[make_client("Ромашка", am=anna).pk])


def test_the_same_form_again_writes_nothing_and_says_so(anna, path, login):
    browser, there = login(anna), f"http://testserver{path}?page=2"
    assert browser.post(path, SAID).status_code == 303
    again = browser.post(path, SAID, HTTP_REFERER=there)
    assert (again.status_code, again.url) == (303, f"{path}?page=2")
    assert SENT_ALREADY in browser.get(path).text
    assert Interaction.objects.count() == 1


@pytest.mark.parametrize(
    "there",
    ["https://evil.example/x", "http://testserver//evil.example/x", "http://testserver", ""],
)
def test_a_page_that_is_not_ours_is_not_returned_to(anna, path, login, there):
    browser = login(anna)
    browser.post(path, SAID)
    assert browser.post(path, SAID, HTTP_REFERER=there).url == "/"


def test_another_form_in_between_or_ten_seconds_make_it_another_sending(anna, path, login, freeze):
    now = freeze("2026-03-10 12:00")
    browser = login(anna)
    for said in (SAID, {**SAID, "channel": "mail"}, SAID):
        assert browser.post(path, said).status_code == 303
    assert Interaction.objects.count() == 3
    freeze(now + timedelta(seconds=11))
    browser.post(path, SAID)
    assert Interaction.objects.count() == 4


def test_a_form_that_failed_may_be_sent_again_at_once(anna, path, login):
    browser, wrong = login(anna), {**SAID, "channel": "pigeon"}
    assert browser.post(path, wrong).status_code == 422
    assert browser.post(path, wrong).status_code == 422


def test_two_people_may_send_the_same(anna, path, login):
    zakhar = make_user("Захар Ильин", "director")
    login(anna).post(path, SAID)
    login(zakhar).post(path, SAID)
    assert Interaction.objects.count() == 2


def test_a_refused_csrf_token_takes_no_claim(anna, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    assert strict.post(path, SAID).status_code == 403
    assert repeats.claim(anna.pk, "0" * 64)
    assert strict.post(path, SAID).status_code == 403
    assert not repeats.claim(anna.pk, "0" * 64)


def test_a_claim_costs_one_statement(anna, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert repeats.claim(anna.pk, "1" * 64)
    with django_assert_num_queries(1):
        assert not repeats.claim(anna.pk, "1" * 64)


@pytest.mark.django_db(transaction=True)
def test_ten_browsers_at_once_write_once():
    anna = make_user("Анна Берёзова", "am")
    path = reverse("client_contacts", args=[make_client("Ромашка", am=anna).pk])
    browsers = [Client() for _ in range(10)]
    for browser in browsers:
        browser.force_login(anna)
    start, moment = Barrier(len(browsers)), clock.now()

    def press(browser):
        try:
            start.wait(timeout=20)
            with clock.frozen(moment):  # a loaded machine may need longer than the window
                return browser.post(path, SAID).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert list(pool.map(press, browsers)) == [303] * len(browsers)
    assert Interaction.objects.count() == 1
