"""The move-in with a database: dry run, batch, resumption, second run, undo."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.access import clients_of, holder
from pult.clients.actions import movein
from pult.clients.models import (
    Client,
    Contact,
    ImportBatch,
    ImportRow,
    LineFeed,
    OpeningBalance,
    ServiceLine,
)
from pult.clients.queries import ClientFilters, client_list
from pult.clients.tests.factories import make_client, make_contact
from pult.clients.tests.moving import COLUMNS, MAPPING, bring, rows
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.models import Fact
from pult.regulation import editions, registry, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-03-10 12:00")


def alive():
    return Fact.objects.filter(source="movein", voided_by=None)


def test_a_dry_run_counts_and_writes_nothing(cast):
    bad = ["Мак", "", "", "", "", "нет телефона", *[""] * 9]
    preview = movein.preview_import(by=cast.vera, columns=COLUMNS, rows=rows(bad), mapping=MAPPING)
    assert preview.counts == {
        "create": 2, "update": 0, "same": 0, "ask": 0, "skip": 0, "errors": 1,
    }  # fmt: skip
    (error,) = preview.errors
    assert (error.line, error.field, error.column) == (5, "phone", "phone")
    assert "нет телефона" in error.message
    assert error.cure
    assert not Client.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_dry_run_tells_which_rows_it_would_open_and_none_is_overdue(cast):
    editions.sync()
    preview = movein.preview_import(
        by=cast.vera,
        columns=COLUMNS,
        rows=rows(),
        mapping=MAPPING,
        go_live=date(2026, 3, 16),
    )
    opens = {opening.clause: opening for opening in preview.opens}
    assert opens["9.1"].rows == 2
    assert opens["9.1"].title
    assert all(opening.overdue == 0 for opening in preview.opens)
    assert not Fact.objects.filter(root_id__gt=0).exists()
    registry.forget()
    sweep.forget()


def test_an_import_brings_clients_as_they_stood(cast):
    bring(cast)
    client = Client.objects.get(name="Ромашка")
    assert holder(client.pk, "am") == cast.anna
    assert client.entities.get().inn == "7700000016"
    irina = client.contacts.get(name="Ирина")
    assert (irina.birthday_day, irina.birthday_month, irina.birthday_year) == (5, 3, None)
    search, social = client.lines.order_by("period_from")
    assert (search.status, search.entered_running, search.monthly_budget) == (
        "running", True, 100_000_00,
    )  # fmt: skip
    assert (social.status, social.planned_start) == ("planned", date(2026, 5, 1))
    assert LineFeed.objects.get(campaign_id="11").line == search
    assert search.wallet.login == "romashka"
    opening = OpeningBalance.objects.get(line=search)
    assert (opening.with_agency, opening.day) == (35_000_50, date(2026, 3, 15))
    assert OpeningBalance.objects.get(client__name="Василёк").with_agency == -1_200_00


def test_running_lines_pass_no_gate_on_their_way_in(cast):
    bring(cast)
    assert not Fact.objects.filter(kind="line.started").exists()
    states = alive().filter(kind="line.status").order_by("pk").values_list("state", "valid_at")
    assert [(state, at.date()) for state, at in states] == [
        ("running", date(2026, 1, 11)),
        ("planned", date(2026, 3, 10)),
        ("running", date(2026, 3, 15)),
    ]


def test_imported_clients_are_found_and_seen_by_their_managers(cast):
    bring(cast)
    assert [c.name for c in clients_of(cast.anna)] == ["Ромашка"]
    found = client_list(cast.vera, ClientFilters(q="7700000016"))
    assert [row.name for row in found.rows] == ["Ромашка"]


def test_the_mapping_is_remembered_for_the_next_file(cast):
    assert movein.mapping_for(COLUMNS) is None
    bring(cast)
    assert movein.mapping_for([c.upper() for c in COLUMNS]) == MAPPING


def test_the_same_file_again_changes_nothing(cast):
    bring(cast)
    before = (Fact.objects.count(), Contact.objects.count(), ServiceLine.objects.count())
    _batch, preview = bring(cast)
    assert preview.counts["same"] == 2
    assert before == (Fact.objects.count(), Contact.objects.count(), ServiceLine.objects.count())


def test_a_longer_file_adds_only_what_is_new(cast):
    bring(cast)
    more = ["Ромашка", "", "", "", "Ева", "", "", "Дизайн", "дизайн", "", "", "", "", "", ""]
    _batch, preview = bring(cast, rows(more))
    assert (preview.counts["update"], preview.counts["same"]) == (1, 1)
    client = Client.objects.get(name="Ромашка")
    assert client.contacts.filter(name="Ева").exists()
    assert client.lines.count() == 3


def test_staged_clients_are_seen_by_nobody_until_all_are_posted(cast, monkeypatch):
    from pult.clients.actions.movein import batches

    def die(batch):
        raise KeyboardInterrupt

    monkeypatch.setattr(batches, "_post", die)
    with pytest.raises(KeyboardInterrupt):
        bring(cast)
    assert Client.objects.filter(staged=True).count() == 2
    assert not clients_of(cast.vera).exists()
    assert not alive().exists()


def test_an_interrupted_import_goes_on_where_it_stopped(cast, monkeypatch):
    from pult.clients.actions.movein import batches

    told = batches.record_many

    def die_halfway(drafts):
        told(drafts[:3])
        raise KeyboardInterrupt

    monkeypatch.setattr(batches, "record_many", die_halfway)
    with pytest.raises(KeyboardInterrupt):
        bring(cast)
    monkeypatch.undo()
    batch = ImportBatch.objects.get()
    movein.run_import(batch_id=batch.pk, polite=False)
    movein.run_import(batch_id=batch.pk, polite=False)
    assert Client.objects.count() == 2
    assert alive().filter(kind="client.created").count() == 2
    assert ImportBatch.objects.get().status == "done"


def test_a_possible_duplicate_waits_for_an_answer(cast):
    there = make_client("Луговые травы", am=cast.anna)
    make_contact(there, phone="+7 495 100-00-00", phone_key="74951000000")
    _batch, preview = bring(cast)
    assert preview.counts["ask"] == 1
    assert not Client.objects.filter(name="Ромашка").exists()
    key = next(made.key for made in preview.plans if made.action == "ask")
    bring(cast, decisions={key: there.pk})
    assert there.lines.count() == 2
    assert holder(there.pk, "am") == cast.anna


def test_an_undone_import_leaves_nothing_behind(cast):
    batch, _preview = bring(cast)
    report = movein.undo_import(by=cast.vera, batch_id=batch.pk)
    assert (report.undone, report.kept) == (2, ())
    for table in (Client, Contact, ServiceLine, OpeningBalance):
        assert not table.objects.exists(), table
    assert not alive().exists()
    assert client_list(cast.vera, ClientFilters(q="7700000016")).total == 0
    with pytest.raises(Conflict):
        movein.run_import(batch_id=batch.pk)
    bring(cast)
    assert Client.objects.count() == 2


def test_an_undo_keeps_by_name_what_somebody_has_touched(cast):
    batch, _preview = bring(cast)
    touched = Contact.objects.get(name="Ирина")
    actions.edit_contact(by=cast.anna, contact_id=touched.pk, version=1, position="директор")
    report = movein.undo_import(by=cast.vera, batch_id=batch.pk)
    assert report.undone == 1
    assert [(kept.name, kept.lines) for kept in report.kept] == [("Ромашка", (2, 3))]
    assert Client.objects.get().name == "Ромашка"


def test_an_undo_takes_additions_back_from_a_client_that_was_there(cast):
    there = make_client("Василёк")
    make_contact(there, "Пётр", phone="")
    batch, _preview = bring(cast)
    assert there.lines.count() == 1
    assert holder(there.pk, "am") == cast.boris
    movein.undo_import(by=cast.vera, batch_id=batch.pk)
    assert there.lines.count() == 0
    assert holder(there.pk, "am") is None
    assert there.contacts.count() == 1


def test_an_unfinished_import_is_not_undone(cast):
    batch, _preview = movein.start_import(
        by=cast.vera,
        file_name="clients.csv",
        columns=COLUMNS,
        rows=rows(),
        mapping=MAPPING,
        go_live=date(2026, 3, 16),
        balance_day=date(2026, 3, 15),
    )
    with pytest.raises(Conflict):
        movein.undo_import(by=cast.vera, batch_id=batch.pk)
    assert ImportRow.objects.filter(status="planned").count() == 2


@pytest.mark.parametrize("who", ["anna", "gleb", "darya", "zhanna", "egor"])
def test_clients_are_imported_by_head_and_director_only(cast, who):
    with pytest.raises(Refusal):
        movein.preview_import(by=getattr(cast, who), columns=COLUMNS, rows=rows(), mapping=MAPPING)


def test_a_mapping_without_a_client_is_refused(cast):
    with pytest.raises(BadInput) as problem:
        movein.preview_import(by=cast.vera, columns=COLUMNS, rows=rows(), mapping={"contact": 4})
    assert problem.value.field == "client"


def test_a_balance_is_of_the_day_its_row_gives(cast):
    batch, _preview = movein.start_import(
        by=cast.vera,
        file_name="clients.xlsx",
        columns=["client", "balance", "На дату"],
        rows=[(2, ["Ромашка", "100", "01.03.2026"]), (3, ["Василёк", "200", ""])],
        mapping={"client": 0, "balance": 1, "balance_day": 2},
        go_live=date(2026, 3, 16),
        balance_day=date(2026, 3, 15),
    )
    movein.run_import(batch_id=batch.pk, polite=False)
    days = dict(OpeningBalance.objects.values_list("client__name", "day"))
    assert days == {"Ромашка": date(2026, 3, 1), "Василёк": date(2026, 3, 15)}
