from dataclasses import replace
from datetime import date

import pytest

from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.regulation import editions, registry
from pult.regulation.actions import decide_dispute, dispute, mark_useless, postpone
from pult.regulation.calendar_edits import edit_calendar
from pult.regulation.edition_signing import sign_edition
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.evaluate.tests.shapes import wd
from pult.regulation.models import CardEdition, Obligation, ParameterValue
from pult.regulation.modes import modes_today, set_go_live, set_mode
from pult.regulation.parameters import in_force, sign_parameter
from pult.regulation.queries import clause_use
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None)


@pytest.fixture
def row(freeze) -> Obligation:
    freeze("2026-05-05 12:00")
    install(LEAD)
    tell("line.funds_end", line=7, key="june", day="2026-05-18")
    return Obligation.objects.get()


def test_a_postponed_row_keeps_its_deadline_and_remembers_the_reason(row, cast):
    postpone(
        obligation_id=row.pk,
        until=date(2026, 5, 6),
        reason="ждём правки к смете",
        by=cast.anna,
        role="am",
    )
    again = Obligation.objects.get()
    assert (again.due, again.state) == (row.due, State.OPEN)
    assert clause_use("5.3").postponed == 1
    assert "смете" not in str(Fact.objects.get(kind="obligation.postponed").payload)


def test_a_row_is_postponed_to_a_later_day_with_a_reason(row, cast):
    asked = {"obligation_id": row.pk, "by": cast.anna}
    with pytest.raises(BadInput):
        postpone(**asked, until=date(2026, 5, 5), reason="завтра")
    with pytest.raises(BadInput):
        postpone(**asked, until=date(2026, 5, 6), reason="  ")
    with pytest.raises(NotVisible):
        postpone(**asked | {"obligation_id": 0}, until=date(2026, 5, 6), reason="завтра")
    tell("invoice.sent", line=7)
    with pytest.raises(Conflict):
        postpone(**asked, until=date(2026, 5, 6), reason="завтра")


def test_a_disputed_row_says_so_until_somebody_else_decides(row, cast, freeze):
    opened = dispute(obligation_id=row.pk, proof="счёт ушёл с другой почты", by=cast.anna)
    assert Obligation.objects.get().flags & Flag.DISPUTED
    with pytest.raises(Conflict):
        dispute(obligation_id=row.pk, proof="ещё раз", by=cast.anna)
    with pytest.raises(Refusal):
        decide_dispute(dispute_id=opened.pk, upheld=True, answer="да", by=cast.boris, role="am")
    freeze("2026-05-05 12:30")
    decide_dispute(dispute_id=opened.pk, upheld=False, answer="нет", by=cast.vera, role="head")
    assert not Obligation.objects.get().flags & Flag.DISPUTED
    with pytest.raises(Conflict):
        decide_dispute(dispute_id=opened.pk, upheld=True, answer="да", by=cast.vera, role="head")


def test_nobody_decides_their_own_dispute(row, cast):
    opened = dispute(obligation_id=row.pk, proof="ошибка прогноза", by=cast.vera, role="head")
    with pytest.raises(BadInput):
        decide_dispute(dispute_id=opened.pk, upheld=True, answer="да", by=cast.vera, role="head")


def test_an_upheld_dispute_takes_the_breach_away(row, cast, freeze):
    freeze("2026-05-07 12:00")
    tick(sweep=sweep)
    assert Obligation.objects.get().state == State.OVERDUE
    opened = dispute(obligation_id=row.pk, proof="счёт ушёл с другой почты", by=cast.anna)
    freeze("2026-05-07 12:30")
    decide_dispute(dispute_id=opened.pk, upheld=True, answer="верно", by=cast.vera, role="head")
    assert Obligation.objects.get().state == State.WAIVED


def test_a_useless_question_is_counted_once_a_person(row, cast):
    mark_useless(obligation_id=row.pk, by=cast.anna)
    mark_useless(obligation_id=row.pk, by=cast.anna)
    mark_useless(obligation_id=row.pk, by=cast.boris)
    assert clause_use("5.3").useless == 2


def signed(cast, **more):
    return sign_parameter(
        **{
            "name": "invoice.lead",
            "value": 10,
            "effective_from": date(2026, 5, 6),
            "reason": "кончаются раньше",
            "by": cast.vera,
            "role": "head",
        }
        | more
    )


def test_a_parameter_is_signed_by_the_head_for_the_future_with_a_reason(row, cast):
    with pytest.raises(Refusal):
        signed(cast, role="am")
    for wrong in (
        {"effective_from": date(2026, 5, 4)},
        {"reason": ""},
        {"name": "invoice.leed"},
        {"value": -1},
        {"scope": ("galaxy", 1)},
    ):
        with pytest.raises(BadInput):
            signed(cast, **wrong)
    assert not ParameterValue.objects.exists()
    signed(cast)
    assert Fact.objects.get(kind="parameter.signed").key == "invoice.lead"


def test_a_decision_about_the_past_is_signed_as_such(row, cast):
    signed(cast, effective_from=date(2026, 5, 1), retro=True)
    tick(sweep=sweep)
    assert Obligation.objects.get().parameter_value == ParameterValue.objects.get().pk


def test_a_value_in_force_shows_since_when_and_the_card_s_own_until_then(row, cast, freeze):
    signed(cast)
    value = next(item for item in in_force() if item.name == "invoice.lead")
    assert (value.value, value.since, value.clauses) == (7, None, ("5.3",))
    value = next(item for item in in_force(date(2026, 5, 6)) if item.name == "invoice.lead")
    assert (value.value, value.since, value.author) == (10, date(2026, 5, 6), str(cast.vera))


def test_a_day_off_moves_a_deadline_that_lies_ahead(row, cast):
    tell("line.funds_end", line=8, key="july", day="2026-06-10")
    before = Obligation.objects.get(subject_id=8).due
    edit_calendar(
        day=date(2026, 6, 2), kind="off", reason="выездной день", by=cast.vera, role="head"
    )
    tick(sweep=sweep)
    moved = Obligation.objects.get(subject_id=8)
    assert moved.due < before
    assert moved.calendar_version == 1
    with pytest.raises(BadInput):
        edit_calendar(day=date(2026, 6, 2), kind="holiday", reason="?", by=cast.vera, role="head")


def test_a_changed_card_is_ignored_until_it_is_signed_and_spares_older_triggers(row, cast, freeze):
    deadline = replace(LEAD.deadlines[0], amount=wd(10, "invoice.lead"))
    changed = replace(LEAD, edition="second", deadlines=(deadline,))
    assert editions.sync([changed], pack="test").changed == ("5.3",)
    assert len(registry.current().cards) == 1
    edition = CardEdition.objects.get(edition="second")
    with pytest.raises(Refusal):
        sign_edition(
            edition_id=edition.pk, effective_from=date(2026, 5, 6), by=cast.anna, role="am"
        )
    sign_edition(edition_id=edition.pk, effective_from=date(2026, 5, 6), by=cast.vera, role="head")
    tick(sweep=sweep)
    assert Obligation.objects.get().due == row.due
    freeze("2026-05-06 12:00")
    tell("line.funds_end", line=8, key="july", day="2026-07-10")
    assert Obligation.objects.get(subject_id=8).edition_id == edition.pk
    assert Obligation.objects.get(subject_id=7).edition_id != edition.pk


def test_the_same_file_twice_makes_one_edition(row):
    assert editions.sync([LEAD], pack="other").new == ("5.3",)
    assert editions.sync([LEAD], pack="other") == editions.Synced((), ())


def test_a_mode_is_set_for_a_team_or_for_all(row, cast):
    asked = {"clause": "5.3", "by": cast.vera, "role": "head", "reason": "пора"}
    set_mode(**asked, mode=Mode.SHADOW, since=date(2026, 5, 5))
    set_mode(**asked, mode=Mode.ESCALATING, since=date(2026, 5, 5), team=4)
    assert modes_today() == {"5.3": Mode.SHADOW}
    assert modes_today(team=4) == {"5.3": Mode.ESCALATING}
    with pytest.raises(BadInput):
        set_mode(**asked | {"clause": "9.9"}, mode=Mode.OFF, since=date(2026, 5, 5))


def test_nothing_is_asked_about_triggers_before_the_client_s_go_live(row, cast):
    set_go_live(on=date(2026, 5, 6), by=cast.vera, role="head", scope=("client", 1))
    tick(sweep=sweep)
    assert not Obligation.objects.exists()
