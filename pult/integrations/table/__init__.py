"""Tables people bring: CSV and XLSX of any bank, ad platform or former CRM.

`read_table(data)` answers a `Table` of text cells that knows the line of each row;
`guess_mapping(columns, wanted)` proposes which column is which field.
"""

from pult.integrations.table.csv_file import looks_like_table
from pult.integrations.table.mapping import fold, guess_mapping, repeated_titles
from pult.integrations.table.model import LARGEST, Table, TableProblem
from pult.integrations.table.reading import read_table
from pult.integrations.table.workbook import archive_kind

__all__ = [
    "LARGEST",
    "Table",
    "TableProblem",
    "archive_kind",
    "fold",
    "guess_mapping",
    "looks_like_table",
    "read_table",
    "repeated_titles",
]
