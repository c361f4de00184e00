"""Whom a cadence is asked of, and while what."""

import numpy as np

from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.cells import Cells, Spans, minus
from pult.regulation.evaluate.columns import EMPTY, ROOT
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.reads import DISPUTE, WAIVER, derived, reads
from pult.regulation.evaluate.table import NEVER, Ints, filled


def subjects(reader: Reader) -> Cells:
    """Every subject of the card's type that a fact the card reads has named.

    Cards that ask about the same subjects get the same cells.
    """
    index, card = reader.index, reader.card
    places = index.places(_speaking_kinds(card))
    if card.subject == ROOT and index.one_root and len(places):
        return _only_client(reader)
    subject = index.owners(card.subject, places)
    if len(subject) and subject[0] != 0 and (subject == subject[0]).all():
        first, found = np.zeros(1, np.int64), subject[:1]
    else:
        found, first = _distinct(subject)
        first, found = first[found != 0], found[found != 0]
    root = index.facts.root[places[first]].astype(np.int64, copy=False)
    if (root[1:] < root[:-1]).any():
        order = np.lexsort((found, root))
        root, found = root[order], found[order]
    cells = Cells(root, found, np.zeros(len(found), np.int64), common=True)
    key = (card.subject, cells.root.tobytes(), cells.subject.tobytes())
    return reader.shared.setdefault(key, (cells,))[0]


def _only_client(reader: Reader) -> Cells:
    """What an action asks about: the one client all facts are of."""
    key = (ROOT,)
    if key not in reader.shared:
        root = reader.index.facts.root[:1].astype(np.int64)
        reader.shared[key] = (Cells(root, root, np.zeros(1, np.int64), common=True),)
    return reader.shared[key][0]


@derived
def _speaking_kinds(card: Card) -> tuple[str, ...]:
    return tuple(sorted(reads(card) - {WAIVER, DISPUTE}))


def _distinct(ids: Ints) -> tuple[Ints, Ints]:
    """(ids, first position of each); quick when they come in order already, as clients do."""
    if (ids[1:] < ids[:-1]).any():
        return np.unique(ids, return_index=True)  # type: ignore[return-value]
    first = np.concatenate([ids[:1] == ids[:1], ids[1:] != ids[:-1]]).nonzero()[0]
    return ids[first], first


def living(reader: Reader, cells: Cells) -> Spans:
    """While the card's `active` holds and no exception does; without `active`, since the first
    act of each subject."""
    card = reader.card
    assert card.cadence is not None
    if card.active is not None:
        spans = reader.spans(card.active, cells)
    else:
        steps = reader.steps(card.cadence.act).only_on
        found, place = steps.next(reader.ids(cells, card.cadence.act), np.zeros_like(cells.root))
        row = found.nonzero()[0]
        start = steps.at[place[row]] if len(row) else EMPTY
        spans = Spans(row, start, filled(len(row), NEVER))
    for exception in card.exceptions:
        spans = minus(spans, reader.spans(exception.condition, cells))
    return spans
