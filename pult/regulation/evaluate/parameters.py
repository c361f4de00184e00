"""Dated, scoped values: the narrowest scope wins, then the latest effective, then the latest word.

Modes (`mode.<clause>`) and the go-live minute (`go.live`) are values like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pult.regulation.evaluate.card import Amount
from pult.regulation.evaluate.columns import marks
from pult.regulation.evaluate.reads import GO_LIVE, mode_name
from pult.regulation.evaluate.table import NEVER, Ints, Mode, ParameterValue, filled

FOLLOWS = -1  # a value that says: from here on as the wider scope, or the card, has it
Resolved = tuple[Ints, Ints]
_NO_SUBJECT = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Parameters:
    """Values as known, the team of each client, and the mode of a clause nobody has set.

    A value scoped ("client", 7) reaches every row of root 7; ("team", 2) every client of the team;
    (subject type, id) the rows of that subject.
    """

    values: tuple[ParameterValue, ...] = ()
    teams: Mapping[int, int] = field(default_factory=dict)
    default_mode: Mode = Mode.SHADOW

    @classmethod
    def of(
        cls,
        values: Iterable[ParameterValue] = (),
        teams: Mapping[int, int] | None = None,
        default_mode: Mode = Mode.SHADOW,
    ) -> "Parameters":
        """Parameters of any iterable; without values every card speaks for itself."""
        return cls(tuple(values), dict(teams or {}), default_mode)

    def known(self, at: int) -> "Parameters":
        """Only what was recorded by an instant."""
        if all(value.recorded <= at for value in self.values):
            return self
        kept = tuple(value for value in self.values if value.recorded <= at)
        return Parameters(kept, self.teams, self.default_mode)

    def amount(
        self, amount: Amount, at: Ints, subject_type: str, subject: Ints, root: Ints
    ) -> Resolved:
        """(value, id of the value) of a card's number at instants; id 0 = as the card says."""
        return self.resolve(amount.name, amount.value, at, subject_type, subject, root)

    def mode(self, clause: str, at: Ints, root: Ints) -> Ints:
        """The mode of a clause for each root's team at an instant."""
        default = int(self.default_mode)
        return self.resolve(mode_name(clause), default, at, "", _NO_SUBJECT, root)[0]

    def may_be_off(self, clause: str) -> bool:
        """Whether the clause is off for anybody at any time."""
        modes = self._by_name.get(mode_name(clause), ())
        return not self.default_mode or any(value.value == Mode.OFF for value in modes)

    def go_live(self, now: int, root: Ints) -> Ints:
        """The minute since which each root is asked anything, as known at `now`; 0 = always."""
        at = filled(len(root), now)
        return self.resolve(GO_LIVE, 0, at, "", _NO_SUBJECT, root)[0]

    def resolve(
        self, name: str, default: int, at: Ints, subject_type: str, subject: Ints, root: Ints
    ) -> Resolved:
        """(value, id) of a name for each row: instant, subject and root given."""
        value, source = filled(len(at), default), np.zeros(len(at), np.int64)
        scopes = self._by_scope.get(name)
        if not scopes or not len(at):
            return value, source
        for scope in dict.fromkeys(("agency", "team", "client", subject_type)):
            table = scopes.get(scope)
            if table is None:
                continue
            if scope == "agency" and table.is_one and at.min() >= table.mark[0]:
                value.fill(table.value[0])
                source.fill(table.id[0])
                continue
            ids = self._ids(scope, subject, root)
            place = table.mark.searchsorted(marks(ids, at), "right") - 1
            safe = np.maximum(place, 0)
            found = (place >= 0) & (table.scope[safe] == ids) & (table.value[safe] != FOLLOWS)
            value[found], source[found] = table.value[safe[found]], table.id[safe[found]]
        return value, source

    def stand_still(self, clause: str, now: int) -> bool:
        """Whether neither the mode of the clause nor anybody's go-live lies ahead."""
        mode, go_live = self._last.get(mode_name(clause)), self._last.get(GO_LIVE)
        return (mode is None or mode[0] <= now) and (go_live is None or max(go_live) <= now)

    def next_change(self, clause: str, now: int, root: Ints) -> Ints:
        """For each root the first instant after `now` at which the mode of the clause or the
        root's go-live changes, or the go-live comes; NEVER without one."""
        ahead = [
            (v.scope, v.effective)
            for name in (mode_name(clause), GO_LIVE)
            for v in self._by_name.get(name, ())
            if v.effective > now
        ]
        days = [(v.scope, v.value) for v in self._by_name.get(GO_LIVE, ()) if v.value > now]
        return self._first(ahead + days, root)

    def _first(self, instants: Iterable[tuple[tuple[str, int], int]], root: Ints) -> Ints:
        first = filled(len(root), NEVER)
        by_scope: dict[str, dict[int, int]] = {}
        for (scope, number), at in instants:
            table = by_scope.setdefault(scope, {})
            table[number] = min(table.get(number, NEVER), at)
        for scope, table in by_scope.items():
            known = np.array(sorted(table), np.int64)
            ids = self._ids(scope, np.zeros(len(root), np.int64), root)
            place = np.minimum(known.searchsorted(ids), len(known) - 1)
            at = np.array([table[number] for number in known.tolist()], np.int64)[place]
            first = np.minimum(first, np.where(known[place] == ids, at, NEVER))
        return first

    def _ids(self, scope: str, subject: Ints, root: Ints) -> Ints:
        if scope == "agency":
            return np.zeros(len(root), np.int64)
        if scope == "client":
            return root
        return self.team_of(root) if scope == "team" else subject

    def team_of(self, root: Ints) -> Ints:
        """The team of each root, 0 when it has none."""
        clients, teams = self._team_arrays
        if not len(clients):
            return np.zeros(len(root), np.int64)
        place = np.minimum(clients.searchsorted(root), len(clients) - 1)
        return np.where(clients[place] == root, teams[place], 0)

    @cached_property
    def _team_arrays(self) -> tuple[Ints, Ints]:
        clients = np.array(sorted(self.teams), np.int64)
        return clients, np.array([self.teams[c] for c in clients.tolist()], np.int64)

    @cached_property
    def _by_name(self) -> dict[str, list[ParameterValue]]:
        names: dict[str, list[ParameterValue]] = {}
        for value in self.values:
            names.setdefault(value.name, []).append(value)
        return names

    @cached_property
    def _last(self) -> dict[str, tuple[int, int]]:
        """(latest effective, greatest value) of each name."""
        return {
            name: (max(v.effective for v in values), max(v.value for v in values))
            for name, values in self._by_name.items()
        }

    @cached_property
    def _by_scope(self) -> dict[str, dict[str, "_Scope"]]:
        return {name: _scopes(values) for name, values in self._by_name.items()}


@dataclass(frozen=True)
class _Scope:
    mark: Ints
    scope: Ints
    value: Ints
    id: Ints

    @cached_property
    def is_one(self) -> bool:
        """Whether it is one plain value from its day on."""
        return len(self.id) == 1 and self.value[0] != FOLLOWS


def _scopes(values: list[ParameterValue]) -> dict[str, _Scope]:
    scopes: dict[str, list[ParameterValue]] = {}
    for value in values:
        scopes.setdefault(value.scope[0], []).append(value)
    return {scope: _table(found) for scope, found in scopes.items()}


def _table(values: list[ParameterValue]) -> _Scope:
    ordered = sorted(values, key=lambda v: (v.scope[1], max(v.effective, 0), v.recorded, v.id))
    scope = np.array([v.scope[1] for v in ordered], np.int64)
    effective = np.array([v.effective for v in ordered], np.int64)
    return _Scope(
        marks(scope, effective),
        scope,
        np.array([v.value for v in ordered], np.int64),
        np.array([v.id for v in ordered], np.int64),
    )
