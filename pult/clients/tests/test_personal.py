"""A person's own request: handed out, corrected, erased; and the history of every field."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.models import Contact, FieldChange, ImportBatch, ImportRow
from pult.clients.personal import COLUMNS
from pult.clients.queries.history import client_changes
from pult.clients.tests.factories import make_assignment, make_client, make_contact, make_entity
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.models import Fact
from pult.kernel.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast):
    return make_client(am=cast.anna)


@pytest.fixture
def person(cast, firm):
    row = make_contact(firm, "Ирина Лесная", phone="+7 495 100-00-00", birthday_day=5)
    Contact.objects.filter(pk=row.pk).update(birthday_month=3)
    actions.edit_contact(
        by=cast.anna, contact_id=row.pk, version=1, email="irina@les.ru", position="владелец"
    )
    actions.note_trait(by=cast.anna, contact_id=row.pk, kind="manner", text="Сухо")
    return row


def test_every_personal_column_has_its_purpose():
    kept = {"id", "client", "brand", "version", "left", "erased_on", "phone_key"}
    assert {field.name for field in Contact._meta.concrete_fields} - kept == set(COLUMNS)


def test_what_is_kept_is_handed_out_without_character_and_that_is_noted(cast, firm, person):
    kept = actions.export_contact(by=cast.anna, contact_id=person.pk)
    assert kept["person"]["email"] == "irina@les.ru"
    assert {one["field"] for one in kept["changes"]} == {"email", "position"}
    assert "Сухо" not in str(kept)
    fact = Fact.objects.get(kind="contact.exported")
    assert (fact.refs["contact"], fact.payload) == (person.pk, {})


def test_an_erased_person_is_named_nowhere_and_the_acts_stay(cast, firm, person):
    facts = Fact.objects.count()
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    row = Contact.objects.get(pk=person.pk)
    assert {getattr(row, name) for name in COLUMNS} == {"—", "", False, None}
    assert (row.traits.count(), row.phone_key, row.left) == (0, "", True)
    assert not FieldChange.objects.filter(new="irina@les.ru").exists()
    assert FieldChange.objects.filter(row=person.pk, table="contact").count() == 2
    assert Fact.objects.count() == facts + 1
    assert search("Ирина") == []
    assert search("4951000000") == []


def test_an_imported_file_names_an_erased_person_no_more(cast, firm, person):
    batch = ImportBatch.objects.create(
        file_name="f.csv",
        go_live=date(2026, 1, 1),
        balance_day=date(2026, 1, 1),
        by=cast.vera,
        created_at=clock.now(),
    )
    plan = {
        "action": "create",
        "card": {"about": "Решает Ирина Лесная"},
        "add": {"contacts": [{"name": "Ирина Лесная"}, {"name": "Нина"}], "sites": []},
        "fill": {"contacts": [{"id": person.pk, "email": "irina@les.ru"}]},
    }
    problems = [{"value": "Лесная Ирина", "message": "", "cure": ""}]
    row = ImportRow.objects.create(
        batch=batch, client=firm, lines=[2], plan=plan, problems=problems
    )
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    row.refresh_from_db()
    assert row.plan["add"] == {"contacts": [{"name": "Нина"}], "sites": []}
    assert row.plan["fill"] == {"contacts": []}
    assert row.plan["card"] == {"about": "Решает — —"}
    assert row.problems[0]["value"] == "— —"


def test_an_erased_person_is_not_filled_in_again(cast, firm, person):
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    with pytest.raises(Refusal):
        actions.edit_contact(by=cast.anna, contact_id=person.pk, version=3, name="Ирина")
    with pytest.raises(Refusal):
        actions.erase_contact(by=cast.vera, contact_id=person.pk)


def test_a_manager_erases_nobody_and_hands_out_only_their_own(cast, firm, person):
    with pytest.raises(Refusal):
        actions.erase_contact(by=cast.anna, contact_id=person.pk)
    with pytest.raises(NotVisible):
        actions.export_contact(by=cast.boris, contact_id=person.pk)


def test_history_tells_who_changed_what_from_what_to_what(cast, firm, person):
    actions.edit_contact(by=cast.vera, contact_id=person.pk, version=2, position="директор")
    newest = client_changes(cast.anna, firm.pk)[1][0]
    assert (newest.old, newest.new, newest.by) == ("владелец", "директор", cast.vera.full_name)
    assert newest.row == "Ирина Лесная"


def test_words_of_one_change_are_erased_and_the_change_stays(cast, firm, person):
    change = FieldChange.objects.get(field="email")
    actions.erase_change(by=cast.vera, client_id=firm.pk, change_id=change.pk)
    change.refresh_from_db()
    assert (change.old, change.new, change.by) == ("", "", cast.anna)
    shown = {one.id: one.is_erased for one in client_changes(cast.anna, firm.pk)[1]}
    assert shown[change.pk]
    status = FieldChange.objects.create(
        client=firm, table="client", row=firm.pk, field="about", version=2, at=change.at
    )
    with pytest.raises(NotVisible):
        actions.erase_change(by=cast.vera, client_id=firm.pk, change_id=status.pk)


def test_history_of_money_and_plans_is_for_who_sees_them(cast, firm):
    make_assignment(firm, cast.darya, "executor")
    entity = make_entity(firm)
    actions.edit_entity(by=cast.anna, entity_id=entity.pk, version=1, address="Москва")
    assert len(client_changes(cast.anna, firm.pk)[1]) == 1
    assert client_changes(cast.darya, firm.pk)[1] == ()


def test_history_turns_its_pages_without_losing_a_change(cast, firm, monkeypatch):
    monkeypatch.setattr("pult.clients.queries.history.PAGE", 2)
    for version, about in enumerate("абвгд", start=1):
        actions.edit_client(by=cast.anna, client_id=firm.pk, version=version, about=about)
    told, before = [], 0
    while True:
        _head, items, before = client_changes(cast.anna, firm.pk, before)
        told += [item.new for item in items]
        if not before:
            break
    assert told == list("дгвба")
