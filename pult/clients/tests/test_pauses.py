"""Pauses of a line and holidays of a client: told, resumed, cancelled, two people at once."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.actions import pauses
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_client(am=cast.anna)


@pytest.fixture
def paused(cast, client_):
    """A line that rests for the whole of March."""
    return rest(cast, make_line(client_), date(2026, 3, 1), date(2026, 3, 31))


def rest(cast, line, first_day, last_day):
    return actions.pause(
        by=cast.anna,
        client_id=line.client_id,
        line_id=line.pk,
        first_day=first_day,
        last_day=last_day,
        reason_code="holiday",
    )


def alive(*kinds):
    rows = Fact.objects.filter(kind__in=kinds, voided_by=None).order_by("valid_at", "pk")
    return [(f.state, f.valid_at.date()) for f in rows]


def test_a_paused_line_rests_from_the_first_morning_to_the_one_after_the_last(cast, client_):
    line = make_line(client_)
    actions.pause(
        by=cast.anna,
        client_id=client_.pk,
        line_id=line.pk,
        first_day=date(2026, 5, 1),
        last_day=date(2026, 5, 10),
        reason_code="holiday",
    )
    on, off = Fact.objects.filter(kind="line.status").order_by("valid_at")
    assert (on.state, on.valid_at.isoformat()) == ("paused", "2026-04-30T21:00:00+00:00")
    assert (off.state, off.valid_at.isoformat()) == ("running", "2026-05-10T21:00:00+00:00")


def test_two_pauses_do_not_share_a_day(cast, client_):
    line = make_line(client_)
    first = {"by": cast.anna, "client_id": client_.pk, "line_id": line.pk, "reason_code": "x"}
    actions.pause(**first, first_day=date(2026, 5, 1), last_day=date(2026, 5, 10))
    with pytest.raises(BadInput):
        actions.pause(**first, first_day=date(2026, 5, 10), last_day=date(2026, 5, 12))
    actions.pause(**first, first_day=date(2026, 5, 11), last_day=date(2026, 5, 12))


def test_a_client_on_holiday_is_told_apart_from_a_paused_line(cast, client_):
    actions.pause(
        by=cast.anna, client_id=client_.pk, first_day=date(2026, 7, 1), reason_code="holiday"
    )
    assert alive("client.pause") == [("on", date(2026, 6, 30))]
    assert alive("line.status") == []


def test_resuming_early_moves_the_end(cast, client_):
    pause = actions.pause(
        by=cast.anna,
        client_id=client_.pk,
        first_day=date(2026, 3, 1),
        last_day=date(2026, 3, 31),
        reason_code="holiday",
    )
    actions.resume(by=cast.anna, pause_id=pause.pk, first_working_day=date(2026, 3, 16))
    pause.refresh_from_db()
    assert pause.last_day == date(2026, 3, 15)
    assert [state for state, _day in alive("client.pause")] == ["on", "off"]
    assert Fact.objects.filter(kind="client.pause", state="off", voided_by=None).count() == 1


def test_a_cancelled_pause_never_was(cast, client_):
    pause = actions.pause(
        by=cast.anna,
        client_id=client_.pk,
        first_day=date(2026, 5, 1),
        last_day=date(2026, 5, 2),
        reason_code="x",
    )
    actions.cancel_pause(by=cast.anna, pause_id=pause.pk)
    actions.cancel_pause(by=cast.anna, pause_id=pause.pk)
    assert alive("client.pause") == []


def test_a_line_that_ended_does_not_come_to_life_after_its_pause(cast, client_):
    line = make_line(client_)
    where = {"by": cast.anna, "client_id": client_.pk, "line_id": line.pk, "reason_code": "x"}
    actions.pause(**where, first_day=date(2026, 3, 9), last_day=date(2026, 3, 20))
    actions.pause(**where, first_day=date(2026, 5, 1), last_day=date(2026, 5, 3))
    actions.end_line(by=cast.anna, line_id=line.pk, reason_code="client_left")
    assert [state for state, _day in alive("line.status")] == ["paused", "ended"]


def test_a_pause_cancelled_meanwhile_is_not_resumed(cast, paused, meanwhile):
    meanwhile(pauses, lambda: actions.cancel_pause(by=cast.vera, pause_id=paused.pk))
    with pytest.raises(Refusal):
        actions.resume(by=cast.anna, pause_id=paused.pk, first_working_day=date(2026, 3, 16))
    assert alive("line.status") == []


def test_of_two_who_resume_at_once_the_later_day_holds_and_a_cancel_takes_all_back(
    cast, paused, meanwhile
):
    again = {"pause_id": paused.pk}
    meanwhile(
        pauses, lambda: actions.resume(by=cast.vera, first_working_day=date(2026, 3, 12), **again)
    )
    actions.resume(by=cast.anna, first_working_day=date(2026, 3, 17), **again)
    assert alive("line.status") == [("paused", date(2026, 2, 28)), ("running", date(2026, 3, 16))]
    actions.cancel_pause(by=cast.anna, **again)
    assert alive("line.status") == []


def test_a_cancel_takes_back_the_end_that_was_moved_meanwhile(cast, paused, meanwhile):
    moved = {"pause_id": paused.pk, "first_working_day": date(2026, 3, 16)}
    meanwhile(pauses, lambda: actions.resume(by=cast.vera, **moved))
    actions.cancel_pause(by=cast.anna, pause_id=paused.pk)
    assert alive("line.status") == []


def test_a_pause_is_not_made_longer_over_another(cast, paused):
    rest(cast, paused.line, date(2026, 4, 10), date(2026, 4, 20))
    with pytest.raises(BadInput):
        actions.resume(by=cast.anna, pause_id=paused.pk, first_working_day=date(2026, 4, 11))
    actions.resume(by=cast.anna, pause_id=paused.pk, first_working_day=date(2026, 4, 10))
    paused.refresh_from_db()
    assert paused.last_day == date(2026, 4, 9)


def test_work_resumed_before_the_pause_begins_cancels_it(cast, paused):
    actions.resume(by=cast.anna, pause_id=paused.pk, first_working_day=date(2026, 2, 27))
    paused.refresh_from_db()
    assert paused.cancelled_at
    assert alive("line.status") == []


def test_a_line_that_ended_is_not_resumed(cast, paused):
    actions.end_line(by=cast.anna, line_id=paused.line_id, reason_code="client_left")
    with pytest.raises(Refusal):
        actions.resume(by=cast.anna, pause_id=paused.pk, first_working_day=date(2026, 3, 16))
    assert [state for state, _day in alive("line.status")] == ["paused", "ended"]


def test_a_line_ended_meanwhile_is_not_paused(cast, client_, meanwhile):
    line = make_line(client_)
    end = {"line_id": line.pk, "reason_code": "client_left"}
    meanwhile(pauses, lambda: actions.end_line(by=cast.vera, **end))
    with pytest.raises(Refusal):
        rest(cast, line, date(2026, 4, 1), date(2026, 4, 5))
    assert [state for state, _day in alive("line.status")] == ["ended"]
