"""An erased person is named nowhere: in no text of the client, and in no card merged into it."""

from datetime import UTC, date, datetime

import pytest

from pult.clients import actions
from pult.clients.actions import erasure
from pult.clients.daily import ERASE
from pult.clients.models import (
    Aim,
    Block,
    Contact,
    FieldChange,
    FirstCall,
    Handover,
    HandoverItem,
    ImportBatch,
    ImportRow,
    Plan,
    PlanStep,
)
from pult.clients.queries.history import client_changes
from pult.clients.tests.factories import make_client, make_contact
from pult.clients.texts import AT_ONCE, all_texts
from pult.kernel import clock
from pult.kernel.errors import Conflict
from pult.kernel.jobs.queue import claim
from pult.kernel.jobs.worker import run_job
from pult.kernel.models import Job

pytestmark = pytest.mark.django_db
TOLD = "Забава Редкова просит звонить ей на 8 (495) 100-00-00, писать на zabava@les.ru; с Забавой"
LEFT = "— — просит звонить ей на —, писать на —; с —"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def firm(cast):
    return make_client("Лес", am=cast.anna)


@pytest.fixture
def person(firm):
    fields = {"phone": "+7 495 100-00-00", "email": "zabava@les.ru"}
    return make_contact(firm, "Забава Редкова", **fields)


def _aim(firm, by, text=TOLD):
    return Aim.objects.create(client=firm, kind="long", text=text, set_on=NOW.date(), by=by)


def test_goals_plans_blocks_first_call_and_handover_name_them_no_more(cast, firm, person):
    aim = _aim(firm, cast.anna)
    plan = Plan.objects.create(
        client=firm, kind="account", text=TOLD, since=NOW, review_on=NOW, by=cast.anna
    )
    step = PlanStep.objects.create(plan=plan, text=TOLD, due_on=NOW)
    block = Block.objects.create(
        client=firm, kind="market", text=TOLD, confirmed_on=NOW, confirmed_by=cast.anna
    )
    call = FirstCall.objects.create(
        client=firm, opened_by=cast.anna, opened_at=NOW, summary=TOLD, aims=["meet"]
    )
    people = dict.fromkeys(("giver", "receiver", "started_by"), cast.anna)
    row = Handover.objects.create(client=firm, kind="between", started_at=NOW, **people)
    item = HandoverItem.objects.create(handover=row, code="goals", text=TOLD, known=TOLD)
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    for one, column in ((aim, "text"), (plan, "text"), (step, "text"), (block, "text")):
        one.refresh_from_db()
        assert getattr(one, column) == LEFT, one._meta.label
    for one, columns in ((call, ["summary"]), (item, ["text", "known"])):
        one.refresh_from_db()
        assert {getattr(one, column) for column in columns} == {LEFT}, one._meta.label
    assert call.aims == ["meet"]


def test_a_change_of_a_block_keeps_its_author_and_says_that_it_was_erased(cast, firm, person):
    for version, text in enumerate([TOLD, "Рынок растёт"]):
        actions.write_block(
            by=cast.anna, client_id=firm.pk, kind="market", version=version, text=text
        )
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    (shown,) = client_changes(cast.anna, firm.pk)[1]
    assert (shown.old, shown.new, shown.by) == (LEFT, "Рынок растёт", cast.anna.full_name)
    assert shown.is_erased


def test_a_form_opened_before_the_erasure_does_not_bring_the_words_back(cast, firm, person):
    aim = _aim(firm, cast.anna)
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    with pytest.raises(Conflict):
        actions.edit_aim(by=cast.anna, aim_id=aim.pk, version=1, text=f"{TOLD}!")


def test_a_card_merged_into_the_clients_names_them_no_more(cast, firm):
    gone = make_client("Лес, второй", am=cast.anna)
    person = make_contact(gone, "Забава Редкова", phone="84951000000", email="zabava@les.ru")
    gone.about = TOLD
    gone.save()
    batch = ImportBatch.objects.create(
        file_name="f.csv",
        go_live=date(2026, 1, 1),
        balance_day=date(2026, 1, 1),
        by=cast.vera,
        created_at=clock.now(),
    )
    plan = {"card": {"about": TOLD}, "add": {"contacts": [{"name": "Забава Редкова"}]}}
    brought = ImportRow.objects.create(batch=batch, client=gone, lines=[2], plan=plan)
    merge = actions.merge_clients(by=cast.vera, kept_id=firm.pk, gone_id=gone.pk)
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    gone.refresh_from_db()
    brought.refresh_from_db()
    assert gone.about == LEFT
    assert brought.plan == {"card": {"about": LEFT}, "add": {"contacts": []}}
    actions.undo_merge(by=cast.vera, kept_id=merge.kept_id, merge_id=merge.pk)
    assert Contact.objects.get(pk=person.pk).name == "—"


def test_who_went_back_with_a_parted_card_is_erased_from_the_other_too(cast, firm):
    gone = make_client("Лес, второй", am=cast.anna)
    person = make_contact(gone, "Забава Редкова", phone="84951000000", email="zabava@les.ru")
    merge = actions.merge_clients(by=cast.vera, kept_id=firm.pk, gone_id=gone.pk)
    aim = _aim(firm, cast.anna)
    actions.undo_merge(by=cast.vera, kept_id=merge.kept_id, merge_id=merge.pk)
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    aim.refresh_from_db()
    assert aim.text == LEFT


def test_words_of_a_change_are_erased_on_a_merged_card_too(cast, firm):
    gone = make_client("Лес, второй", am=cast.anna)
    person = make_contact(gone, "Забава")
    actions.edit_contact(by=cast.anna, contact_id=person.pk, version=1, email="zabava@les.ru")
    actions.merge_clients(by=cast.vera, kept_id=firm.pk, gone_id=gone.pk)
    change = FieldChange.objects.get(client=gone, table="contact", field="email")
    actions.erase_change(by=cast.vera, client_id=gone.pk, change_id=change.pk)
    change.refresh_from_db()
    assert (change.new, change.erased_at is not None) == ("", True)


def test_of_many_texts_the_worker_erases_and_the_person_goes_last(cast, firm, person, monkeypatch):
    monkeypatch.setattr(erasure, "MANY", 1)
    aims = [_aim(firm, cast.anna) for _ in range(2)]
    contact = actions.erase_contact(by=cast.vera, contact_id=person.pk)
    assert contact.erased_on is None
    assert erasure.is_being_erased(person.pk)
    assert TOLD.split()[0] not in str(Job.objects.get(name=ERASE).args)
    run_job(claim("tests"))
    contact.refresh_from_db()
    assert (contact.name, contact.erased_on is not None) == ("—", True)
    for aim in aims:
        aim.refresh_from_db()
        assert aim.text == LEFT


def test_a_namesake_of_another_client_keeps_their_name(cast, firm, person):
    other = make_client("Поле", am=cast.anna)
    namesake, aim = make_contact(other, "Забава Редкова"), _aim(other, cast.anna)
    twin = make_contact(firm, "Забава Ивлева")
    actions.erase_contact(by=cast.vera, contact_id=person.pk)
    for row, words in ((namesake, "Забава Редкова"), (twin, "Забава Ивлева")):
        row.refresh_from_db()
        assert row.name == words
    aim.refresh_from_db()
    assert aim.text == TOLD


def test_texts_are_read_in_steps_that_fit_a_transaction():
    assert 100 <= AT_ONCE <= 1000
    assert len({one.table for one in all_texts()}) > 30
