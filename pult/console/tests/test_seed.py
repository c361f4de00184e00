"""A generated agency: the same seed, the same facts; never over anybody's work."""

from datetime import date

import pytest

from pult.console.seed.load import seed_agency
from pult.kernel.errors import Refusal
from pult.kernel.models import Fact
from pult.regulation.worker import nightly

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
