"""Pauses on a counted line: how far an end moves when stretches of the line do not count.

The line is working minutes b(t) or the ranks of working days; a pause is a span [low, high) of it.
Counting `amount` from `start` ends at start + amount, and every span met on the way pushes the end
on by the part of it that lies after the start:

    for each merged span, in order, with high > start and low < end:  end += high − max(low, start)

On b(t) this is the due-date formula of the engine, since p < due in clock time exactly when
b(p) < b(due). A pause is thus a fact to compute with, never an accumulated hold time.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from pult.kernel.calendar.tables import Minutes

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans of the same points, overlapping and touching ones joined, empty ones dropped."""
    result: list[Span] = []
    for low, high in sorted(spans):
        if low >= high:
            continue
        if result and low <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], high))
        else:
            result.append((low, high))
    return result


def stretch(start: int, amount: int, spans: Sequence[Span]) -> int:
    """The end of `amount` counted points after `start`; `spans` merged, amount ≥ 0."""
    end = start + amount
    for low, high in spans:
        if low >= end:
            break
        if high > start:
            end += high - max(low, start)
    return end


def merged_arrays(index: Minutes, low: Minutes, high: Minutes) -> tuple[Minutes, Minutes, Minutes]:
    """`merged` for many rows at once: spans (low, high) of the rows in `index`, sorted by row."""
    kept = low < high
    index, low, high = index[kept], low[kept], high[kept]
    order = np.lexsort((low, index))
    index, low, high = index[order], low[order], high[order]
    if not len(index):
        return index, low, high
    # Shifting each row's spans past those of the row before makes one running maximum serve all.
    floor = min(low.min(), 0)
    shift = np.cumsum(np.r_[False, index[1:] != index[:-1]]) * (high.max() - floor + 1)
    reach = np.maximum.accumulate(high - floor + shift) - shift + floor
    opens = np.r_[True, (index[1:] != index[:-1]) | (low[1:] > reach[:-1])]
    first = np.flatnonzero(opens)
    last = np.r_[first[1:], len(index)] - 1
    return index[first], low[first], reach[last]


def stretch_array(
    start: Minutes, amount: Minutes, spans: tuple[Minutes, Minutes, Minutes]
) -> Minutes:
    """`stretch` for many rows: `spans` is (index, low, high) as `merged_arrays` returns it."""
    end = start + amount
    index, low, high = spans
    if not len(index):
        return end
    place = np.arange(len(index)) - np.searchsorted(index, index, "left")
    for nth in range(int(place.max()) + 1):
        at = place == nth
        row, opens, closes = index[at], low[at], high[at]
        met = (closes > start[row]) & (opens < end[row])
        end[row] += np.where(met, closes - np.maximum(opens, start[row]), 0)
    return end
