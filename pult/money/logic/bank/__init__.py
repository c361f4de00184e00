"""Bank documents without tables: direction, identity, balances of a statement.

Documents and sections are taken by their attributes (see the protocols), so that any reader of
statements will do. Sums are integer kopecks.
"""

from pult.money.logic.bank.checking import AccountCheck, check_accounts, summary
from pult.money.logic.bank.placing import (
    Direction,
    Party,
    Placed,
    direction,
    money_date,
    own_accounts,
    place_documents,
)

__all__ = [
    "AccountCheck",
    "Direction",
    "Party",
    "Placed",
    "check_accounts",
    "direction",
    "money_date",
    "own_accounts",
    "place_documents",
    "summary",
]
