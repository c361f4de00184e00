"""Facts of the database as columns of narrow numbers, their words by code."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pult.regulation.evaluate.build import stable_key
from pult.regulation.evaluate.table import NONE
from pult.regulation.packing import ref_columns, translated
from pult.regulation.reading import local_day

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


class Names:
    """Kinds, states, roles and types of refs in the order of their codes."""

    def __init__(self, texts: Mapping[str, list[str]] | None = None) -> None:
        self.texts = dict(texts or {"kind": [], "state": [], "role": [], "ref": []})
        self.codes = {
            name: {text: code for code, text in enumerate(known)}
            for name, known in self.texts.items()
        }

    def wanted(self, columns: Mapping[str, np.ndarray], kinds: Collection[str]) -> np.ndarray:
        """Which facts are of these kinds, or voids."""
        asked = np.array([text in kinds for text in self.texts["kind"]], bool)
        return asked[columns["kind"]] | (columns["voids"] != 0)

    def packed(self, rows: Sequence[tuple[Any, ...]]) -> dict[str, np.ndarray]:
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
            self.code("ref", name)
        return columns | {f"ref.{name}": column for name, column in named.items()}

    def _coded(self, name: str, texts: Sequence[str]) -> Iterable[int]:
        return translated(texts, lambda text: self.code(name, text))

    def code(self, name: str, text: str) -> int:
        codes = self.codes[name]
        if text not in codes:
            codes[text] = len(codes)
            self.texts[name].append(text)
        return codes[text]
