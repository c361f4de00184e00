from dataclasses import replace
from datetime import date, timedelta

import pytest

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.models import Fact
from pult.regulation.actions import Target, end_waiver, waive
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.models import Dispute, Obligation
from pult.regulation.tests.world import install, tell
from pult.regulation.whole_acts import (
    bring_act_back,
    decide_disputes,
    dispute_rows,
    postpone_act,
    waive_rows,
)

pytestmark = pytest.mark.django_db
LEAD = replace(
    LEAD_WITH_FEED, feed=None, feed_limit=None, role="am", act="invoice.request", waivers=("head",)
)


@pytest.fixture
def rows(freeze, monkeypatch) -> list[Obligation]:
    """Two rows one act discharges, on a clock that never says the same twice."""
    freeze("2026-05-05 12:00")
    install(LEAD)
    for line in (7, 8):
        tell("line.funds_end", line=line, key="june", day="2026-05-18")
    began, ticks = clock.now(), iter(range(10**6))
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(milliseconds=next(ticks)))
    return list(Obligation.objects.order_by("pk"))


def told(kind: str, state: str = "") -> tuple[int, int]:
    """(facts of a kind, the moments they name)."""
    found = Fact.objects.filter(kind=kind, state=state).values_list("valid_at", flat=True)
    return len(found), len(set(found))


def test_rows_put_off_and_brought_back_together_keep_a_fact_each_of_one_moment(rows, cast):
    first = {"obligation_id": rows[0].pk, "by": cast.anna}
    postpone_act(**first, until=date(2026, 5, 7), reason="ждём клиента", role="am")
    assert told("obligation.postponed") == (2, 1)
    bring_act_back(**first)
    assert told("obligation.brought_back") == (2, 1)


def test_rows_disputed_and_decided_together_keep_a_fact_each_of_one_moment(rows, cast):
    dispute_rows(obligation_ids=[row.pk for row in rows], proof="ушёл вчера", by=cast.anna)
    assert told("obligation.disputed", "open") == (2, 1)
    first = Dispute.objects.earliest("pk")
    decide_disputes(dispute_id=first.pk, upheld=True, answer="верно", by=cast.vera, role="head")
    assert told("obligation.disputed", "upheld") == (2, 1)
    assert Dispute.objects.values("decided_at").distinct().count() == 1
    named = Fact.objects.filter(state="upheld").values_list("payload__dispute", flat=True)
    assert set(named) == set(Dispute.objects.values_list("pk", flat=True))


def test_rows_waived_together_keep_a_fact_each_of_one_moment(rows, cast):
    targets = [
        (Target(row.clause, row.root_id, row.subject_type, row.subject_id), "head") for row in rows
    ]
    waive_rows(targets=targets, until=date(2026, 5, 20), reason="иной договор", by=cast.vera)
    assert told("waiver.granted", "on") == (2, 1)


def test_nothing_is_done_to_no_rows_at_all(cast, rows):
    with pytest.raises(BadInput):
        dispute_rows(obligation_ids=[], proof="ушёл вчера", by=cast.anna)
    with pytest.raises(BadInput):
        waive_rows(targets=[], until=date(2026, 5, 8), reason="договорились", by=cast.vera)


def test_an_exception_that_is_not_there_is_not_ended(cast, rows):
    end_waiver(target=Target("5.3", 1, "line", 7), by=cast.vera, role="head")
    assert not Fact.objects.filter(kind="waiver.granted").exists()


def test_a_reason_too_long_to_keep_is_refused_and_not_cut(cast, rows):
    long = "договорились " * 40
    with pytest.raises(BadInput) as refused:
        postpone_act(
            obligation_id=rows[0].pk, until=date(2026, 5, 7), reason=long, by=cast.anna, role="am"
        )
    assert refused.value.field == "reason"
    target = Target("5.3", 1, "line", 7)
    with pytest.raises(BadInput):
        waive(target=target, until=date(2026, 5, 8), reason=long, by=cast.vera, role="head")
    with pytest.raises(BadInput):
        dispute_rows(obligation_ids=[rows[0].pk], proof="я" * 20_001, by=cast.anna)
