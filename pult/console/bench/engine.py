"""Figures of the engine: sweeps, what-if, the calendar, the forecast."""

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pult.console.bench.figure import Figure, p50_p95, seconds_of, skipped

CLAUSE, PARAMETER = "5.3", "invoice.lead"
MEBIBYTE = 1024


def _load(report: object) -> str:
    return f"{report.facts} facts, {report.rows} rows"  # type: ignore[attr-defined]


def sweeps(quick: bool) -> Iterator[Figure]:
    """A sweep from the packed snapshot, and another with the columns in memory.

    Everything is evaluated; comparing with the ledger and writing the differences stand apart.
    """
    from pult.regulation.sweep import current_facts, sweep
    from pult.regulation.worker import turn

    if not (Path(_home()) / "snapshot").is_dir():
        current_facts().save()
        _forget()
    turn()
    cold = sweep(polite=False)
    yield Figure("sweep_cold", round(cold.load + cold.evaluate, 2), "s", _load(cold), 7)
    yield Figure("sweep_mended", round(cold.write, 2), "s", f"{cold.lag + cold.drift} rows written")
    turn()
    warm = sweep(polite=False)
    yield Figure("sweep_warm", round(warm.load + warm.evaluate, 2), "s", _load(warm), 2)
    yield Figure("sweep_compare", round(warm.compare, 2), "s", f"{warm.rows} rows of the ledger")
    yield Figure("sweep_drift", warm.drift, "rows", _load(warm), 0)
    yield Figure("sweep_rss", _peak(), "MB", "peak of the process", 400)


def rebuilt(quick: bool) -> Iterator[Figure]:
    """The columns read from the database, then evaluated."""
    from pult.regulation.sweep import sweep

    shutil.rmtree(Path(_home()) / "snapshot", ignore_errors=True)
    report = sweep(polite=False)
    yield Figure("sweep_rebuilt", round(report.load + report.evaluate, 2), "s", _load(report), 20)
    yield Figure("sweep_rebuilt_rss", _peak(), "MB", "peak of the process", 400)


def whatif(quick: bool) -> Iterator[Figure]:
    """The curve of a parameter, as the screen asks for it again and again."""
    from pult.kernel import clock
    from pult.regulation import registry
    from pult.regulation.evaluate.whatif import curve
    from pult.regulation.whatif import preview, values_around, year_index

    regulation = registry.current()
    if CLAUSE not in regulation.clauses:
        yield skipped("whatif_curve", "ms", f"clause {CLAUSE} does not run")
        return
    first, _shown = seconds_of(lambda: preview(CLAUSE, PARAMETER, 8))
    card = regulation.cards_of([CLAUSE])[-1]
    index = year_index(regulation, card, clock.to_minute(clock.now()))
    values = values_around(7, 10)
    parameters = regulation.parameters([CLAUSE])
    samples = []
    for _turn in range(3 if quick else 9):
        args = (card, values, index, parameters, regulation.calendars, index.now)
        taken, points = seconds_of(lambda args=args: curve(*args))  # type: ignore[misc]
        samples.append(taken)
    load = f"{len(values)} values, {points[0].rows} rows of {CLAUSE} in a year"
    yield Figure("whatif_curve", p50_p95(samples)[0], "ms", load, 100)
    again, _shown = seconds_of(lambda: preview(CLAUSE, PARAMETER, 9))
    yield Figure("whatif_screen", round(again * 1000, 1), "ms", f"{load}, with managers and rows")
    yield Figure("whatif_first", round(first * 1000), "ms", "the same, before anything is kept")


def calendar(quick: bool) -> Iterator[Figure]:
    """Business time, many instants at once and one at a time."""
    from pult.regulation.calendars import shipped

    many, one = (20_000, 2_000) if quick else (2_000_000, 50_000)
    random, hours = np.random.default_rng(1), shipped()
    first = int(hours.midnight(20_000))
    at = first + random.integers(0, 500_000, many)
    minutes = random.integers(1, 2_400, many)
    hours.add(at, minutes)
    for name, work, count in (
        ("calendar_add", lambda: hours.add(at, minutes), many),
        ("calendar_between", lambda: hours.between(at, at + 3_000), many),
        ("calendar_workdays", lambda: hours.add_workdays(at // 1440, 7), many),
        ("calendar_add_one", lambda: [hours.add(first + n, 300) for n in range(one)], one),
    ):
        taken, _result = seconds_of(work)
        yield Figure(name, round(taken / count * 1e9, 1), "ns/op", f"{count} operations")


def forecast(quick: bool) -> Iterator[Figure]:
    """The forecast against the run-rate of seven days, on series whose future is known."""
    from pult.money.logic.backtest import back_test
    from pult.money.logic.forecast import HORIZON
    from pult.money.logic.series import make_series

    lines, days = (40, 200) if quick else (400, 300)
    series = make_series(lines=lines, days=days, ahead=HORIZON + 1)
    origins = range(150, days - HORIZON - 1, 45)
    taken, scores = seconds_of(lambda: back_test(series, origins=origins))
    load = f"{lines} series of {days} days, {{0}}"
    for name, score in scores.items():
        said = load.format(f"{score.cases} cases, median {score.early_median:g} days early")
        goal = 0.85 if name == "forecast" else None
        yield Figure(f"{name}_on_time", score.on_time, "share", said, goal, at_least=True)
        yield Figure(f"{name}_late", score.late, "share", "alarms more than two days late")
        for part, value in zip(("q10", "q50", "q90"), score.pinball, strict=True):
            yield Figure(f"{name}_pinball_{part}", value, "days", said)
        if score.coverage is not None:
            yield Figure(f"{name}_coverage", score.coverage, "share", "of the 80 % band")
    yield Figure("forecast_seconds", round(taken, 1), "s", load.format("the whole back-test"))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEBIBYTE


def _home() -> Path:
    from django.conf import settings

    return Path(settings.HOME)


def _forget() -> None:
    from pult.regulation import sweep

    sweep.forget()
