from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pult.kernel import clock
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.evaluate.tests.shapes import DAY_CLOSE, MONEY_FIRST, REPLY, THRICE, WEEKLY
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.ledger import mark
from pult.regulation.models import Dirty, Obligation, Timer, Transition
from pult.regulation.modes import set_go_live
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, sign, stored, tell, truth, void, without_wakes
from pult.regulation.timers import drain, tick

pytestmark = pytest.mark.django_db
LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None)


def the_row() -> Obligation:
    return Obligation.objects.get()


def test_a_fact_opens_its_row_before_the_action_commits(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    fact = tell("line.funds_end", line=7, key="june", day="2026-05-18")
    row = the_row()
    assert (row.clause, row.subject_type, row.subject_id, row.root_id) == ("5.3", "line", 7, 1)
    assert row.state == State.OPEN
    assert row.trigger_fact == fact.pk
    assert row.mode == Mode.VISIBLE


def test_evidence_closes_the_row_and_every_change_is_told_with_its_cause(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    sent = tell("invoice.sent", line=7)
    assert the_row().state == State.MET
    assert the_row().evidence_fact == sent.pk
    told = Transition.objects.order_by("id").values_list("from_state", "to_state", "cause")
    assert list(told) == [(-1, State.OPEN, "fact"), (State.OPEN, State.MET, "fact")]


def test_a_taken_back_evidence_opens_the_row_again(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    sent = tell("invoice.sent", line=7)
    void(sent)
    assert the_row().state == State.OPEN


def test_another_line_of_the_client_keeps_its_own_row(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    tell("line.funds_end", line=8, key="june", day="2026-05-18")
    tell("invoice.sent", line=8)
    states = dict(Obligation.objects.values_list("subject_id", "state"))
    assert states == {7: State.OPEN, 8: State.MET}


def test_the_worker_finds_a_row_overdue_when_its_hour_comes(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    assert the_row().state == State.OPEN
    freeze("2026-05-06 19:01")
    assert tick(sweep=sweep) == 1
    assert the_row().state == State.OVERDUE
    assert Transition.objects.order_by("id").last().cause == "time"


def test_a_timer_waits_for_the_next_instant_that_matters_and_leaves_when_none_does(freeze):
    freeze("2026-05-05 12:00")
    install(MONEY_FIRST)
    tell("line.started", line=7)
    assert the_row().state == State.VIOLATED
    assert not Timer.objects.exists()


def test_a_waiver_reaches_only_the_clause_it_names(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD, WEEKLY)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    before = Transition.objects.count()
    tell("waiver.granted", line=7, key="5.3", state="on", day="2026-05-29")
    assert the_row().state == State.WAIVED
    assert Transition.objects.count() == before + 1


def test_a_signed_value_reaches_the_rows_through_the_worker(freeze, cast):
    freeze("2026-05-05 12:00")
    install(LEAD)
    sign(cast, "invoice.lead", 10)
    tell("line.funds_end", line=7, key="june", day="2026-06-10")
    due = the_row().due
    sign(cast, "invoice.lead", 12)
    assert the_row().due == due
    tick(sweep=sweep)
    assert the_row().due < due
    assert Transition.objects.order_by("id").last().cause == "parameter"
    assert not Dirty.objects.exists()


def test_too_many_cells_are_left_to_the_worker(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD, THRICE)
    for line in range(1, 55):
        tell("line.funds_end", line=line, key="june", day="2026-05-18")
    assert Obligation.objects.count() == 50
    assert Dirty.objects.exists()
    tick(sweep=sweep)
    assert Obligation.objects.count() == 54
    assert not Dirty.objects.exists()


def test_a_mark_made_while_the_worker_works_is_kept(freeze, monkeypatch):
    freeze("2026-05-05 12:00")
    install(LEAD)
    from pult.regulation import timers

    real = timers.settle

    def settle_and_mark(*args, **kwargs):
        result = real(*args, **kwargs)
        mark([(1, "5.3")], "import")
        return result

    mark([(1, "5.3")], "import")
    monkeypatch.setattr(timers, "settle", settle_and_mark)
    tick(sweep=sweep)
    assert Dirty.objects.count() == 1


def test_one_failing_client_does_not_stop_the_others(freeze, monkeypatch):
    freeze("2026-05-05 12:00")
    install(LEAD)
    from pult.regulation import timers

    real = timers.settle

    def settle_unless_first(root, *args, **kwargs):
        if root == 1:
            raise ValueError("a broken client")
        return real(root, *args, **kwargs)

    for root in (1, 2):
        mark([(root, "5.3")], "import")
    monkeypatch.setattr(timers, "settle", settle_unless_first)
    tick(sweep=sweep)
    assert list(Dirty.objects.values_list("root_id", flat=True)) == [1]


def test_a_clause_switched_off_leaves_no_row_but_says_so(freeze, cast):
    from pult.regulation.modes import set_mode

    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    set_mode(
        clause="5.3",
        mode=Mode.OFF,
        since=date(2026, 5, 5),
        by=cast.vera,
        role="head",
        reason="пока не нужно",
    )
    tick(sweep=sweep)
    assert not Obligation.objects.exists()
    assert Transition.objects.order_by("id").last().to_state == -1


def test_the_ledger_is_what_one_evaluation_of_everything_says(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD, REPLY, MONEY_FIRST)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    tell("question.asked", question=3)
    tell("question.answered", question=3, at="2026-05-05 11:59", root=2)
    tell("line.started", line=7)
    assert without_wakes(stored()) == without_wakes(truth())
    assert len(stored()) == 3


def test_a_clause_that_reads_another_follows_it_in_the_same_action(freeze):
    freeze("2026-05-05 12:00")
    install(REPLY, DAY_CLOSE)
    asked = tell("question.asked", question=3, at="2026-05-04 11:00")
    tell("day.closed")
    closing = Obligation.objects.get(clause="М3.5")
    assert closing.state == State.VIOLATED
    void(asked)
    closing.refresh_from_db()
    assert closing.state == State.ALLOWED


def test_a_client_that_goes_live_later_wakes_alone(freeze):
    freeze("2026-03-10 12:00")
    install(LEAD)
    for client in (1, 2):
        tell("line.funds_end", root=client, line=client * 11, key="p1", day="2026-04-25")
    set_go_live(on=date(2026, 3, 20), by=None, role="head", scope=("client", 2))
    drain(clock.to_minute(clock.now()))
    midnight = clock.to_minute(datetime(2026, 3, 19, 21, tzinfo=UTC))
    incremental = timers()
    assert [root for root, _clause, wake in incremental if wake == midnight] == [2]
    Timer.objects.all().delete()
    sweep()
    assert timers() == incremental


def timers():
    return sorted(Timer.objects.values_list("root_id", "clause", "wake_at"))


def test_a_row_keeps_since_when_it_is_known_and_says_when_it_changed(freeze):
    opened = clock.to_minute(freeze("2026-05-05 12:00"))
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    row = the_row()
    assert (row.first_seen, row.changed_at) == (opened, opened)
    done = clock.to_minute(freeze("2026-05-06 12:00"))
    tell("invoice.sent", line=7)
    row = the_row()
    assert (row.state, row.first_seen, row.changed_at) == (State.MET, opened, done)
    assert without_wakes(stored()) == without_wakes(truth())
