from dataclasses import replace
from datetime import date

import pytest

from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.models import Fact
from pult.regulation.actions import (
    Target,
    bring_back,
    decide_dispute,
    dispute,
    postpone,
    rows,
    waive,
)
from pult.regulation.calendar_edits import edit_calendar
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.models import Obligation, ParameterValue, Waiver
from pult.regulation.modes import set_mode
from pult.regulation.parameters import in_force, sign_parameter, withdraw
from pult.regulation.queries import day_rows, disputes, modes_matrix, waivers
from pult.regulation.tests.world import install, instant, tell

pytestmark = pytest.mark.django_db
LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None, role="am")


@pytest.fixture
def row(freeze) -> Obligation:
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    return Obligation.objects.get()


def test_a_postponement_is_undone_at_once(row, cast):
    asked = {"obligation_id": row.pk, "by": cast.anna}
    postpone(**asked, until=date(2026, 5, 6), reason="утром")
    bring_back(**asked)
    assert day_rows((1,), ["am"], instant("2026-05-05 12:00")).count == 1
    told = Fact.objects.get(kind="obligation.brought_back")
    assert (told.actor, told.key, told.value) == (cast.anna, row.clause, row.row_key)
    bring_back(**asked)
    assert Fact.objects.filter(kind="obligation.brought_back").count() == 1


def test_a_row_done_meanwhile_is_not_put_off(row, cast, meanwhile):
    meanwhile(rows, lambda: tell("invoice.sent", line=7))
    with pytest.raises(Conflict):
        postpone(obligation_id=row.pk, by=cast.anna, until=date(2026, 5, 6), reason="утром")
    assert not Fact.objects.filter(kind="obligation.postponed").exists()


UNSEEN = ["\x00", "\u200b", "\u2800", " \x00\u200b\u2800 "]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_reason_nobody_can_see_is_none_and_one_is_kept_without_such_letters(row, cast, unseen):
    target = Target("5.3", row.root_id, row.subject_type, row.subject_id)
    one = {"obligation_id": row.pk, "by": cast.anna}
    head = {"by": cast.vera, "role": "head"}
    day = date(2026, 5, 6)
    opened = dispute(**one, proof=f"счёт{unseen.strip()} ушёл{unseen}")
    assert opened.proof == "счёт ушёл"

    def acts(reason):
        said = head | {"reason": reason}
        return (
            lambda: postpone(**one, until=day, reason=reason),
            lambda: waive(target=target, until=day, **said),
            lambda: set_mode(clause="5.3", mode=Mode.SHADOW, since=day, **said),
            lambda: sign_parameter(name="invoice.lead", value=9, effective_from=day, **said),
            lambda: edit_calendar(day=date(2026, 6, 2), kind="off", **said),
            lambda: decide_dispute(dispute_id=opened.pk, upheld=False, answer=reason, **head),
        )

    for act in (*acts(unseen), lambda: dispute(**one, proof=unseen)):
        with pytest.raises(BadInput):
            act()
    for act in acts(f"{unseen}так надо{unseen}"):
        kept = act()
        assert (getattr(kept, "reason", "") or kept.answer) == "так надо"


def test_open_disputes_stand_with_their_rows_and_proof(row, cast):
    dispute(obligation_id=row.pk, proof="счёт ушёл с другой почты", by=cast.anna)
    item = disputes()[0]
    assert (item.row.id, item.proof, item.opened_by) == (
        row.pk,
        "счёт ушёл с другой почты",
        str(cast.anna),
    )
    assert disputes(is_open=False) == []


def test_a_second_exception_that_ends_no_later_is_refused(row, cast):
    def make(until, **more):
        target = replace(Target("5.3", row.root_id, row.subject_type, row.subject_id), **more)
        return waive(target=target, until=until, reason="ждём акт", by=cast.vera, role="head")

    make(date(2026, 5, 20))
    for again in ({}, {"row_key": row.row_key}):
        with pytest.raises(Refusal) as refused:
            make(date(2026, 5, 19), **again)
        said = refused.value.as_dict()
        assert (said["clause"], "20" in said["message"], bool(said["cure"])) == ("5.3", True, True)
    make(date(2026, 5, 21))
    make(date(2026, 5, 22), row_key=row.row_key)
    assert Waiver.objects.count() == 3


def test_an_exception_in_force_shows_who_why_and_what_it_covered(row, cast, freeze):
    target = Target(clause="5.3", root_id=1, subject_type="line", subject_id=7)
    waive(target=target, until=date(2026, 5, 8), reason="отпуск", by=cast.vera, role="head")
    item = waivers()[0]
    assert (item.clause, item.by, item.reason, item.used) == ("5.3", str(cast.vera), "отпуск", 1)
    freeze("2026-05-09 12:00")
    assert waivers() == []


def test_the_matrix_shows_today_s_mode_what_comes_and_what_is_inherited(row, cast):
    set_mode(
        clause="5.3",
        mode=Mode.ESCALATING,
        since=date(2026, 6, 1),
        by=cast.vera,
        role="head",
        reason="пора",
        team=4,
    )
    agency, team = modes_matrix([4])
    assert (agency.mode, agency.inherited, agency.planned) == (Mode.VISIBLE, False, ())
    assert (team.mode, team.inherited) == (Mode.VISIBLE, True)
    assert team.planned == ((date(2026, 6, 1), Mode.ESCALATING),)


def test_a_signed_value_is_taken_back_before_its_day_only(row, cast, freeze):
    signed = sign_parameter(
        name="invoice.lead",
        value=10,
        effective_from=date(2026, 5, 6),
        reason="проба",
        by=cast.vera,
        role="head",
    )
    withdraw(value_id=signed.pk, reason="передумали", by=cast.vera, role="head")
    value = next(item for item in in_force(date(2026, 5, 7)) if item.name == "invoice.lead")
    assert value.value == 7
    assert ParameterValue.objects.count() == 2
    freeze("2026-05-06 12:00")
    with pytest.raises(BadInput):
        withdraw(value_id=signed.pk, reason="поздно", by=cast.vera, role="head")
