from dataclasses import replace
from datetime import date

import pytest

from pult.kernel import clock
from pult.kernel.models import Fact
from pult.regulation import editions
from pult.regulation.actions import dispute
from pult.regulation.edition_signing import sign_edition
from pult.regulation.escalation import escalate, escalated_to, raised_to
from pult.regulation.evaluate.card import Rung
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import LEAD, bh, wd
from pult.regulation.models import CardEdition, EscalationSent, Obligation
from pult.regulation.providers import Providers, provide
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
CARD = replace(
    LEAD,
    feed=None,
    feed_limit=None,
    role="am",
    act="invoice.request",
    ladder=(Rung(bh(0), "head"), Rung(wd(3), "director")),
)
HEAD, DIRECTOR = 4, 9


@pytest.fixture
def told():
    """Notices that went out; Вера is 4, Захар 9."""
    notices = []
    who = {"head": HEAD, "director": DIRECTOR}
    provide(
        holders=lambda role, at, roots: dict.fromkeys(roots, who[role]),
        notify=notices.extend,
    )
    yield notices
    provide(holders=Providers().holders, notify=Providers().notify)


def overdue(freeze, *, at="2026-05-07 12:00", mode=Mode.ESCALATING, roots=(1,), lines=1) -> None:
    freeze("2026-05-05 12:00")
    install(CARD, mode=mode)
    for root in roots:
        for line in range(lines):
            tell("line.funds_end", root=root, line=10 * root + line, key="june", day="2026-05-18")
    freeze(at)
    tick(sweep=sweep)


def test_the_head_hears_once_of_a_row_that_is_overdue(freeze, told):
    overdue(freeze)
    assert escalate() == 1
    assert [(notice.recipient_id, notice.clause) for notice in told] == [(HEAD, "5.3")]
    assert escalate() == 0
    assert [row.clause for row in escalated_to(HEAD)] == ["5.3"]


def test_the_director_hears_when_three_working_days_have_gone(freeze, told):
    overdue(freeze)
    escalate()
    freeze("2026-05-12 18:59")
    assert escalate() == 0
    freeze("2026-05-13 12:00")
    assert escalate() == 1
    assert told[-1].recipient_id == DIRECTOR


def test_nobody_is_told_at_night(freeze, told):
    overdue(freeze, at="2026-05-06 23:00")
    assert escalate() == 0
    freeze("2026-05-07 11:00")
    assert escalate() == 1


@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.VISIBLE])
def test_only_an_escalating_clause_goes_up(freeze, told, mode):
    overdue(freeze, mode=mode)
    assert escalate() == 0


def test_a_disputed_row_goes_nowhere(freeze, told, cast):
    overdue(freeze)
    dispute(obligation_id=Obligation.objects.get().pk, proof="отправлен", by=cast.anna)
    assert escalate() == 0


def test_rows_of_one_act_are_one_interruption(freeze, told):
    overdue(freeze, lines=3)
    assert escalate() == 1
    assert EscalationSent.objects.count() == 3
    assert escalate() == 0


def test_the_fourth_interruption_of_a_day_waits_for_tomorrow(freeze, told):
    overdue(freeze, roots=(1, 2, 3, 4))
    assert escalate() == 3
    assert escalate() == 0
    freeze("2026-05-08 12:00")
    assert escalate() == 1


def test_a_row_that_was_done_leaves_the_head_s_list(freeze, told):
    overdue(freeze)
    escalate()
    tell("invoice.sent", line=10)
    assert escalated_to(HEAD) == []


def test_a_role_nobody_holds_waits_for_its_holder(freeze, told):
    overdue(freeze)
    provide(holders=lambda role, at, roots: {})
    assert escalate() == 0
    assert not EscalationSent.objects.exists()


def test_a_notice_that_could_not_be_handed_on_is_sent_by_the_next_tick(freeze, told):
    overdue(freeze)

    def broken(notices):
        raise OSError("the port is shut")

    provide(notify=broken)
    with pytest.raises(OSError, match="shut"):
        escalate()
    assert not EscalationSent.objects.exists()
    assert not Fact.objects.filter(kind="escalation.sent").exists()
    provide(notify=told.extend)
    assert escalate() == 1


def test_who_stands_in_hears_in_place_of_an_absent_head(freeze, told):
    overdue(freeze)
    provide(stand_ins=lambda users, at: {HEAD: 12} if HEAD in users else {})
    escalate()
    provide(stand_ins=Providers().stand_ins)
    assert [notice.recipient_id for notice in told] == [12]
    assert Fact.objects.get(kind="escalation.sent").refs["person"] == 12


def test_the_ladder_of_an_edition_to_come_is_not_climbed_yet(freeze, told, cast):
    overdue(freeze)
    louder = replace(CARD, edition="louder", ladder=(Rung(bh(0), "director"),))
    editions.sync([louder], pack="test")
    edition = CardEdition.objects.get(edition="louder")
    day = date(2026, 5, 8)
    sign_edition(edition_id=edition.pk, effective_from=day, by=cast.vera, role="head")
    escalate()
    assert [notice.recipient_id for notice in told] == [HEAD]


def raised(user: int, role: str) -> list[str]:
    return [row.clause for row in raised_to(user, {role}, clock.to_minute(clock.now()))]


def test_the_page_of_escalations_waits_for_no_notice_and_no_working_hour(freeze, told):
    overdue(freeze, at="2026-05-06 23:00")
    assert raised(HEAD, "head") == ["5.3"]
    assert raised(DIRECTOR, "director") == []
    assert raised(DIRECTOR, "head") == []
    assert told == []


def test_a_ladder_comes_to_the_director_on_the_page_when_its_days_have_gone(freeze, told):
    overdue(freeze)
    freeze("2026-05-12 18:59")
    assert raised(DIRECTOR, "director") == []
    freeze("2026-05-12 19:00")
    assert raised(DIRECTOR, "director") == ["5.3"]


@pytest.mark.parametrize("mode", [Mode.SHADOW, Mode.VISIBLE])
def test_a_clause_that_does_not_escalate_raises_nothing_on_the_page(freeze, told, mode):
    overdue(freeze, mode=mode)
    assert raised(HEAD, "head") == []


def test_whoever_stands_in_for_an_absent_head_finds_the_row_on_the_page(freeze, told):
    overdue(freeze)
    provide(stand_ins=lambda users, at: {HEAD: 12} if HEAD in users else {})
    assert raised(12, "head") == ["5.3"]
    provide(stand_ins=Providers().stand_ins)
