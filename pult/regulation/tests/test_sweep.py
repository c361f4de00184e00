from dataclasses import replace

import numpy as np
import pytest
from django.db.models import F

from pult.kernel import clock
from pult.kernel.models import Fact
from pult.regulation.difference import VALUES
from pult.regulation.evaluate.table import State
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.evaluate.tests.shapes import MONEY_FIRST, SILENCE
from pult.regulation.ledger import mark
from pult.regulation.models import Dirty, Obligation, SweepRun, Timer, Transition
from pult.regulation.queries import health
from pult.regulation.snapshot import Snapshot
from pult.regulation.sweep import keep, sweep
from pult.regulation.tests.world import install, stored, tell, truth, void, without_wakes
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None)


def some_history() -> None:
    install(LEAD, MONEY_FIRST, SILENCE)
    for root in (1, 2, 3):
        tell("client.status", root=root, state="client", at="2026-04-01 12:00")
        tell("line.funds_end", root=root, line=root * 10, key="june", day="2026-05-18")
        tell("line.started", root=root, line=root * 10)
        tell("contact.logged", root=root, at="2026-04-27 12:00")


def test_a_sweep_finds_nothing_to_mend_in_a_true_ledger(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    report = sweep()
    assert (report.drift, report.lag) == (0, 0)
    assert report.rows == Obligation.objects.count() > 6
    assert report.facts == Fact.objects.count()


def test_a_sweep_counts_drift_mends_it_and_tells_health(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    Obligation.objects.filter(root_id=2, clause="5.3").update(state=State.MET)
    Obligation.objects.filter(root_id=3, clause="6.1").delete()
    report = sweep()
    keep(report)
    assert report.drift == 2
    assert without_wakes(stored()) == without_wakes(truth())
    assert health().drift == 2
    assert len(health().sample) == 2
    assert Fact.objects.filter(kind="ledger.drifted", value=2).exists()
    assert sweep().drift == 0


@pytest.mark.parametrize("name", [name for name in VALUES if name not in ("root_id", "wake_at")])
def test_no_column_of_a_row_drifts_unseen(freeze, name):
    freeze("2026-05-05 12:00")
    some_history()
    wrong = "somebody" if name in ("role", "act") else F(name) + 1
    Obligation.objects.filter(root_id=2, clause="5.3").update(**{name: wrong})
    assert sweep().drift == 1
    assert without_wakes(stored()) == without_wakes(truth())


def test_a_row_changed_since_the_facts_were_read_is_settled_and_no_drift(freeze):
    now = freeze("2026-05-05 12:00")
    some_history()
    rows = Obligation.objects.filter(root_id=2, clause="5.3")
    rows.update(state=State.MET, changed_at=clock.to_minute(now) + 1)
    assert sweep().drift == 0
    assert without_wakes(stored()) == without_wakes(truth())


def test_marks_of_other_clients_however_many_hide_no_lag(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    Dirty.objects.bulk_create(Dirty(root_id=-1000 - n, clause="5.3") for n in range(10_001))
    Obligation.objects.filter(root_id=2, clause="5.3").update(state=State.MET)
    mark([(2, "5.3")], "import")
    report = sweep()
    assert (report.drift, report.lag) == (0, 1)


def test_a_row_nobody_asked_for_is_removed(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    row = Obligation.objects.filter(clause="5.3", root_id=2).get()
    row.pk, row.row_key = None, 99
    row.save()
    assert sweep().drift == 1
    assert not Obligation.objects.filter(row_key=99).exists()


def test_what_the_worker_has_not_come_to_is_lag_and_no_alarm(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    Obligation.objects.filter(root_id=2, clause="5.3").update(state=State.MET)
    mark([(2, "5.3")], "import")
    report = sweep()
    assert (report.drift, report.lag) == (0, 1)
    freeze("2026-05-20 12:00")
    assert sweep().drift == 0
    assert SweepRun.objects.count() == 0


def test_a_lost_timer_is_set_again(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    before = sorted(Timer.objects.values_list("root_id", "clause", "wake_at"))
    assert before
    Timer.objects.all().delete()
    sweep()
    assert sorted(Timer.objects.values_list("root_id", "clause", "wake_at")) == before


def test_an_empty_ledger_is_filled_with_transitions(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    rows = stored()
    Obligation.objects.all().delete()
    Transition.objects.all().delete()
    sweep()
    assert without_wakes(stored()) == without_wakes(rows)
    assert Transition.objects.count() == len(rows)


def test_marks_on_every_client_are_done_by_a_sweep(freeze):
    freeze("2026-05-05 12:00")
    some_history()
    Obligation.objects.all().delete()
    mark([(-1, "")], "calendar")
    tick(sweep=sweep)
    assert not Dirty.objects.exists()
    assert without_wakes(stored()) == without_wakes(truth())
    assert set(Transition.objects.filter(cause="calendar").values_list("clause", flat=True)) == {
        "5.3",
        "6.1",
        "12.3",
    }


def test_the_snapshot_takes_in_the_tail_and_survives_a_restart(freeze, tmp_path):
    freeze("2026-05-05 12:00")
    some_history()
    snapshot = Snapshot.open(tmp_path / "snapshot")
    assert snapshot.refresh() == Fact.objects.count()
    snapshot.save()
    fact = tell("question.asked", root=2, question=5)
    void(fact)
    again = Snapshot.open(tmp_path / "snapshot")
    assert len(again) == Fact.objects.count() - 2
    assert again.refresh() == 2
    assert again.refresh() == 0
    assert again.between(2, 2, with_agency=False).refs["question"].max() == 5


def test_a_late_commit_below_the_newest_id_is_not_missed(freeze, tmp_path):
    freeze("2026-05-05 12:00")
    some_history()
    snapshot = Snapshot.open(tmp_path / "snapshot")
    snapshot.refresh()
    snapshot.columns = {name: column[1:] for name, column in snapshot.columns.items()}
    snapshot.refs = {name: column[1:] for name, column in snapshot.refs.items()}
    snapshot.refresh()
    ids = snapshot.columns["id"].tolist()
    assert sorted(ids) == sorted(Fact.objects.values_list("id", flat=True))


@pytest.mark.parametrize("lost", [slice(1, None, 3), slice(None, None, 2), slice(-4, None)])
def test_a_tail_is_laid_where_reading_everything_at_once_would_have_laid_it(freeze, tmp_path, lost):
    freeze("2026-05-05 12:00")
    some_history()
    whole, cut = Snapshot(tmp_path / "whole"), Snapshot(tmp_path / "cut")
    whole.refresh()
    cut.refresh()
    kept = np.delete(np.arange(len(cut)), lost)
    cut.columns = {name: column[kept] for name, column in cut.columns.items()}
    cut.refs = {name: column[kept] for name, column in cut.refs.items()}
    assert cut.refresh() == len(whole) - len(kept) > 0
    for name, column in (whole.columns | whole.refs).items():
        assert (cut.columns | cut.refs)[name].tolist() == column.tolist(), name


def test_facts_of_a_card_are_the_same_whether_the_tail_lies_apart_or_not(freeze, tmp_path):
    freeze("2026-05-05 12:00")
    some_history()
    kept = Snapshot(tmp_path / "snapshot")
    kept.refresh()
    kept.save()
    void(tell("question.asked", root=2, question=5, at="2026-03-01 12:00"))
    tell("line.planned_start", root=1, line=1, key="may", day="2026-05-25")
    apart = Snapshot.open(tmp_path / "snapshot")
    base = apart.base
    for _ in range(2):
        apart.follow()
        assert (len(apart), apart.base) == (Fact.objects.count(), base)
    kinds = {"question.asked", "line.funds_end"}
    assert apart.newest_of(kinds) == Fact.objects.latest("id").pk - 1 > apart.newest_of({"x"}) - 1
    laid = apart.everything(kinds)
    apart.sort_in()
    assert apart.base != base
    sorted_in = apart.everything(kinds)
    for name in ("id", "at", "kind", "day", "voids"):
        assert getattr(laid, name).tolist() == getattr(sorted_in, name).tolist(), name
    assert {name: ids.tolist() for name, ids in laid.refs.items()} == {
        name: ids.tolist() for name, ids in sorted_in.refs.items()
    }


def test_facts_gone_from_the_tail_mean_another_database(freeze, tmp_path):
    freeze("2026-05-05 12:00")
    some_history()
    whole = Snapshot(tmp_path / "snapshot")
    whole.refresh()
    whole.save()
    tell("question.asked", root=2, question=5)
    apart = Snapshot.open(tmp_path / "snapshot")
    apart.follow()
    apart._tail["at"] = apart._tail["at"] + 1
    apart.follow()
    assert len(apart) == Fact.objects.count()
    assert apart.newest_of({"question.asked"}) == 0


def test_a_snapshot_of_another_database_is_thrown_away(freeze, tmp_path):
    freeze("2026-05-05 12:00")
    some_history()
    snapshot = Snapshot.open(tmp_path / "snapshot")
    snapshot.refresh()
    snapshot.columns["at"] = snapshot.columns["at"] + 1
    snapshot.refresh()
    ids = Fact.objects.order_by("id").values_list("id", flat=True)
    assert sorted(snapshot.columns["id"].tolist()) == list(ids)
    assert len(snapshot) == Fact.objects.count()
