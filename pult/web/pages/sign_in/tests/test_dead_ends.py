"""Where a person cannot go on, the page says why and shows the way out."""

from urllib.parse import unquote

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path, reverse

from pult.people.models import RoleGrant

pytestmark = pytest.mark.django_db


def broken(request):
    raise ZeroDivisionError


def suspicious(request):
    raise SuspiciousOperation


urlpatterns = [path("broken/", broken), path("suspicious/", suspicious)]


def test_a_form_sent_after_the_session_ended_leads_back_to_the_page_of_the_form(cast):
    stranger = Client(headers={"referer": "http://testserver/clients/?q=лес"})
    answer = stranger.post(reverse("clients_pause"))
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=/clients/%3Fq%3D")


def test_nobody_is_sent_back_to_a_foreign_page(cast):
    stranger = Client(headers={"referer": "https://evil.example/clients/"})
    assert stranger.post(reverse("clients_pause")).url == "/sign-in/?next=/"


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("/clients/?q=лес", "/clients/?q=лес"),
        ("/[::1", "/"),
        ("//[::1", "/"),
        ("http://[::1", "/"),
        ("https://evil.example/clients/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/no-such-page/", "/"),
        ("clients", "/"),
    ],
)
def test_the_sign_in_leads_to_a_page_of_ours_or_quietly_to_the_first(login, cast, asked, then):
    answer = login(cast.anna).get(reverse("account_login"), {"next": asked})
    assert (answer.status_code, unquote(answer.url)) == (302, then)


def test_a_stale_form_says_that_the_page_is_out_of_date(cast):
    anna = Client(enforce_csrf_checks=True)
    anna.force_login(cast.anna)
    answer = anna.post(reverse("clients_pause"))
    assert answer.status_code == 403
    assert "Страница устарела" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Что-то сломалось"), ("en", "Something broke")]
)
@override_settings(ROOT_URLCONF=__name__)
def test_a_breakdown_speaks_the_readers_language(language, words):
    stranger = Client(raise_request_exception=False, headers={"accept-language": language})
    answer = stranger.get("/broken/")
    assert answer.status_code == 500
    assert words in answer.content.decode()
    assert f'<html lang="{language}"' in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_request_that_cannot_be_read_is_answered_in_words():
    answer = Client().get("/suspicious/")
    assert answer.status_code == 400
    assert "Запрос не разобрать" in answer.content.decode()


def test_a_page_that_is_not_there_shows_the_way_out_in_both_languages(login, cast):
    assert "Не найдено" in login(cast.anna).get("/nothing/").content.decode()
    cast.anna.language = "en"
    cast.anna.save()
    text = login(cast.anna).get("/nothing/").content.decode()
    assert "Not found" in text
    assert 'href="/"' in text


def test_a_role_without_pages_is_not_sent_round_in_circles(login, cast):
    RoleGrant.objects.filter(user=cast.gleb).update(role="client")
    text = login(cast.gleb).get("/").content.decode()
    assert "страниц для клиентов здесь пока нет" in text
    assert "ответит ваш менеджер" in text
    assert reverse("account_logout") in text
