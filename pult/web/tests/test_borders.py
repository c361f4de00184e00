"""What comes from outside and cannot be meant: a clear answer, never a broken page."""

import pytest
from django.urls import reverse

from pult.clients.models import Brand, Client, Site
from pult.clients.tests.factories import make_client, make_line
from pult.comms.actions import log_contact
from pult.comms.models import Interaction
from pult.integrations.table import read_table
from pult.people.actions import set_profile
from pult.people.models import User
from pult.web.columns import column_choices
from pult.web.models import SavedView

pytestmark = pytest.mark.django_db
SAID = {"channel": "call", "outcome": "two_way"}


@pytest.fixture
def forest(cast):
    return make_client("Лес", am=cast.anna)


@pytest.mark.parametrize("zone", ["America", "Europe", "\0", "posixrules", "../etc/passwd", ""])
def test_a_zone_that_is_no_place_is_refused_and_every_page_still_opens(cast, login, zone):
    sent = {"full_name": "Анна Берёзова", "zone": zone}
    assert login(cast.anna).post(reverse("profile"), sent).status_code == 422
    assert User.objects.get(pk=cast.anna.pk).zone == "Europe/Moscow"
    kept = zone.replace("\0", "?")  # PostgreSQL keeps no NUL
    User.objects.filter(pk=cast.anna.pk).update(zone=kept)
    assert login(cast.anna).get(reverse("profile")).status_code == 200


def test_a_place_is_taken(cast):
    assert set_profile(user=cast.anna, by=cast.anna, zone="Asia/Omsk").zone == "Asia/Omsk"


@pytest.mark.parametrize("address", ["NaN", "0", "1e309", "//evil.example/"])
def test_a_next_page_that_is_no_path_is_left_alone(cast, login, forest, address):
    here = reverse("client_contacts", args=[forest.pk])
    answer = login(cast.anna).post(here, {**SAID, "next": address})
    assert (answer.status_code, answer.url) == (303, here)


@pytest.mark.parametrize(
    "wrong", [{"at": "0001-01-01T00:00"}, {"at": "9999-12-31T23:59"}, {"note": "ы" * 20_001}]
)
def test_a_contact_that_cannot_be_is_refused(cast, login, forest, wrong):
    here = reverse("client_contacts", args=[forest.pk])
    assert login(cast.anna).post(here, {**SAID, **wrong}).status_code == 422
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("person", [str(2**63), "²", "9" * 5000])
def test_an_id_past_the_database_names_nobody(cast, login, forest, person):
    here = reverse("client_contacts", args=[forest.pk])
    answer = login(cast.anna).post(here, {**SAID, "person": person})
    assert answer.status_code == 422
    assert "Выберите из предложенного" in answer.text
    assert not Interaction.objects.exists()


def test_a_note_is_kept_without_what_no_database_keeps(cast, login, forest):
    here = reverse("client_contacts", args=[forest.pk])
    assert login(cast.anna).post(here, {**SAID, "note": "до\x00бро"}).status_code == 303
    assert Interaction.objects.get().note == "добро"


def test_names_nobody_can_see_and_hosts_that_are_none_are_refused(cast, login, forest):
    anna = login(cast.anna)
    anna.post(reverse("client_brand_new", args=[forest.pk]), {"name": "\u200b"})
    for host in ("..", '"><script>'):
        anna.post(reverse("client_site_new", args=[forest.pk]), {"host": host})
    assert not Brand.objects.exists()
    assert not Site.objects.exists()
    assert Client.objects.get().name == "Лес"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-12-31", "tomorrow"])
def test_a_day_nobody_means_is_refused(cast, login, day):
    answer = login(cast.vera).post(reverse("go_live"), {"on": day, "scope": "agency"})
    assert answer.status_code == 422
    said = {"day": day, "user": str(cast.anna.pk)}
    assert login(cast.vera).post(reverse("duties"), said).status_code == 422


def test_a_pause_of_another_clients_line_does_not_exist(cast, login, forest):
    line = make_line(make_client("Клиника", am=cast.anna))
    address = reverse("client_line_pause", args=[forest.pk, line.pk])
    assert login(cast.anna).get(address).status_code == 404
    assert login(cast.anna).get(reverse("client_resume", args=[forest.pk, 77])).status_code == 404


@pytest.mark.parametrize(("who", "answer"), [("darya", 404), ("zhanna", 409), ("egor", 409)])
def test_a_contact_is_taken_back_by_who_noted_it(cast, login, forest, who, answer):
    """A client one does not see is not there; a colleague's entry is refused."""
    talk = log_contact(by=cast.anna, client_id=forest.pk, channel="call", outcome="two_way")
    address = reverse("contact_taken_back", args=[forest.pk, talk.pk])
    assert login(getattr(cast, who)).post(address).status_code == answer
    talk.refresh_from_db()
    assert talk.voided_at is None
    login(cast.anna).post(address)
    talk.refresh_from_db()
    assert talk.voided_at is not None


def test_a_page_of_somebody_signed_in_is_kept_by_no_shared_cache(cast, login, client):
    answer = login(cast.anna).get(reverse("profile"))
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Переименуйте его: не больше 120 букв"),
        ("en", "Rename it to 120 letters at the most"),
    ],
)
def test_a_file_with_an_endless_name_is_refused_in_the_readers_words(cast, login, language, words):
    User.objects.filter(pk=cast.vera.pk).update(language=language)
    name = "в" * 5000 + ".txt"
    form = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/plain\r\n\r\n1\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    answer = login(cast.vera).post(reverse("imports"), form.encode(), content_type=kind)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_form_nobody_of_ours_sends_is_answered_in_words(cast, login):
    answer = login(cast.vera).post(reverse("imports"), {f"a{n}": "1" for n in range(2000)})
    assert answer.status_code == 400
    assert "Запрос не разобрать" in answer.content.decode()


def test_a_title_as_long_as_a_page_is_cut_in_every_choice_of_a_column():
    table = read_table(("т" * 100_000 + ";Сумма\n1;2\n").encode())
    choice = column_choices({"amount": "Сумма"}, table, {})[0]
    assert max(len(title) for _place, title in choice.options) <= 40


@pytest.mark.parametrize(
    "cursor",
    [
        "0001-01-01T00:00+23:59~1",
        "9999-12-31T23:59-23:59~1",
        "2026-05-04T15:30~1",
        "2026-05-04T15:30+00:00~-1",
        "~",
        "x~y",
    ],
)
@pytest.mark.parametrize("name", ["client_contacts", "client_timeline"])
def test_a_log_begun_where_nothing_can_be_is_read_from_the_newest(
    cast, login, forest, name, cursor
):
    log_contact(by=cast.anna, client_id=forest.pk, note="Обсудили смету", **SAID)
    address, anna = reverse(name, args=[forest.pk]), login(cast.anna)
    answer = anna.get(address, {"before": cursor})
    assert answer.status_code == 200
    assert _log(answer) == _log(anna.get(address))


@pytest.mark.parametrize("name", ["client_contacts", "client_timeline"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00+00:00", "2001-01-01T00:00-23:59"])
def test_a_log_begun_before_everything_is_empty(cast, login, forest, name, moment):
    log_contact(by=cast.anna, client_id=forest.pk, **SAID)
    answer = login(cast.anna).get(reverse(name, args=[forest.pk]), {"before": f"{moment}~1"})
    assert answer.status_code == 200
    assert not _log(answer)


def _log(answer):
    page = answer.context["page"]
    return page.entries if hasattr(page, "entries") else page.history.moments


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Пульт не отвечает по имени"), ("en", "Pult does not answer to the name")],
)
@pytest.mark.parametrize("path", ["/sign-in/", "/", "/nowhere/"])
def test_a_host_nobody_named_is_answered_in_words(client, db, language, words, path):
    client.raise_request_exception = False
    answer = client.get(path, headers={"host": "evil.example", "accept-language": language})
    assert answer.status_code == 400
    assert words in answer.text
    assert "PULT_HOSTS" in answer.text


def test_a_host_nobody_named_is_answered_in_words_to_a_form_of_somebody_signed_in(login, cast):
    anna = login(cast.anna)
    sent = {"full_name": "Анна Берёзова", "zone": "Asia/Omsk"}
    headers = {"host": "evil.example", "referer": "https://evil.example/profile/"}
    answer = anna.post(reverse("profile"), sent, headers=headers)
    assert answer.status_code == 400
    assert User.objects.get(pk=cast.anna.pk).zone == "Europe/Moscow"


@pytest.mark.parametrize(
    "wrong", [{"name": "\u200b"}, {"name": "ы" * 81}, {"role": "nonsense" * 40}, {"role": "galaxy"}]
)
def test_a_view_without_a_name_to_see_or_for_nobody_is_not_kept(cast, login, wrong):
    login(cast.vera).post(reverse("clients_views"), {"name": "Мои", "query": "q=1", **wrong})
    assert not SavedView.objects.exists()


def test_letters_nobody_sees_are_left_out_of_the_name_of_a_view(cast, login):
    login(cast.vera).post(reverse("clients_views"), {"name": "Мо\0и\u200b", "query": "q=1"})
    assert SavedView.objects.get().name == "Мои"
