"""How often a followed system is read: as the agency says, or as the system's own form does."""

from datetime import timedelta

import pytest

from pult.integrations.migration.actions import sources
from pult.integrations.migration.jobs import follow, read_followed
from pult.integrations.migration.pace import minutes_of
from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.regulation.parameters import sign_parameter

pytestmark = pytest.mark.django_db


def turns(followed, freeze, minutes):
    """How often it is read while the worker looks every five minutes."""
    before = len(followed.former.asked)
    start = clock.now()
    for passed in range(5, minutes + 1, 5):
        freeze(start + timedelta(minutes=passed, seconds=2))
        follow(None)
    return len(followed.former.asked) - before


def test_a_system_is_read_every_ten_minutes(followed, freeze):
    assert turns(followed, freeze, 60) == 6


def test_the_agency_says_how_often(cast, followed, freeze):
    tomorrow = clock.now() + timedelta(days=1)
    sign_parameter(
        name="migration.every",
        value=30,
        effective_from=tomorrow.date(),
        reason="Лимит портала",
        by=cast.vera,
        role="head",
    )
    freeze(tomorrow)
    read_followed()
    assert turns(followed, freeze, 60) == 2


def test_a_system_may_say_it_for_itself(cast, followed, freeze):
    followed.refresh_from_db()
    former = followed.former
    row = sources.edit_source(
        by=cast.vera, source_id=followed.pk, version=followed.version, minutes=20
    )
    assert minutes_of(row) == 20
    followed.former = former
    assert turns(followed, freeze, 60) == 3


def test_more_often_than_the_worker_looks_is_refused(cast, source):
    with pytest.raises(BadInput) as told:
        sources.edit_source(by=cast.vera, source_id=source.pk, version=source.version, minutes=1)
    assert told.value.field == "minutes"


def test_by_hand_it_is_read_at_once(followed):
    before = len(followed.former.asked)
    read_followed()
    assert len(followed.former.asked) == before + 1
