"""Reasons for which a row is no breach: its data are silent, or somebody outside is awaited."""

import numpy as np

from pult.regulation.evaluate.card import Word
from pult.regulation.evaluate.cells import Cells
from pult.regulation.evaluate.columns import ROOT
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.reads import WAITS
from pult.regulation.evaluate.table import NEVER, Ints, filled


def silent_feed(reader: Reader, cells: Cells, at: Ints) -> tuple[np.ndarray, Ints]:
    """(whether the card's data feed was silent at each instant, when it will be found silent).

    An event feed is silent past its limit, or when it never spoke; a state feed while it is on.
    """
    feed, limit = reader.card.feed, reader.card.feed_limit
    never = filled(len(cells), NEVER)
    if feed is None:
        return np.zeros(len(cells), bool), never
    steps = reader.steps(feed)
    if feed.shape == "state":
        found, place = steps.newest(reader.ids(cells, feed), at)
        return (found & steps.on[place] if len(steps.owner) else found), never
    steps = steps.only_on
    found, place = steps.newest(reader.ids(cells, feed), at)
    if not len(steps.owner) or limit is None:
        return ~found, never
    reach = reader.reach(steps.at[place], limit, cells)
    return ~found | (at > reach), np.where(found, reach + 1, NEVER)


def waiting(reader: Reader, cells: Cells, at: Ints) -> np.ndarray:
    """Whether the party the card waits for owed us an answer at each instant."""
    who = reader.card.waits_for
    if not who:
        return np.zeros(len(cells), bool)
    word = Word(who, (WAITS.get(who, who),), "state", ROOT, ("on",))
    steps = reader.index.steps(word, ROOT)
    found, place = steps.newest(cells.root, at)
    return found & steps.on[place] if len(steps.owner) else found
