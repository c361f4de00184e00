import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from pult.kernel import clock
from pult.kernel.errors import Refusal
from pult.kernel.facts import (
    FactKind,
    acting,
    kind_of,
    lock_roots,
    on_record,
    payload_of,
    record,
    register,
    tail_since,
    timeline,
    upcaster,
    void,
)
from pult.kernel.facts import acting as _acting  # noqa: F401
from pult.kernel.models import Fact
from pult.kernel.tests.some_facts import SENT, called, sent

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_a_fact_keeps_when_it_became_so_and_when_it_was_recorded(freeze):
    freeze(NOON + timedelta(days=1))
    fact = sent(at=NOON)
    fact.refresh_from_db()
    assert (fact.valid_at, fact.recorded_at) == (NOON, NOON + timedelta(days=1))


@pytest.mark.parametrize(
    "change", ["UPDATE kernel_fact SET root_id = 8", "DELETE FROM kernel_fact"]
)
def test_the_database_itself_refuses_to_change_a_fact(change):
    sent()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)
    assert Fact.objects.get().root_id == 7


def test_python_refuses_to_change_a_fact_before_the_database_has_to():
    fact = sent()
    for change in (
        fact.save,
        fact.delete,
        Fact.objects.all().delete,
        lambda: Fact.objects.update(root_id=8),
        lambda: Fact.objects.bulk_update([fact], ["root_id"]),
    ):
        with pytest.raises(TypeError, match="append-only"):
            change()


@pytest.mark.parametrize(
    ("kind", "changes", "missing"),
    [
        ("test.ends", {}, "day"),
        ("test.step", {}, "state"),
        ("test.spent", {"day": date(2026, 3, 1)}, "value"),
        ("test.spent", {"value": 5}, "day"),
        ("test.sent", {"refs": {}}, "client"),
        ("test.sent", {"refs": {"client": 7, "deal": 1}}, "deal"),
        ("test.sent", {"refs": {"client": "семь"}}, "numbers"),
        ("test.sent", {"payload": {"total": 5}}, "total"),
        ("test.sent", {"payload": {"amount": "5"}}, "amount"),
        ("test.sent", {"payload": {"note": "слово " * 100}}, "note"),
        ("test.sent", {"payload": {"codes": ["я" * 65]}}, "codes"),
        ("test.sent", {"at": datetime(2026, 3, 10)}, "zone"),  # noqa: DTZ001
        ("test.sent", {"value": 1.5}, "float"),
    ],
)
def test_a_fact_that_does_not_fit_its_kind_is_refused_with_the_reason(kind, changes, missing):
    values = {"root_id": 7, "refs": {"client": 7}, "by": None} | changes
    with pytest.raises(ValueError, match=missing):
        record(kind, **values)
    assert not Fact.objects.exists()


def test_an_unregistered_kind_is_not_recorded():
    with pytest.raises(LookupError, match=r"test\.unheard"):
        record("test.unheard", root_id=7, refs={}, by=None)


def test_two_different_definitions_of_one_kind_are_an_error():
    register(SENT)
    with pytest.raises(ValueError, match=r"test\.sent"):
        register(FactKind("test.sent", "иное", "else"))
    assert kind_of("test.sent") == SENT


def test_the_same_external_event_is_recorded_once():
    first = sent(source="bank", external_id="42", payload={"amount": 100})
    again = sent(source="bank", external_id="42", payload={"amount": 200})
    elsewhere = sent(source="mail", external_id="42")
    assert again == first
    assert elsewhere != first
    assert Fact.objects.count() == 2


def test_a_fact_is_taken_back_once_by_another_fact(cast):
    fact = sent()
    mistake = void(fact, by=cast.vera, reason="ошиблась клиентом")
    assert void(fact, by=cast.vera, reason="ещё раз") == mistake
    assert mistake.voids == fact
    assert Fact.objects.filter(pk=fact.pk).exists()
    with pytest.raises(Refusal):
        void(mistake, by=cast.vera, reason="передумала")


def test_handlers_see_all_facts_of_an_action_at_once_before_it_commits(heard):
    with acting(7):
        sent()
        called()
        assert heard == []
    assert heard == [["test.sent", "test.called"]]


def test_a_fact_outside_an_action_is_an_action_of_its_own(heard):
    sent()
    assert heard == [["test.sent"]]


def test_a_handler_that_refuses_takes_everything_back(heard):
    def refuse(facts):
        raise Refusal("no")

    on_record(refuse)
    with pytest.raises(Refusal), acting(7):
        sent()
    assert not Fact.objects.exists()


def test_facts_recorded_by_handlers_are_handed_over_too(heard):
    def answer(facts):
        if any(fact.kind == "test.sent" for fact in facts):
            called()

    on_record(answer)
    sent()
    assert heard == [["test.sent"], ["test.called"]]


def test_a_failed_inner_action_takes_back_only_its_own(heard):
    with acting(7):
        sent()
        with pytest.raises(ValueError, match="state"), acting(7):  # noqa: PT012
            called()
            record("test.step", root_id=7, refs={"client": 7}, by=None)
    assert heard == [["test.sent"]]
    assert [fact.kind for fact in Fact.objects.all()] == ["test.sent"]


def test_the_timeline_shows_a_reader_only_their_audience_newest_first(cast):
    wrong = sent(at=NOON, by=cast.anna)
    called(by=cast.boris, at=NOON)
    sent(at=NOON - timedelta(days=1))
    sent(root_id=8, refs={"client": 8})
    void(wrong, by=cast.anna, reason="не тот")
    all_items = timeline(7, audiences={"staff", "money"}, language="en")
    assert [item.label for item in all_items] == ["call", "invoice sent", "invoice sent"]
    assert [item.actor for item in all_items] == ["Борис Ветров", "Анна Берёзова", ""]
    assert [item.is_voided for item in all_items] == [False, True, False]
    assert [item.kind for item in timeline(7, audiences={"staff"})] == ["test.called"]
    last = all_items[0]
    rest = timeline(7, audiences={"staff", "money"}, before=(last.at, last.id))
    assert [item.id for item in rest] == [item.id for item in all_items[1:]]


def test_old_payloads_are_read_as_the_newest_version():
    @upcaster("test.grown", 1)
    def roubles_were_a_float(payload):
        return {"roubles": round(payload["sum"])}

    @upcaster("test.grown", 2)
    def kopecks_now(payload):
        return {"kopecks": payload["roubles"] * 100}

    old = Fact.objects.create(kind="test.grown", root_id=0, valid_at=NOON, payload={"sum": 5.0})
    new = record("test.grown", root_id=0, refs={}, by=None, payload={"kopecks": 700})
    assert (payload_of(old), payload_of(new)) == ({"kopecks": 500}, {"kopecks": 700})


def test_the_tail_reads_an_overlap_once_more():
    ids = [sent().pk for _ in range(4)]
    assert [fact.pk for fact in tail_since(ids[2], overlap=0)] == ids[3:]
    assert [fact.pk for fact in tail_since(ids[2], overlap=2)] == ids[1:]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_act_on_one_client_take_turns():
    order, first_is_in = [], threading.Event()

    def second():
        first_is_in.wait(5)
        with acting(7):
            order.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with acting(7):
        first_is_in.set()
        thread.join(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for everything")
def test_who_waits_for_a_new_client_holds_none_of_the_others():
    with acting(7):
        pass

    def second():
        with acting(5, 7):
            pass
        connection.close()

    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    thread = threading.Thread(target=second)
    with acting(5), connection.cursor() as cursor:
        thread.start()
        for _try in range(200):
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                break
            thread.join(0.05)
        else:
            pytest.fail("the second action waits for nothing")
        cursor.execute("SELECT 1 FROM kernel_rootlock WHERE id = 7 FOR UPDATE NOWAIT")
    thread.join(10)
    assert not thread.is_alive()


def test_the_clock_of_a_fact_is_the_kernels(freeze):
    at = freeze("2026-03-10 12:00")
    assert sent().valid_at == at == clock.now()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for everything")
def test_a_client_an_action_holds_is_locked_once():
    def locks(asked):
        return sum("FOR UPDATE" in query["sql"] for query in asked.captured_queries)

    with CaptureQueriesContext(connection) as asked, acting(5, 6):
        lock_roots([6, 5])
        with acting(5):
            sent(root_id=5)
    assert locks(asked) == 1
    with CaptureQueriesContext(connection) as asked, acting(5):
        lock_roots([7])
    assert locks(asked) == 2
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        lock_roots([5])
    assert locks(asked) == 1


@pytest.mark.parametrize("pk", [True, "7", 7.0])
def test_a_ref_is_the_number_of_a_row(pk):
    with pytest.raises(ValueError, match="numbers of rows"), acting(7):
        record("test.sent", root_id=7, refs={"client": pk}, by=None)
