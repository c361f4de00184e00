"""Former systems: how each is reached, what was read, what it became, where the two differ."""

from pult.integrations.migration.models.differences import CutOver, Difference
from pult.integrations.migration.models.former import FormerDeal, FormerNote
from pult.integrations.migration.models.items import Batch, Item
from pult.integrations.migration.models.sources import Source, TheirPerson, TheirStatus

__all__ = [
    "Batch",
    "CutOver",
    "Difference",
    "FormerDeal",
    "FormerNote",
    "Item",
    "Source",
    "TheirPerson",
    "TheirStatus",
]
