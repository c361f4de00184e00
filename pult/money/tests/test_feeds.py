"""A source of spend that stopped is one row to its owner until it works again."""

from datetime import date

import pytest

from pult.clients.models import LineFeed
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.models import Fact
from pult.money.actions import feeds
from pult.money.actions.feeds import WATCH, feed_id, watch_feeds
from pult.money.ledger_names import names
from pult.money.models import SpendDay
from pult.money.tests.spend_world import Row, load
from pult.regulation import editions
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.regulation.sweep import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast, freeze):
    freeze("2026-03-11 12:00")
    editions.sync()
    found = make_line(make_client(am=cast.anna))
    LineFeed.objects.create(line=found, source="direct", login="romashka", campaign_id="")
    return found


def spent(line, day):
    SpendDay.objects.create(source="direct", campaign="c", day=day, line=line, cost=1)


def said():
    return list(Fact.objects.filter(kind="feed.broken").values_list("state", flat=True))


def the_row():
    return Obligation.objects.get(clause="5.2")


def test_a_feed_that_lags_a_working_day_is_fresh_enough(line):
    spent(line, date(2026, 3, 6))  # on Wednesday the 11th: Monday was a day off
    assert watch_feeds() == 0


def test_a_feed_that_stopped_is_a_row_of_its_owner(cast, line):
    spent(line, date(2026, 3, 5))
    assert (watch_feeds(), watch_feeds()) == (1, 0)
    row = the_row()
    assert (row.root_id, row.subject_type, row.subject_id) == (0, "feed", feed_id("direct"))
    assert (row.state, row.role) == (State.OPEN, "executor")
    assert names([("feed", row.subject_id)]) == {("feed", row.subject_id): "direct"}
    assert sweep().drift == 0


def test_an_import_mends_the_feed_at_once(cast, line):
    spent(line, date(2026, 3, 5))
    watch_feeds()
    load(cast.anna, Row(date(2026, 3, 4), 100))
    assert said() == ["on"]
    load(cast.anna, Row(date(2026, 3, 10), 100), sha256="b")
    assert said() == ["on", "off"]
    assert the_row().state == State.MET


def test_a_source_that_feeds_no_running_line_is_not_missed(line):
    spent(line, date(2026, 3, 5))
    watch_feeds()
    line.status = "ended"
    line.save()
    assert watch_feeds() == 1
    assert said() == ["on", "off"]


def test_the_worker_looks_at_the_feeds_every_day():
    from pult.kernel.jobs.registry import schedules

    assert WATCH in {schedule.name for schedule in schedules}


def test_of_two_watches_at_once_one_says_that_the_feed_stopped(line, meanwhile):
    spent(line, date(2026, 3, 5))
    meanwhile(feeds, watch_feeds)
    assert watch_feeds() == 0
    assert said() == ["on"]
