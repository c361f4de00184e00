from datetime import date, timedelta

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput
from pult.people.actions import end_role, grant_role, part_with
from pult.people.daily import roles_turned
from pult.people.models import RoleGrant, Team
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.evaluate.tests.shapes import REPLY
from pult.regulation.models import Dirty, Obligation
from pult.regulation.modes import set_go_live, set_mode
from pult.regulation.parameters import sign_parameter
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
NOBODY = 10**6


@pytest.fixture
def quick(cast) -> Team:
    """A team that answers within an hour."""
    return Team.objects.create(name="Быстрая группа", department=cast.anna.department)


@pytest.fixture
def question(cast, freeze, quick):
    """Борис, in no team, holds a client who has just asked; the quick team answers in an hour."""
    freeze("2026-05-05 11:00")
    install(REPLY)
    client = make_client("Ромашка", am=cast.boris)
    sign_parameter(
        name="reply",
        value=1,
        effective_from=date(2026, 5, 5),
        reason="быстрые",
        by=cast.vera,
        role="head",
        scope=("team", quick.pk),
    )
    tick(sweep=sweep)
    tell("question.asked", root=client.pk, question=31)
    return client


def state_of(clause: str = "12.5") -> State:
    return State(Obligation.objects.get(clause=clause).state)


def test_a_role_in_a_team_given_at_noon_counts_at_once(question, cast, quick, freeze):
    freeze("2026-05-05 12:10")
    tick(sweep=sweep)
    assert state_of() == State.OPEN
    end_role(grant=RoleGrant.objects.get(user=cast.boris), by=None, until=date(2026, 5, 4))
    grant_role(user=cast.boris, role="am", team=quick, by=None)
    tick(sweep=sweep)
    assert state_of() == State.OVERDUE


def test_a_role_that_begins_tomorrow_turns_at_midnight_and_is_no_drift(
    question, cast, quick, freeze
):
    end_role(grant=RoleGrant.objects.get(user=cast.boris), by=None, until=date(2026, 5, 5))
    grant_role(user=cast.boris, role="am", team=quick, by=None, since=date(2026, 5, 6))
    tick(sweep=sweep)
    freeze("2026-05-06 00:01")
    assert roles_turned() == 1
    tick(sweep=sweep)
    assert Obligation.objects.get().parameter_value
    assert sweep().drift == 0


def test_without_values_of_teams_nothing_is_marked(cast, freeze):
    freeze("2026-05-05 12:00")
    make_client("Ромашка", am=cast.anna)
    Dirty.objects.all().delete()
    part_with(user=cast.anna, by=None, last_day=date(2026, 5, 5))
    assert not Dirty.objects.exists()


def test_whoever_leaves_takes_the_team_s_mode_along(cast, freeze):
    freeze("2026-05-05 12:00")
    install(REPLY)
    client = make_client("Ромашка", am=cast.anna)
    set_mode(
        clause="12.5",
        mode=Mode.ESCALATING,
        since=date(2026, 5, 5),
        by=cast.vera,
        role="head",
        reason="пора",
        team=cast.team.pk,
    )
    tick(sweep=sweep)
    tell("question.asked", root=client.pk, question=31)
    assert Obligation.objects.get().mode == Mode.ESCALATING
    part_with(user=cast.anna, by=None, last_day=date(2026, 5, 5) - timedelta(days=1))
    tick(sweep=sweep)
    assert Obligation.objects.get().mode == Mode.VISIBLE


def test_nothing_is_signed_for_a_team_a_client_or_a_line_that_is_not_there(question, cast):
    signed = {"by": cast.vera, "role": "head"}
    for kind in ("team", "client", "line"):
        with pytest.raises(BadInput) as refused:
            sign_parameter(
                name="reply",
                value=3,
                effective_from=date(2026, 5, 5),
                reason="быстрые",
                scope=(kind, NOBODY),
                **signed,
            )
        assert refused.value.field == "scope"
    for kind in ("team", "client"):
        with pytest.raises(BadInput):
            set_go_live(on=date(2026, 5, 6), scope=(kind, NOBODY), **signed)
    loud = {"mode": Mode.VISIBLE, "since": date(2026, 5, 6), "reason": "начинаем", **signed}
    with pytest.raises(BadInput):
        set_mode(clause="12.5", team=NOBODY, **loud)
    set_go_live(on=date(2026, 5, 6), scope=("client", question.pk), **signed)
