import json

import pytest
from click.testing import CliRunner

from pult.clients.tests.factories import make_client
from pult.console.commands.why_ import command
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes
from pult.regulation.tests.world import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast, freeze):
    """The invoice-ahead row of a line whose money ends on 20 March."""
    registry.forget()
    freeze("2026-01-12 12:00")
    editions.sync()
    install_modes(Mode.VISIBLE, freeze("2026-01-12 12:00").date())
    client = make_client("Ромашка", am=cast.anna)
    tell("client.status", root=client.pk, state="client")
    freeze("2026-02-16 12:00")
    tell("line.funds_end", root=client.pk, line=7, key="1", day="2026-03-20")
    freeze("2026-03-10 11:00")
    tell("spend.loaded", root=client.pk, line=7, day="2026-03-09")
    yield Obligation.objects.get(clause="5.3")
    registry.forget()


def run(*words):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_the_count_is_printed_day_by_day(row):
    answer = run(row.pk, "--json", "--language", "en")
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    assert (told["clause"], told["title"]) == ("5.3", "Invoice ahead")
    assert told["number"]["parameter"] == "invoice.lead"
    assert told["due"].startswith("2026-03-11")
    assert sum(day["counted"] for day in told["days"]) == 7


def test_people_read_lines(row):
    answer = run(row.pk)
    assert "Счёт заранее: Ромашка" in answer.output
    assert "7 wd before" in answer.output


def test_times_are_in_the_agency_s_zone(row):
    told = json.loads(run(row.pk, "--json").output)
    assert told["due"] == "2026-03-11T19:00:00+03:00"
    assert "2026-03-11T19:00:00+03:00" in run(row.pk).output


def test_a_row_that_is_no_more_exits_with_one(db):
    answer = run(99999)
    assert answer.exit_code == 1
    assert "there is no row 99999" in answer.output
