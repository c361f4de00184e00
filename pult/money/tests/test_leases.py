"""One import at a time holds a statement; one that was cut off is gone on with."""

import pytest

from pult.kernel import clock
from pult.kernel.errors import Conflict
from pult.money import queries
from pult.money.actions import statements
from pult.money.actions.statements import post_statement, stage_statement
from pult.money.leases import Lease, held
from pult.money.models import StatementFile
from pult.money.staging import open_file
from pult.money.tests.factories import Document, Parsed, load_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


def staged(by, *documents, sha="a"):
    statement = Parsed(list(documents))
    return stage_statement(by=by, statement=statement, name="f", sha256=sha)


def test_whoever_comes_second_is_told_that_somebody_is_at_it(zhanna, romashka):
    file = staged(zhanna, Document())
    with held(file):
        for again in (
            lambda: load_statement(zhanna, Document()),
            lambda: load_statement(zhanna, Document(), sha="b"),
            lambda: post_statement(by=zhanna, file_id=file.pk),
            lambda: open_file(None, sha256="a", name="f", format="", loaded_at=clock.now()),
        ):
            with pytest.raises(Conflict):
                again()
        assert [row.is_at_work for row in queries.open_statements()] == [True]
    assert load_statement(zhanna, Document()).file_id == file.pk
    assert StatementFile.objects.get().status == StatementFile.Status.POSTED


def test_a_file_of_a_killed_process_is_free_soon_and_the_killed_one_stops(zhanna, romashka, freeze):
    file = staged(zhanna, Document())
    killed = Lease(file)
    assert not queries.is_cut_off("a")
    freeze("2026-03-11 10:01")
    assert queries.is_cut_off("a")
    assert [row.is_at_work for row in queries.open_statements()] == [False]
    with held(file), pytest.raises(Conflict):
        killed.keep()
    assert load_statement(zhanna, Document()).file_id == file.pk
    assert queries.open_statements() == ()


def test_the_lease_is_kept_while_the_work_goes_on(zhanna, romashka, freeze):
    file = staged(zhanna, Document())
    with held(file) as lease:
        for second in range(0, 55, 11):
            freeze(f"2026-03-11 10:01:{second:02}" if second else "2026-03-11 10:00:30")
            lease.beating(None)(1, 2)
            with pytest.raises(Conflict):
                Lease(file)


def test_a_failure_gives_the_file_back_at_once(zhanna, romashka, monkeypatch):
    def fails(*_parts):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(statements, "insert_documents", fails)
        with pytest.raises(RuntimeError):
            load_statement(zhanna, Document())
    assert queries.is_cut_off("a")
    assert load_statement(zhanna, Document()).summary["new"] == 1


def test_documents_another_file_brings_meanwhile_are_a_conflict_and_leave_nothing(
    zhanna, romashka, monkeypatch
):
    fill = statements.insert_documents

    def somebody_is_quicker(file, *rest):
        monkeypatch.setattr(statements, "insert_documents", fill)
        load_statement(zhanna, Document(number="2"), sha="b")
        return fill(file, *rest)

    monkeypatch.setattr(statements, "insert_documents", somebody_is_quicker)
    with pytest.raises(Conflict):
        load_statement(zhanna, Document(number="1"), Document(number="2"))
    assert [file.sha256 for file in StatementFile.objects.all()] == ["b"]
    assert load_statement(zhanna, Document(number="1"), Document(number="2")).summary["new"] == 1


def test_what_was_staged_and_cut_off_is_new_to_the_preview(zhanna, romashka):
    staged(zhanna, Document())
    assert queries.preview_statement(Parsed([Document()])).new == 1
    load_statement(zhanna, Document())
    assert queries.preview_statement(Parsed([Document()])).new == 0
