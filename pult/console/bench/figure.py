"""One measured figure, and how to take times."""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Figure:
    """`goal` is the value to stay under (with `at_least`: above), None where there is none; `load`
    says what was measured. A figure that could not be taken has no value and says why in `load`."""

    name: str
    value: float | None
    unit: str
    load: str
    goal: float | None = None
    at_least: bool = False

    @property
    def good(self) -> bool | None:
        """Whether the goal is met; None where there is nothing to compare."""
        if self.value is None or self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_dict(self) -> dict[str, Any]:
        values = asdict(self) | {"good": self.good}
        del values["at_least"]
        return values


def skipped(name: str, unit: str, why: str) -> Figure:
    """A figure that could not be taken here."""
    return Figure(name, None, unit, f"skipped: {why}")


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """How long `work` takes, and what it returns."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def p50_p95(samples: Iterable[float]) -> tuple[float, float]:
    """The median and the 95th percentile in milliseconds of samples in seconds."""
    found = np.array(list(samples)) * 1000
    return tuple(round(float(value), 2) for value in np.percentile(found, (50, 95)))  # type: ignore[return-value]


def machine() -> str:
    """How busy the machine is: a figure taken beside other work says so."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
