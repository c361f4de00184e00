"""Whose term of keeping has passed is told to the head, who erases them or says why not."""

from datetime import date, timedelta

import pytest

from pult.clients import actions
from pult.clients.models import KeptFor
from pult.clients.queries.retention import kept_by, past_retention
from pult.clients.tests.factories import make_client, make_contact
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(cast, freeze):
    freeze("2026-03-02 12:00")
    return make_contact(make_client("Лес", am=cast.anna), "Ирина Лесная", left=True)


def keep(cast, contact, reason=KeptFor.PAPERS, days=30):
    until = business_day() + timedelta(days=days)
    return actions.keep_contact(by=cast.vera, contact_id=contact.pk, reason=reason, until=until)


def names(person):
    return [one.name for one in past_retention(person).rows]


def test_who_left_and_whose_client_ended_are_listed_and_nobody_else(cast, gone):
    make_contact(gone.client, "Пётр Лесной")
    ended = make_client("Поле", am=cast.boris, status="ended")
    make_contact(ended, "Олег Полев")
    found = past_retention(cast.vera)
    assert [(one.name, one.has_left) for one in found.rows] == [
        ("Ирина Лесная", True),
        ("Олег Полев", False),
    ]
    assert found.total == 2
    actions.erase_contact(by=cast.vera, contact_id=gone.pk)
    assert names(cast.vera) == ["Олег Полев"]


def test_whoever_is_kept_comes_back_on_the_day_said(cast, gone, freeze):
    fact = keep(cast, gone)
    assert (fact.day, fact.payload) == (date(2026, 4, 1), {"reason_code": "open_papers"})
    assert names(cast.vera) == []
    assert kept_by(gone) == fact
    freeze("2026-04-01 12:00")
    assert names(cast.vera) == ["Ирина Лесная"]
    assert kept_by(gone) is None


def test_a_second_word_replaces_the_first(cast, gone, freeze):
    keep(cast, gone, days=300)
    keep(cast, gone, KeptFor.DISPUTE, days=1)
    assert Fact.objects.filter(kind="contact.kept", voided_by=None).count() == 1
    freeze("2026-03-03 12:00")
    assert names(cast.vera) == ["Ирина Лесная"]


def test_a_colleague_kept_keeps_nobody_else(cast, gone):
    make_contact(gone.client, "Пётр Лесной", left=True)
    keep(cast, gone)
    assert names(cast.vera) == ["Пётр Лесной"]


@pytest.mark.parametrize(
    ("field", "given"),
    [("reason", {"reason": "спросила Ирина"}), ("until", {"days": 0}), ("until", {"days": 367})],
)
def test_a_reason_is_of_the_list_and_a_day_ahead_within_a_year(cast, gone, field, given):
    with pytest.raises(BadInput) as refused:
        keep(cast, gone, **given)
    assert refused.value.field == field
    assert not Fact.objects.filter(kind="contact.kept").exists()


def test_whose_term_has_not_passed_or_who_is_erased_is_not_kept(cast, gone):
    there = make_contact(gone.client, "Пётр Лесной")
    with pytest.raises(Refusal) as refused:
        keep(cast, there)
    assert refused.value.cure
    actions.erase_contact(by=cast.vera, contact_id=gone.pk)
    with pytest.raises(Refusal):
        keep(cast, gone)
    assert not Fact.objects.filter(kind="contact.kept").exists()


def test_a_manager_keeps_nobody_beyond_the_term(cast, gone):
    until = business_day() + timedelta(days=30)
    with pytest.raises(Refusal):
        actions.keep_contact(by=cast.anna, contact_id=gone.pk, reason=KeptFor.CONSENT, until=until)


def test_the_list_costs_two_queries_however_long(cast, gone, django_assert_num_queries):
    for number in range(60):
        make_contact(gone.client, f"Пётр {number}", left=True)
    assert cast.vera.roles
    with django_assert_num_queries(2):
        found = past_retention(cast.vera)
    assert (found.total, len(found.rows)) == (61, 50)
