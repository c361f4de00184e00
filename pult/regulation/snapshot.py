"""All facts as packed columns on disk, so that a sweep does not ask the database for each of them.

Columns lie in `PULT_HOME/snapshot`, sorted by (client, instant, id). A refresh reads the tail of
new facts with an overlap, because a transaction that took its id early may commit late, and then
compares the number of facts of every client with the database: a client that differs is read anew.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Count

from pult.kernel.models import Fact
from pult.regulation.evaluate.build import facts_from_columns, stable_key
from pult.regulation.evaluate.table import NONE, Facts
from pult.regulation.packing import Growing, no_collector, ref_columns, translated
from pult.regulation.reading import local_day, select

OVERLAP = 2000
BATCH = 10_000
TYPES = {
    "id": np.int32,
    "kind": np.int16,
    "root": np.int32,
    "at": np.int32,
    "recorded": np.int32,
    "key": np.int64,
    "day": np.int32,
    "state": np.int16,
    "value": np.int64,
    "role": np.int16,
    "voids": np.int32,
}
VERSION = 1
SAMPLE = 20


class Snapshot:
    """Every fact by column; `names` lists kinds, states, roles and ref types by their codes."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.HOME) / "snapshot"
        self._clear()

    def _clear(self) -> None:
        self.names: dict[str, list[str]] = {"kind": [], "state": [], "role": [], "ref": []}
        self.columns: dict[str, np.ndarray] = {
            name: np.zeros(0, kind) for name, kind in TYPES.items()
        }
        self.refs: dict[str, np.ndarray] = {}
        self.is_changed = False  # since it was read or saved
        self._codes: dict[str, dict[str, int]] = {name: {} for name in self.names}

    def __len__(self) -> int:
        return len(self.columns["id"])

    @property
    def last_id(self) -> int:
        """The greatest fact id in the snapshot, 0 when it is empty."""
        return int(self.columns["id"].max(initial=0))

    @classmethod
    def open(cls, folder: Path | None = None) -> "Snapshot":
        """The snapshot on disk, or an empty one when there is none or it is of another make."""
        snapshot = cls(folder)
        about = snapshot.folder / "about.json"
        try:
            said = json.loads(about.read_text())
            if said["version"] == VERSION:
                snapshot._read(said)
        except (FileNotFoundError, ValueError, KeyError):
            return cls(folder)
        return snapshot

    def refresh(self) -> int:
        """Take in what the database has and the snapshot has not; returns how many facts."""
        before = len(self)
        self.follow()
        self.reconcile()
        return len(self) - before

    def follow(self) -> None:
        """Add the tail of new facts, a few older ids read once more."""
        if not self._belongs():
            self._clear()
        known = self.columns["id"][self.columns["id"] > self.last_id - OVERLAP]
        self._add(_after(self.last_id - OVERLAP), set(known.tolist()))

    def reconcile(self) -> bool:
        """Read anew the clients whose number of facts differs; whether there were any."""
        astray = self._astray()
        if astray:
            kept = ~np.isin(self.columns["root"], np.array(astray, np.int32))
            self._keep(np.flatnonzero(kept))
            self._add(_of_roots(astray), set())
        return bool(astray)

    def save(self) -> None:
        """Write the columns beside the old ones and swap the folders."""
        fresh = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, column in self.columns.items():
            np.save(fresh / f"{name}.npy", column)
        for name, column in self.refs.items():
            np.save(fresh / f"ref.{name}.npy", column)
        about = {"version": VERSION, "names": self.names, "rows": len(self)}
        (fresh / "about.json").write_text(json.dumps(about, ensure_ascii=False))
        shutil.rmtree(self.folder, ignore_errors=True)
        os.replace(fresh, self.folder)
        self.is_changed = False

    def counts(self) -> dict[int, int]:
        """How many facts each client has."""
        roots, counts = np.unique(self.columns["root"], return_counts=True)
        return dict(zip(roots.tolist(), counts.tolist(), strict=True))

    def everything(self, kinds: Collection[str]) -> Facts:
        """Every client's facts of these kinds, and every void."""
        codes = [self._codes["kind"][kind] for kind in kinds if kind in self._codes["kind"]]
        wanted = np.isin(self.columns["kind"], codes) | (self.columns["voids"] != 0)
        return self._facts(np.flatnonzero(wanted))

    def between(self, first: int, last: int, *, with_agency: bool) -> Facts:
        """The facts of clients first..last, and the agency's own when `with_agency`."""
        low, high = np.searchsorted(self.columns["root"], [first, last + 1])
        if not (with_agency and first > 0):
            return self._facts(slice(int(low), int(high)))
        agency = int(np.searchsorted(self.columns["root"], 1))
        return self._facts(np.concatenate([np.arange(agency), np.arange(low, high)]))

    def _facts(self, places: np.ndarray | slice) -> Facts:
        return facts_from_columns(
            self.names["kind"],
            self.names["state"],
            self.names["role"],
            refs={name: column[places] for name, column in self.refs.items()},
            **{name: column[places] for name, column in self.columns.items()},
        )

    def _read(self, said: dict[str, Any]) -> None:
        self.names = said["names"]
        self._codes = {
            name: {text: code for code, text in enumerate(texts)}
            for name, texts in self.names.items()
        }
        self.columns = {name: np.load(self.folder / f"{name}.npy") for name in TYPES}
        self.refs = {name: np.load(self.folder / f"ref.{name}.npy") for name in self.names["ref"]}
        if any(len(column) != said["rows"] for column in self._all().values()):
            raise ValueError("the snapshot's columns differ in length")

    def _add(self, batches: Iterable[Sequence[tuple[Any, ...]]], known: set[int]) -> None:
        # Two million facts are held once, not in batches and then again in columns.
        grown: Growing | None = None
        with no_collector():
            for batch in batches:
                rows = [row for row in batch if row[0] not in known] if known else batch
                if rows:
                    grown = grown or Growing(self._all(), self._room())
                    grown.append(self._packed(rows))
        if grown is None:
            return
        before, self.is_changed = len(self), True
        self.columns = {name: grown.columns.pop(name)[: grown.size] for name in TYPES}
        self.refs = {
            name: grown.columns.pop(f"ref.{name}")[: grown.size] for name in self.names["ref"]
        }
        self._keep(self._in_order(before))

    def _room(self) -> int:
        """How many facts may be about to come."""
        return max(Fact.objects.count() - len(self), 0) + OVERLAP

    def _in_order(self, before: int) -> np.ndarray:
        """The order by (client, instant, id), when the first `before` facts are in it already."""
        ids, at, root = (self.columns[name] for name in ("id", "at", "root"))
        mark = (root.astype(np.int64) << 32) | at
        if (ids[before + 1 :] > ids[before:-1]).all():  # equal ones keep their order
            tail = np.argsort(mark[before:], kind="stable") + before
        else:
            tail = np.lexsort((ids[before:], mark[before:])) + before
        place = np.searchsorted(mark[:before], mark[tail], "right")
        earlier = np.maximum(place - 1, 0)
        if np.any((place > 0) & (mark[earlier] == mark[tail]) & (ids[earlier] > ids[tail])):
            return np.lexsort((ids, mark))  # an id taken early was committed late
        return np.insert(np.arange(before), place, tail)

    def _packed(self, rows: Sequence[tuple[Any, ...]]) -> dict[str, np.ndarray]:
        ids, kinds, at, roots, recorded, refs, keys, days, states, values, roles, voids = zip(
            *rows, strict=True
        )
        packed = {
            "id": ids,
            "kind": self._coded("kind", kinds),
            "root": roots,
            "at": at,
            "recorded": recorded,
            "key": translated(keys, stable_key),
            "day": translated(days, lambda day: NONE if day is None else local_day(day)),
            "state": self._coded("state", states),
            "value": (value or 0 for value in values),
            "role": self._coded("role", roles),
            "voids": (void or 0 for void in voids),
        }
        columns = {
            name: np.fromiter(column, TYPES[name], len(rows)) for name, column in packed.items()
        }
        named = ref_columns(refs, np.int32)
        for name in named:
            self._code("ref", name)
        return columns | {f"ref.{name}": column for name, column in named.items()}

    def _coded(self, name: str, texts: Sequence[str]) -> Iterable[int]:
        return translated(texts, lambda text: self._code(name, text))

    def _code(self, name: str, text: str) -> int:
        codes = self._codes[name]
        if text not in codes:
            codes[text] = len(codes)
            self.names[name].append(text)
        return codes[text]

    def _belongs(self) -> bool:
        """Whether a few of the facts here are the database's own: it may have been restored."""
        if not len(self):
            return True
        step = max(len(self) // SAMPLE, 1)
        last = max(len(self) - SAMPLE, 0)
        newest = np.argpartition(self.columns["id"], last)[last:]
        places = np.unique(np.concatenate([np.arange(0, len(self), step), newest]))
        names = ("id", "root", "at", "recorded")
        here = zip(*(self.columns[name][places].tolist() for name in names), strict=True)
        wanted = {fact[0]: fact for fact in here}
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE id IN ({marks})", list(wanted))
            there = {row[0]: (row[0], row[3], row[2], row[4]) for row in cursor.fetchall()}
        return wanted == there

    def _astray(self) -> list[int]:
        # Nothing is ever taken from the facts: as many as there are here are the very same.
        if Fact.objects.count() == len(self):
            return []
        have = self.counts()
        rows = Fact.objects.values_list("root_id").annotate(Count("id")).order_by()
        told = dict(rows)
        return [root for root in have.keys() | told.keys() if have.get(root) != told.get(root)]

    def _keep(self, places: np.ndarray) -> None:
        for columns in (self.columns, self.refs):
            for name in columns:
                columns[name] = columns[name][places]

    def _all(self) -> dict[str, np.ndarray]:
        return self.columns | {f"ref.{name}": column for name, column in self.refs.items()}


def _after(fact_id: int) -> Iterator[list[tuple[Any, ...]]]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE id > %s ORDER BY id LIMIT {BATCH}", [fact_id])
            rows = cursor.fetchall()
        if rows:
            yield rows
            fact_id = rows[-1][0]
        if len(rows) < BATCH:
            return


def _of_roots(roots: list[int]) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(roots), 500):
        some = roots[start : start + 500]
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE root_id IN ({marks}) ORDER BY id", some)
            yield cursor.fetchall()
