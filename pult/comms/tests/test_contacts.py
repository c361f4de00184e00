"""The contact log: two taps, minutes of meetings, waiting, corrections."""

from datetime import timedelta

import pytest

from pult.clients.actions import erase_contact
from pult.clients.tests.factories import make_assignment, make_client, make_contact
from pult.comms import actions
from pult.comms.models import Interaction
from pult.comms.queries import contact_log, last_contacts
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_(cast):
    return make_client(am=cast.anna)


@pytest.fixture
def call(cast, client_):
    def make(outcome="two_way", **more):
        return actions.log_contact(
            by=cast.anna, client_id=client_.pk, channel="call", outcome=outcome, **more
        )

    return make


def entry_of(row):
    return {"client_id": row.client_id, "interaction_id": row.pk}


def alive(kind):
    return list(
        Fact.objects.filter(kind=kind, voided_by=None)
        .order_by("valid_at", "pk")
        .values_list("state", flat=True)
    )


def test_two_taps_make_a_contact(call):
    row = call()
    assert row.fact.payload == {"channel": "call", "direction": "out"}
    assert alive("contact.logged") == ["two_way"]
    assert alive("meeting.held") == []


def test_a_contact_read_back_is_the_one_that_was_noted(call):
    row = call(note="Обсудили смету")
    kept = type(row)._default_manager.get(pk=row.pk)
    assert not row._state.adding
    for column in row._meta.concrete_fields:
        assert getattr(kept, column.attname) == getattr(row, column.attname), column.name


def test_words_never_leave_the_row(call):
    row = call(note="Жаловался на зятя, просил перезвонить")
    assert "зятя" not in str(row.fact.payload)
    assert row.note.startswith("Жаловался")


def test_a_meeting_with_minutes_is_a_meeting_and_a_contact(cast, client_):
    actions.log_meeting(by=cast.anna, client_id=client_.pk, minutes="Решили расти")
    assert alive("contact.logged") == ["two_way"]
    assert len(alive("meeting.held")) == 1


def test_a_meeting_without_minutes_counts_once_they_are_written(cast, client_):
    row = actions.log_contact(
        by=cast.anna, client_id=client_.pk, channel="meeting", outcome="two_way"
    )
    assert alive("meeting.held") == []
    actions.edit_contact(by=cast.anna, **entry_of(row), version=1, note="Решили расти")
    assert len(alive("meeting.held")) == 1
    assert len(alive("contact.logged")) == 1


def test_minutes_are_asked_for(cast, client_):
    with pytest.raises(BadInput) as problem:
        actions.log_meeting(by=cast.anna, client_id=client_.pk, minutes=" ")
    assert problem.value.field == "minutes"


def test_a_question_waits_until_the_client_talks(call):
    call("attempt", asked=True)
    assert alive("contact.waits") == ["on"]
    call("light")
    assert alive("contact.waits") == ["on"]
    call("two_way")
    assert alive("contact.waits") == ["on", "off"]
    call("two_way")
    assert alive("contact.waits") == ["on", "off"]


def test_a_talk_before_the_question_does_not_answer_it(call):
    call("attempt", asked=True)
    call("two_way", at=clock.now() - timedelta(days=1))
    assert alive("contact.waits") == ["on"]


def test_a_wait_can_be_ended_by_hand(cast, client_, call):
    call("attempt", asked=True)
    actions.end_wait(by=cast.anna, client_id=client_.pk)
    actions.end_wait(by=cast.anna, client_id=client_.pk)
    assert alive("contact.waits") == ["on", "off"]


def test_a_corrected_outcome_takes_the_old_fact_back(cast, call):
    row = call("two_way")
    actions.edit_contact(by=cast.anna, **entry_of(row), version=1, outcome="attempt")
    assert alive("contact.logged") == ["attempt"]
    assert Fact.objects.filter(kind="contact.logged").count() == 2


def test_new_words_leave_the_fact_alone(cast, call):
    row = call()
    actions.edit_contact(by=cast.anna, **entry_of(row), version=1, note="Обсудили")
    assert Fact.objects.filter(kind="contact.logged").count() == 1


def test_two_corrections_at_once_do_not_both_win(cast, call):
    row = call()
    actions.edit_contact(by=cast.anna, **entry_of(row), version=1, note="Обсудили")
    with pytest.raises(Conflict):
        actions.edit_contact(by=cast.vera, **entry_of(row), version=1, note="Иначе")


def test_an_entry_taken_back_meanwhile_is_not_corrected(cast, call, meanwhile):
    entry = entry_of(call())
    meanwhile(actions, lambda: actions.void_contact(by=cast.vera, reason="не туда", **entry))
    with pytest.raises(Refusal):
        actions.edit_contact(by=cast.anna, version=1, outcome="attempt", **entry)
    assert alive("contact.logged") == []


def test_an_entry_corrected_meanwhile_is_taken_back_as_corrected(cast, call, meanwhile):
    entry = entry_of(call())
    meanwhile(
        actions,
        lambda: actions.edit_contact(by=cast.vera, version=1, outcome="attempt", **entry),
    )
    actions.void_contact(by=cast.anna, reason="не туда", **entry)
    assert alive("contact.logged") == []


@pytest.mark.parametrize("reason", [" ", "\u200b", "я" * 201])
def test_an_entry_is_taken_back_with_a_reason_that_can_be_read(cast, call, reason):
    with pytest.raises(BadInput) as refused:
        actions.void_contact(by=cast.anna, **entry_of(call()), reason=reason)
    assert refused.value.field == "reason"
    assert alive("contact.logged") == ["two_way"]


def test_a_voided_contact_did_not_happen(cast, client_, call):
    row = call(asked=True)
    actions.void_contact(by=cast.anna, **entry_of(row), reason="не туда")
    with pytest.raises(Refusal):
        actions.void_contact(by=cast.anna, **entry_of(row), reason="не туда")
    assert alive("contact.logged") == []
    assert alive("contact.waits") == []
    assert last_contacts([client_.pk]) == {}
    assert contact_log(cast.anna, client_.pk)[0].is_voided


def test_what_is_still_ahead_cannot_be_logged(call):
    with pytest.raises(BadInput) as problem:
        call(at=clock.now() + timedelta(hours=1))
    assert problem.value.field == "at"


def test_the_last_talk_is_told_from_the_last_attempt(client_, call):
    talk = call("two_way", at=clock.now() - timedelta(days=3))
    attempt = call("attempt")
    assert last_contacts([client_.pk]) == {client_.pk: attempt.at}
    assert last_contacts([client_.pk], two_way=True) == {client_.pk: talk.at}


def test_a_participant_belongs_to_the_client(cast, call):
    stranger = make_contact(make_client("Василёк"))
    with pytest.raises(BadInput):
        call(contact_ids=[stranger.pk])


def test_notes_are_read_by_the_client_department_only(cast, client_, call):
    call(note="Обсудили скидку")
    make_assignment(client_, cast.darya, "executor")
    assert contact_log(cast.vera, client_.pk)[0].note == "Обсудили скидку"
    assert contact_log(cast.darya, client_.pk)[0].note == ""
    assert contact_log(cast.zhanna, client_.pk)[0].note == ""


def test_what_an_executor_logs_is_no_contact_of_the_manager(cast, client_):
    make_assignment(client_, cast.darya, "executor")
    actions.log_contact(by=cast.darya, client_id=client_.pk, channel="call", outcome="two_way")
    assert alive("contact.logged") == []
    with pytest.raises(Refusal):
        actions.end_wait(by=cast.darya, client_id=client_.pk)


def test_a_foreign_clients_contacts_do_not_exist(cast, client_, call):
    row = call()
    for act in (
        lambda: actions.log_contact(
            by=cast.boris, client_id=client_.pk, channel="call", outcome="light"
        ),
        lambda: actions.edit_contact(by=cast.boris, **entry_of(row), version=1, note="х"),
        lambda: actions.void_contact(by=cast.boris, **entry_of(row), reason="х"),
        lambda: contact_log(cast.boris, client_.pk),
    ):
        with pytest.raises(NotVisible):
            act()


def test_a_colleagues_entry_is_corrected_by_the_head_alone(cast, client_, call):
    row = call()
    make_assignment(client_, cast.gleb, "sales")
    with pytest.raises(Refusal):
        actions.edit_contact(by=cast.gleb, **entry_of(row), version=1, note="х")
    actions.edit_contact(by=cast.vera, **entry_of(row), version=1, note="х")


def test_erasing_words_keeps_the_contact(cast, client_, call):
    row = call(note="Личное")
    make_assignment(client_, cast.gleb, "sales")
    with pytest.raises(Refusal):
        actions.erase_note(by=cast.gleb, **entry_of(row))
    actions.erase_note(by=cast.vera, **entry_of(row))
    assert contact_log(cast.anna, client_.pk)[0].note == ""
    assert alive("contact.logged") == ["two_way"]
    told = Fact.objects.get(kind="contact.note_erased")
    assert (told.actor, told.role, told.refs["contact"]) == (cast.vera, "head", row.pk)
    assert told.payload == {}


def test_erased_words_do_not_come_back_with_a_correction_begun_before(cast, call):
    row = call(note="Личное")
    entry = entry_of(row)
    actions.erase_note(by=cast.vera, **entry)
    with pytest.raises(Conflict):
        actions.edit_contact(by=cast.anna, version=1, outcome="light", note="Личное", **entry)
    actions.erase_note(by=cast.vera, **entry)
    row.refresh_from_db()
    assert (row.note, row.version) == ("", 2), "words that are not there are not erased again"


def test_an_entry_is_acted_on_under_its_own_client_alone(cast, call):
    row = call(note="Личное")
    for other in (make_client("Василёк", am=cast.anna).pk, 99999):
        entry = {"by": cast.anna, "client_id": other, "interaction_id": row.pk}
        for act in (
            lambda entry=entry: actions.edit_contact(version=1, note="Иначе", **entry),
            lambda entry=entry: actions.void_contact(reason="не туда", **entry),
            lambda entry=entry: actions.erase_note(**entry),
        ):
            with pytest.raises(NotVisible):
                act()
    row.refresh_from_db()
    assert (row.note, row.voided_at) == ("Личное", None)


def test_the_log_is_read_page_by_page(cast, client_, call):
    rows = [call(at=clock.now() - timedelta(hours=hours)) for hours in (3, 2, 1)]
    first = contact_log(cast.anna, client_.pk, limit=2)
    assert [entry.id for entry in first] == [rows[2].pk, rows[1].pk]
    rest = contact_log(cast.anna, client_.pk, before=(first[-1].at, first[-1].id))
    assert [entry.id for entry in rest] == [rows[0].pk]


def test_an_erased_person_is_named_in_no_note_and_the_talks_stay(cast, client_, call):
    person = make_contact(client_, "Олег Петров", phone="+7 495 100-00-00")
    row = call(note="Олегу Петрову перезвонить: 8 495 100 00 00", contact_ids=[person.pk])
    other = call(note="Счёт получен")
    elsewhere = actions.log_contact(
        by=cast.boris,
        client_id=make_client("Пион", am=cast.boris).pk,
        channel="call",
        outcome="two_way",
        note="Звонил Олег",
    )
    erase_contact(by=cast.vera, contact_id=person.pk)
    notes = dict(Interaction.objects.values_list("pk", "note"))
    assert notes[row.pk] == "— — перезвонить: —"
    assert (notes[other.pk], notes[elsewhere.pk]) == ("Счёт получен", "Звонил Олег")
    assert alive("contact.logged") == ["two_way"] * 3
    with pytest.raises(Conflict):  # a correction begun before would bring the name back
        actions.edit_contact(by=cast.anna, **entry_of(row), version=1, note="Олег согласен")
