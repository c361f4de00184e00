import pytest
from django.urls import reverse

from pult.clients.indexing import index_client
from pult.clients.tests.factories import make_client, make_contact, make_entity, make_user
from pult.money.tests.factories import make_invoice
from pult.people.actions import set_absence

pytestmark = pytest.mark.django_db
PALETTE = {"HX-Request": "true", "HX-Target": "palette-results"}


def titles(answer):
    return [one.title for one in answer.context["page"].found]


@pytest.fixture
def clients(cast):
    for name, manager in (("Ромашка", cast.anna), ("Василёк", cast.boris)):
        index_client(make_client(name, am=manager))


def test_the_palette_gets_bare_answers(login, cast, pack):
    answer = login(cast.anna).get(reverse("search"), {"q": "5.3"}, headers=PALETTE)
    text = answer.content.decode()
    assert text.lstrip().startswith("<li")
    assert "Счёт заранее" in text


def test_a_person_finds_only_clients_they_see(login, cast, pack, clients):
    assert "Василёк" not in titles(login(cast.anna).get(reverse("search"), {"q": "василёк"}))
    assert "Василёк" in titles(login(cast.vera).get(reverse("search"), {"q": "василек"}))


def test_the_wrong_layout_is_forgiven_everywhere(login, cast, pack, clients):
    assert "Ромашка" in titles(login(cast.anna).get(reverse("search"), {"q": "hjvfirf"}))
    assert "Борис Ветров" in titles(login(cast.anna).get(reverse("search"), {"q": ",jhbc"}))


def test_a_colleague_who_is_away_says_who_stands_in(login, cast, pack, freeze):
    now = freeze("2026-03-10 12:00")
    set_absence(
        user=cast.boris,
        category="leave",
        since=now.date(),
        until=None,
        substitute=cast.anna,
        by=cast.vera,
    )
    found = login(cast.gleb).get(reverse("search"), {"q": "борис"}).context["page"].found
    assert "Анна Берёзова" in next(one.detail for one in found if one.title == "Борис Ветров")


def test_places_follow_the_role(login, cast, pack):
    named = "громкость"
    assert titles(login(cast.vera).get(reverse("search"), {"q": named}))
    assert "Громкость пунктов" not in titles(login(cast.anna).get(reverse("search"), {"q": named}))


def test_who_has_no_clients_is_not_led_to_them(login, cast, pack):
    ilya = make_user("Илья", "it")
    assert "Клиенты" not in titles(login(ilya).get(reverse("search")))
    assert "Клиенты" in titles(login(cast.zhanna).get(reverse("search")))


def test_an_empty_question_offers_places_and_a_wild_one_finds_nothing(login, cast, pack):
    assert titles(login(cast.anna).get(reverse("search")))
    for wild in ('"', "* OR *", "ъъъъъъъ", "(" * 300):
        assert login(cast.anna).get(reverse("search"), {"q": wild}).status_code == 200


def test_it_costs_few_queries(login, cast, pack, clients, within_budget):
    within_budget(login(cast.anna), "search", reverse("search"), q="ромашка")


@pytest.mark.parametrize("asked", ["81", "счёт 81", "№81"])
def test_an_invoice_is_found_by_its_number_where_its_client_is_seen(login, cast, pack, asked):
    make_invoice(make_client("Ромашка", am=cast.anna), "81")
    assert "Счёт № 81" in titles(login(cast.anna).get(reverse("search"), {"q": asked}))
    for other in (cast.boris, cast.darya):
        assert "Счёт № 81" not in titles(login(other).get(reverse("search"), {"q": asked}))


def test_an_act_is_found_by_its_verb(login, cast, pack):
    found = titles(login(cast.anna).get(reverse("search"), {"q": "запросить"}))
    assert "Запросить счёт: выберите клиента" in found


def test_the_palette_says_when_nothing_is_found(login, cast, pack):
    answer = login(cast.anna).get(reverse("search"), {"q": "щщщщ"}, headers=PALETTE)
    assert "Ничего не найдено" in answer.text


def test_what_has_the_very_number_comes_before_what_has_its_digits(login, cast, pack):
    client = make_client("Ромашка", am=cast.anna)
    make_entity(client, "7800000017")
    index_client(client)
    make_invoice(client, "78")
    assert titles(login(cast.anna).get(reverse("search"), {"q": "78"})) == ["Счёт № 78", "Ромашка"]
    assert titles(login(cast.anna).get(reverse("search"), {"q": "5.3"}))[0].startswith("5.3 ")


def test_a_client_found_by_a_contact_or_a_number_says_by_which(login, cast, pack):
    client = make_client("Ромашка", am=cast.anna)
    make_entity(client, "7700000016", name="ООО «Луг»")
    make_contact(client, "Нина Озёрная", phone="+7 495 100-00-00")
    make_contact(client, "Олег Реков", phone="+7 495 100-00-01")
    index_client(client)
    anna = login(cast.anna)

    def details(q):
        return [one.detail for one in anna.get(reverse("search"), {"q": q}).context["page"].found]

    assert details("нина") == ["Нина Озёрная"]
    assert details("ромашка нина") == ["Нина Озёрная"]
    assert details("7700000016") == ["ООО «Луг» · 7700000016"]
    assert details("ромашка") == [""]


@pytest.mark.parametrize("asked", ["запросить счёт ромашка", "счет ромаш", "pfghjcbnm hjvfirf"])
def test_an_act_is_begun_for_the_client_it_is_asked_with(login, cast, pack, clients, asked):
    page = login(cast.anna).get(reverse("search"), {"q": asked}).context["page"]
    assert "Запросить счёт: Ромашка" in [one.title for one in page.found]
    href = next(one.href for one in page.found if one.title == "Запросить счёт: Ромашка")
    assert login(cast.anna).get(href).status_code == 200
    for other in (cast.boris, cast.darya):
        assert "Запросить счёт: Ромашка" not in titles(
            login(other).get(reverse("search"), {"q": asked})
        )
