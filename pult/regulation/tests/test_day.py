from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from pult.regulation import registry
from pult.regulation.actions import dispute, postpone
from pult.regulation.evaluate.card import Deadline
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.evaluate.tests.shapes import PARALLEL, REPLY, wd
from pult.regulation.models import Obligation
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.providers import provide, providers
from pult.regulation.queries import (
    breaches,
    clause_owed,
    clause_page,
    client_obligations,
    count_acts,
    day_rows,
    obligation,
    reader,
    steps,
)
from pult.regulation.queries.rows import live
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, instant, sign, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
INVOICE = {"role": "am", "act": "invoice.request"}
LEAD = replace(LEAD_WITH_FEED, **INVOICE)
CALM = replace(LEAD, feed=None, feed_limit=None)
START = replace(PARALLEL, **INVOICE)
ANSWER = replace(REPLY, role="am", act="question.answer")


@pytest.fixture(autouse=True)
def names():
    before = providers().names
    provide(names=lambda subjects: {subject: f"{subject[0]} {subject[1]}" for subject in subjects})
    yield
    provide(names=before)


def day(now="2026-05-05 12:00", roots=(1,), **more):
    return day_rows(roots, ["am"], instant(now), **more)


def test_a_row_is_in_the_band_its_deadline_belongs_to(freeze):
    freeze("2026-05-05 12:00")
    install(CALM, ANSWER)
    tell("question.asked", question=1, at="2026-05-04 11:00")
    tell("question.asked", question=2, root=2)
    tell("line.funds_end", line=7, key="june", day="2026-05-18", root=3)
    seen = day(roots=(1, 2, 3))
    assert [row.root_id for row in seen.overdue] == [1]
    assert [row.root_id for row in seen.today] == [2]
    assert [row.root_id for row in seen.week] == [3]
    assert seen.week[0].client == "client 3"
    assert seen.count == 3


def test_other_people_s_clients_and_roles_stay_out_of_my_day(freeze):
    freeze("2026-05-05 12:00")
    install(CALM)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    assert day(roots=(2,)).count == 0
    assert day_rows((1,), ["accountant"], instant("2026-05-05 12:00")).count == 0
    assert day(roots=None).count == 1


def test_one_act_is_one_row_and_one_breach_whatever_number_of_clauses(freeze):
    freeze("2026-05-05 12:00")
    install(CALM, START)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    tell("line.planned_start", line=7, key="start", day="2026-05-18")
    tell("line.funds_end", line=8, key="june", day="2026-05-18")
    seen = day()
    assert len(seen.week) == 1
    assert seen.week[0].clauses == ("5.3", "5.4")
    assert len(seen.week[0].rows) == 3
    freeze("2026-05-12 12:00")
    tick(sweep=sweep)
    late = breaches(0, 2**40)
    assert len(late) == 3
    assert count_acts(late) == 1


def test_a_shadow_row_is_in_nobody_s_day_but_the_head_may_look(freeze):
    freeze("2026-05-05 12:00")
    install(CALM, mode=Mode.SHADOW)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    assert day().count == 0
    assert day(shadow=True).count == 1
    assert client_obligations(1) == []
    assert len(client_obligations(1, shadow=True)) == 1
    assert clause_owed("5.3") == []


def test_a_postponed_row_hides_until_its_day(freeze, cast):
    freeze("2026-05-05 12:00")
    install(CALM)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    postpone(
        obligation_id=Obligation.objects.get().pk,
        until=date(2026, 5, 6),
        reason="утром",
        by=cast.anna,
    )
    assert (day().count, day().postponed) == (0, 1)
    assert day("2026-05-06 11:00").count == 1


def test_a_disputed_row_waits_apart(freeze, cast):
    freeze("2026-05-05 12:00")
    install(CALM)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    dispute(obligation_id=Obligation.objects.get().pk, proof="уже отправлен", by=cast.anna)
    assert (day().count, len(day().disputed)) == (0, 1)


def test_a_row_whose_feed_is_broken_burns_nobody(freeze):
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    freeze("2026-05-12 12:00")
    tick(sweep=sweep)
    seen = day("2026-05-12 12:00")
    assert (seen.count, len(seen.no_data)) == (0, 1)
    assert breaches(0, 2**40) == []


def test_what_exceeds_the_noise_budget_folds_by_client(freeze):
    freeze("2026-05-05 12:00")
    install(CALM)
    for root in range(1, 29):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
    seen = day(roots=range(1, 29))
    assert len(seen.week) == 25
    assert sum(fold.count for fold in seen.folded) == 3
    assert seen.count == 28


def test_whoever_sees_every_client_gets_the_most_urgent_and_the_number_of_the_rest(freeze):
    freeze("2026-05-05 12:00")
    install(CALM, START, ANSWER)
    tell("question.asked", question=1, root=40, at="2026-05-04 11:00")
    for root in range(1, 29):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
        tell("line.planned_start", root=root, line=root, key="start", day="2026-05-18")
    whole, own = day(roots=None), day(roots=range(41))
    assert [row.root_id for row in whole.overdue] == [40]
    assert len(whole.week) == 24
    assert len(whole.week[0].rows) == 2
    assert whole.count == own.count == 29
    assert whole.folded == own.folded
    assert whole == own


def test_what_is_asked_of_the_agency_is_told_by_person(freeze):
    freeze("2026-05-05 12:00")
    install(CALM)
    before = providers().holders
    provide(holders=lambda role, minute, roots: {1: 100, 2: 100, 3: 200})
    for root in range(1, 5):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
    held = day(roots=None).tally.by_holder
    provide(holders=before)
    assert [(one.user_id, one.count, one.clients) for one in held] == [
        (100, 2, 2),
        (0, 1, 1),
        (200, 1, 1),
    ]


def test_the_count_of_the_agency_follows_what_people_do(freeze, cast):
    freeze("2026-05-05 12:00")
    install(CALM)
    for root in (1, 2, 3):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
    assert day(roots=None).count == 3
    first, second, _third = Obligation.objects.order_by("id")
    dispute(obligation_id=first.pk, proof="уже отправлен", by=cast.anna)
    assert (day(roots=None).count, day(roots=None).totals["disputed"]) == (2, 1)
    postpone(obligation_id=second.pk, until=date(2026, 5, 6), reason="утром", by=cast.anna)
    assert (day(roots=None).count, day(roots=None).postponed) == (1, 1)


def test_the_head_signs_another_noise_budget(freeze, cast):
    freeze("2026-05-05 12:00")
    install(CALM)
    sign(cast, "noise.rows", 1)
    for root in (1, 2):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
    assert (len(day(roots=(1, 2)).week), len(day(roots=(1, 2)).folded)) == (1, 1)


def test_a_far_deadline_is_only_counted(freeze):
    freeze("2026-05-05 12:00")
    install(replace(ANSWER, deadlines=(Deadline(wd(9), "after"),)))
    tell("question.asked", question=1)
    assert (day().count, day().later) == (0, 1)


def test_the_day_takes_a_handful_of_queries(freeze, django_assert_max_num_queries):
    freeze("2026-05-05 12:00")
    install(CALM, ANSWER)
    for root in range(1, 20):
        tell("line.funds_end", root=root, line=root, key="june", day="2026-05-18")
        tell("question.asked", root=root, question=root)
    with registry.reading(), django_assert_max_num_queries(6):
        assert day(roots=range(1, 20)).count == 38


def test_a_row_tells_what_became_of_it(freeze):
    freeze("2026-05-05 12:00")
    install(CALM)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    freeze("2026-05-12 12:00")
    tick(sweep=sweep)
    tell("invoice.sent", line=7)
    row = obligation(Obligation.objects.get().pk)
    assert row.state == State.LATE
    assert row.is_breach
    assert [(step.to_state, step.cause) for step in steps(row)] == [
        (State.OPEN, "fact"),
        (State.OVERDUE, "time"),
        (State.LATE, "fact"),
    ]
    assert [found.id for found in client_obligations(1, closed=True)] == [row.id]


def test_the_reader_counts_what_each_clause_asks_now(freeze):
    freeze("2026-05-05 12:00")
    install(CALM, ANSWER)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    tell("question.asked", question=1, at="2026-05-04 11:00")
    lines = {line.clause: line for line in reader()}
    assert (lines["5.3"].live, lines["5.3"].overdue) == (1, 0)
    assert (lines["12.5"].live, lines["12.5"].overdue) == (1, 1)
    page = clause_page("12.5")
    assert page.owed[0].subject == "client 1"
    assert "reply" in [value.name for value in page.parameters]
    assert clause_page("99") is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sees the values themselves")
def test_live_rows_are_found_by_their_indexes(freeze):
    freeze("2026-05-05 12:00")
    rows = live(Obligation.objects.filter(role__in=["am"], mode__gte=Mode.VISIBLE, due__lte=1))
    everybody = rows.values_list("root_id", "role", "act", "state", "due")
    assert "COVERING INDEX obligation_asked" in everybody.explain()
    assert "obligation_live (root_id=? AND role=?" in rows.filter(root_id__in=[1, 2]).explain()
    with CaptureQueriesContext(connection) as asked:
        reader()
    counting = next(query["sql"] for query in asked if "COUNT" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {counting}")
        plan = [step for *_numbers, step in cursor.fetchall()]
    assert plan == ["SCAN regulation_obligation USING COVERING INDEX obligation_open"]


def test_what_is_alive_is_told_in_one_way():
    listed = Q(state__in=LIVE_STATES, closed=0)
    flags = [0, Flag.CLOSED.value, Flag.DISPUTED.value]
    common = {"clause": "1", "subject_type": "line", "row_key": 0, "root_id": 1, "mode": 2}
    common |= {"opened_at": 0, "due": 0, "wake_at": 0, "first_seen": 0, "changed_at": 0}
    Obligation.objects.bulk_create(
        Obligation(**common, subject_id=state * 1000 + mark, state=state.value, flags=mark)
        for state in State
        for mark in flags
    )
    rows = Obligation.objects.alias(closed=F("flags").bitand(Flag.CLOSED)).filter(listed)
    assert set(live(Obligation.objects.all())) == set(rows)
    assert rows.count() == 2 * len(LIVE_STATES)
