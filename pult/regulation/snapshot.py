"""All facts as packed columns on disk, so that a sweep does not ask the database for each of them.

Columns lie in `PULT_HOME/snapshot`, sorted by (client, instant, id). A refresh reads the tail of
new facts with an overlap, because a transaction that took its id early may commit late, and then
compares the number of facts of every client with the database: a client that differs is read anew.
The columns are mapped, not read, and a short tail lies apart: a page that asks for the facts of one
card takes those of them only.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Count

from pult.kernel.models import Fact
from pult.regulation.evaluate.build import facts_from_columns
from pult.regulation.evaluate.table import Facts
from pult.regulation.fact_batches import after, of_roots
from pult.regulation.fact_columns import TYPES, Names
from pult.regulation.packing import Growing, no_collector
from pult.regulation.reading import select

OVERLAP = 2000
APART = 20_000  # so many new facts lie apart; more are sorted in
VERSION = 1
SAMPLE = 20
NO_IDS = np.zeros(0, np.int32)


class Snapshot:
    """Every fact by column; `names` lists kinds, states, roles and ref types by their codes."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.HOME) / "snapshot"
        self._clear()

    def _clear(self) -> None:
        self.names = Names()
        self.columns: dict[str, np.ndarray] = {
            name: np.zeros(0, kind) for name, kind in TYPES.items()
        }
        self.refs: dict[str, np.ndarray] = {}
        self._tail: dict[str, np.ndarray] = {}  # columns and refs that are not sorted in yet
        self._sample: tuple[np.ndarray, np.ndarray] | None = None
        self.is_changed = False  # since it was read or saved

    def __len__(self) -> int:
        return len(self.columns["id"]) + len(self._tail.get("id", ()))

    @property
    def last_id(self) -> int:
        """The greatest fact id in the snapshot, 0 when it is empty."""
        tail = int(self._tail.get("id", NO_IDS).max(initial=0))
        return max(tail, int(self.columns["id"].max(initial=0)))

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
        since = self.last_id - OVERLAP
        ids = np.concatenate([self.columns["id"], self._tail.get("id", NO_IDS)])
        known = set(ids[ids > since].tolist())
        if not len(self) or self._room() > APART + OVERLAP:
            self.sort_in()
            self._add(after(since), known)
            return
        for batch in after(since):
            self._lay_apart([row for row in batch if row[0] not in known])
        if len(self._tail.get("id", ())) > APART:
            self.sort_in()

    @property
    def base(self) -> tuple[int, int]:
        """Tells the facts in order from those of another time: (how many, the greatest id)."""
        ids = self.columns["id"]
        return len(ids), int(ids.max(initial=0))

    def newest_of(self, kinds: Collection[str]) -> int:
        """The newest of the facts apart that an evaluation of these kinds would read; 0 if none."""
        if not self._tail:
            return 0
        return int(self._tail["id"][self.names.wanted(self._tail, kinds)].max(initial=0))

    def sort_in(self) -> None:
        """Put the facts that lie apart where they belong."""
        if self._tail:
            tail, self._tail = self._tail, {}
            grown = Growing(self._all(), len(tail["id"]))
            grown.append(tail)
            self._take(grown)

    def reconcile(self) -> bool:
        """Read anew the clients whose number of facts differs; whether there were any."""
        self.sort_in()
        astray = self._astray()
        if astray:
            kept = ~np.isin(self.columns["root"], np.array(astray, np.int32))
            self._keep(np.flatnonzero(kept))
            self._add(of_roots(astray), set())
        return bool(astray)

    def save(self) -> None:
        """Write the columns beside the old ones and swap the folders."""
        self.sort_in()
        fresh = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, column in self.columns.items():
            np.save(fresh / f"{name}.npy", column)
        for name, column in self.refs.items():
            np.save(fresh / f"ref.{name}.npy", column)
        about = {"version": VERSION, "names": self.names.texts, "rows": len(self)}
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
        wanted = np.flatnonzero(self.names.wanted(self.columns, kinds))
        if not self._tail:
            return self._facts(wanted)
        apart = np.flatnonzero(self.names.wanted(self._tail, kinds))
        columns = {
            name: np.concatenate([column[wanted], self._tail[name][apart]])
            for name, column in self.columns.items()
        }
        none = np.zeros(len(self._tail["id"]), np.int32)
        refs = {
            name: np.concatenate([column[wanted], self._tail.get(f"ref.{name}", none)[apart]])
            for name, column in self.refs.items()
        }
        return self._named(columns, refs)

    def between(self, first: int, last: int, *, with_agency: bool) -> Facts:
        """The facts of clients first..last, and the agency's own when `with_agency`."""
        low, high = np.searchsorted(self.columns["root"], [first, last + 1])
        if not (with_agency and first > 0):
            return self._facts(slice(int(low), int(high)))
        agency = int(np.searchsorted(self.columns["root"], 1))
        return self._facts(np.concatenate([np.arange(agency), np.arange(low, high)]))

    def _facts(self, places: np.ndarray | slice) -> Facts:
        return self._named(
            {name: column[places] for name, column in self.columns.items()},
            {name: column[places] for name, column in self.refs.items()},
        )

    def _named(self, columns: dict[str, np.ndarray], refs: dict[str, np.ndarray]) -> Facts:
        texts = (self.names.texts[name] for name in ("kind", "state", "role"))
        return facts_from_columns(*texts, refs=refs, **columns)

    def _read(self, said: dict[str, Any]) -> None:
        self.names = Names(said["names"])
        self.columns = {name: _mapped(self.folder / f"{name}.npy") for name in TYPES}
        self.refs = {
            name: _mapped(self.folder / f"ref.{name}.npy") for name in self.names.texts["ref"]
        }
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
                    grown.append(self.names.packed(rows))
        if grown is not None:
            self._take(grown)

    def _take(self, grown: Growing) -> None:
        before, self.is_changed = len(self), True
        self.columns = {name: grown.columns.pop(name)[: grown.size] for name in TYPES}
        self.refs = {
            name: grown.columns.pop(f"ref.{name}")[: grown.size] for name in self.names.texts["ref"]
        }
        self._keep(self._in_order(before))

    def _lay_apart(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        fresh = self.names.packed(rows)
        for name in self.names.texts["ref"]:
            self.refs.setdefault(name, np.zeros(len(self.columns["id"]), np.int32))
        if not self._tail:
            self._tail = fresh
            return
        grown = Growing(self._tail, len(rows))
        grown.append(fresh)
        self._tail = {name: column[: grown.size] for name, column in grown.columns.items()}

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

    def _belongs(self) -> bool:
        """Whether a few of the facts here are the database's own: it may have been restored."""
        here = _told(self.columns, self._places_to_compare())
        if self._tail:
            count = len(self._tail["id"])
            here += _told(self._tail, np.arange(max(count - SAMPLE, 0), count))
        wanted = {fact[0]: fact for fact in here}
        if not wanted:
            return True
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE id IN ({marks})", list(wanted))
            there = {row[0]: (row[0], row[3], row[2], row[4]) for row in cursor.fetchall()}
        return wanted == there

    def _places_to_compare(self) -> np.ndarray:
        """Some of every age and the newest of the facts in order."""
        ids = self.columns["id"]
        if self._sample is None or self._sample[0] is not ids:
            newest = np.flatnonzero(ids > ids.max(initial=0) - SAMPLE)
            some = np.arange(0, len(ids), max(len(ids) // SAMPLE, 1))
            self._sample = ids, np.unique(np.concatenate([some, newest]))
        return self._sample[1]

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


def _mapped(file: Path) -> np.ndarray:
    return np.asarray(np.load(file, mmap_mode="r"))


def _told(columns: dict[str, np.ndarray], places: np.ndarray) -> list[tuple[int, ...]]:
    names = ("id", "root", "at", "recorded")
    return list(zip(*(columns[name][places].tolist() for name in names), strict=True))
