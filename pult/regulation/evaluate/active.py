"""Whom a cadence is asked of, and while what."""

import numpy as np

from pult.regulation.evaluate.cells import Cells, Spans, minus
from pult.regulation.evaluate.columns import EMPTY
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.reads import DISPUTE, WAIVER, reads
from pult.regulation.evaluate.table import NEVER


def subjects(reader: Reader) -> Cells:
    """Every subject of the card's type that a fact the card reads has named.

    Cards that ask about the same subjects get the same cells.
    """
    index, card = reader.index, reader.card
    places = index.places(tuple(sorted(reads(card) - {WAIVER, DISPUTE})))
    subject = index.owners(card.subject, places)
    if len(subject) and subject[0] != 0 and (subject == subject[0]).all():
        first, found = np.zeros(1, np.int64), subject[:1]
    else:
        found, first = np.unique(subject, return_index=True)
        first, found = first[found != 0], found[found != 0]
    root = index.facts.root[places[first]].astype(np.int64, copy=False)
    order = np.lexsort((found, root))
    cells = Cells(root[order], found[order], np.zeros(len(found), np.int64), common=True)
    key = (card.subject, cells.root.tobytes(), cells.subject.tobytes())
    return reader.shared.setdefault(key, (cells,))[0]


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
        row = np.flatnonzero(found)
        start = steps.at[place[row]] if len(row) else EMPTY
        spans = Spans(row, start, np.full(len(row), NEVER, np.int64))
    for exception in card.exceptions:
        spans = minus(spans, reader.spans(exception.condition, cells))
    return spans
