"""Columns of facts out of rows of the database."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import orjson

CLIENT = "client"


def ref_columns(refs: Sequence[Any], kind: type[np.integer]) -> dict[str, np.ndarray]:
    """Ids by type of ref, 0 where a fact names none; the client is left out: the root says it."""
    columns: dict[str, np.ndarray] = {}
    for place, named in enumerate(_parsed(refs)):
        for name, number in named.items():
            if name == CLIENT:
                continue
            column = columns.get(name)
            if column is None:
                column = columns[name] = np.zeros(len(refs), kind)
            column[place] = number
    return columns


def _parsed(refs: Sequence[Any]) -> Sequence[dict[str, int]]:
    """JSON columns come as text or as objects; texts are read all at once."""
    if not refs or not isinstance(refs[0], str):
        return refs
    return orjson.loads(f"[{','.join(refs)}]")


def translated(values: Sequence[Any], number: Callable[[Any], int]) -> Iterable[int]:
    """`number` of each value, asked once for those that are alike."""
    known = {value: number(value) for value in dict.fromkeys(values)}
    return map(known.__getitem__, values)


class Growing:
    """Columns of equal length to which batches are appended in place; `room` is how many facts are
    expected. What is not filled yet takes no memory: the system gives pages when written to."""

    def __init__(self, columns: Mapping[str, np.ndarray], room: int) -> None:
        self.size = len(next(iter(columns.values())))
        self.columns: dict[str, np.ndarray] = {}
        self._room = self.size + room
        for name, column in columns.items():
            self._column(name, column.dtype)[: self.size] = column

    def append(self, batch: Mapping[str, np.ndarray]) -> None:
        """Add a batch; a column it lacks is 0 there, one it brings is 0 before."""
        end = self.size + len(next(iter(batch.values())))
        if end > self._room:
            self._room = 2 * end
            for name, column in list(self.columns.items()):
                self._column(name, column.dtype)[: self.size] = column[: self.size]
        for name, values in batch.items():
            column = self.columns.get(name)
            if column is None:
                column = self._column(name, values.dtype)
            column[self.size : end] = values
        self.size = end

    def _column(self, name: str, kind: np.dtype) -> np.ndarray:
        column = self.columns[name] = np.zeros(self._room, kind)
        return column


@contextmanager
def no_collector() -> Iterator[None]:
    """No search for cycles meanwhile: among millions of rows that die by themselves it finds none,
    and looks at each of them many times."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
