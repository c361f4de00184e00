import time

import pytest
from django.db import connection, transaction

from pult.kernel import bulk, clock
from pult.kernel.bulk import pace
from pult.kernel.facts import record
from pult.kernel.models import RootLock
from pult.kernel.tests import some_facts  # noqa: F401

pytestmark = pytest.mark.django_db


def roots():
    return list(RootLock.objects.order_by("id").values_list("id", flat=True))


def test_any_number_of_rows_goes_in_and_is_counted():
    assert bulk.chunked_insert("kernel_rootlock", ["id"], ((n,) for n in range(1234))) == 1234
    assert roots() == list(range(1234))


def test_an_upsert_replaces_what_the_key_finds_and_adds_the_rest():
    columns = ["sha256", "size", "mime", "created_at"]
    now = "2026-03-10 12:00:00+00:00"
    bulk.upsert(
        "kernel_storedfile", columns, [("a", 1, "x", now), ("b", 1, "x", now)], key=["sha256"]
    )
    bulk.upsert(
        "kernel_storedfile", columns, [("b", 2, "y", now), ("c", 3, "z", now)], key=["sha256"]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256, size, mime FROM kernel_storedfile ORDER BY sha256")
        assert cursor.fetchall() == [("a", 1, "x"), ("b", 2, "y"), ("c", 3, "z")]


def test_an_upsert_of_keys_alone_leaves_known_ones_be():
    bulk.upsert("kernel_rootlock", ["id"], [(1,), (2,)], key=["id"])
    bulk.upsert("kernel_rootlock", ["id"], [(2,), (3,)], key=["id"])
    assert roots() == [1, 2, 3]


@pytest.mark.parametrize(
    ("size", "held", "following"),
    [
        (200, 0.006, 400),
        (200, 0.024, 100),
        (200, 0.0, 400),
        (5000, 0.001, 5000),
        (1, 9.0, 1),
    ],
)
def test_a_chunk_grows_and_shrinks_towards_twelve_milliseconds(size, held, following):
    assert bulk.PACES["sqlite"].next_size(size, held) == following


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_bulk_work_rests_three_times_as_long_as_it_holds(monkeypatch):
    rests = []
    monkeypatch.setattr(time, "sleep", rests.append)
    monkeypatch.setattr(pace, "shorten_log", lambda: None)  # a slow disk is rest too

    def write(chunk):
        until = time.perf_counter() + 0.005
        while time.perf_counter() < until:
            pass
        return len(chunk)

    sizes = list(bulk.in_chunks(range(1000), write))
    assert sum(sizes) == 1000
    # Between chunks only; what getting the next one ready took was rest too.
    assert len(rests) == (len(sizes) - 1 if connection.vendor == "sqlite" else 0)
    rests.clear()
    list(bulk.in_chunks(range(1000), len, polite=False))
    assert rests == []


@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_a_failure_stays_and_the_failed_chunk_does_not():
    written = []

    def write(chunk):
        bulk.insert("kernel_rootlock", ["id"], [(n,) for n in chunk])
        if 3000 in chunk:
            raise ValueError
        written.extend(chunk)

    with pytest.raises(ValueError):
        list(bulk.in_chunks(range(5000), write))
    assert roots() == written != []


def test_rows_are_found_by_more_keys_than_a_statement_takes():
    bulk.insert("kernel_rootlock", ("id",), [(pk,) for pk in range(1, 2_001)])
    found = bulk.select("kernel_rootlock", ("id",), "id", range(0, 4_000, 2))
    assert {pk for (pk,) in found} == set(range(2, 2_001, 2))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's log")
def test_the_log_is_emptied_between_chunks_and_left_to_sqlite_afterwards(monkeypatch):
    emptied = []
    shorten = bulk.shorten_log
    monkeypatch.setattr(pace, "shorten_log", lambda: (emptied.append(1), shorten()))
    monkeypatch.setattr(pace, "LOG_EVERY", 0)

    def log_pages():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint")
            return cursor.fetchone()[0]

    def write(chunk):
        bulk.insert("kernel_rootlock", ("id",), chunk)
        return log_pages()

    usual = log_pages()
    rows = ((pk,) for pk in range(1, 500))
    chunks = list(bulk.in_chunks(rows, write, polite=False))
    assert set(chunks) == {0}
    assert len(emptied) == len(chunks) + 1
    assert log_pages() == usual > 0


FILES = ("sha256", "size", "mime", "created_at")


def kept_files():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256, size, mime FROM kernel_storedfile ORDER BY sha256")
        return cursor.fetchall()


def test_laid_rows_are_inserted_as_they_were_given():
    rows = [(f"{n:03}", n, "x", clock.now()) for n in range(300)]
    laid = bulk.lay("kernel_storedfile", FILES, rows)
    assert kept_files() == []
    bulk.insert("kernel_storedfile", FILES, laid)
    bulk.insert("kernel_storedfile", FILES, bulk.lay("kernel_storedfile", FILES, []))
    assert kept_files() == [row[:3] for row in rows]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere rows are kept, not laid")
def test_rows_laid_later_are_never_taken_for_those_laid_before():
    early = bulk.lay("kernel_rootlock", ["id"], [(1,)])
    bulk.lay("kernel_rootlock", ["id"], [(2,)])
    with pytest.raises(RuntimeError), transaction.atomic():
        bulk.insert("kernel_rootlock", ["id"], early)
    assert roots() == []


def test_reserved_ids_are_never_given_again():
    reserved = bulk.reserve_ids("kernel_fact", 3)
    assert len(set(reserved)) == 3
    assert record("test.called", root_id=1, refs={"client": 1}, by=None).pk > max(reserved)
    assert bulk.reserve_ids("kernel_fact", 0) == []
    assert min(bulk.reserve_ids("kernel_fact", 2)) > max(reserved) + 1
