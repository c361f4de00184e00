"""Lookup tables read by one integer or by an array of them, saturating at their edges."""

from array import array
from bisect import bisect_left, bisect_right
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Minutes = NDArray[np.int64]
Whole = TypeVar("Whole", int, Minutes)


class Table:
    """An int64 array with a fast scalar twin: an int in gives an int, an array an array."""

    def __init__(self, values: Minutes) -> None:
        self.values = np.ascontiguousarray(values, np.int64)
        self.values.flags.writeable = False
        self.scalars = array("q", self.values.tobytes())
        self.last = len(self.scalars) - 1

    def at(self, place: Whole) -> Whole:
        """The value at `place`; at the nearest edge when `place` lies outside."""
        if isinstance(place, np.ndarray):
            return self.values.take(place, mode="clip")
        return self.scalars[min(max(place, 0), self.last)]

    def below(self, value: Whole) -> Whole:
        """How many values of the ascending table are smaller than `value`."""
        if isinstance(value, np.ndarray):
            return np.searchsorted(self.values, value, "left")
        return bisect_left(self.scalars, value)

    def upto(self, value: Whole) -> Whole:
        """How many values of the ascending table are not greater than `value`."""
        if isinstance(value, np.ndarray):
            return np.searchsorted(self.values, value, "right")
        return bisect_right(self.scalars, value)


def clip(value: Whole, low: int, high: int) -> Whole:
    """`value` kept within low and high, both included."""
    if isinstance(value, np.ndarray):
        return np.minimum(np.maximum(value, low), high)
    return min(max(int(value), low), high)
