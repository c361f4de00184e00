"""Daily spend of imagined service lines, for the demo agency, benchmarks and back-tests.

A line has a mean day, a weekday profile, budget steps (seven in ten of them announced in the
plan), pauses, day-to-day noise that remembers yesterday, and rare spikes. The same seed gives
the same series on every machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Series:
    """`spend` in whole kopecks, lines × days; `plan` factors, lines × (days + ahead)."""

    spend: NDArray[np.int64]
    plan: NDArray[np.float64]
    first_weekday: int


def make_series(
    *, lines: int, days: int, ahead: int, first_weekday: int = 0, seed: int = 1
) -> Series:
    """Generate `lines` series of `days` known days and a plan that looks `ahead` days further."""
    random = np.random.default_rng(seed)
    total = days + ahead
    mean = np.exp(random.normal(np.log(450_000), 0.8, lines))
    weekday = np.clip(1 + random.normal(0, 0.12, (lines, 7)), 0.3, None)
    weekday[:, 5:] *= random.uniform(0.35, 1.05, (lines, 1))
    announced = np.ones((lines, total))
    hidden = np.ones((lines, total))
    for line in range(lines):
        _add_steps(random, announced[line], hidden[line])
        _add_pauses(random, announced[line])
    noise = np.zeros((lines, total))
    shock = random.normal(0, 0.18, (lines, total))
    for day in range(1, total):
        noise[:, day] = 0.55 * noise[:, day - 1] + shock[:, day]
    spikes = np.where(random.random((lines, total)) < 0.006, random.uniform(1.6, 3, (lines, 1)), 1)
    shape = weekday[:, (first_weekday + np.arange(total)) % 7]
    spend = mean[:, None] * shape * announced * hidden * np.exp(noise) * spikes
    return Series(np.rint(spend[:, :days]).astype(np.int64), announced, first_weekday)


def _add_steps(random: np.random.Generator, announced: np.ndarray, hidden: np.ndarray) -> None:
    day = int(random.integers(20, 60))
    while day < len(announced):
        factor = float(np.exp(random.normal(0, 0.35)))
        target = announced if random.random() < 0.7 else hidden
        target[day:] = np.clip(target[day:] * factor, 0.15, 6)
        day += int(random.integers(30, 120))


def _add_pauses(random: np.random.Generator, announced: np.ndarray) -> None:
    day = int(random.integers(30, 200))
    while day < len(announced):
        announced[day : day + int(random.integers(2, 11))] = 0
        day += int(random.integers(90, 300))
