"""Who reads a system holds it, and what a dead process held is free at once."""

import subprocess
import sys
from datetime import timedelta

import pytest

from pult.integrations.migration.actions import leasing
from pult.integrations.migration.actions.leasing import LEASE, Lease, is_gone
from pult.integrations.migration.models import Batch, Source
from pult.integrations.migration.tests.world import sync
from pult.kernel import clock
from pult.kernel.errors import Conflict

pytestmark = pytest.mark.django_db


def held_by(source, holder):
    """Somebody took the source a moment ago and has not let it go."""
    until = clock.now() + LEASE
    Source.objects.filter(pk=source.pk).update(lease_until=until, lease_by=holder)


def holder_of(pid):
    return f"{leasing._process(pid)} 00000000"


def test_two_do_not_read_one_system(source):
    with Lease(source), pytest.raises(Conflict):
        Lease(source).__enter__()
    with Lease(source) as lease:
        lease.check()
    source.refresh_from_db()
    assert (source.lease_until, source.lease_by) == (None, "")


def test_a_process_that_is_gone_holds_nothing(source):
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    holder = holder_of(other.pid)
    held_by(source, holder)
    try:
        assert not is_gone(holder)
        with pytest.raises(Conflict):
            Lease(source).__enter__()
    finally:
        other.kill()
        other.communicate()
    with Lease(source):
        pass


def test_a_number_that_came_again_is_another_process(source):
    machine_and_number = leasing._process(1).rpartition(" ")[0]
    held_by(source, f"{machine_and_number} 12345 00000000")
    with Lease(source):
        pass


def test_a_process_of_another_machine_is_waited_for_twice_as_long_as_a_page(source, freeze):
    held_by(source, "elsewhere/1 77 12345 00000000")
    with pytest.raises(Conflict):
        Lease(source).__enter__()
    freeze(clock.now() + LEASE + timedelta(seconds=1))
    with Lease(source):
        pass
    assert timedelta(minutes=1) == LEASE


def test_who_was_silent_for_too_long_stops_when_another_has_begun(cast, followed):
    def slept(_since):
        held_by(followed, "elsewhere/1 77 12345 00000000")
        yield from ()

    followed.former.records = slept
    sync(followed)
    followed.refresh_from_db()
    assert followed.lease_by.startswith("elsewhere"), "what another holds is not let go"


def test_a_reading_taken_over_leaves_no_batch_behind(cast, followed):
    real = followed.former.records

    def slept(since):
        held_by(followed, "elsewhere/1 77 12345 00000000")
        return real(since)

    followed.former.records = slept
    before = Batch.objects.count()
    sync(followed)
    assert Batch.objects.count() == before
