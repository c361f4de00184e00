"""A generated agency: the same seed, the same facts; never over anybody's work."""

from datetime import date

import pytest
from django.db.models import Count

from pult.clients.models import ServiceLine
from pult.clients.tests.factories import make_user
from pult.console.seed.load import seed_agency
from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.money.actions.top_ups import tell_waiting, top_up
from pult.money.models import MoneyWait
from pult.money.queries import money_waiting
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.regulation.worker import nightly
from pult.work.models import Task

TODAY = date(2026, 3, 11)
COLUMNS = ("kind", "valid_at", "state", "day", "value", "key")


class TakenBack(Exception):
    """Ends a transaction that leaves nothing behind."""


def seeded(seed):
    """The facts of a generated agency, in order; the agency itself is taken back."""
    from django.db import transaction

    found = []
    try:
        with transaction.atomic():
            seed_agency(clients=12, facts=900, seed=seed, today=TODAY)
            rows = Fact.objects.filter(source="seed").order_by("pk")
            found = list(rows.values_list(*COLUMNS))
            raise TakenBack
    except TakenBack:
        return found


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_facts(freeze):
    freeze("2026-03-11 12:00")
    first = seeded(1)
    assert len(first) == pytest.approx(900, rel=0.05)
    assert seeded(1) == first
    assert seeded(2) != first


@pytest.mark.django_db
def test_a_database_in_use_is_refused(cast):
    before = Fact.objects.count()
    with pytest.raises(Refusal):
        seed_agency(clients=5, facts=100, seed=1, today=TODAY)
    assert Fact.objects.count() == before


@pytest.mark.django_db
def test_a_generated_agency_is_judged_without_drift(freeze):
    freeze("2026-03-11 12:00")
    seed_agency(clients=12, facts=900, seed=1, today=TODAY)
    assert nightly(polite=False).rows > 200
    assert nightly(polite=False).drift == 0


@pytest.mark.django_db
def test_a_generated_agency_has_tasks_in_every_state(freeze):
    freeze("2026-03-11 12:00")
    seed_agency(clients=12, facts=100, seed=1, today=TODAY, tasks=20)
    states = dict(Task.objects.order_by().values_list("state").annotate(Count("pk")))
    assert sum(states.values()) == 240
    assert states["accepted"] > states["taken"] > 0
    assert Task.objects.filter(assignee__department__code="seo").exists()
    assert nightly(polite=False).drift == 0


@pytest.mark.django_db
def test_a_generated_agency_is_asked_to_top_up_as_a_living_one_is(freeze):
    freeze("2026-03-11 12:00")
    seed_agency(clients=120, facts=9000, seed=1, today=TODAY)
    nightly(polite=False)
    asked = Obligation.objects.filter(clause="П.1")
    states = dict(asked.order_by().values_list("state").annotate(Count("pk")))
    assert states[State.MET] > 5 * states[State.LATE] > 0
    open_rows = asked.filter(state__in=(State.OPEN, State.OVERDUE))
    waiting = money_waiting(ServiceLine.objects.values_list("pk", flat=True))
    assert {row.subject_id for row in open_rows} == set(waiting)
    assert set(waiting.values()) == {10_000_000}


@pytest.mark.django_db
def test_the_live_word_on_waiting_money_changes_nothing_in_a_generated_agency(freeze):
    freeze("2026-03-11 12:00")
    seed_agency(clients=120, facts=9000, seed=1, today=TODAY)
    assert MoneyWait.objects.exists()
    assert tell_waiting() == 0
    nightly(polite=False)
    line = MoneyWait.objects.first().line
    cast = make_user("Жанна", "accountant")
    top_up(by=cast, line_id=line.pk, amount=10_000_000, on=TODAY)
    row = Obligation.objects.filter(clause="П.1", subject_id=line.pk).order_by("pk").last()
    assert row.state in (State.MET, State.LATE)
    assert nightly(polite=False).drift == 0
