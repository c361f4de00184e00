"""What a first day would ask, against the whole regulation evaluated with and without it."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from pult.kernel import clock
from pult.kernel.models import Fact
from pult.regulation import registry, stamp
from pult.regulation.calendars import midnight
from pult.regulation.evaluate import build_facts, evaluate
from pult.regulation.evaluate.table import Ledger, ParameterValue
from pult.regulation.evaluate.tests.shapes import CARDS, SILENCE
from pult.regulation.models import GoLive
from pult.regulation.providers import Providers, provide
from pult.regulation.queries import first_day
from pult.regulation.queries.first_day import LATE, LIVE, first_day_asks
from pult.regulation.tests.world import fact_row, install, tell

pytestmark = pytest.mark.django_db
DAYS = ("2025-12-01", "2026-01-20", "2026-03-02", "2026-03-10", "2026-03-30", "2026-06-01")
SCOPES = (("agency", 0), ("team", 5), ("client", 1), ("client", 2), ("client", 9))
IDENTITY = ("root", "subject", "part", "key")


@pytest.fixture
def three_clients(freeze):
    """Clients 1 and 2 of team 5, client 2 with a first day of its own; client 3 of no team."""
    freeze("2026-03-10 12:00")
    install(*CARDS)
    provide(teams=lambda roots: {1: 5, 2: 5})
    for root in (1, 2, 3):
        _year_of(root)
    _begins("agency", 0, "2026-02-01")
    _begins("client", 2, "2026-01-15")
    yield
    provide(teams=Providers().teams)


def _year_of(root: int) -> None:
    line = root * 10
    tell("client.status", root=root, state="client", at="2025-12-15 12:00")
    tell("line.status", root=root, line=line, state="running", at="2026-01-12 12:00")
    tell("line.opened", root=root, line=line, at="2026-01-12 12:00")
    for key, day, at in (
        ("june", "2026-03-20", "2026-01-20"),
        ("july", "2026-03-04", "2026-02-20"),
    ):
        tell("line.funds_end", root=root, line=line, key=key, day=day, at=f"{at} 10:00")
    tell("invoice.due", root=root, invoice=line, key="77", day="2026-03-05", at="2026-02-10 10:00")
    tell("question.asked", root=root, question=line, at="2026-01-28 10:00")
    tell("line.started", root=root, line=line, at="2026-01-13 10:00")
    tell("day.closed", root=root, at="2026-02-03 18:00")
    for at in ("2026-01-16 12:00", "2026-02-06 12:00"):
        tell("contact.logged", root=root, state="two_way", at=at)


def _begins(kind: str, scope: int, on: str) -> None:
    GoLive.objects.create(scope_type=kind, scope_id=scope, on=on, recorded_at=clock.now(), by=None)
    stamp.changed()


def compared(on: date, scope: tuple[str, int]) -> dict[str, tuple[int, int, int]]:
    """Clause → (opens, overdue, goes), each ledger evaluated whole."""
    regulation, told = registry.current(), clock.to_minute(clock.now())
    now = max(told, midnight(on))
    said = ParameterValue(0, "go.live", midnight(on), 0, told, scope)
    facts = build_facts(fact_row(fact) for fact in Fact.objects.all())
    before, after = (
        _live(evaluate(regulation.cards, facts, each.parameters(), each.calendars, now))
        for each in (regulation, regulation.with_values(said))
    )
    opens = [key for key in after if key not in before]
    late = [key for key in opens if after[key] in LATE]
    counted = [
        Counter(key[0] for key in keys)
        for keys in (opens, late, [key for key in before if key not in after])
    ]
    return {
        clause: tuple(counts[clause] for counts in counted)
        for clause in {card.clause for card in regulation.cards}
        if counted[0][clause] or counted[2][clause]
    }


def _live(ledger: Ledger) -> dict[tuple[object, ...], int]:
    cards = registry.current().cards
    rows = ledger.rows[np.isin(ledger.rows["state"], LIVE)]
    return {
        (cards[row["card"]].clause, *(int(row[name]) for name in IDENTITY)): int(row["state"])
        for row in rows
    }


def asked(on: str, scope: tuple[str, int]) -> dict[str, tuple[int, int, int]]:
    found = first_day_asks(on=date.fromisoformat(on), scope=scope)
    return {one.clause: (one.opens, one.overdue, one.goes) for one in found}


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_first_day_asks_what_the_two_ledgers_differ_by(three_clients, on, scope):
    assert asked(on, scope) == compared(date.fromisoformat(on), scope)


def test_the_comparison_sees_rows_come_and_go(three_clients):
    earlier, later = asked("2025-12-01", ("agency", 0)), asked("2026-06-01", ("agency", 0))
    assert any(opens and overdue for opens, overdue, _goes in earlier.values())
    assert any(goes for _opens, _overdue, goes in later.values())
    opens, _overdue, goes = asked("2026-03-02", ("agency", 0))[SILENCE.clause]
    assert (opens > 0, goes > 0) == (True, True), "the wait begins anew"


def test_a_client_s_first_day_evaluates_that_client_once(three_clients, monkeypatch):
    runs = []

    def counted(cards, index, *rest):
        runs.append(({card.clause for card in cards}, set(index.facts.root.tolist())))
        return evaluate(cards, index, *rest)

    monkeypatch.setattr(first_day, "evaluate", counted)
    asked("2026-03-02", ("client", 1))
    assert [roots for _clauses, roots in runs] == [{1}] * 3
    assert not runs[0][0] & {SILENCE.clause, "9.7", "М3.5"}
    assert runs[1][0] == runs[2][0] == {SILENCE.clause, "9.7", "М3.5", "9.4", "12.5"}


def test_a_first_day_that_moves_nobody_asks_for_nothing(three_clients):
    assert asked("2026-02-01", ("client", 1)) == {}
