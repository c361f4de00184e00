"""A form sent twice is carried out once, whoever holds the button down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pult.clients.tests.factories import make_client, make_user
from pult.comms.models import Interaction
from pult.kernel import clock, repeats
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting
from pult.kernel.models import SentForm
from pult.web.models import SavedView
from pult.web.pages.contacts import view

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


def test_ten_seconds_run_from_the_end_of_a_long_act(anna, path, login, freeze, monkeypatch):
    now, really = freeze("2026-03-10 12:00"), view.log_contact

    def long(**said):
        with acting(said["client_id"]):
            logged = really(**said)
            freeze(clock.now() + timedelta(seconds=11))
        return logged

    monkeypatch.setattr(view, "log_contact", long)
    browser = login(anna)
    for _press in range(2):
        browser.post(path, SAID)
    assert Interaction.objects.count() == 1
    freeze(now + timedelta(seconds=22))
    browser.post(path, SAID)
    assert Interaction.objects.count() == 2


def test_a_twin_is_known_by_when_it_came_however_long_it_waited(anna, freeze):
    now = freeze("2026-03-10 12:00")
    assert repeats.claim(anna.pk, "2" * 64)
    freeze(now + timedelta(seconds=5))
    repeats.begin(anna.pk, "2" * 64)
    freeze(now + timedelta(seconds=15))
    try:
        with pytest.raises(repeats.SentTwice), acting(0):
            pass
    finally:
        repeats.end()


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


@pytest.fixture
def refusing(monkeypatch):
    """Contacts are refused once they are written, until the test says otherwise."""
    really = view.log_contact

    def log_and_refuse(**said):
        with acting(said["client_id"]):
            really(**said)
            raise Refusal("Not today")

    monkeypatch.setattr(view, "log_contact", log_and_refuse)
    return lambda: monkeypatch.setattr(view, "log_contact", really)


def test_what_is_refused_takes_its_claim_back_with_all_it_wrote(anna, path, login, refusing):
    browser = login(anna)
    assert browser.post(path, SAID).status_code == 409
    assert not SentForm.objects.exists()
    refusing()
    assert browser.post(path, SAID).status_code == 303
    assert Interaction.objects.count() == 1


def test_an_act_that_breaks_leaves_its_form_usable(anna, path, login, monkeypatch):
    browser = login(anna)
    browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(view, "done", lambda *_, **__: 1 / 0)
        assert browser.post(path, SAID).status_code == 500
    assert browser.post(path, SAID).status_code == 303
    assert Interaction.objects.count() == 2  # the first was written before its answer broke


def test_what_its_twin_made_impossible_is_told_as_sent_already(anna, path, login, monkeypatch):
    def after_its_twin(**_said):
        assert repeats.claim(anna.pk, repeats.current().digest)
        raise Refusal("It is done already")

    monkeypatch.setattr(view, "log_contact", after_its_twin)
    browser = login(anna)
    assert browser.post(path, SAID).status_code == 303
    assert SENT_ALREADY in browser.get(path).text


def test_what_one_keeps_for_oneself_is_claimed_with_it(anna, login):
    browser, views = login(anna), reverse("clients_views")
    browser.post(views, {"name": "Мои", "query": "q=1"})
    assert SavedView.objects.count() == SentForm.objects.exclude(digest="").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_is_one_transaction():
    anna = make_user("Анна Берёзова", "am")
    path = reverse("client_contacts", args=[make_client("Ромашка", am=anna).pk])
    browser = Client()
    browser.force_login(anna)
    with CaptureQueriesContext(connection) as asked:
        assert browser.post(path, SAID).status_code == 303
    assert [query["sql"] for query in asked].count("COMMIT") == 1
    claims = [at for at, query in enumerate(asked) if "INTO kernel_sentform" in query["sql"]]
    writes = [at for at, query in enumerate(asked) if "INTO kernel_fact" in query["sql"]]
    assert len(claims) == 1
    assert claims[0] < writes[0]


@pytest.mark.django_db(transaction=True)
def test_a_twin_waits_for_the_outcome_and_goes_ahead_when_it_was_refused(monkeypatch):
    anna = make_user("Анна Берёзова", "am")
    path = reverse("client_contacts", args=[make_client("Ромашка", am=anna).pk])
    really, written, asked = view.log_contact, Event(), Event()

    def slow(**said):
        if written.is_set():
            asked.set()
            return really(**said)
        with acting(said["client_id"]):
            really(**said)
            written.set()
            assert asked.wait(20)
            raise Refusal("Not today")

    monkeypatch.setattr(view, "log_contact", slow)
    moment = clock.now()

    def press():
        browser = Client()
        browser.force_login(anna)
        return lambda: _pressed(browser, path, moment)

    first, second = press(), press()
    with ThreadPoolExecutor(2) as pool:
        refused = pool.submit(first)
        assert written.wait(20)
        assert pool.submit(second).result() == 303
        refused.result()
    assert Interaction.objects.count() == 1


def _pressed(browser, path, moment):
    try:
        with clock.frozen(moment):
            return browser.post(path, SAID).status_code
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_ten_browsers_at_once_write_once():
    anna = make_user("Анна Берёзова", "am")
    path = reverse("client_contacts", args=[make_client("Ромашка", am=anna).pk])
    browsers = [Client() for _ in range(10)]
    for browser in browsers:
        browser.force_login(anna)
    start, moment = Barrier(len(browsers)), clock.now()

    def press(browser):
        start.wait(timeout=20)
        return _pressed(browser, path, moment)  # a loaded machine may take longer than the window

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert list(pool.map(press, browsers)) == [303] * len(browsers)
    assert Interaction.objects.count() == 1
