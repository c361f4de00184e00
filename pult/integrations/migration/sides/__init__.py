"""The two sides of a record: what theirs says, what ours says, how ours is made to say the same.

Each module has `theirs(record, names)` and `ours(row)`, field → text, and `take(by, row, values)`,
which changes ours by the actions of its domain.
"""

from pult.integrations.migration.sides.people import Names
from pult.integrations.migration.sides.sides import SIDES, Side

__all__ = ["SIDES", "Names", "Side"]
