"""The move-in, pure: from the rows of an agency's own table to what would be made of them.

`read_rows` turns cells into values and names every row it cannot take; `plan` gathers the rows of
one client and compares them with the clients already known. Nothing here touches a database, so a
dry run and the import itself cannot differ. Sums are kopecks.
"""

from pult.clients.logic.movein.claims import Claim
from pult.clients.logic.movein.fields import FIELDS, WANTED, signature
from pult.clients.logic.movein.managers import Managers
from pult.clients.logic.movein.planning import Decision, plan
from pult.clients.logic.movein.reading import Reading, RowProblem, RowValues, read_rows
from pult.clients.logic.movein.shapes import ClientPlan, Known, KnownClient, Match, Person

__all__ = [
    "FIELDS",
    "WANTED",
    "Claim",
    "ClientPlan",
    "Decision",
    "Known",
    "KnownClient",
    "Managers",
    "Match",
    "Person",
    "Reading",
    "RowProblem",
    "RowValues",
    "plan",
    "read_rows",
    "signature",
]
