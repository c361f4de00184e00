import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_assignment, make_client
from pult.kernel.errors import BadInput, Conflict
from pult.people.actions import hire, set_absence, set_profile, set_topic
from pult.people.models import Topic
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db


def listed(browser, **query):
    page = browser.get(reverse("directory"), query).context["page"]
    return {one.name: [row.name for row in one.answerers] for one in page.topics}


def test_a_topic_leads_to_a_person_a_role_or_whoever_heads_a_department(login, cast):
    set_topic(by=cast.vera, name="Акты", role="accountant", words="закрывающие")
    set_topic(by=cast.vera, name="Договоры", person=cast.gleb)
    set_topic(by=cast.vera, name="Реклама", department=cast.darya.department)
    assert listed(login(cast.anna)) == {
        "Акты": ["Жанна Зимина"],
        "Договоры": ["Глеб Дубов"],
        "Реклама": ["Егор Жаров"],
    }
    assert list(listed(login(cast.anna), q="закрывающие")) == ["Акты"]


def test_for_a_client_its_own_specialist_answers_first(login, cast):
    other = hire(
        email="kir@agency.example",
        full_name="Кирилл Ясень",
        roles=["executor"],
        department=cast.darya.department,
        by=None,
    )
    set_topic(by=cast.vera, name="Реклама", role="executor", department=cast.darya.department)
    forest = make_client("Лес", am=cast.anna)
    make_assignment(forest, other, "executor")
    assert listed(login(cast.anna))["Реклама"] == ["Дарья Ершова", "Кирилл Ясень"]
    assert listed(login(cast.anna), client=str(forest.pk))["Реклама"] == ["Кирилл Ясень"]
    address = f"{reverse('directory')}?client={forest.pk}"
    assert login(cast.boris).get(address).status_code == 404


def test_the_answer_says_who_stands_in_and_how_to_reach_them(login, cast, within_budget):
    set_profile(user=cast.zhanna, by=cast.zhanna, phone="+7 900 100-00-08", post="Главбух")
    set_topic(by=cast.vera, name="Акты", role="accountant")
    today = business_day()
    set_absence(
        user=cast.zhanna,
        category="leave",
        since=today,
        until=today,
        substitute=cast.vera,
        by=cast.vera,
    )
    answer = within_budget(login(cast.darya), "directory", reverse("directory"))
    text = answer.content.decode()
    for words in ("+7 900 100-00-08", "Главбух", "замещает Вера Громова"):
        assert words in text
    found = login(cast.darya).get(reverse("search"), {"q": "акты"}).content.decode()
    assert "к кому идти" in found


def test_a_topic_is_changed_and_closed_on_its_page(login, cast, later):
    said = {"name": "Акты", "role": "accountant"}
    assert login(cast.vera).post(reverse("topic_new"), said).url == reverse("directory")
    topic = Topic.objects.get()
    address = reverse("topic", args=[topic.pk])
    changed = {**said, "note": "УПД", "version": "1"}
    assert login(cast.vera).post(address, changed).status_code == 303
    later()
    assert login(cast.vera).post(address, {**changed, "note": "Иначе"}).status_code == 409
    twin = login(cast.vera).post(reverse("topic_new"), {"name": "акты", "role": "head"})
    assert twin.status_code == 422
    assert login(cast.vera).post(reverse("topic_close", args=[topic.pk])).status_code == 303
    assert login(cast.vera).get(address).status_code == 404
    assert listed(login(cast.anna)) == {}


def test_a_topic_needs_a_name_and_somebody_who_answers(cast):
    for fields in (
        {"name": " ", "role": "head"},
        {"name": "Акты"},
        {"name": "Акты", "role": "client"},
    ):
        with pytest.raises(BadInput):
            set_topic(by=cast.vera, **fields)


def test_two_who_change_a_topic_at_once_lose_nothing(cast):
    topic = set_topic(by=cast.vera, name="Акты", role="accountant")
    set_topic(by=cast.vera, name="Акты и УПД", role="accountant", topic=topic, version=1)
    with pytest.raises(Conflict):
        set_topic(by=cast.zakhar, name="Документы", role="head", topic=topic, version=1)
    assert Topic.objects.get().name == "Акты и УПД"
