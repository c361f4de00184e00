"""Bank statements of every format, read into one shape.

`read(data, filename)` finds the format by the bytes, never by the file's name, and answers a
`Statement`; a file Pult cannot read is refused by its name with `UnknownFormat`.
"""

from pult.integrations.statement.detect import detect
from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.statement.model import (
    AccountSection,
    BankDocument,
    Party,
    Problem,
    Statement,
)
from pult.integrations.statement.reading import read

__all__ = [
    "AccountSection",
    "BankDocument",
    "Party",
    "Problem",
    "Statement",
    "UnknownFormat",
    "detect",
    "read",
]
