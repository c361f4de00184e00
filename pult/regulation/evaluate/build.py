"""Facts as columns: built from rows, cut to what was known, narrowed to roots and kinds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from pult.regulation.evaluate.table import FactRow, Facts, Ints

_COLUMNS = ("id", "kind", "root", "at", "recorded", "key", "day", "state", "value", "role", "voids")
_PLAIN = ("id", "root", "at", "recorded", "day", "value", "voids")


def stable_key(text: str) -> int:
    """A 63-bit hash of a key text, the same in every process; 0 for the empty key."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1 or 1


def build_facts(rows: Iterable[FactRow]) -> Facts:
    """Columns of `rows` in any order. ValueError for a repeated id, a void of a
    void, or an instant before 1970."""
    rows = sorted(rows, key=lambda row: (row.root, row.at, row.id))
    types = sorted({name for row in rows for name in row.refs})
    kinds = tuple(sorted({row.kind for row in rows}))
    states = tuple(sorted({row.state for row in rows}))
    roles = tuple(sorted({row.role for row in rows}))
    facts = facts_from_columns(
        kinds,
        states,
        roles,
        refs={name: _ints(row.refs.get(name, 0) for row in rows) for name in types},
        kind=_codes(kinds, (row.kind for row in rows)),
        state=_codes(states, (row.state for row in rows)),
        role=_codes(roles, (row.role for row in rows)),
        key=_ints(stable_key(row.key) for row in rows),
        **{name: _ints(getattr(row, name) for row in rows) for name in _PLAIN},
    )
    _refuse_nonsense(facts)
    return facts


def facts_from_columns(
    kinds: Sequence[str],
    states: Sequence[str],
    roles: Sequence[str],
    *,
    refs: Mapping[str, Ints],
    **columns: Ints,
) -> Facts:
    """Facts of ready columns (named as in `Facts`), sorted here if they are not.

    Columns may be narrower than int64: codes of 2 M facts fit in int16. `root` doubles as the
    "client" ref when none is given.
    """
    root, at, ids = columns["root"], columns["at"], columns["id"]
    refs = {"client": root, **refs}
    if not _in_order(root, at, ids):
        order = np.lexsort((ids, at, root))
        columns = {name: column[order] for name, column in columns.items()}
        refs = {name: column[order] for name, column in refs.items()}
    return Facts(tuple(kinds), tuple(states), tuple(roles), **columns, refs=refs)


def _in_order(root: Ints, at: Ints, ids: Ints) -> bool:
    later = (at[1:] > at[:-1]) | ((at[1:] == at[:-1]) & (ids[1:] > ids[:-1]))
    return bool(np.all((root[1:] > root[:-1]) | ((root[1:] == root[:-1]) & later)))


def take(facts: Facts, places: Ints | slice) -> Facts:
    """The facts at `places` (ascending positions, a mask or a slice)."""
    columns = {name: getattr(facts, name)[places] for name in _COLUMNS}
    refs = {name: column[places] for name, column in facts.refs.items()}
    return Facts(facts.kinds, facts.states, facts.roles, **columns, refs=refs)


def cut(facts: Facts, known_at: int) -> Facts:
    """What was known at an instant: facts recorded by then, without voids and what they void."""
    known = seen(facts, known_at)
    return facts if known is None else take(facts, known.nonzero()[0])


def seen(facts: Facts, known_at: int) -> np.ndarray | None:
    """Which facts `cut` leaves, None for all of them."""
    known = facts.recorded <= known_at
    voids = facts.voids[known & (facts.voids != 0)]
    if len(voids):
        return known & (facts.voids == 0) & ~np.isin(facts.id, voids)
    return None if known.all() else known


def select(
    facts: Facts, *, roots: Collection[int] | None = None, kinds: Collection[str] | None = None
) -> Facts:
    """Facts of these roots (and of the agency, root 0) and of these kinds; None means all."""
    kept = np.ones(len(facts.id), bool)
    if roots is not None:
        kept &= (facts.root == 0) | np.isin(facts.root, np.fromiter(roots, np.int64))
    if kinds is not None:
        codes = [code for code, name in enumerate(facts.kinds) if name in kinds]
        kept &= np.isin(facts.kind, codes) | (facts.voids != 0)
    return take(facts, kept.nonzero()[0])


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _codes(names: Sequence[str], values: Iterable[str]) -> Ints:
    code = {name: place for place, name in enumerate(names)}
    return _ints(code[value] for value in values)


def _refuse_nonsense(facts: Facts) -> None:
    if np.any(facts.at < 0):
        raise ValueError("a fact cannot be older than 1970")
    ids = np.sort(facts.id)
    if np.any(ids[1:] == ids[:-1]):
        raise ValueError("two facts carry one id")
    voids = facts.voids[facts.voids != 0]
    if np.isin(voids, facts.id[facts.voids != 0]).any():
        raise ValueError("a void cannot be voided: record the fact anew")
