"""What the dry run promises is what the ledger holds once the file is in."""

from datetime import date, timedelta

import pytest

from pult.clients.actions import movein
from pult.clients.models import Client
from pult.clients.tests.factories import make_client
from pult.clients.tests.moving import COLUMNS, MAPPING, ROWS
from pult.kernel import clock
from pult.regulation import editions, modes, registry, sweep
from pult.regulation.calendars import midnight
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
LIVE = (State.FORECAST, State.OPEN, State.OVERDUE, State.VIOLATED)


@pytest.fixture(autouse=True)
def regulation(freeze, db):
    freeze("2026-03-10 12:00")
    editions.sync()
    registry.forget()
    sweep.forget()
    yield
    registry.forget()
    sweep.forget()


def bring(cast, go_live):
    given = {
        "by": cast.vera,
        "columns": COLUMNS,
        "rows": list(enumerate(ROWS, 2)),
        "mapping": MAPPING,
    }
    promised = movein.preview_import(**given, go_live=go_live).opens
    batch, _preview = movein.start_import(
        **given, file_name="c.csv", go_live=go_live, balance_day=go_live - timedelta(days=1)
    )
    movein.run_import(batch_id=batch.pk, polite=False)
    return {one.clause: (one.rows, one.overdue) for one in promised}, batch


def held(batch):
    rows = Obligation.objects.filter(
        state__in=LIVE, root_id__in=Client.objects.filter(batch=batch).values("pk")
    )
    late = (State.OVERDUE, State.VIOLATED)
    found = {}
    for clause, state in rows.values_list("clause", "state"):
        count, overdue = found.get(clause, (0, 0))
        found[clause] = count + 1, overdue + (state in late)
    return found


@pytest.mark.parametrize("shift", [-60, -7, -1, 0, 1, 6, 40])
@pytest.mark.parametrize("agency", [None, "earlier", "later"])
def test_the_dry_run_promises_what_the_ledger_then_holds(cast, freeze, shift, agency):
    first = go_live = TODAY + timedelta(days=shift)
    if agency:
        make_client("Лес", am=cast.anna)
        said = go_live + timedelta(days=-30 if agency == "earlier" else 5)
        modes.set_go_live(on=said, by=cast.vera, role="head")
        first = max(go_live, said)
    promised, batch = bring(cast, go_live)
    freeze(max(clock.now(), clock.from_minute(midnight(first))))
    sweep.sweep()
    assert promised
    assert held(batch) == promised


@pytest.mark.parametrize("mode", [Mode.OFF, Mode.VISIBLE])
def test_a_clause_switched_off_is_not_promised(cast, mode):
    modes.set_mode(clause="12.3", mode=mode, since=TODAY, by=cast.vera, role="head", reason="проба")
    promised, batch = bring(cast, TODAY)
    sweep.sweep()
    assert held(batch) == promised
    assert ("12.3" in promised) is (mode != Mode.OFF)
