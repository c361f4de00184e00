"""Entries of knowledge: who writes them, their editions, the day to check them again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from pult.clients.tests.factories import make_client, make_line
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.knowledge.actions import (
    add_entry,
    concern_client,
    confirm_entry,
    rewrite_entry,
    shelve_entry,
)
from pult.knowledge.models import Edition, Entry
from pult.knowledge.queries import (
    Wanted,
    entries,
    entries_found,
    entry_card,
    in_care,
    near_client,
    near_service,
)
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return business_day() + timedelta(days=90)


@pytest.fixture
def write(cast, soon):
    """`write("Мебель")`: Вера writes an entry that Анна keeps."""

    def entry(title, subject="industry", text="Весной спрос выше", **more):
        told = {"keeper": cast.anna, "check_by": soon, "by": cast.vera, **more}
        return add_entry(subject=subject, title=title, text=text, **told)

    return entry


def titles(user, **wanted):
    return [row.title for row in entries(user, Wanted(**wanted)).rows]


def test_whoever_keeps_an_entry_writes_its_next_edition_and_the_former_stands(cast, write, soon):
    row = write("Мебель")
    rewrite_entry(
        by=cast.anna, entry_id=row.pk, version=1, title="Мебель", text="Осенью", check_by=soon
    )
    card = entry_card(cast.darya, row.pk)
    assert [(one.number, one.text) for one in card.editions] == [
        (2, "Осенью"),
        (1, "Весной спрос выше"),
    ]
    assert card.now.number == 2
    for act in (
        lambda: Edition.objects.filter(number=1).update(text="Иначе"),
        lambda: Edition.objects.filter(number=1).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_an_edition_of_tomorrow_does_not_hold_today(cast, write, soon, freeze):
    row = write("Порядок работы", subject="procedure")
    tomorrow = business_day() + timedelta(days=1)
    said = {"title": "Порядок работы", "text": "Новый порядок", "check_by": soon}
    rewrite_entry(by=cast.vera, entry_id=row.pk, version=1, since=tomorrow, **said)
    assert entry_card(cast.anna, row.pk).now.number == 1
    freeze(f"{tomorrow.isoformat()} 12:00")
    assert entry_card(cast.anna, row.pk).now.text == "Новый порядок"


def test_who_does_not_keep_an_entry_writes_nothing_and_a_keeper_names_nobody(cast, write, soon):
    row = write("Мебель")
    said = {"entry_id": row.pk, "version": 1, "title": "М", "text": "т", "check_by": soon}
    for act in (
        lambda: write("Окна", by=cast.anna),
        lambda: rewrite_entry(by=cast.boris, **said),
        lambda: rewrite_entry(by=cast.anna, keeper=cast.boris, **said),
        lambda: confirm_entry(by=cast.boris, entry_id=row.pk, version=1, check_by=soon),
        lambda: shelve_entry(by=cast.anna, entry_id=row.pk, away=True),
    ):
        with pytest.raises(Refusal):
            act()
    assert Edition.objects.count() == 1
    rewrite_entry(by=cast.vera, keeper=cast.boris, **said)
    assert entry_card(cast.anna, row.pk).row.keeper == cast.boris.full_name


def test_two_who_write_at_once_lose_nothing(cast, write, soon):
    row = write("Мебель")
    said = {"entry_id": row.pk, "version": 1, "title": "Мебель", "check_by": soon}
    rewrite_entry(by=cast.anna, text="Первой", **said)
    with pytest.raises(Conflict):
        rewrite_entry(by=cast.vera, text="Второй", **said)
    assert Entry.objects.get().text == "Первой"


def test_the_keeper_is_asked_once_the_day_has_come_and_not_after_the_check(cast, write, freeze):
    row = write("Мебель", check_by=business_day() + timedelta(days=2))
    assert in_care(cast.anna) == ()
    day = business_day() + timedelta(days=2)
    freeze(f"{day.isoformat()} 12:00")
    assert [one.title for one in in_care(cast.anna)] == ["Мебель"]
    assert in_care(cast.vera) == ()
    assert titles(cast.vera, view="check") == ["Мебель"]
    confirm_entry(by=cast.anna, entry_id=row.pk, version=1, check_by=day + timedelta(days=90))
    assert in_care(cast.anna) == ()
    assert Entry.objects.get().edition == 1


def test_what_cannot_be_an_entry_is_refused_at_its_field(cast, write):
    write("Мебель")
    today = business_day()
    for field, wrong in (
        ("title", {"title": "мебель"}),
        ("title", {"title": " "}),
        ("text", {"title": "Окна", "text": "\u200b"}),
        ("service", {"title": "Контекст", "subject": "service"}),
        ("check_by", {"title": "Окна", "check_by": today}),
        ("subject", {"title": "Окна", "subject": "gossip"}),
    ):
        with pytest.raises(BadInput) as refused:
            write(**wrong)
        assert refused.value.field == field
    with pytest.raises(NotVisible):
        entry_card(cast.anna, 10**6)


def test_an_entry_put_away_is_in_no_list_and_comes_back(cast, write):
    row = write("Мебель", words="кухни шкафы")
    assert [pk for pk, _title in entries_found("шкафы", 5)] == [row.pk]
    shelve_entry(by=cast.vera, entry_id=row.pk, away=True)
    assert entries_found("шкафы", 5) == []
    assert titles(cast.anna) == []
    assert titles(cast.anna, view="away") == ["Мебель"]
    assert titles(cast.anna, view="away", q="мебель") == ["Мебель"]
    with pytest.raises(Refusal):
        confirm_entry(by=cast.anna, entry_id=row.pk, version=2, check_by=row.check_by)
    shelve_entry(by=cast.vera, entry_id=row.pk, away=False)
    assert titles(cast.anna, q="кухня") == ["Мебель"]


def test_a_client_meets_its_industry_and_what_is_known_of_its_services(cast, write):
    furniture, windows = write("Мебель"), write("Окна")
    write("Контекст", subject="service", service="context")
    write("SEO", subject="plain", service="seo")
    forest = make_client("Лес", am=cast.anna)
    make_line(forest, tool="context")
    concern_client(by=cast.anna, client_id=forest.pk, entry_id=furniture.pk)
    rows, said = near_client(cast.anna, forest.pk)
    assert [row.title for row in rows] == ["Мебель", "Контекст"]
    assert said == {furniture.pk}
    assert [row.title for row in near_service("seo")] == ["SEO"]
    assert entry_card(cast.anna, furniture.pk).clients == ((forest.pk, "Лес"),)
    assert entry_card(cast.boris, furniture.pk).clients == ()
    concern_client(by=cast.vera, client_id=forest.pk, entry_id=furniture.pk, on=False)
    assert [row.title for row in near_client(cast.anna, forest.pk)[0]] == ["Контекст"]
    states = Fact.objects.filter(kind="knowledge.concerns", root_id=forest.pk).order_by("id")
    assert list(states.values_list("state", flat=True)) == ["on", "off"]
    with pytest.raises(NotVisible):
        concern_client(by=cast.boris, client_id=forest.pk, entry_id=windows.pk)
