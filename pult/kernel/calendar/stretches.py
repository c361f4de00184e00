"""Working stretches with prefix sums: business time as one ascending staircase.

The k-th stretch of working minutes runs from `starts[k]` to `ends[k]` (excluded); `before[k]`
counts the working minutes ahead of it. b(t), the working minutes before an instant, is then one
binary search, and adding business time is inv(b(t) + m). Integers take the short way with
`bisect`; arrays say the same with `searchsorted`.
"""

from bisect import bisect_left, bisect_right

import numpy as np

from pult.kernel.calendar.tables import Minutes, Table, Whole


class Stretches:
    """Ascending, disjoint, non-empty stretches of UTC minutes, at least one."""

    def __init__(self, starts: Minutes, ends: Minutes) -> None:
        self.starts = Table(starts)
        self.before = Table(np.concatenate([[0], np.cumsum(ends - starts)]))
        self.total = self.before.scalars[-1]
        self._lengths = ends - starts

    def elapsed(self, instant: Whole) -> Whole:
        """b(t): working minutes before `instant`; 0 ahead of the first, `total` after the last."""
        if isinstance(instant, np.ndarray):
            k = np.maximum(np.searchsorted(self.starts.values, instant, "right") - 1, 0)
            inside = np.minimum(np.maximum(instant - self.starts.values[k], 0), self._lengths[k])
            return self.before.values[k] + inside
        k = bisect_right(self.starts.scalars, instant) - 1
        if k < 0:
            return 0
        reached = self.before.scalars[k] + int(instant) - self.starts.scalars[k]
        return min(reached, self.before.scalars[k + 1])

    def earliest(self, count: Whole) -> Whole:
        """The first instant by which `count` working minutes have passed: ends, not starts."""
        if isinstance(count, np.ndarray):
            count = np.minimum(np.maximum(count, 0), self.total)
            k = np.maximum(np.searchsorted(self.before.values, count, "left") - 1, 0)
            return self.starts.values[k] + count - self.before.values[k]
        count = min(max(int(count), 0), self.total)
        k = max(bisect_left(self.before.scalars, count) - 1, 0)
        return self.starts.scalars[k] + count - self.before.scalars[k]

    def latest(self, count: Whole) -> Whole:
        """The last instant before which only `count` working minutes have passed: starts."""
        if isinstance(count, np.ndarray):
            count = np.minimum(np.maximum(count, 0), self.total - 1)
            k = np.searchsorted(self.before.values, count, "right") - 1
            return self.starts.values[k] + count - self.before.values[k]
        count = min(max(int(count), 0), self.total - 1)
        k = bisect_right(self.before.scalars, count) - 1
        return self.starts.scalars[k] + count - self.before.scalars[k]
