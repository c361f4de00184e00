import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from pult.kernel import clock
from pult.kernel.facts import acting
from pult.kernel.models import Fact
from pult.regulation.actions import Target, end_waiver, waive
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.evaluate.tests.shapes import MONEY_FIRST, NOT_THE_MANAGER
from pult.regulation.gates import GateRefusal, gated, guard, refusal_of
from pult.regulation.models import CalendarVersion, Obligation, Transition
from pult.regulation.pack_text import shipped_pack
from pult.regulation.queries.refusals import times_refused
from pult.regulation.tests.world import install, instant, tell

pytestmark = pytest.mark.django_db
GATE = replace(MONEY_FIRST, waivers=("head",))
LINE = Target(clause="6.1", root_id=1, subject_type="line", subject_id=7)


def start(by, role="am", line=7):
    """What the owner of the line does."""
    with gated(), acting(1):
        guard("line.start", root_id=1, refs={"line": line}, by=by, role=role)
        CalendarVersion.objects.create(number=line, recorded_at=clock.now(), reason="started")
        tell("line.started", line=line)


def test_an_act_is_refused_until_the_money_has_come(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)
    with pytest.raises(GateRefusal) as refused:
        start(cast.anna)
    refusal = refused.value.as_dict()
    assert refusal["clause"] == "6.1"
    assert "the money has not come" in refusal["cure"]
    assert refusal["who"]
    assert "attempt" not in refusal
    tell("line.funded", line=7, state="full")
    start(cast.anna)
    assert Obligation.objects.get().state == State.ALLOWED


def test_a_refusal_rolls_back_the_act_and_keeps_only_the_attempt(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)

    @gated()
    def write_and_ask():
        with acting(1):
            CalendarVersion.objects.create(number=1, recorded_at=clock.now(), reason="too early")
            guard("line.start", root_id=1, refs={"line": 7}, by=cast.anna, role="am")

    with pytest.raises(GateRefusal):
        write_and_ask()
    assert not CalendarVersion.objects.exists()
    attempt = Fact.objects.get(kind="gate.refused")
    assert (attempt.key, attempt.refs, attempt.actor) == (
        "6.1",
        {"line": 7, "client": 1},
        cast.anna,
    )
    assert attempt.payload == {"action": "line.start", "missing": ["the money has not come"]}
    denied = Transition.objects.get()
    assert (denied.to_state, denied.subject_id, denied.cause_fact) == (State.DENIED, 7, attempt.pk)
    assert (times_refused("6.1"), times_refused("5.3")) == (1, 0)
    assert not Obligation.objects.exists()
    freeze("2026-08-04 12:00")
    assert (times_refused("6.1"), times_refused("6.1", days=120)) == (0, 1)


def test_a_shadow_gate_refuses_nobody_but_writes_down_what_it_would_have_said(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE, mode=Mode.SHADOW)
    start(cast.anna)
    row = Obligation.objects.get()
    assert (row.state, row.mode) == (State.VIOLATED, Mode.SHADOW)
    assert not Fact.objects.filter(kind="gate.refused").exists()


def test_a_labelled_exception_opens_the_gate(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)
    tell("client.trusted", state="yes")
    start(cast.anna)
    assert Obligation.objects.get().state == State.ALLOWED


def test_another_line_s_money_opens_nothing(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)
    tell("line.funded", line=8, state="full")
    with pytest.raises(GateRefusal):
        start(cast.anna, line=7)


def test_the_head_lifts_a_gate_until_a_day_and_may_take_it_back(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)
    waive(
        target=LINE,
        until=date(2026, 5, 8),
        reason="платёжка в банке",
        by=cast.vera,
        role="head",
    )
    start(cast.anna)
    assert Obligation.objects.get().state == State.WAIVED
    freeze("2026-05-09 12:00")
    assert refusal_of("line.start", root_id=1, refs={"line": 7}) is not None
    freeze("2026-05-08 12:00")
    assert refusal_of("line.start", root_id=1, refs={"line": 7}) is None
    end_waiver(target=LINE, by=cast.vera, role="head")
    freeze("2026-05-08 12:01")
    assert refusal_of("line.start", root_id=1, refs={"line": 7}) is not None


def test_a_manager_may_not_lift_a_gate(freeze, cast):
    from pult.kernel.errors import BadInput, Refusal

    freeze("2026-05-05 12:00")
    install(GATE)
    asked = {"target": LINE, "until": date(2026, 5, 8), "reason": "очень надо"}
    for role in ("am", "head"):
        with pytest.raises(Refusal):
            waive(**asked, by=cast.anna, role=role)
    with pytest.raises(BadInput):
        waive(**asked | {"reason": " "}, by=cast.vera, role="head")
    with pytest.raises(BadInput):
        waive(**asked | {"until": date(2028, 1, 1)}, by=cast.vera, role="head")


def test_an_act_forbidden_to_a_role_is_refused_to_it_alone(freeze, cast):
    freeze("2026-05-05 12:00")
    install(NOT_THE_MANAGER)
    refs = {"invoice": 3}
    refused = refusal_of("invoice.issue", root_id=1, refs=refs, by=cast.anna, role="am")
    assert refused is not None
    assert refused.clause == "М4.9"
    allowed = refusal_of("invoice.issue", root_id=1, refs=refs, by=cast.zhanna, role="accountant")
    assert allowed is None


def test_an_act_that_no_card_guards_is_nobody_s_business(freeze, django_assert_num_queries):
    freeze("2026-05-05 12:00")
    install(GATE)
    guard("client.create", root_id=1, refs={}, by=None)
    with django_assert_num_queries(1):
        guard("client.create", root_id=1, refs={}, by=None)


def test_an_act_dated_back_is_judged_by_what_is_known_today_of_that_hour(freeze, cast):
    freeze("2026-05-05 12:00")
    install(GATE)
    freeze("2026-05-05 15:00")
    asked = {"root_id": 1, "refs": {"line": 7}, "by": cast.anna, "role": "am"}
    tell("line.funded", line=7, state="full", at="2026-05-05 11:00")
    assert refusal_of("line.start", **asked, at=instant("2026-05-05 12:30")) is None
    assert refusal_of("line.start", **asked, at=instant("2026-05-05 10:30")) is not None


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_missing_is_said_in_the_reader_s_language(freeze, cast, language):
    freeze("2026-05-05 12:00")
    cards = [card for card in shipped_pack().cards if card.gate]
    install(*(replace(card, planned=()) for card in cards))
    spoken = set()
    with override(language):
        for card in cards:
            refs = {card.subject: 7, card.each: 8} if card.each else {card.subject: 7}
            asked = {"root_id": 1, "refs": refs, "by": cast.anna, "role": "am"}
            refusal = refusal_of(card.gate.action, **asked)
            if refusal is not None and refusal.attempt.clause == card.clause:
                spoken.add(card.clause)
                assert bool(re.search("[а-яё]", refusal.cure)) == (language == "ru"), refusal.cure
                assert re.search("[а-яё]", " ".join(refusal.attempt.missing))
    assert "6.1" in spoken
