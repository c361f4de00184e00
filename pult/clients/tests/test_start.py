"""Starting a line: money first (6.1), unless the client is trusted or somebody answers for it."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.actions import lines
from pult.clients.models import ServiceLine
from pult.clients.tests.factories import make_assignment, make_client, make_line
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import record
from pult.kernel.models import Fact
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.evaluate.table import Mode

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast, freeze):
    freeze("2026-03-10 12:00")
    editions.sync()
    modes.install_modes(Mode.VISIBLE, date(2020, 1, 1))
    client = make_client(am=cast.anna)
    yield make_line(client, status="planned", always_on=False)
    registry.forget()
    sweep.forget()


def pay(line, state="full"):
    refs = {"client": line.client_id, "line": line.pk}
    record("line.funded", root_id=line.client_id, refs=refs, by=None, state=state)


def test_an_unpaid_line_does_not_start_and_the_attempt_is_remembered(cast, line):
    with pytest.raises(Refusal) as refusal:
        actions.start_line(by=cast.anna, line_id=line.pk)
    assert refusal.value.clause == "6.1"
    assert refusal.value.cure
    assert refusal.value.who
    line.refresh_from_db()
    assert line.status == "planned"
    kinds = list(Fact.objects.filter(root_id=line.client_id).values_list("kind", flat=True))
    assert kinds == ["gate.refused"]


def test_a_paid_line_starts(cast, line):
    pay(line)
    actions.start_line(by=cast.anna, line_id=line.pk)
    line.refresh_from_db()
    assert (line.status, line.started_at is not None) == ("running", True)
    started = Fact.objects.get(kind="line.started")
    assert (started.key, started.role) == ("start", "am")
    assert Fact.objects.filter(kind="line.status", state="running").count() == 1


def test_a_line_paid_in_part_does_not_start(cast, line):
    pay(line, "part")
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)


def test_a_trusted_client_starts_before_it_pays(cast, line):
    actions.set_trusted(
        by=cast.vera,
        client_id=line.client_id,
        reason_code="long_partner",
        limit=500_000_00,
        until=date(2026, 6, 30),
    )
    actions.start_line(by=cast.anna, line_id=line.pk)
    assert ServiceLine.objects.get(pk=line.pk).status == "running"


def test_trust_taken_back_no_longer_helps(cast, line):
    actions.set_trusted(
        by=cast.vera,
        client_id=line.client_id,
        reason_code="long_partner",
        limit=500_000_00,
        until=date(2026, 6, 30),
    )
    actions.revoke_trusted(by=cast.vera, client_id=line.client_id)
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)


def test_trust_that_ran_out_no_longer_helps(cast, line, freeze):
    actions.set_trusted(
        by=cast.vera,
        client_id=line.client_id,
        reason_code="long_partner",
        limit=500_000_00,
        until=date(2026, 3, 31),
    )
    freeze("2026-04-01 12:00")
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)


def test_a_specialist_of_the_client_starts_a_paid_line(cast, line):
    pay(line)
    make_assignment(line.client, cast.darya, "executor")
    actions.start_line(by=cast.darya, line_id=line.pk)
    assert Fact.objects.get(kind="line.started").role == "executor"


@pytest.mark.parametrize("who", ["zhanna", "gleb"])
def test_accountant_and_sales_start_nothing(cast, line, who):
    pay(line)
    with pytest.raises(Refusal) as refusal:
        actions.start_line(by=getattr(cast, who), line_id=line.pk)
    assert not refusal.value.clause


def test_a_line_starts_once(cast, line):
    pay(line)
    actions.start_line(by=cast.anna, line_id=line.pk)
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)
    assert Fact.objects.filter(kind="line.started").count() == 1


def plan_flight(cast, line):
    return actions.add_flight(
        by=cast.anna,
        line_id=line.pk,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 14),
        budget=50_000_00,
    )


def test_each_flight_passes_the_gate_for_itself(cast, line):
    pay(line)
    actions.start_line(by=cast.anna, line_id=line.pk)
    flight = plan_flight(cast, line)
    pay(line, "none")
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk, flight_id=flight.pk)
    pay(line)
    actions.start_line(by=cast.anna, line_id=line.pk, flight_id=flight.pk)
    keys = Fact.objects.filter(kind="line.started").order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["start", str(flight.pk)]


def test_of_two_who_start_a_flight_at_once_the_second_is_told(cast, line, meanwhile):
    pay(line)
    actions.start_line(by=cast.anna, line_id=line.pk)
    flight = plan_flight(cast, line)
    start = {"line_id": line.pk, "flight_id": flight.pk}
    meanwhile(lines, lambda: actions.start_line(by=cast.vera, **start))
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, **start)
    assert Fact.objects.filter(kind="line.started", key=str(flight.pk)).count() == 1


def test_a_line_ended_meanwhile_is_not_started(cast, line, meanwhile):
    pay(line)
    end = {"line_id": line.pk, "reason_code": "refused"}
    meanwhile(lines, lambda: actions.end_line(by=cast.vera, **end))
    with pytest.raises(Refusal):
        actions.start_line(by=cast.anna, line_id=line.pk)
    assert not Fact.objects.filter(kind="line.started").exists()


def test_a_flight_called_off_meanwhile_is_not_started(cast, line, meanwhile):
    pay(line)
    flight = {"line_id": line.pk, "flight_id": plan_flight(cast, line).pk}
    meanwhile(lines, lambda: actions.drop_flight(by=cast.vera, **flight))
    with pytest.raises(NotVisible):
        actions.start_line(by=cast.anna, **flight)
    assert not Fact.objects.filter(kind__in=["line.started", "line.status"]).exists()


def test_a_start_is_not_planned_for_a_line_started_meanwhile(cast, line, meanwhile):
    pay(line)
    meanwhile(lines, lambda: actions.start_line(by=cast.vera, line_id=line.pk))
    with pytest.raises(Refusal):
        actions.plan_start(by=cast.anna, line_id=line.pk, day=date(2026, 4, 1))
    line.refresh_from_db()
    assert line.planned_start is None


def test_a_line_that_ended_meanwhile_gets_no_flight(cast, line, meanwhile):
    end = {"line_id": line.pk, "reason_code": "refused"}
    meanwhile(lines, lambda: actions.end_line(by=cast.vera, **end))
    with pytest.raises(Refusal):
        plan_flight(cast, line)
    assert not line.flights.exists()


def test_a_line_that_goes_on_without_a_break_has_no_flights(cast, line):
    ServiceLine.objects.filter(pk=line.pk).update(always_on=True)
    with pytest.raises(Refusal):
        plan_flight(cast, line)
    assert not line.flights.exists()
